"""What other features do with a card, and how far a visit has come, on the board."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QListView

from tcmdesk.core.i18n import Translator
from tcmdesk.features.appointments.types import Status
from tcmdesk.features.appointments.ui.card_looks import LOOKS, CardState, state_of
from tcmdesk.features.appointments.ui.placing import Placed
from tcmdesk.features.appointments.ui.samples import sample_card
from tcmdesk.features.appointments.ui.words import card_sentence
from tcmdesk.features.patients.service.search import search
from tcmdesk.features.visits.types import Stage, VisitState
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.sheet import Sheet
from tests.factories.clinic import DAY, ZONE
from tests.support.sql import sql_allowed


class Actions(QObject):
    done = Signal(str)
    refused = Signal(object)
    card_requested = Signal(str)

    def __init__(self, context, parent):
        super().__init__(parent)
        self.calls = []

    def __getattr__(self, name):
        if name in {
            "arrive",
            "call",
            "call_next",
            "start",
            "finish",
            "no_show",
            "undo_arrival",
            "print_slip",
        }:
            return lambda subject: self.calls.append((name, getattr(subject, "patient_name", subject)))
        raise AttributeError(name)


class Room(SidePanel):
    card_requested = Signal(str)
    changed = Signal()
    chosen_card = None

    def __init__(self, context, parent):
        super().__init__("waiting", PaneHead("Waiting", height="column_head"), parent=parent)
        self.days = []
        self.list = QListView(self)
        self.list.setModel(QStringListModel(["罗文彬"], self))

    def show_day(self, day):
        self.days.append(day)

    def next_entry(self):
        return None


class WalkIn(Sheet):
    done = Signal(str)

    def __init__(self, context, parent):
        super().__init__("Walk-in", "Close", parent)
        self.begun = 0
        self.prefilled = []
        self.start_theming()

    def prefill(self, match):
        self.prefilled.append(match)

    def begin(self):
        self.begun += 1

    def take_focus(self):
        self.setFocus()


@pytest.fixture
def desk(offered, make_desk):
    offered.update(visit_actions=Actions, waiting_room=Room, walk_in=WalkIn)
    desk = make_desk()
    with sql_allowed():
        desk.clinic.platform_booking(
            desk.doctors[0], desk.clinic.account("沈若兰"), "14:00", status="confirmed"
        )
    desk.reload()
    return desk


def test_a_on_a_card_and_c_without_one_who_waits(desk):
    desk.choose("沈若兰")
    actions = desk.screen.visits.actions
    assert ("A", "Arrived") in {(hint.keys, hint.text) for hint in desk.screen.key_hints()}
    desk.key(Qt.Key.Key_A)
    desk.key(Qt.Key.Key_C)
    assert actions.calls == [("arrive", "沈若兰"), ("call_next", desk.doctors[0])]


def match_of(desk, name):
    with sql_allowed():
        desk.clinic.index()
        return desk.context.database.read(
            lambda connection: search(connection, desk.context.actor, name, limit=1)
        )[0]


def test_a_without_a_card_asks_who_has_arrived(desk):
    asked = []
    desk.context.navigator.find_requested.connect(asked.append)
    desk.screen.grid.set_spot(desk.screen.grid.board.free_from(16 * 60))
    desk.key(Qt.Key.Key_A)
    assert [(search.prompt, search.do) for search in asked] == [("Who has arrived?", "arrival")]


def test_who_is_found_by_name_has_arrived(desk):
    desk.screen.open(patient=match_of(desk, "沈若兰"), do="arrival")
    assert desk.screen.visits.actions.calls == [("arrive", "沈若兰")]
    assert desk.screen.grid.card.card.patient_name == "沈若兰"


def test_who_is_found_and_has_no_appointment_walks_in(desk):
    with sql_allowed():
        desk.clinic.account("李晓敏")
    match = match_of(desk, "李晓敏")
    desk.screen.open(patient=match, do="arrival")
    assert desk.screen.visits.actions.calls == []
    assert desk.screen.sheets.open_sheet.prefilled == [match]


def test_w_opens_the_walk_in_and_its_result_is_shown(desk):
    desk.key(Qt.Key.Key_W)
    sheet = desk.screen.sheets.open_sheet
    assert isinstance(sheet, WalkIn)
    assert sheet.begun == 1
    card = desk.cards()["沈若兰"]
    sheet.done.emit(card.appointment_id)
    desk.until(lambda: desk.screen.sheets.open_sheet is None)
    desk.until(lambda: desk.screen.grid.card is not None)
    assert desk.screen.grid.card.card.patient_name == "沈若兰"


def test_the_waiting_room_is_there_today_and_s_shows_what_is_to_do(desk):
    aside = desk.screen.aside
    assert aside.waiting.isVisible()
    assert aside.waiting.days[-1] == DAY
    desk.key(Qt.Key.Key_S)
    assert aside.agenda.isVisible()
    assert not aside.waiting.isVisible()
    desk.key(Qt.Key.Key_S)
    assert aside.waiting.isVisible()
    desk.key(Qt.Key.Key_BracketRight)
    assert aside.agenda.isVisible()


def test_without_other_features_the_board_does_without(make_desk):
    desk = make_desk()
    desk.keys(Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_W, Qt.Key.Key_V, Qt.Key.Key_S)
    assert desk.screen.sheets.open_sheet is None
    assert desk.screen.agenda.isVisible()


def visited(stage, number=7):
    return replace(sample_card("沈若兰"), visit=VisitState(stage, number))


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage.ARRIVED, CardState.ARRIVED),
        (Stage.CALLED, CardState.CALLED),
        (Stage.IN_CONSULTATION, CardState.NOW),
        (Stage.FINISHED, CardState.DONE),
        (Stage.NO_SHOW, CardState.NO_SHOW),
        (Stage.EXPECTED, CardState.CONFIRMED),
    ],
)
def test_how_far_a_visit_has_come_is_the_cards_state(stage, state):
    assert state_of(Placed(visited(stage), 0, 615, 645), 600) is state


def test_who_has_not_come_is_late_for_the_rest_of_the_day():
    placed = Placed(sample_card("沈若兰"), 0, 615, 645)
    assert state_of(placed, 624) is CardState.CONFIRMED
    assert state_of(placed, 625) is CardState.LATE
    assert state_of(placed, 1440 + 600) is CardState.CONFIRMED


def test_a_cancelled_visit_is_cancelled_whoever_came():
    card = replace(visited(Stage.ARRIVED), status=Status.CANCELLED)
    assert state_of(Placed(card, 0, 615, 645), 600) is CardState.CANCELLED


def test_only_the_visit_in_consultation_is_filled():
    assert [state for state, look in LOOKS.items() if look.fill == "now"] == [CardState.NOW]


def test_states_differ_without_colour():
    shapes = {(look.icon, look.edge is None, look.dashed, look.struck) for look in LOOKS.values()}
    assert len(shapes) == len(LOOKS)


def test_a_card_says_its_state_and_number():
    said = card_sentence(visited(Stage.IN_CONSULTATION), Translator("en"), ZONE, DAY)
    assert said == "10:15 沈若兰 F 34 Follow-up In consultation No. 7"


def test_room_kind_and_extra_are_said():
    card = replace(sample_card("沈若兰"), room="针床 2", visit_kind="针灸", extra=True)
    assert "针灸 针床 2 Extra slot" in card_sentence(card, Translator("en"), ZONE, DAY)


def test_an_extra_slot_where_the_doctor_is_busy(clinic, offered, make_desk):
    desk = make_desk()
    with sql_allowed():
        busy = desk.clinic.account("沈若兰")
        desk.clinic.account("李晓敏")
        desk.clinic.platform_booking(desk.doctors[0], busy, "14:00", status="confirmed")
        desk.clinic.index()
    desk.reload()
    desk.choose("沈若兰")
    desk.key(Qt.Key.Key_E)
    booking = desk.screen.sheets.booking
    assert desk.screen.sheets.open_sheet is booking
    desk.type("lxm")
    desk.until(lambda: booking.who.patient.list.match_model.rowCount() == 1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: not booking.who.pending)
    desk.key(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert booking.extra.reason_input.hasFocus()
    desk.type("fever")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "李晓敏" in desk.cards())
    card = desk.cards()["李晓敏"]
    assert (desk.clock(card), card.extra) == ("14:00", True)


def test_l_opens_the_leave_of_the_column(make_desk):
    desk = make_desk()
    desk.choose_cell(1, "14:00")
    desk.key(Qt.Key.Key_L)
    assert "林若溪" in desk.screen.sheets.open_sheet.accessibleName() + desk.screen.sheets.open_sheet.subtitle
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: desk.screen.sheets.open_sheet is None)
    assert desk.screen.grid.hasFocus()
