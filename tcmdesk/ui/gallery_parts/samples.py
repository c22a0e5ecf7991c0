"""The samples in the gallery: components filled with made-up content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from tcmdesk.ui import paint
from tcmdesk.ui.components.badge import LEVELS, Chip, Level
from tcmdesk.ui.components.banner import Action, Banner
from tcmdesk.ui.components.box import Column as Box
from tcmdesk.ui.components.box import Row
from tcmdesk.ui.components.button import Button
from tcmdesk.ui.components.field import Field
from tcmdesk.ui.components.inputs import ComboBox, SearchField, TextArea, TextInput
from tcmdesk.ui.components.number_input import NumberInput
from tcmdesk.ui.components.segmented import SegmentedControl
from tcmdesk.ui.components.text import Text
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from tcmdesk.ui.theme.tokens import Colour, TypeRole

    Gettext = Callable[[str], str]

SWATCHES: Final[tuple[Colour, ...]] = (
    "canvas", "surface", "sunken", "tile", "line", "field_line", "text", "text2", "text3", "accent",
    "accent_soft", "now", "sel", "danger", "danger_soft", "warn", "warn_soft",
)  # fmt: skip


class Swatches(Themed, QWidget):
    """The main colours with their names."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(", ".join(SWATCHES))
        self.start_theming()

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(60))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        step = (self.width() + theme.px(6)) / len(SWATCHES)
        for at, name in enumerate(SWATCHES):
            box = QRectF(at * step, 0, step - theme.px(6), theme.px(36))
            paint.rounded(painter, box, theme.radius("control"), name, "line")
            paint.text(painter, box.left(), theme.px(50), name, "mark", "text3", max_width=box.width())


class Line(Themed, QWidget):
    """A separator."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        paint.separator(QPainter(self), 0, 0, self.width())


class _Focused(Button):
    """A button drawn as if it had the focus, which only one widget of a window can have."""

    def hasFocus(self) -> bool:
        return True


def row_of(*widgets: QWidget, spacing: int = 8) -> QWidget:
    return Row(*widgets, spacing=spacing, rest="end")


def column_of(*widgets: QWidget, spacing: int = 10) -> QWidget:
    return Box(*widgets, spacing=spacing)


def type_scale(_: Gettext) -> QWidget:
    steps: tuple[tuple[str, TypeRole], ...] = (
        (_("Schedule {px}").format(px=24), "display"),
        (_("Patient {px}").format(px=20), "title"),
        (_("Record {px}").format(px=16), "heading"),
        (_("Herb and dose {px}").format(px=15), "herb"),
        (_("Text and buttons {px}").format(px=13), "body"),
        (_("Second lines {px}").format(px=12), "small"),
        (_("0123456789 ¥1,141.00 tabular digits"), "body"),
    )
    return row_of(
        *(Text(words, role, "text2" if role == "small" else "text") for words, role in steps), spacing=20
    )


def buttons(_: Gettext) -> QWidget:
    inbox = Button(icon="inbox", kind="tool", size="sheet", name=_("Inbox"))
    inbox.set_badge("3", _("{count} new").format(count=3))
    panel = Button(icon="panel-right", kind="tool", checkable=True, name=_("Side panel"))
    panel.setChecked(True)
    return column_of(
        row_of(
            Button(_("New booking"), icon="plus", key="N", kind="primary"),
            Button(_("Find openings"), icon="calendar-search", key="F"),
            Button(_("Hang up"), icon="phone-off", kind="danger_fill"),
            Button(_("Void"), icon="ban", kind="danger"),
            Button(_("Phrases"), icon="message-square-quote", key="J", kind="ghost"),
            Button(icon="chevron-left", name=_("Previous day")),
        ),
        row_of(
            SegmentedControl([(1, _("Day")), (2, _("Week")), (3, _("Month"))], name=_("Range")),
            SegmentedControl([(1, _("In person")), (2, _("Video"))], value=2, name=_("Consultation")),
            inbox,
            panel,
        ),
    )


def button_states(_: Gettext) -> QWidget:
    rows = []
    for kind in ("primary", "plain", "danger", "ghost"):
        hovered = Button(_("Hover"), kind=kind)
        hovered.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        pressed = Button(_("Pressed"), kind=kind)
        pressed.setDown(True)
        disabled = Button(_("Disabled"), kind=kind)
        disabled.setEnabled(False)
        rows.append(
            row_of(
                Button(_("Normal"), kind=kind), hovered, pressed, _Focused(_("Focus"), kind=kind), disabled,
                Button(_("Row"), kind=kind, size="row"), Button(_("Small"), kind=kind, size="small"),
                Button(_("Sheet"), kind=kind, size="sheet"),
            )
        )  # fmt: skip
    return column_of(*rows)


class _SampleField(Field):
    def apply_theme(self) -> None:
        super().apply_theme()
        self.control.setFixedWidth(current().px(200))


def focused_input(_: Gettext) -> TextInput:
    return TextInput("hq30", name=_("Focus"))


def inputs(_: Gettext, focused: TextInput) -> QWidget:
    phone = _SampleField(_("Phone"), TextInput("1380013512"))
    phone.set_error(_("One digit short, 11 are needed"))
    disabled = _SampleField(
        _("Disabled (no permission)"), TextInput(_("Self-paid")), help_text=_("Changed by the cashier")
    )
    disabled.control.setEnabled(False)
    fields = (
        _SampleField(_("Normal"), TextInput("沈若兰"), reserve=False),
        _SampleField(_("Focus"), focused, reserve=False),
        phone,
        disabled,
    )
    return column_of(row_of(*fields[:2], spacing=12), row_of(*fields[2:], spacing=12), spacing=8)


def more_inputs(_: Gettext) -> QWidget:
    printers = [(1, _("Room 1 · laser printer")), (2, _("Front desk"))]
    return column_of(
        row_of(
            Field(_("Printer"), ComboBox(printers), reserve=False),
            Field(_("Search"), SearchField(_("Name, pinyin, phone"), key="Ctrl K"), reserve=False),
        ),
        Field(
            _("Symptoms"),
            TextArea(placeholder=_("What the patient says, in the patient's words"), lines=2),
            aside=_("Optional"),
            reserve=False,
        ),
        row_of(Field(_("Length"), NumberInput(15, low=5, high=60, step=5, unit=_("min")), reserve=False)),
    )


def marks(_: Gettext) -> QWidget:
    return column_of(
        row_of(*(Level(name, _(look.word)) for name, look in LEVELS.items())),
        row_of(
            Chip(_("Acupuncture")),
            Chip(_("Arrived"), "accent"),
            Chip(_("Waiting {minutes} min").format(minutes=34), "warn"),
            Chip(_("Allergy: penicillin"), "danger"),
        ),
    )


def nothing() -> None:
    """The gallery's buttons do nothing."""


def banners(_: Gettext) -> QWidget:
    return column_of(
        Banner(
            _("Database away, what you see and typed stays. Retry in 8 s"),
            "danger",
            icon="database",
            actions=(Action(_("Retry now"), nothing, "F5"),),
        ),
        Banner(
            _("林若溪 changed this prescription: 炒白术 12 → 15 g"),
            "warn",
            actions=(Action(_("Compare"), nothing), Action(_("Use mine"), nothing)),
        ),
        Banner(
            _("The 10:45 booking of 罗文彬 is cancelled, message sent"),
            actions=(Action(_("Undo"), nothing, "Ctrl Z"),),
        ),
    )
