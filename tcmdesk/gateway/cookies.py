"""The cookie that lets a browser come back into its visit: 256 random bits, of which our tables keep the hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

    from tcmdesk.gateway.listen import Listen


def _name(listen: Listen) -> str:
    # the prefix makes browsers refuse it from another path, another host or an insecure page
    return "__Host-visit" if listen.secure else "visit"


def token_of(request: web.Request, listen: Listen) -> str:
    """What the browser shows; empty when it has none."""
    token = request.cookies.get(_name(listen), "")
    return token if len(token) <= 128 else ""


def give(response: web.StreamResponse, token: str, seconds: int, listen: Listen) -> None:
    """Let the browser keep the token for so long; scripts cannot read it."""
    response.set_cookie(
        _name(listen),
        token,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=listen.secure,
        samesite="Strict",
    )
