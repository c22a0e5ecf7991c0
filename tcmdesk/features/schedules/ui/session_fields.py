"""The controls of a session: its hours, how long a visit takes, how many at once, what visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcmdesk.features.schedules.types import Session
from tcmdesk.features.schedules.ui import words
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.number_input import NumberInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.typed_days import read_hours

if TYPE_CHECKING:
    from tcmdesk.features.schedules.ui.form_sheet import FormSheet

BOTH: Final = (True, True)
VIDEO: Final = (True, False)
IN_PERSON: Final = (False, True)


class SessionFields:
    """Adds its controls to a sheet, which keeps them."""

    def __init__(self, sheet: FormSheet) -> None:
        _ = sheet.context.tr.gettext
        self._sheet = sheet
        self.hours = TextInput(placeholder="08:30-12:00", parent=sheet)
        self.cell = NumberInput(15, low=5, high=240, step=5, parent=sheet)
        self.seats = NumberInput(1, low=1, high=20, parent=sheet)
        self.visits = SegmentedControl(
            [(BOTH, _("Both")), (IN_PERSON, _("In person")), (VIDEO, _("Video"))],
            name=_("Visits"),
            parent=sheet,
        )
        sheet.add_row(("start", _("Hours"), self.hours, 1))
        sheet.add_row(
            ("cell", _("A visit takes, minutes"), self.cell, 1),
            ("seats", _("People at a time"), self.seats, 1),
        )
        sheet.add_row(("in_person", _("Visits"), self.visits, 1))

    def fill(self, session: Session) -> None:
        self.hours.setText(words.hours(session).replace("–", "-"))
        self.cell.setValue(session.cell)
        self.seats.setValue(session.seats)
        self.visits.set_value((session.video, session.in_person))

    def session(self) -> Session | None:
        """What the controls say; None, and a word at the field, for hours that cannot be read."""
        hours = read_hours(self.hours.text())
        if hours is None:
            self._sheet.say("start", self._sheet.context.tr.gettext("Type hours like 08:30-12:00."))
            return None
        video, in_person = self.visits.value
        return Session(*hours, self.cell.value(), self.seats.value(), video, in_person)
