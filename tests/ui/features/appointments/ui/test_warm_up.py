"""What the board will need is imported behind it, and only once."""

from __future__ import annotations

import importlib.util

from PySide6.QtCore import QObject

from tcmdesk.features.appointments.ui import warm_up


def test_every_module_is_imported_once_and_then_it_rests(qtbot, monkeypatch):
    imported = []
    monkeypatch.setattr(warm_up, "import_module", imported.append)
    monkeypatch.setattr(warm_up, "PAUSE_MS", 1)
    owner = QObject()
    warm = warm_up.WarmUp(owner)
    warm.start()
    qtbot.waitUntil(lambda: warm.done, timeout=2000)
    qtbot.wait(10)
    assert tuple(imported) == warm_up.MODULES


def test_every_module_is_there():
    assert all(importlib.util.find_spec(name) for name in warm_up.MODULES)


def test_a_screen_that_is_left_stops_it(make_desk):
    desk = make_desk()
    desk.screen.deactivate()
    assert not desk.screen._warm_up._timer.isActive()
