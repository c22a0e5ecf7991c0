"""The section under the waiting room: who on the waitlist fits a gap of the day that is shown."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcmdesk.features.waitlist.types import WRITE, Entry, Fit
from tcmdesk.features.waitlist.ui.fits_list import FitsList, row_height
from tcmdesk.features.waitlist.ui.fits_model import FitsModel, FitsRole, entry_of
from tcmdesk.features.waitlist.ui.fits_source import DayFits, FitsSource
from tcmdesk.features.waitlist.ui.waitlist_work import WaitlistWork
from tcmdesk.ui.components.box import Row
from tcmdesk.ui.components.pane import Pane
from tcmdesk.ui.components.text import Text, note
from tcmdesk.ui.theme.current import current

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from tcmdesk.ui.context import UiContext

TABLES: Final = frozenset(
    {
        "desk_waitlist",
        "desk_waitlist_offers",
        "desk_holds",
        "appointments",
        "desk_appointments",
        "system_configs",
    }
)
TICK_MS: Final = 15_000


class WaitlistFits(Pane):
    """Title, count and one row each; it takes no room while nobody fits.

    Whoever holds it says which day is shown by `show_day`, and may limit its height: rows that do not fit whole are
    left out, and the count says how many there are.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("canvas", lines=("top",), parent=parent)
        self._context = context
        _ = self._ = context.tr.gettext
        self._found: DayFits | None = None
        self._read_at = context.clock.now()
        self.day = context.clock.now().astimezone(context.zone).date()
        self.source = FitsSource(context, self)
        self.work = WaitlistWork(context, self)
        self.fits_model = FitsModel(context.tr, context.zone, self)
        title = Text(_("Waitlist"), "subheading", parent=self)
        self._count = note("", self)
        self._head = Row(title, self._count, margins=(16, 10, 16, 4), parent=self)
        self._head.box.insertStretch(1, 1)
        self.list = FitsList(self.fits_model, _("Who fits a gap"), self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 1, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self.list)
        self._column.addStretch(1)
        self.setFocusProxy(self.list)
        self.setAccessibleName(_("Waitlist"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick_timeout)
        self.source.found.connect(self._on_source_found)
        self.list.chosen.connect(self._on_list_chosen)
        self.work.done.connect(lambda _id: self.reload())
        self.work.refused.connect(lambda _id, _error: self.reload())
        context.changes.changed.connect(self._on_changes_changed)
        self.hide()
        self.start_theming()

    def show_day(self, day: dt.date) -> None:
        """Another day is shown beside it."""
        self.day = day
        self.reload()

    def reload(self) -> None:
        """Ask again: others book and offer meanwhile."""
        self.source.ask(self.day)

    def take(self, found: DayFits) -> None:
        """Show who fits."""
        self._found, self._read_at = found, self._context.clock.now()
        chosen = self.list.currentIndex().data(FitsRole.LINE)
        self.fits_model.show_day(found)
        if chosen is not None:
            self.list.choose(entry_of(chosen).entry_id)
        count = len(found.fits)
        self._count.setText(self._("{count} fit gaps").format(count=count) if count else self._("offers run"))
        self.setVisible(self.fits_model.rowCount() > 0)
        self.updateGeometry()
        self._fit_rows()

    @property
    def head_height(self) -> int:
        return self._head.sizeHint().height() + 1

    def sizeHint(self) -> QSize:
        rows = self.fits_model.rowCount()
        return QSize(current().width("waiting"), self.head_height + rows * row_height() + current().px(8))

    def minimumSizeHint(self) -> QSize:
        # one whole row, or nothing
        return QSize(0, self.head_height + row_height() + current().px(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Whole rows only."""
        room = self.height() - self.head_height
        rows = min(room // row_height(), self.fits_model.rowCount())
        self.list.setFixedHeight(max(1, rows) * row_height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _on_source_found(self, found: DayFits) -> None:
        if found.day == self.day:
            self.take(found)

    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES:
            self.reload()

    def _on_tick_timeout(self) -> None:
        if self._found is None:
            return
        passed = self._context.clock.now() - self._read_at
        self.fits_model.tick(self._found.server_now + passed)
        if passed > dt.timedelta(minutes=1):
            self.reload()

    def _on_list_chosen(self, line: Fit | Entry) -> None:
        if isinstance(line, Entry):
            self._context.navigator.open("waitlist", entry=line.entry_id)
        elif self._context.allowed(WRITE):
            self.work.offer(line.entry, line.doctor_id, line.starts_at)
