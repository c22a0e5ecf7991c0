"""The panel beside the list: the chosen visit, its link, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcmdesk.features.consultations.types import OPEN_STATUSES, LinkState, VideoVisit, VisitStatus
from tcmdesk.features.consultations.ui.link_card import LinkCard
from tcmdesk.features.consultations.ui.words import state_of
from tcmdesk.features.patients.types import sex_age
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.pane import PaneHead, SidePanel
from tcmdesk.ui.components.text import Text, heading, label
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from tcmdesk.ui.context import UiContext


class VisitSide(SidePanel):
    """`call_wished` opens the call, `close_wished` closes the room; the link's own wishes come from `link`."""

    call_wished = Signal()
    close_wished = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        _ = self._ = context.tr.gettext
        self._context = context
        self.state: LinkState | None = None
        self._content: QWidget | None = None
        super().__init__("waiting", PaneHead(_("Video visit")), parent=parent)
        self._content = QWidget(self)
        self._inner = QVBoxLayout(self._content)
        self.name = heading("", self)
        self.who = Text("", "small", "text2", parent=self)
        self.now = Text("", "body", "text2", parent=self)
        self.reason = Text("", "small", "text2", wrap=True, parent=self)
        self.call = Button(
            _("Let in and call"), icon="video", kind="primary", size="sheet", key="V", parent=self
        )
        self.call.clicked.connect(self.call_wished)
        self.link = LinkCard(context.tr, self)
        self.close_room = Button(_("Close the room"), kind="ghost", size="small", parent=self)
        self.close_room.clicked.connect(self.close_wished)
        for widget in (self.name, self.who, self.now, self.reason, self.call):
            self._inner.addWidget(widget)
        self._inner.addWidget(label(_("Link for the patient"), self))
        self._inner.addWidget(self.link)
        self._inner.addStretch(1)
        self._inner.addWidget(self.close_room)
        self.body.addWidget(self._content)
        self._content.hide()
        self.apply_theme()

    def show_visit(self, visit: VideoVisit | None, *, may_call: bool) -> None:
        """The visit that is chosen; None for none."""
        if self._content is None:
            return
        self._content.setVisible(visit is not None)
        if visit is None:
            return
        context, tr = self._context, self._context.tr
        today = context.clock.now().astimezone(context.zone).date()
        word, _icon, tint = state_of(tr, visit, context.clock.now())
        self.name.setText(visit.patient_name)
        starts = tr.time(visit.starts_at.astimezone(context.zone))
        person = sex_age(tr, visit.gender, visit.birthday, today)
        self.who.setText(" · ".join(part for part in (person, starts, visit.doctor_name) if part))
        self.now.setText(word)
        self.now.set_colour(tint)
        self.reason.setText(visit.symptoms)
        self.reason.setVisible(bool(visit.symptoms))
        is_open = visit.status in OPEN_STATUSES
        over = visit.status == VisitStatus.COMPLETED
        self.call.setVisible(may_call and not over)
        self.call.setText(self._("Let in and call") if visit.waits else self._("Open the call"))
        self.link.setVisible(not over)
        self.close_room.setVisible(is_open)

    def show_state(self, state: LinkState | None, text: str = "") -> None:
        """What became of the newest link; `text` is the link itself while it has just been made."""
        self.state = state
        _, tr, zone = self._, self._context.tr, self._context.zone
        words = ""
        if state is not None and state.revoked_at is not None:
            words = _("Link taken back")
        elif state is not None and state.opened_at is not None:
            words = _("Opened by the patient {time}").format(time=tr.time(state.opened_at.astimezone(zone)))
        elif state is not None and state.expires_at <= self._context.clock.now():
            words = _("Link has run out")
        elif state is not None:
            expires = state.expires_at.astimezone(zone)
            words = _("Open until {day} {time}, not opened yet").format(
                day=tr.date(expires.date()), time=tr.time(expires)
            )
        self.link.show_link(text, words)
        self.link.revoke.setVisible(state is not None and state.revoked_at is None)

    def apply_theme(self) -> None:
        super().apply_theme()
        if self._content is not None:
            pad = current().px(16)
            self._inner.setContentsMargins(pad, pad, pad, pad)
            self._inner.setSpacing(current().px(8))
