"""The smoke test's checks of everything but media."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from tcmdesk.core.errors import Unavailable
from tcmdesk.core.ids import uuid7

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tcmdesk.app.look import Look

PASSWORD: Final = "smoke-test-password"  # noqa: S105  (of an account that exists for a second)


class SmokeError(Exception):
    """A part is missing or does not work."""


def resources(_folder: Path) -> str:
    """Icons, tokens and both languages are there."""
    from tcmdesk.core import paths
    from tcmdesk.core.i18n import LANGUAGES, translator
    from tcmdesk.ui.theme import tokens

    icons = len(list((paths.resources() / "icons").glob("*.svg")))
    if not icons:
        raise SmokeError(f"no icons in {paths.resources()}")
    if not tokens.load().colours["dark"]:
        raise SmokeError("no dark colours")
    if translator("zh_CN").gettext("Sign in") == "Sign in":
        raise SmokeError("the Chinese catalogue is empty")
    return f"{icons} icons, {', '.join(LANGUAGES)}"


def migrations(folder: Path) -> str:
    """A database is made from nothing, and found to be what the program needs."""
    from tcmdesk.core.db.schema.doctor import check
    from tcmdesk.core.db.schema.findings import healthy
    from tcmdesk.core.db.schema.upgrade import upgrade

    url = f"sqlite:///{folder / 'clinic.db'}"
    result = upgrade(url)
    findings = check(url)
    if not healthy(findings):
        raise SmokeError(f"{len(findings)} differences")
    return f"{len(result.created)} shared tables, revision {result.after}"


def mysql(_folder: Path) -> str:
    """The MySQL driver loads and tries to connect; nobody listens there."""
    from sqlalchemy import text

    from tcmdesk.core.db.database import Database

    database = Database("mysql://nobody@127.0.0.1:9/none", workstation="smoke")
    try:
        database.read(lambda connection: connection.execute(text("SELECT 1")).scalar())
    except Unavailable as error:
        return f"{database.url.drivername}: {error.code}"
    finally:
        database.close()
    raise SmokeError("something answers on port 9")


def passwords(_folder: Path) -> str:
    """Both kinds of password hash work."""
    from tcmdesk.features.identity.service.passwords import hash_password, verify_password

    if not verify_password(PASSWORD, hash_password(PASSWORD)):
        raise SmokeError("bcrypt does not recognise its own hash")
    from argon2 import PasswordHasher

    if not verify_password(PASSWORD, PasswordHasher().hash(PASSWORD)):
        raise SmokeError("argon2 does not recognise its own hash")
    return "bcrypt, argon2id"


def keyring(_folder: Path) -> str:
    """Which keyring the computer offers, and whether the policy accepts it."""
    import keyring as library
    from keyring.backend import get_all_keyring

    from tcmdesk.core.secrets import Secrets

    backends = sorted(f"{type(one).__module__}.{type(one).__qualname__}" for one in get_all_keyring())
    if not backends:
        raise SmokeError("no keyring backend was found")
    accepted = "accepted" if Secrets().available() else "not accepted, passwords are asked for"
    return f"{type(library.get_keyring()).__module__} {accepted}; of {len(backends)}"


def tls(_folder: Path) -> str:
    """Qt and Python both have TLS."""
    import ssl

    from PySide6.QtNetwork import QSslSocket

    if not QSslSocket.supportsSsl():
        raise SmokeError(f"Qt has no TLS; built for {QSslSocket.sslLibraryBuildVersionString()}")
    ssl.create_default_context()
    return f"{QSslSocket.activeBackend()}: {QSslSocket.sslLibraryVersionString()}; {ssl.OPENSSL_VERSION}"


def pdf(folder: Path) -> str:
    """A page with Chinese text is printed to a PDF file and read back."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QPainter, QPdfWriter
    from PySide6.QtPdf import QPdfDocument

    qt()
    path = folder / "page.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    painter.drawText(200, 400, "处方 桂枝 9 g")
    painter.end()
    del painter, writer
    document = QPdfDocument()
    if document.load(str(path)) != QPdfDocument.Error.None_ or document.pageCount() != 1:
        raise SmokeError("the PDF cannot be read back")
    if document.render(0, QSize(200, 280)).isNull():
        raise SmokeError("the PDF's page cannot be painted")
    document.close()
    return f"{path.stat().st_size} bytes"


def screens(folder: Path) -> str:
    """Sign-in and every registered screen are opened on an empty clinic and painted."""
    from PySide6.QtCore import QSize

    from tcmdesk.app.pictures.stage import PictureStage
    from tcmdesk.app.preparing import prepare
    from tcmdesk.core.actor import Role, Staff
    from tcmdesk.core.clock import SystemClock
    from tcmdesk.core.db.schema.upgrade import upgrade

    url = f"sqlite:///{folder / 'screens.db'}"
    upgrade(url)
    clock = SystemClock()
    prepared = prepare(url, workstation="smoke", clock=clock)
    look = _look(folder)
    stage = PictureStage(prepared, Staff(uuid7(), "Smoke", Role.ADMIN), look, clock, QSize(1280, 800))
    try:
        names = stage.window.screen_names
        if not names:
            raise SmokeError("no feature was found")
        for name in names:
            screen = stage.open(name)
            if type(screen).__name__ == "BrokenScreen":
                raise SmokeError(f"screen {name} cannot be made")
            if stage.window.grab().isNull():
                raise SmokeError(f"screen {name} cannot be painted")
    finally:
        stage.strike()
        prepared.database.close()
    _sign_in(look)
    return ", ".join(("sign-in", *names))


def _sign_in(look: Look) -> None:
    from tcmdesk.app.sign_in.window import SignInWindow

    window = SignInWindow(look.tr, clinic="", day=dt.datetime.now(dt.UTC).date())
    window.show()
    qt().processEvents()
    picture = window.grab()
    window.hide()
    window.deleteLater()
    if picture.isNull():
        raise SmokeError("the sign-in window cannot be painted")


def _look(folder: Path) -> Look:
    from tcmdesk.app.launch import Launch
    from tcmdesk.app.look import Look
    from tcmdesk.core.config import ConfigFile

    qt()
    return Look(ConfigFile(folder), Launch())


def qt() -> QApplication:
    """Qt's application object, made when first asked for."""
    from tcmdesk.app.bootstrap import make_qt  # isort: skip  (before anything else of Qt)
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or make_qt()
