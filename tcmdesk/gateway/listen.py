"""Where the gateway listens, and by which names browsers may reach it."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tcmdesk.core.errors import ValidationError
from tcmdesk.core.i18n import N_

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Listen:
    """An address to listen on.

    `names` are the host names browsers may give, in lower case; with none, any name of the certificate counts.
    `behind_proxy` says that a program on this computer ends TLS and hands requests on.
    """

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    names: frozenset[str] = frozenset()
    behind_proxy: bool = False

    @property
    def tls(self) -> bool:
        return self.certificate is not None

    @property
    def secure(self) -> bool:
        """Whether what the browser sees is HTTPS."""
        return self.tls or self.behind_proxy

    def ssl_context(self) -> ssl.SSLContext | None:
        """What TLS needs; None for plain HTTP.

        Raises:
            ValidationError: the files are no certificate and key that belong together.
        """
        if self.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.key)
        except (ssl.SSLError, OSError) as error:
            raise ValidationError(
                "gateway.tls_files",
                N_(
                    "{path} and its key cannot be used for TLS. Check that both are PEM files and belong together."
                ),
                path=str(self.certificate),
            ) from error
        return context


def parse(
    listen: str, *, certificate: str | None = None, key: str | None = None, names: tuple[str, ...] = ()
) -> Listen:
    """Read ``HOST:PORT`` and check that patients' data would not travel in the clear.

    Raises:
        ValidationError: the address is none, the files are missing, or plain HTTP would leave this computer.
    """
    host, port = _address(listen)
    if bool(certificate) != bool(key):
        raise ValidationError(
            "gateway.tls_pair",
            N_("A certificate needs its key, and a key its certificate: give both or neither."),
        )
    for path in (certificate, key):
        if path and not Path(path).is_file():
            raise ValidationError("gateway.tls_missing", N_("There is no file {path}."), path=path)
    given = frozenset(name.lower().rstrip(".") for name in names)
    if certificate and key:
        return Listen(host, port, Path(certificate), Path(key), given or names_of(Path(certificate)))
    if not _is_loopback(host):
        raise ValidationError(
            "gateway.plain",
            N_(
                "Plain HTTP is only for this computer itself: browsers give camera and microphone to HTTPS pages"
                " only, and names would travel readable. Give --tls-cert and --tls-key, or listen on 127.0.0.1"
                " behind a proxy that has a certificate."
            ),
        )
    return Listen(host, port, names=given or frozenset(LOOPBACK_NAMES), behind_proxy=bool(given))


def _address(text: str) -> tuple[str, int]:
    host, separator, digits = text.rpartition(":")
    if not separator or not host or not digits.isdecimal() or not 0 <= int(digits) <= 65535:
        raise ValidationError(
            "gateway.listen",
            N_("“{text}” is no address to listen on; it looks like 0.0.0.0:8443."),
            text=text,
        )
    return host.removeprefix("[").removesuffix("]"), int(digits)


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(certificate: Path) -> frozenset[str]:
    """The names and addresses a PEM certificate is for, in lower case; ``*.`` stands for one label.

    Raises:
        ValidationError: the file holds no certificate, or one without a name.
    """
    from cryptography import x509

    try:
        parsed = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
        alternative = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, IndexError, x509.ExtensionNotFound) as error:
        raise ValidationError(
            "gateway.tls_name",
            N_("{path} is no certificate that names this server. Ask for one with the name patients open."),
            path=str(certificate),
        ) from error
    names = [name.lower() for name in alternative.get_values_for_type(x509.DNSName)]
    addresses = [str(address) for address in alternative.get_values_for_type(x509.IPAddress)]
    return frozenset(names + addresses)


def named(host: str, names: frozenset[str]) -> bool:
    """Whether a ``Host`` header, with or without a port, is one of the names."""
    bare = _without_port(host).lower().rstrip(".")
    return bare in names or ("*." + bare.partition(".")[2]) in names


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
