"""What the status bar says of a day: what waits for someone, with the numbers of the list beside the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcmdesk.features.appointments.ui.agenda import Topic
from tcmdesk.ui.components.status_bar import StatusItem

if TYPE_CHECKING:
    from tcmdesk.features.appointments.ui.day_board import DayBoardScreen


def status_items(screen: DayBoardScreen) -> list[StatusItem]:
    """Clashes, unreadable times and the unconfirmed; each as often as its section of the list says."""
    if screen.grid.board is None:
        return []
    tr, count = screen.context.tr, screen.agenda.count
    items = []
    if aside := screen.sheets.aside_count:
        said = tr.gettext("{count} put aside").format(count=aside)
        items.append(StatusItem(said, "pen-line", "text2", screen.sheets.take_up))
    if clashes := count(Topic.CLASH):
        said = tr.ngettext("{count} clash", "{count} clashes", clashes).format(count=clashes)
        items.append(StatusItem(said, "triangle-alert", "danger", screen.sheets.resolve_next))
    if tray := count(Topic.TRAY):
        said = tr.ngettext("{count} time to be confirmed", "{count} times to be confirmed", tray)
        items.append(StatusItem(said.format(count=tray), "clock-alert", "warn"))
    if pending := count(Topic.UNCONFIRMED):
        said = tr.gettext("{count} unconfirmed").format(count=pending)
        items.append(StatusItem(said, "circle-dashed", "text2"))
    return items
