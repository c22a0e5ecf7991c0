"""Patients in the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.patients.types import masked_phone, relationship_text, sex_age
from tcmdesk.features.patients.ui.highlight import in_name, in_reading
from tcmdesk.features.patients.ui.patient_search import PatientSearch
from tcmdesk.ui.findings import Finder, Finding

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tcmdesk.features.patients.types import PatientMatch
    from tcmdesk.ui.context import UiContext

SCHEDULE = "day_board"


class PatientFindings(Finder):
    """Enter shows the person on the schedule, or does there what the palette was opened for; Ctrl Enter books."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._search = PatientSearch(context, self)
        self._search.found.connect(self._on_search_found)

    def look_for(self, typed: str) -> None:
        self._search.look_for(typed)

    def forget(self) -> None:
        self._search.forget()

    def _on_search_found(self, matches: tuple[PatientMatch, ...], typed: str) -> None:
        self.found.emit(tuple(self._finding(match, typed) for match in matches), typed)

    def _finding(self, match: PatientMatch, typed: str) -> Finding:
        tr, navigator = self._context.tr, self._context.navigator
        today = self._context.clock.now().astimezone(self._context.zone).date()
        who = [sex_age(tr, match.gender, match.birthday, today)]
        if match.ref.profile_id:
            who.append(relationship_text(tr, match.ref, match.relationship))
        if not match.placeholder_phone:
            who.append(masked_phone(match.phone))
        last = tr.gettext("Last {day}").format(day=tr.date(match.last_visit)) if match.last_visit else ""
        return Finding(
            match.name,
            "user",
            lambda: navigator.open(SCHEDULE, patient=match, do=self.do),
            spans=in_name(match.name, typed),
            reading=match.reading,
            reading_spans=in_reading(match.reading, typed),
            detail=" · ".join(part for part in who if part),
            aside=last,
            alternative=lambda: navigator.open(SCHEDULE, book_for=match),
        )
