"""The sheets of the board, each made when it is first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tcmdesk.core.registry import panel
from tcmdesk.features.appointments.ui.sheet_results import SheetResults
from tcmdesk.ui.sheet_host import SheetHost

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.booking_panel import BookingPanel
    from tcmdesk.features.appointments.ui.clash_panel import ClashPanel
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen
    from tcmdesk.features.appointments.ui.details_panel import DetailsPanel
    from tcmdesk.features.appointments.ui.openings_panel import OpeningsPanel
    from tcmdesk.features.appointments.ui.views_panel import ViewsPanel
    from tcmdesk.ui.sheet import Sheet


class SheetSet(QObject):
    """Makes and keeps them; `changed` says that one opened or closed."""

    changed = Signal()

    def __init__(self, screen: DayBoardScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._context = screen.context
        self._ = screen.context.tr.gettext
        self._host = SheetHost(screen)
        self._host.changed.connect(self.changed)
        self._results = SheetResults(screen, self)
        self._booking: BookingPanel | None = None
        self._details: DetailsPanel | None = None
        self._clash: ClashPanel | None = None
        self._openings: OpeningsPanel | None = None
        self._views: ViewsPanel | None = None
        self._panels: dict[str, Sheet] = {}
        self._aside: list[BookingPanel | DetailsPanel] = []
        self._waiting_booking: BookingPanel | None = None

    def leave(self) -> None:
        """Close the open sheet."""
        raise NotImplementedError

    @property
    def open_sheet(self) -> Sheet | None:
        return self._host.current

    @property
    def width(self) -> int:
        return self._host.current.minimumWidth() if self._host.current else 0

    @property
    def dirty(self) -> bool:
        """Whether a sheet holds something typed that is not saved."""
        booking = self._booking is not None and self._host.current is self._booking and self._booking.dirty
        details = self._details is not None and self._host.current is self._details and self._details.dirty
        waiting = self._waiting_booking is not None and self._waiting_booking.dirty
        return booking or details or waiting

    # one property a sheet: imported and built when first used, so that the board is there sooner

    @property
    def booking(self) -> BookingPanel:
        if self._booking is None:
            from tcmdesk.features.appointments.ui.booking_panel import BookingPanel

            self._booking = BookingPanel(self._context, self._screen)
            self._results.listen_to_booking(self._booking)
            self._adopt(self._booking)
        return self._booking

    @property
    def details(self) -> DetailsPanel:
        if self._details is None:
            from tcmdesk.features.appointments.ui.details_panel import DetailsPanel

            self._details = DetailsPanel(self._context, self._screen)
            self._results.listen_to_details(self._details)
            self._adopt(self._details)
        return self._details

    @property
    def clash(self) -> ClashPanel:
        if self._clash is None:
            from tcmdesk.features.appointments.ui.clash_panel import ClashPanel

            self._clash = ClashPanel(self._context, self._screen)
            self._results.listen_to_clash(self._clash)
            self._adopt(self._clash)
        return self._clash

    @property
    def openings(self) -> OpeningsPanel:
        if self._openings is None:
            from tcmdesk.features.appointments.ui.openings_panel import OpeningsPanel

            self._openings = OpeningsPanel(self._context, self._screen)
            self._results.listen_to_openings(self._openings)
            self._adopt(self._openings)
        return self._openings

    @property
    def views(self) -> ViewsPanel:
        if self._views is None:
            from tcmdesk.features.appointments.ui.views_panel import ViewsPanel

            self._views = ViewsPanel(self._context, self._screen.views.describe, self._screen)
            self._results.listen_to_views(self._views)
            self._adopt(self._views)
        return self._views

    @property
    def about_a_visit(self) -> bool:
        """Whether the open sheet is about appointments that are on the board already."""
        return self._host.current is not None and self._host.current in (self._details, self._clash)

    def _adopt(self, sheet: Sheet) -> None:
        sheet.close_requested.connect(self.leave)
        sheet.hints_changed.connect(self._screen.hints_changed)
        self._host.adopt(sheet)

    def offered(self, name: str) -> Sheet:
        """A sheet that another feature offers, with ``begin()`` and ``take_focus()``; `LookupError` when none does."""
        if name not in self._panels:
            sheet = panel(name)(self._context, self._screen)
            self._results.listen_to_panel(sheet)
            self._adopt(sheet)
            self._panels[name] = sheet
        return self._panels[name]
