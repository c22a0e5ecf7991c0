"""Random secrets, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

TOKEN_BYTES: Final = 32
"""256 bits: neither guessed nor searched for, so a plain hash is enough to keep."""

TOKEN_MAX: Final = 128
"""Characters of what may be offered as a token; longer ones are not even hashed."""


def new_token() -> str:
    """43 characters of base64url."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(token[:TOKEN_MAX].encode()).hexdigest()
