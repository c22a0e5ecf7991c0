"""What the keys and buttons do with the chosen row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcmdesk.features.patients.types import PatientMatch
from tcmdesk.features.worklists.types import SNOOZE_DAYS

if TYPE_CHECKING:
    from tcmdesk.features.worklists.types import ListName, ListRow
    from tcmdesk.features.worklists.ui.lists_work import ListsWork
    from tcmdesk.features.worklists.ui.row_panel import RowPanel
    from tcmdesk.ui.context import UiContext


class RowActions(QObject):
    """Carries an action's name to the work, to the panel that asks for a reason, or to the board."""

    def __init__(self, context: UiContext, work: ListsWork, panel: RowPanel, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._work = work
        self._panel = panel

    def act(self, action: str, name: ListName, row: ListRow | None) -> None:
        """Do it, if it applies to the row of this list."""
        if row is None or not self._panel.can(action):
            return
        match action:
            case "confirm":
                self._work.confirm(row)
            case "cancel":
                self._panel.ask_reason()
            case "open":
                self._open_on_board(row)
            case "book":
                self._context.navigator.open("day_board", book_for=_match(row))
            case "remind":
                self._work.remind(name, row)
            case "snooze":
                today = self._context.clock.now().astimezone(self._context.zone).date()
                self._work.put_off(name, row, today + dt.timedelta(days=SNOOZE_DAYS))
            case "never":
                self._work.put_off(name, row, None)

    def _open_on_board(self, row: ListRow) -> None:
        moment = row.card.starts_at or row.card.version.appointment_date
        day = moment.astimezone(self._context.zone).date()
        self._context.navigator.open("day_board", day=day, appointment=row.card.appointment_id)


def _match(row: ListRow) -> PatientMatch:
    card = row.card
    return PatientMatch(
        ref=card.ref, name=card.patient_name, gender=card.gender, birthday=card.birthday, phone=row.phone,
        reading="", relationship=None, family=1,
    )  # fmt: skip
