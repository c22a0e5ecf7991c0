"""What has to be settled before a video visit counts: who it is, consent, an earlier visit in person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.icon_view import IconView
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.components.pane import Card
from tcmdesk.ui.components.text import Text, note
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.consultations.types import VideoVisit

ROW: Final = 30


class _Check(Themed, QWidget):
    """A line with a tick, or with what is missing and a button that settles it."""

    def __init__(self, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = IconView("circle-dashed", "inline", "warn", parent=self)
        self._words = Text("", "small", "text2", elide=True, parent=self)
        self.button = Button(button, size="row", parent=self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.button)
        self.start_theming()

    def show_state(self, text: str, *, settled: bool) -> None:
        self._mark.set_icon("check" if settled else "circle-alert", "accent" if settled else "warn")
        self._words.setText(text)
        self._words.set_colour("text2" if settled else "warn")
        self.button.setVisible(not settled)
        self.setAccessibleName(text)

    def apply_theme(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(current().px(8))
        self.setFixedHeight(current().px(ROW))


class Checks(Card):
    """Three lines below the picture. The signals ask for what the buttons say; `filed` carries day and place."""

    identity_wished = Signal()
    consent_wished = Signal()
    filed = Signal(str, str)

    def __init__(self, tr: Translator, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__("canvas", "line_soft", parent=parent)
        _ = self._ = tr.gettext
        self._tr, self._zone = tr, zone
        self.identity = _Check(_("Compared"), self)
        self.consent = _Check(_("Agreed by word"), self)
        self.prior = _Check(_("File…"), self)
        self.identity.button.clicked.connect(self.identity_wished)
        self.consent.button.clicked.connect(self.consent_wished)
        self.prior.button.clicked.connect(self._on_prior_clicked)
        self.day = TextInput(placeholder="20261117", name=_("Day of the diagnosis"), parent=self)
        self.place = TextInput(
            placeholder=_("Clinic or hospital"), name=_("Place of the diagnosis"), parent=self
        )
        self.save = Button(_("File"), size="regular", parent=self)
        self.save.clicked.connect(self._on_save_clicked)
        for field in (self.day, self.place):
            field.returnPressed.connect(self._on_save_clicked)
        self._line = note("", self)
        self._column = QVBoxLayout(self)
        for check in (self.identity, self.consent, self.prior):
            self._column.addWidget(check)
        self._entry = QWidget(self)
        row = self._entry_row = QHBoxLayout(self._entry)
        row.addWidget(self.day, 5)
        row.addWidget(self.place, 7)
        row.addWidget(self.save)
        self._column.addWidget(self._entry)
        self._column.addWidget(self._line)
        self._entry.hide()
        self._line.hide()
        self.start_theming()

    def show_visit(self, visit: VideoVisit) -> None:
        """Tick what is settled."""
        _ = self._
        checked = visit.identity_checked_at is not None
        words = _("Identity compared: name, birthday") if checked else _("Compare name and birthday")
        self.identity.show_state(words, settled=checked)
        if visit.consented_at is not None:
            time = self._tr.time(visit.consented_at.astimezone(self._zone))
            words = _("Agreed to the video visit (edition {edition}, {time})").format(
                edition=visit.consent_version, time=time
            )
        else:
            words = _("No consent yet")
        self.consent.show_state(words, settled=visit.consented_at is not None)
        prior = visit.prior
        if prior is None:
            words = _("No diagnosis in person on record")
        else:
            where = prior.place or _("here")
            words = _("Diagnosed in person: {day} {place}").format(day=self._tr.date(prior.day), place=where)
        self.prior.show_state(words, settled=prior is not None)
        if prior is not None:
            self._entry.hide()

    def show_problem(self, text: str) -> None:
        """Say what is wrong with day or place; empty takes it away."""
        self._line.setText(text)
        self._line.set_colour("danger")
        self._line.setVisible(bool(text))

    def ask_prior(self) -> None:
        """Open the two fields."""
        self._entry.show()
        self.day.setFocus()

    def apply_theme(self) -> None:
        theme = current()
        self._column.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        self._column.setSpacing(0)
        self._entry_row.setContentsMargins(0, theme.px(4), 0, theme.px(2))
        self._entry_row.setSpacing(theme.px(6))

    def _on_prior_clicked(self) -> None:
        self.ask_prior()

    def _on_save_clicked(self) -> None:
        self.filed.emit(self.day.text().strip(), self.place.text().strip())
