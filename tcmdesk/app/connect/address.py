"""Where a clinic's MySQL server is, as people tell it and as the program writes it down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

DEFAULT_PORT: Final = 3306


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """The parts of a database address. `ca` is the file that vouches for the server; empty: no TLS is asked for."""

    host: str = ""
    port: str = str(DEFAULT_PORT)
    database: str = ""
    account: str = ""
    password: str = ""
    ca: str = ""

    @classmethod
    def parse(cls, url: str) -> ServerAddress:
        """Read an address; whatever cannot be read is left empty, to be filled in."""
        try:
            parts = urlsplit(url)
            port = str(parts.port or DEFAULT_PORT)
        except ValueError:
            return cls()
        if parts.scheme.split("+")[0] not in {"mysql", "mariadb"}:
            return cls()
        return cls(
            host=unquote(parts.hostname or ""),
            port=port,
            database=unquote(parts.path.lstrip("/")),
            account=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            ca=parse_qs(parts.query).get("ssl_ca", [""])[0],
        )

    @property
    def url(self) -> str:
        """The address with everything."""
        account = quote(self.account, safe="")
        password = f":{quote(self.password, safe='')}" if self.password else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        query = f"?{urlencode({'ssl_ca': self.ca})}" if self.ca else ""
        return f"mysql://{account}{password}@{host}:{self.port}/{quote(self.database, safe='')}{query}"

    @property
    def url_without_password(self) -> str:
        """What may be written to a file, and the name the password has in the keyring."""
        return replace(self, password="").url

    def missing(self) -> str | None:
        """The first field that must be filled in, by name."""
        for name in ("host", "database", "account"):
            if not getattr(self, name).strip():
                return name
        return None if self.port.isdecimal() and 0 < int(self.port) < 65536 else "port"


def with_kept_password(url: str) -> str:
    """The address with the password that the keyring has for it, if it has one. May ask to unlock the keyring."""
    address = ServerAddress.parse(url)
    if not address.account or address.password:
        return url
    from tcmdesk.core.secrets import Secrets

    kept = Secrets().recall(address.url_without_password)
    return replace(address, password=kept).url if kept else url
