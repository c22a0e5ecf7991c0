"""The states of the day board that pictures are taken of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from tcmdesk.features.appointments.types import ACTIVE, BoardView, SavedView, Span
from tcmdesk.features.appointments.ui import leave_shots
from tcmdesk.features.appointments.ui.draft import Difference
from tcmdesk.features.appointments.ui.layout import BoardLayout, CardSpot
from tcmdesk.ui.scenes import Scene

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.features.appointments.types import DayBoard
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.ui.scenes import Stage

LONG_NAME: Final = "阿依古丽·买买提江·努尔艾合买提"
LONG_REASON: Final = "反复头晕伴耳鸣三月余，近一周加重，夜间尤甚，食欲不振"


def _board(stage: Stage) -> DayBoardScreen:
    return stage.open("day_board")


def _choose(screen: DayBoardScreen, confirmed: bool = True) -> None:
    """Put the keyboard on the first card that can still be changed."""
    now = screen.grid.now_minute or 0
    for placed in sorted(screen.grid.board.placed.values(), key=lambda each: (each.start, each.column)):
        clashing = placed.card.appointment_id in screen.grid.board.frame_of
        if placed.start >= now and not clashing and (placed.card.status.value == "confirmed") is confirmed:
            screen.grid.set_spot(CardSpot(placed.card.appointment_id))
            return


def _day(stage: Stage) -> None:
    _board(stage)


def _booking(stage: Stage) -> None:
    _board(stage)
    stage.keys("N")
    stage.write("l")


def _booking_chosen(stage: Stage) -> None:
    _booking(stage)
    stage.keys("Return", "Alt+Right")


def _booking_kinds(stage: Stage) -> None:
    """A doctor who works with needles; the second kind takes a few minutes of his, and a bed."""
    screen = _board(stage)
    board = screen.grid.board
    column = next(at for at, each in enumerate(board.doctors) if each.name == "何仲明")
    screen.grid.set_spot(board.free_from(14 * 60, column))
    stage.keys("N")
    stage.write("l")
    stage.keys("Return", "Alt+K", "Home", "Down", "Return")


def _new_patient(stage: Stage) -> None:
    _board(stage)
    stage.keys("N", "Ctrl+N")
    stage.write("路遥知")
    stage.keys("Tab", "Tab")
    stage.write("36")
    stage.keys("Tab")


def _details(stage: Stage) -> None:
    _choose(_board(stage))
    stage.keys("Return")


def _details_platform(stage: Stage) -> None:
    _choose(_board(stage), confirmed=False)
    stage.keys("Return")


def _versions(stage: Stage) -> None:
    _details(stage)
    screen = stage.context.navigator.current
    details = screen.sheets.details
    details.symptoms.setPlainText("失眠好转，仍心烦")
    row = Difference(
        stage.context.tr.gettext("Symptoms"), "失眠好转，仍心烦", "失眠，伴心烦、口干", both=True
    )
    details.versions.show_versions(details.card, (row,))


def _cancel(stage: Stage) -> QWidget | None:
    _choose(_board(stage))
    stage.keys("X")
    return QApplication.activeModalWidget()


def _clash(stage: Stage) -> None:
    _board(stage)
    stage.keys("R")


def _moving(stage: Stage) -> None:
    _choose(_board(stage))
    stage.keys("M", "Down", "Down", "Down", "Down")


def _search(stage: Stage) -> None:
    _board(stage)
    stage.keys("Ctrl+K")
    stage.write("l")


def _cancelled(stage: Stage) -> None:
    _board(stage)
    stage.keys("Shift+X")


def _empty(stage: Stage) -> None:
    screen = _board(stage)
    screen.show_day(screen.day + dt.timedelta(days=60))


def _undo(stage: Stage) -> None:
    screen = _board(stage)
    screen.context.messages.done(
        stage.context.tr.gettext("{name}'s appointment is cancelled").format(name="罗文彬"), undo=lambda: None
    )


def _show(screen: DayBoardScreen, board: DayBoard) -> None:
    layout = BoardLayout(board, screen.grid.board.doctors, screen.context.zone)
    screen.grid.show_board(layout, screen.context.clock.now())


def _long_names(stage: Stage) -> None:
    screen = _board(stage)
    board = screen.grid.board.board
    cards = tuple(
        replace(card, patient_name=LONG_NAME if at % 2 else "欧阳若曦", symptoms=LONG_REASON)
        for at, card in enumerate(board.cards)
    )
    _show(screen, replace(board, cards=cards))


def _overlaps(stage: Stage) -> None:
    screen = _board(stage)
    board = screen.grid.board.board
    busy = [card for card in board.cards if card.starts_at is not None]
    more = tuple(
        replace(
            card,
            appointment_id=f"{card.appointment_id}-{shift}",
            starts_at=card.starts_at + dt.timedelta(minutes=shift),
        )
        for at, card in enumerate(busy)
        for shift in ((5, 10) if at % 3 == 0 else (5,) if at % 3 == 1 else ())
    )
    _show(screen, replace(board, cards=(*board.cards, *more), clashes=()))


def _todo(stage: Stage) -> None:
    _board(stage)
    stage.keys("S")


def _week(stage: Stage) -> None:
    _choose(_board(stage))
    stage.keys("2")


def _week_booking(stage: Stage) -> None:
    _board(stage)
    stage.keys("2", "Right", "N")
    stage.write("l")


def _week_empty(stage: Stage) -> None:
    screen = _board(stage)
    stage.keys("2")
    screen.show_day(screen.day + dt.timedelta(days=63))


def _month(stage: Stage) -> None:
    _board(stage)
    stage.keys("3")


def _openings(stage: Stage) -> None:
    _board(stage)
    stage.keys("F", "Down", "Down")


def _openings_typed(stage: Stage) -> None:
    _board(stage)
    stage.keys("F")
    stage.write("l")


def _hold(stage: Stage) -> DayBoardScreen:
    """Two of the afternoon are pinned, in this window only: the next picture's board is whole."""
    screen = _board(stage)
    placed = sorted(screen.grid.board.placed.values(), key=lambda each: (each.start, each.column))
    coming = [each.card for each in placed if each.start >= 13 * 60 + 30 and each.card.status in ACTIVE]
    screen.pins.hold((coming[0], coming[4]))
    return screen


def _pinboard(stage: Stage) -> None:
    screen = _hold(stage)
    screen.show_day(screen.day + dt.timedelta(days=1))
    stage.settle()
    free = screen.grid.board.free_from(14 * 60)
    screen.grid.set_spot(free)


def _pinned(stage: Stage) -> None:
    screen = _hold(stage)
    screen.grid.set_spot(screen.grid.board.free_from(13 * 60 + 30))


def _saved_views(stage: Stage) -> None:
    screen = _board(stage)
    doctors = screen.days.everybody
    shown = (
        SavedView(1, stage.context.tr.gettext("Today"), BoardView()),
        SavedView(2, doctors[0].name, BoardView(Span.WEEK, doctors[0].doctor_id)),
        SavedView(3, doctors[-1].department, BoardView(department=doctors[-1].department)),
        SavedView(12, stage.context.tr.gettext("Month"), BoardView(Span.MONTH)),
    )
    screen.views.take(shown)
    stage.keys("2", "Ctrl+F5")


def _extra_slot(stage: Stage) -> None:
    _choose(_board(stage))
    stage.keys("E")
    stage.write("l")
    stage.keys("Return", "Alt+E")
    stage.write("发热两日，先看")


def _day_zoomed(stage: Stage) -> None:
    _board(stage)
    stage.keys("+", "+")


SCENES: Final = (
    Scene("day-board", _day),
    Scene("day-board-to-do", _todo),
    Scene("day-board-larger", _day_zoomed),
    Scene("week", _week),
    Scene("week-booking", _week_booking),
    Scene("week-empty", _week_empty),
    Scene("month", _month),
    Scene("openings", _openings),
    Scene("openings-typed", _openings_typed),
    Scene("pinboard", _pinboard),
    Scene("day-board-pinned", _pinned),
    Scene("saved-views", _saved_views),
    Scene("extra-slot", _extra_slot),
    Scene("day-board-booking", _booking),
    Scene("day-board-booking-chosen", _booking_chosen),
    Scene("day-board-booking-kinds", _booking_kinds),
    Scene("day-board-new-patient", _new_patient),
    Scene("day-board-details", _details),
    Scene("day-board-details-unconfirmed", _details_platform),
    Scene("day-board-details-two-versions", _versions),
    Scene("day-board-cancel", _cancel),
    Scene("day-board-clash", _clash),
    Scene("day-board-moving", _moving),
    Scene("day-board-search", _search),
    Scene("day-board-cancelled-shown", _cancelled),
    Scene("day-board-undo", _undo),
    Scene("day-board-empty", _empty),
    Scene("day-board-long-names", _long_names),
    Scene("day-board-overlaps", _overlaps),
    *leave_shots.SCENES,
)
