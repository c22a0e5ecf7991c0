"""Pictures are named alike in every language, and cut text is found."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QLabel

from tcmdesk.app.launch import Launch
from tcmdesk.app.look import Look
from tcmdesk.app.pictures import album as album_module
from tcmdesk.app.pictures.album import Album, scenes
from tcmdesk.app.pictures.first_windows import WINDOWS
from tcmdesk.app.preparing import prepare
from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.clock import FixedClock
from tcmdesk.core.registry import Feature, load_features
from tcmdesk.ui.scenes import Scene
from tests.support.sql import sql_allowed

NOW = dt.datetime(2026, 11, 24, 2, 22, tzinfo=dt.UTC)
CLERK = Staff("0199", "方芸", Role.FRONT_DESK)


def narrow(stage):
    label = QLabel("a text that is much too long for this", stage.window)
    label.setGeometry(0, 0, 20, 20)
    label.show()


def over(stage):
    dialog = QDialog(stage.window)
    dialog.setStyleSheet("background: rgb(1, 2, 3)")
    dialog.resize(100, 100)
    dialog.open()


@pytest.fixture
def take(qtbot, settings, clinic_url, tmp_path, monkeypatch):
    """Takes an album with made-up scenes; gives it back."""

    def take(language="en", scenes=(), only=()):
        monkeypatch.setattr(album_module, "scenes", lambda: iter(scenes))
        look = Look(settings, Launch(language=language))
        clock = FixedClock(NOW)
        with sql_allowed():
            prepared = prepare(clinic_url, workstation="test", clock=clock)
        album = Album(tmp_path / language, look, clock, QSize(1280, 800), only)
        try:
            album.take_all(prepared, lambda role: replace(CLERK, role=role))
        finally:
            prepared.database.close()
        return album

    return take


def test_every_window_and_screen_is_taken_under_the_same_names_in_both_languages(take):
    english, chinese = take("en"), take("zh_CN")

    names = [path.name for path in english.taken]
    assert names == [path.name for path in chinese.taken]
    screens = {screen.name.replace("_", "-") for feature in load_features() for screen in feature.screens}
    assert {f"{name}.png" for name in (*WINDOWS, "gallery", "key-overview", "locked", *screens)} == set(names)
    assert all(path.stat().st_size > 1000 for path in english.taken)


def test_nothing_of_the_first_windows_is_cut(take):
    for language in ("en", "zh_CN"):
        assert take(language, only=tuple(WINDOWS)).clipped == []


def test_text_that_is_cut_is_reported_with_its_picture(take):
    album = take(scenes=[Scene("narrow", narrow)], only=["narrow"])

    assert [name for name, _ in album.clipped] == ["narrow"]
    assert "much too long" in str(album.clipped[0][1])


def test_a_dialog_is_in_its_windows_picture(take):
    from PySide6.QtGui import QImage

    album = take(scenes=[Scene("over", over)], only=["over"])

    image = QImage(str(album.taken[0]))
    pixels = {image.pixelColor(x, y).getRgb()[:3] for x in range(0, 1280, 20) for y in range(0, 800, 20)}
    assert (1, 2, 3) in pixels


def test_two_scenes_of_one_name_are_refused(monkeypatch):
    feature = Feature("sample", "Sample", "users", shots=f"{__name__}:DOUBLE")
    monkeypatch.setattr(album_module, "load_features", lambda: (feature,))

    with pytest.raises(ValueError, match="two scenes are named narrow"):
        list(scenes())


DOUBLE = (Scene("narrow", narrow), Scene("narrow", over))
