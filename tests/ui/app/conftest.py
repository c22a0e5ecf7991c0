"""A founded clinic, and the application on it."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tcmdesk.app.application import Application
from tcmdesk.app.connect.founding import found
from tcmdesk.app.connect.own_page import OwnClinic
from tcmdesk.app.crash import CrashHandler
from tcmdesk.app.launch import Launch
from tcmdesk.core.clock import SystemClock
from tcmdesk.core.config import ConfigFile
from tests.support.sql import sql_allowed

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ACCOUNT, PASSWORD = "qinlan", "xinglin-demo"


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clinic")
    with sql_allowed():
        found(folder, OwnClinic("杏林诊所", "秦岚", ACCOUNT, "19900009001", PASSWORD), workstation="founding")
    return folder / "clinic.db"


@pytest.fixture
def clinic_url(_founded: Path, tmp_path: Path) -> str:
    """A clinic with one administrator and nobody else."""
    copy = tmp_path / "clinic.db"
    shutil.copy(_founded, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def settings(tmp_path: Path) -> ConfigFile:
    """A workstation that speaks English."""
    settings = ConfigFile(tmp_path / "config")
    settings.change(language="en", motion=False)
    return settings


@pytest.fixture
def crash(qtbot: QtBot) -> CrashHandler:
    """A crash handler that stands behind nothing."""
    return CrashHandler()


@dataclass
class Desk:
    """The application and a robot in front of it."""

    application: Application
    qtbot: QtBot

    def wait(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def sign_in(self, password: str = PASSWORD) -> None:
        form = self.application.sign_in.window.form
        form.account.setText(ACCOUNT)
        form.password.setText(password)
        form.button.click()

    def enter(self) -> None:
        """Sign in and wait for the main window."""
        self.sign_in()
        self.wait(lambda: self.application.workplace is not None)


@pytest.fixture
def start(qtbot: QtBot, settings: ConfigFile, crash: CrashHandler, monkeypatch: pytest.MonkeyPatch):
    """Starts applications, and ends them all."""
    monkeypatch.setattr("tcmdesk.app.application.Application._settle", lambda self: None)
    desks: list[Desk] = []

    def start(url: str | None = None, **options) -> Desk:
        application = Application(Launch(url=url, **options), settings, crash, SystemClock())
        desk = Desk(application, qtbot)
        desks.append(desk)
        application.start()
        return desk

    yield start
    for desk in desks:
        desk.application.shut_down()
    logging.getLogger("tcmdesk").handlers.clear()
