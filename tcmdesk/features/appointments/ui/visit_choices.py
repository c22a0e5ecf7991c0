"""How a visit is: in person or by video, first or again, and how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcmdesk.features.appointments.types import LENGTHS, VISIT_TYPE_LABELS, Kind, VisitType
from tcmdesk.features.appointments.ui.section import Section
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tcmdesk.core.i18n import Translator


class VisitChoices(Themed, QWidget):
    """Labelled choices in a row; the length only where it may be chosen."""

    def __init__(self, tr: Translator, parent: QWidget | None = None, *, with_length: bool) -> None:
        super().__init__(parent)
        self._ = _ = tr.gettext
        self.visit_type = SegmentedControl(
            [(value, _(VISIT_TYPE_LABELS[value])) for value in (VisitType.IN_PERSON, VisitType.VIDEO)],
            name=_("Visit"),
            parent=self,
        )
        self.kind = SegmentedControl(
            [(Kind.FIRST, _("First")), (Kind.FOLLOW_UP, _("Follow-up"))], name=_("Type"), parent=self
        )
        self.minutes = SegmentedControl(self._lengths(LENGTHS), name=_("Minutes"), parent=self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(Section(_("Visit"), self.visit_type, parent=self))
        self._row.addWidget(Section(_("Type"), self.kind, parent=self))
        length = Section(_("Minutes"), self.minutes, parent=self)
        length.setVisible(with_length)
        self._row.addWidget(length)
        self._row.addStretch(1)
        self.start_theming()

    def _lengths(self, lengths: Iterable[int]) -> list[tuple[int, str]]:
        return [(length, self._("{minutes}").format(minutes=length)) for length in lengths]

    def choose_minutes(self, minutes: int) -> None:
        """A length, which is offered too when it is none of the usual ones."""
        lengths = tuple(sorted({minutes, *LENGTHS}))
        if lengths != self.minutes.values:
            self.minutes.set_options(self._lengths(lengths))
        self.minutes.set_value(minutes)

    def apply_theme(self) -> None:
        self._row.setSpacing(current().px(16))
