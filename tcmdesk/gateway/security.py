"""What every answer carries and every request must show, before any handler sees it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from aiohttp import web

from tcmdesk.gateway.limits import Limiter, Rate
from tcmdesk.gateway.listen import named

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

    from tcmdesk.gateway.listen import Listen

log = logging.getLogger(__name__)

REQUESTS: Final = Rate(burst=240, per_second=20.0)
"""Of one address. Generous, because a telephone company puts many patients behind one."""

_FIXED_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), screen-wake-lock=(self), autoplay=(self), geolocation=(),"
    " display-capture=(), payment=(), usb=()",
}
_YEAR: Final = 365 * 24 * 3600


def origin_of(request: web.Request, listen: Listen) -> str:
    """Where a page of ours comes from, as its ``Origin`` header says it."""
    return f"{'https' if listen.secure else 'http'}://{request.headers.get('Host', '').lower()}"


def address_of(request: web.Request, listen: Listen) -> str:
    """The browser's address; behind a proxy the one that the proxy adds last."""
    if listen.behind_proxy:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded[:45]
    return request.remote or ""


def _policy(request: web.Request, listen: Listen) -> str:
    # older Safari does not count WebSockets of the same host as 'self'
    socket = f"{'wss' if listen.secure else 'ws'}://{request.headers.get('Host', '')}"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self' blob:;"
        f" connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def guard(listen: Listen) -> Middleware:
    """The middleware: host, origin, rate, headers; answers in numbers only, so that nothing can leak."""
    requests = Limiter(REQUESTS)

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not named(request.headers.get("Host", ""), listen.names):
            # nothing of the request is repeated: a wrong host may be an attempt to have it shown
            return web.Response(status=421)
        address = address_of(request, listen)
        if request.path != "/healthz" and not requests.admits(address):
            return web.Response(status=429, headers={"Retry-After": str(requests.seconds_to_wait(address))})
        if (request.method != "GET" or request.path == "/ws") and not _from_our_page(request, listen):
            log.info("request of another site refused")
            return web.Response(status=403)
        try:
            response = await handler(request)
        except web.HTTPException as error:
            # its text would quote the path
            response = web.Response(status=error.status, headers=_kept(error))
        if not response.prepared:
            _dress(response, request, listen)
        return response

    return middleware


def _kept(error: web.HTTPException) -> dict[str, str]:
    return {name: error.headers[name] for name in ("Allow", "Retry-After") if name in error.headers}


def _from_our_page(request: web.Request, listen: Listen) -> bool:
    return request.headers.get("Origin", "").lower() == origin_of(request, listen)


def _dress(response: web.StreamResponse, request: web.Request, listen: Listen) -> None:
    response.headers.update(_FIXED_HEADERS)
    response.headers["Content-Security-Policy"] = _policy(request, listen)
    response.headers.setdefault("Cache-Control", "no-store")
    if listen.secure:
        response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
