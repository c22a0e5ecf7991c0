"""Every registered screen, every scene that pictures are taken of, and sign-in: what the keyboard reaches has a name."""

from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSize

from tcmdesk.app.launch import Launch
from tcmdesk.app.look import Look
from tcmdesk.app.pictures import sign_in_scenes
from tcmdesk.app.pictures.album import scenes
from tcmdesk.app.pictures.stage import PictureStage
from tcmdesk.app.preparing import prepare
from tcmdesk.cli.demo import people
from tcmdesk.cli.demo.command import ZONE, clock_at
from tcmdesk.cli.demo.make import make, staff_of
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
def demo(tmp_path_factory, clock):
    """The address of a made-up clinic."""
    with sql_allowed():
        return make(tmp_path_factory.mktemp("demo"), clock.now(), ZoneInfo(ZONE))


@pytest.fixture
def look(qapp, tmp_path):
    return Look(ConfigFile(tmp_path), Launch(language="en"))


@pytest.fixture
def stage(demo, clock, look):
    """The main window on the made-up clinic."""
    with sql_allowed():
        prepared = prepare(demo, workstation="test", clock=clock)
        actor = staff_of(demo, people.SIGN_IN_AS[Role.FRONT_DESK].account)
    stage = PictureStage(prepared, actor, look, clock, QSize(1280, 800))
    yield stage
    stage.strike()
    prepared.database.close()


def test_there_are_screens_and_scenes():
    assert SCREENS
    assert SCENES


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen(stage, name):
    stage.open(name)
    assert unnamed_widgets(stage.window) == []


@pytest.mark.parametrize("name", SCENES)
def test_every_scene(stage, name):
    subject = SCENES[name].play(stage)
    stage.settle()
    assert unnamed_widgets(subject or stage.window) == []


@pytest.mark.parametrize("name", sign_in_scenes.SCENES)
def test_sign_in(qtbot, look, clock, name):
    window = sign_in_scenes.make(name, look.tr, clock.now().date())
    qtbot.addWidget(window)
    window.show()
    assert unnamed_widgets(window) == []
