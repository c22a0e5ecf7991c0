"""Today's online visits: who waits, the patient's link, the call; what is over; and, for administrators, the licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer

from tcmdesk.features.consultations.service.links import link_text
from tcmdesk.features.consultations.types import CALL, CONFIGURE, LINK, IssuedLink, LinkState, VideoVisit
from tcmdesk.features.consultations.ui.screen_parts import ScreenParts
from tcmdesk.features.consultations.ui.setup_sheet import SetupSheet
from tcmdesk.features.consultations.ui.video_work import Setup, VideoWork, missing_of
from tcmdesk.features.consultations.ui.waiting_bell import bell_of
from tcmdesk.ui.components.banner import Action
from tcmdesk.ui.components.states import EmptyState, LoadingState
from tcmdesk.ui.components.status_bar import StatusItem
from tcmdesk.ui.sheet_host import SheetHost

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcmdesk.ui.context import UiContext

MINUTE: int = 60_000


class VideoScreen(ScreenParts):
    """A list with a panel beside it."""

    refresh_on: ClassVar[frozenset[str]] = frozenset(
        {
            "appointments",
            "video_consultations",
            "desk_video_visits",
            "desk_video_links",
            "desk_video_licences",
        }
    )

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        _ = self._
        self.work = VideoWork(context, self)
        self.setup: Setup | None = None
        self._wanted: str | None = None
        self._fresh_links: dict[str, str] = {}
        self.bell.setChecked(bell_of(context).sounds)
        self.bell.clicked.connect(bell_of(context).toggle_sound)
        self.sheets = SheetHost(self)
        self.sheet = SetupSheet(context.tr, self)
        self.sheets.adopt(self.sheet)
        # waiting times go on without anything changing in the database
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._connect()
        self._add_keys()
        self.start_theming()

    def _connect(self) -> None:
        work = self.work
        work.day_read.connect(self._on_work_day_read)
        work.past_read.connect(self._on_work_past_read)
        work.setup_read.connect(self._on_work_setup_read)
        work.link_made.connect(self._on_work_link_made)
        work.link_read.connect(self._on_work_link_read)
        work.saved.connect(self._on_work_saved)
        work.save_refused.connect(lambda error: self.sheet.show_error(error, error.text(self.context.tr)))
        self.parts.value_changed.connect(self.show_part)
        self.settings.clicked.connect(self.open_setup)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_side())
        self.table.activated.connect(lambda _index: self._call())
        self.past.more_wanted.connect(self._on_past_more_wanted)
        self.side.call_wished.connect(self._call)
        self.side.close_wished.connect(lambda: self.chosen and work.close_room(self.chosen))
        self.side.link.issue_wished.connect(self._issue)
        self.side.link.revoke_wished.connect(lambda: self.side.state and work.revoke_link(self.side.state))
        self.side.link.print_wished.connect(self._print)
        self.sheet.close_requested.connect(self.sheets.close)
        self.sheet.save_wished.connect(work.save_setup)
        self._minute.timeout.connect(self._on_minute_timeout)

    def _add_keys(self) -> None:
        add, _, allowed = self.context.shortcuts.add, self._, self.context.allowed
        if allowed(CALL) and getattr(self.context.actor, "doctor_id", None) is not None:
            add(self, "V", _("Open the call"), self._call, rank=10)
        if allowed(LINK):
            add(self, "L", _("Make a link"), self._issue, rank=20)
        if allowed(CONFIGURE):
            add(self, "S", _("Licence and doctors"), self.open_setup, rank=30)

    @property
    def chosen(self) -> VideoVisit | None:
        """The visit the list stands on."""
        visit: VideoVisit | None = self.today.row(self.table.currentIndex())
        return visit

    def open(self, **params: Any) -> None:
        """`appointment` is the one to stand on."""
        self._wanted = params.get("appointment", self._wanted)
        if self._wanted is not None:
            self.parts.set_value("today")
            self.pages.setCurrentIndex(0)
        self._choose_wanted()

    def activate(self) -> None:
        super().activate()
        self._minute.start()
        tr = self.context.tr
        self.list_state.show_loading(LoadingState(self._("Video visits are loading"), row_height=34))
        self._date.setText(tr.date(self._today(), weekday=True))
        self.work.read_day(self._today())
        self.work.read_setup()

    def deactivate(self) -> None:
        super().deactivate()
        self._minute.stop()

    def refresh(self, tables: frozenset[str]) -> None:
        self.work.read_day(self._today())
        if "desk_video_licences" in tables:
            self.work.read_setup()
        if self.parts.value == "past":
            self.work.read_past(None)

    def status_items(self) -> list[StatusItem]:
        waiting = sum(1 for visit in self.today.rows if visit.waits)
        if not waiting:
            return []
        text = self.context.tr.ngettext("{count} waits", "{count} wait", waiting).format(count=waiting)
        return [StatusItem(text, "hourglass", "accent_text")]

    def panes(self) -> list[QWidget]:
        return [self.table, self.side] if self.parts.value == "today" else [self.past_table]

    def open_setup(self) -> None:
        """Licence, approval and doctors."""
        if self.setup is not None:
            self.sheet.show_setup(self.setup)
            self.sheets.show(self.sheet)
            self.sheet.holder.setFocus()

    def _today(self) -> Any:
        return self.context.clock.now().astimezone(self.context.zone).date()

    def _show_side(self) -> None:
        visit = self.chosen
        own = visit is not None and getattr(self.context.actor, "doctor_id", None) == visit.doctor_id
        self.side.show_visit(visit, may_call=own)
        if visit is not None:
            self.work.read_link(visit)

    def _choose_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        rows = self.today.rows
        at = next((at for at, visit in enumerate(rows) if visit.appointment_id == wanted), None)
        if at is None and wanted is not None:
            self._wanted = wanted if not rows else None
        if at is None and rows and not self.table.currentIndex().isValid():
            at = next((at for at, visit in enumerate(rows) if visit.waits), 0)
        if at is not None:
            self.table.selectRow(at)
            self.table.setFocus()

    def _call(self) -> None:
        visit = self.chosen
        if visit is None or getattr(self.context.actor, "doctor_id", None) != visit.doctor_id:
            return
        self.context.dock.open(self.context, "call_panel").begin(visit.appointment_id)

    def _issue(self) -> None:
        if self.chosen is not None:
            self.work.make_link(self.chosen)

    def _print(self) -> None:
        visit, link = self.chosen, self.side.link.address.text()
        if visit is None or not link:
            return
        # the kit of printing is imported when something is printed
        from tcmdesk.features.consultations.ui.link_paper import link_paper
        from tcmdesk.ui.printing.printing import Printing

        clinic = self.setup.clinic if self.setup is not None else ""
        Printing(self.context).print(link_paper(visit, link, clinic, self.context.tr, self.context.zone))

    def _show_switched_off(self) -> None:
        missing = missing_of(self.setup, self._today())
        if missing is None:
            self.notice.clear()
        else:
            self.notice.say(self._(missing), "warn", self._setup_action(self._("Enter it")))
        self.apply_theme()

    def _setup_action(self, word: str) -> tuple[Action, ...]:
        return (Action(word, self.open_setup, "S"),) if self.context.allowed(CONFIGURE) else ()

    def _on_work_day_read(self, visits: tuple[VideoVisit, ...]) -> None:
        chosen = self.chosen.appointment_id if self.chosen is not None else None
        self.today.show_rows(visits)
        if visits:
            self.list_state.show_content()
        else:
            hint = self._("Book one with the kind “Video” on the schedule.")
            self.list_state.show_state(EmptyState("video", self._("No video visits today"), hint))
        if self._wanted is None:
            self._wanted = chosen
        self._choose_wanted()
        self._show_side()
        self.hints_changed.emit()

    def _on_work_past_read(self, visits: tuple[VideoVisit, ...]) -> None:
        more = len(visits) >= 50
        if self.past.rows and visits and visits[0].starts_at < self.past.rows[-1].starts_at:
            self.past.add_rows(visits, more=more)
        else:
            self.past.show_rows(visits, more=more)
        if self.past.rows:
            self.past_state.show_content()
        else:
            self.past_state.show_state(EmptyState("video", self._("No video visit is over yet")))

    def _on_past_more_wanted(self) -> None:
        self.work.read_past(self.past.rows[-1].starts_at)

    def _on_work_setup_read(self, setup: Setup) -> None:
        self.setup = setup
        self._show_switched_off()

    def _on_work_saved(self) -> None:
        self.sheets.close()
        self.context.messages.done(self._("Saved"))
        self.work.read_setup()

    def _on_work_link_made(self, appointment_id: str, link: IssuedLink) -> None:
        address = self.setup.address if self.setup is not None else ""
        self._fresh_links = {appointment_id: link_text(address, link.token)}
        self.work.read_day(self._today())

    def _on_work_link_read(self, appointment_id: str, state: LinkState | None) -> None:
        visit = self.chosen
        if visit is None or visit.appointment_id != appointment_id:
            return
        usable = state is not None and state.opened_at is None and state.revoked_at is None
        self.side.show_state(state, self._fresh_links.get(appointment_id, "") if usable else "")

    def show_part(self, value: str) -> None:
        """Today's visits (``today``) or those that are over (``past``)."""
        self.parts.set_value(value)
        self.pages.setCurrentIndex(0 if value == "today" else 1)
        if value == "past":
            self.work.read_past(None)

    def _on_minute_timeout(self) -> None:
        self.table.viewport().update()
        self._show_side()
