"""Every registered screen, every scene that pictures are taken of, and sign-in: what the keyboard reaches has a name."""

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSize

from tcmdesk.app.launch import Launch
from tcmdesk.app.look import Look
from tcmdesk.app.pictures.album import scenes
from tcmdesk.app.pictures.first_windows import WINDOWS
from tcmdesk.app.pictures.stage import PictureStage
from tcmdesk.app.preparing import prepare
from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.command import ZONE, clock_at
from tcmdesk.cli.demo.existing import staff_of
from tcmdesk.cli.demo.make import make
from tcmdesk.cli.shots import NOW
from tcmdesk.core.actor import Role
from tcmdesk.core.config import ConfigFile
from tcmdesk.core.registry import load_features
from tests.support.accessibility import unnamed_widgets
from tests.support.sql import sql_allowed

SCREENS = [screen.name for feature in load_features() for screen in feature.screens]
SCENES = {scene.name: scene for scene in scenes()}


@pytest.fixture(scope="module")
def clock():
    return clock_at(NOW, ZoneInfo(ZONE))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(folder, clock):
    """The address of a made-up clinic."""
    with sql_allowed():
        return make(folder, clock.now(), ZoneInfo(ZONE))


@pytest.fixture
def look(qapp, tmp_path):
    return Look(ConfigFile(tmp_path), Launch(language="en"))


@pytest.fixture
def stage_of(folder, demo, clock, look):
    """``stage_of(role)``: the main window of somebody on the made-up clinic."""
    stages = []
    with sql_allowed():
        prepared = prepare(demo, workstation="test", clock=clock)

    def make(role):
        with sql_allowed():
            actor = staff_of(folder, people.SIGN_IN_AS[role].account)
        stages.append(PictureStage(prepared, actor, look, clock, QSize(1280, 800)))
        return stages[-1]

    yield make
    for stage in stages:
        stage.strike()
    prepared.database.close()


def test_there_are_screens_and_scenes():
    assert SCREENS
    assert SCENES


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen(stage_of, name):
    stage = stage_of(Role.ADMIN)
    stage.open(name)
    assert unnamed_widgets(stage.window) == []


@pytest.mark.parametrize("name", SCENES)
def test_every_scene(stage_of, name):
    stage = stage_of(SCENES[name].role)
    subject = SCENES[name].play(stage)
    stage.settle()
    assert unnamed_widgets(subject or stage.window) == []


@pytest.mark.parametrize("name", WINDOWS)
def test_sign_in(qtbot, look, clock, name):
    window = WINDOWS[name](look.tr, clock.now().date())
    qtbot.addWidget(window)
    window.show()
    assert unnamed_widgets(window) == []
