"""The columns of the four lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.appointments.types import Source, Status, VisitType
from tcmdesk.features.patients.types import masked_phone
from tcmdesk.features.visits.types import Stage
from tcmdesk.features.worklists.types import ListName, ListRow
from tcmdesk.features.worklists.ui import words
from tcmdesk.ui.columns import Column

if TYPE_CHECKING:
    import datetime as dt

    from tcmdesk.ui.context import UiContext
    from tcmdesk.ui.theme.tokens import Colour


class RowColumns:
    """What the cells say of a row."""

    def __init__(self, context: UiContext) -> None:
        self._context = context
        self._tr = context.tr

    def of(self, name: ListName) -> tuple[Column[ListRow], ...]:
        """The columns of one list."""
        match name:
            case ListName.INBOX:
                return (
                    self._who(new=True),
                    self._about(),
                    self._when(),
                    self._doctor(),
                    self._made(),
                    self._state(),
                )
            case ListName.UNCONFIRMED:
                return (self._who(), self._about(), self._when(), self._doctor(), self._phone(), self._how())
            case ListName.RECALL:
                return (
                    self._who(),
                    self._about(),
                    self._day(),
                    self._since(),
                    self._doctor(),
                    self._reason(),
                    self._phone(),
                )
            case ListName.NO_SHOW:
                return (
                    self._who(),
                    self._about(),
                    self._when(),
                    self._doctor(),
                    self._phone(),
                    self._absence(),
                )

    @property
    def _today(self) -> dt.date:
        return self._context.clock.now().astimezone(self._context.zone).date()

    def _who(self, *, new: bool = False) -> Column[ListRow]:
        def icon(row: ListRow) -> str:
            return "circle-plus" if row.new else "circle-dashed"

        def tint(row: ListRow) -> Colour:
            return "accent_text" if row.new else "text"

        title = self._tr.gettext("Patient")
        return Column(
            title, lambda row: words.name_text(self._tr, row), bold=True, colour="text",
            icon=icon if new else None, tint=tint if new else None, elide=True,
        )  # fmt: skip

    def _about(self) -> Column[ListRow]:
        return Column(
            self._tr.gettext("Sex, age"), lambda row: words.about_text(self._tr, row, self._today), 96
        )

    def _when(self) -> Column[ListRow]:
        context = self._context
        return Column(
            self._tr.gettext("When"),
            lambda row: words.when_text(self._tr, row, context.zone, self._today),
            180,
        )

    def _day(self) -> Column[ListRow]:
        return Column(
            self._tr.gettext("Last visit"), lambda row: words.day_text(self._tr, row, self._context.zone), 136
        )

    def _since(self) -> Column[ListRow]:
        zone = self._context.zone
        return Column(
            self._tr.gettext("Days"),
            lambda row: str(words.days_since(row, zone, self._today)),
            72,
            align="right",
        )

    def _doctor(self) -> Column[ListRow]:
        return Column(self._tr.gettext("Doctor"), lambda row: row.doctor_name, 104, elide=True)

    def _reason(self) -> Column[ListRow]:
        return Column(
            self._tr.gettext("Reason"),
            lambda row: " ".join(row.card.symptoms.split()),
            colour="text3",
            elide=True,
        )

    def _phone(self) -> Column[ListRow]:
        return Column(self._tr.gettext("Phone"), lambda row: masked_phone(row.phone), 136)

    def _made(self) -> Column[ListRow]:
        context = self._context
        return Column(
            self._tr.gettext("Booked"),
            lambda row: words.ago_text(self._tr, row.at, context.clock.now()), 116, colour="text3",
        )  # fmt: skip

    def _how(self) -> Column[ListRow]:
        def icon(row: ListRow) -> str:
            if row.card.visit_type is VisitType.VIDEO:
                return "video"
            return "smartphone" if row.card.source is Source.PLATFORM else ""

        return Column(
            self._tr.gettext("Booked by"), lambda row: words.how_text(self._tr, row), 160, icon=icon
        )

    def _state(self) -> Column[ListRow]:
        _ = self._tr.gettext

        def text(row: ListRow) -> str:
            if row.card.status is not Status.PENDING:
                return _("Confirmed")
            return _("For whom?") if words.whom_open(row) else _("Unconfirmed")

        def icon(row: ListRow) -> str:
            if row.card.status is not Status.PENDING:
                return "check"
            return "users" if words.whom_open(row) else "circle-dashed"

        def tint(row: ListRow) -> Colour:
            return "text3" if row.card.status is not Status.PENDING else "warn"

        return Column(_("State"), text, 140, icon=icon, tint=tint)

    def _absence(self) -> Column[ListRow]:
        _ = self._tr.gettext

        def marked(row: ListRow) -> bool:
            return row.card.visit is not None and row.card.visit.stage is Stage.NO_SHOW

        return Column(
            _("State"),
            lambda row: _("Did not come") if marked(row) else _("No arrival noted"), 180,
            icon=lambda row: "user-x" if marked(row) else "clock-alert",
            tint=lambda row: "text2" if marked(row) else "text3",
        )  # fmt: skip
