"""``tcmdesk gateway``: the patients' side of video visits."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcmdesk.cli.options import add_url
from tcmdesk.core.errors import UserError, ValidationError
from tcmdesk.core.i18n import N_

if TYPE_CHECKING:
    import argparse

    from tcmdesk.core.i18n import Translator


CREDENTIAL: Final = "database-url"
"""Name of the file that systemd hands over (systemd.exec(5), LoadCredential): an argument could be read by everyone."""


def register(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Add ``gateway``."""
    parser = subparsers.add_parser("gateway", help=N_("serve the page that patients open for a video visit"))
    add_url(parser)
    parser.add_argument(
        "--listen",
        required=True,
        metavar=N_("HOST:PORT"),
        help=N_("address to listen on, such as 0.0.0.0:8443"),
    )
    parser.add_argument("--tls-cert", metavar=N_("FILE"), help=N_("certificate chain, PEM"))
    parser.add_argument("--tls-key", metavar=N_("FILE"), help=N_("its private key, PEM"))
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar=N_("HOST"),
        help=N_("host name patients open, where it is not the certificate's; may be given again"),
    )
    parser.set_defaults(run=run_gateway)


def run_gateway(args: argparse.Namespace, tr: Translator) -> int:
    """Serve until SIGTERM; 0 after an orderly end."""
    from tcmdesk.gateway import listen
    from tcmdesk.gateway.server import Gateway

    url = args.url or _credential()
    address = listen.parse(args.listen, certificate=args.tls_cert, key=args.tls_key, names=tuple(args.name))

    def report(port: int) -> None:
        scheme = "https" if address.tls else "http"
        text = tr.gettext(N_("Patients' page at {address}"))
        print(text.format(address=f"{scheme}://{address.host}:{port}"), flush=True)

    try:
        asyncio.run(Gateway(url, address).serve(report))
    except OSError as error:
        raise UserError(
            "gateway.address",
            N_("{address} cannot be listened on: it is in use, or not an address of this computer."),
            address=args.listen,
        ) from error
    return 0


def _credential() -> str:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    path = Path(folder, CREDENTIAL) if folder else None
    if path is None or not path.is_file():
        raise ValidationError(
            "gateway.url",
            N_("The database's address is missing: give --url, or let systemd load the credential {name}."),
            name=CREDENTIAL,
        )
    return path.read_text("utf-8").strip()
