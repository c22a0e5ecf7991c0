import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tcmdesk.core.i18n import Translator
from tcmdesk.ui.navigator import Navigator
from tcmdesk.ui.screen import Screen
from tcmdesk.ui.shortcuts import KeyHint, Shortcuts


class Bus(QObject):
    changed = Signal(frozenset)
    connected_changed = Signal(bool)


class Context:
    """The part of a screen's context that these screens use."""

    def __init__(self):
        self.tr = Translator("en")
        self.changes = Bus()
        self.shortcuts = Shortcuts()


class Recorded(Screen):
    refresh_on = frozenset({"appointments", "doctors"})

    def __init__(self, context, name):
        super().__init__(context)
        self.name = name
        self.heard = []

    def open(self, **params):
        self.heard.append(("open", params))

    def activate(self):
        self.heard.append("activate")
        super().activate()

    def deactivate(self):
        super().deactivate()
        self.heard.append("deactivate")

    def refresh(self, tables):
        self.heard.append(("refresh", set(tables)))

    def connection_changed(self, connected):
        self.heard.append(("connected", connected))


@pytest.fixture
def context(qapp):
    return Context()


@pytest.fixture
def navigator(context, qtbot):
    def build(name):
        if name == "nowhere":
            raise LookupError(name)
        screen = Recorded(context, name)
        qtbot.addWidget(screen)
        return screen

    return Navigator(build)


def test_a_screen_is_made_once(navigator):
    first = navigator.open("day")
    assert navigator.open("patients").name == "patients"
    assert navigator.open("day") is first
    assert [screen.name for screen in navigator.opened] == ["day", "patients"]


def test_a_screen_hears_in_order(navigator):
    day = navigator.open("day", date="2026-11-24")
    assert day.heard == ["activate", ("open", {"date": "2026-11-24"})]
    navigator.open("patients")
    assert day.heard[-1] == "deactivate"
    assert not day.active


def test_a_link_within_the_same_screen_does_not_activate_again(navigator):
    day = navigator.open("day", date="1")
    navigator.open("day", date="2")
    assert day.heard == ["activate", ("open", {"date": "1"}), ("open", {"date": "2"})]


def test_back_and_forward(navigator):
    day = navigator.open("day", date="1")
    navigator.open("patients")
    assert navigator.back()
    assert navigator.current is day
    assert day.heard[-1] == ("open", {"date": "1"})
    assert not navigator.back()
    assert navigator.forward()
    assert navigator.current.name == "patients"
    navigator.back()
    navigator.open("settings")
    assert not navigator.forward(), "a new way replaces the old one"


def test_the_window_is_told(navigator):
    told = []
    navigator.shown.connect(lambda screen: told.append(screen.name))
    navigator.place_changed.connect(told.append)
    navigator.open("day")
    assert told == ["day", "day"]


def test_a_screen_that_does_not_exist_changes_nothing(navigator):
    day = navigator.open("day")
    with pytest.raises(LookupError):
        navigator.open("nowhere")
    assert navigator.current is day
    assert day.active
    assert not navigator.back()


def test_changes_reach_the_screen_in_front_at_once_and_others_when_they_return(navigator, context):
    day = navigator.open("day")
    patients = navigator.open("patients")
    context.changes.changed.emit(frozenset({"appointments", "payments"}))
    context.changes.changed.emit(frozenset({"doctors"}))
    assert patients.heard[2:] == [("refresh", {"appointments"}), ("refresh", {"doctors"})]
    assert ("refresh", {"appointments"}) not in day.heard
    navigator.open("day")
    assert day.heard[-3:] == ["activate", ("refresh", {"appointments", "doctors"}), ("open", {})]


def test_changes_of_other_tables_are_not_for_this_screen(navigator, context):
    day = navigator.open("day")
    context.changes.changed.emit(frozenset({"articles"}))
    assert day.heard == ["activate", ("open", {})]


def test_every_screen_hears_that_the_database_went_away(navigator, context):
    day, patients = navigator.open("day"), navigator.open("patients")
    context.changes.connected_changed.emit(False)
    assert day.heard[-1] == patients.heard[-1] == ("connected", False)


def test_hints_come_from_the_screen_s_shortcuts(navigator, context):
    day = navigator.open("day")
    context.shortcuts.add(day, "N", "New booking", lambda: None, rank=1)
    assert day.key_hints() == [KeyHint("N", "New booking", 1)]


def test_a_title_is_the_screen_s_name_for_screen_readers(navigator, qtbot):
    day = navigator.open("day")
    with qtbot.waitSignal(day.title_changed) as signal:
        day.set_title("Tue 24 Nov")
    assert signal.args == [day.title] == [day.accessibleName()] == ["Tue 24 Nov"]
    assert isinstance(day, QWidget)
