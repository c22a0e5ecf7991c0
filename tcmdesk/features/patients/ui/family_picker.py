"""For whom: the persons of one account side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from tcmdesk.features.patients.types import relationship_text, sex_age
from tcmdesk.ui import paint
from tcmdesk.ui.components.text import note
from tcmdesk.ui.theme.current import Themed, current

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from tcmdesk.core.i18n import Translator
    from tcmdesk.features.patients.types import FamilyMember, PatientRef
    from tcmdesk.ui.context import UiContext


class _MemberCard(Themed, QAbstractButton):
    def __init__(
        self, tr: Translator, member: FamilyMember, number: int, today: dt.date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.member = member
        self._key = f"Alt {number}" if number <= 9 else ""
        self._who = " ".join(
            part
            for part in (
                relationship_text(tr, member.ref, member.relationship),
                sex_age(tr, member.gender, member.birthday, today),
            )
            if part
        )
        self._warning = (
            tr.gettext("Allergy {allergies}").format(allergies="、".join(member.allergies))
            if member.allergies
            else ""
        )
        self._history = " ".join(member.medical_history.split())
        self.setCheckable(True)
        self.setText(member.name)
        self.setAccessibleName(" ".join(filter(None, (member.name, self._who, self._warning, self._history))))
        self.setToolTip(self.accessibleName())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.start_theming()

    def apply_theme(self) -> None:
        theme = current()
        self.setFixedHeight(theme.px(64))
        self.setMinimumWidth(theme.px(120))
        self.setMaximumWidth(theme.px(200))

    def sizeHint(self) -> QSize:
        theme = current()
        cap = paint.key_cap_width(self._key) + theme.px(4) if self._key else 0
        name = paint.text_width(self.text(), "body", bold=True) + cap
        lines = (name, paint.text_width(self._who, "small"))
        wide = round(max(lines)) + theme.px(38)
        return QSize(min(max(wide, self.minimumWidth()), self.maximumWidth()), theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box, on = QRectF(self.rect()), self.isChecked()
        edge = "accent" if on else "line"
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        paint.rounded(painter, box, theme.radius("card"), ground, edge, width=2 if on else 1)
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))
        left, right = box.left() + theme.px(10), box.right() - theme.px(6)
        first = theme.px(18)
        mark = "circle-check" if on else "circle"
        ink = "accent_text" if on else "text3"
        left += paint.icon(painter, mark, left, first, theme.icon("inline"), ink) + theme.px(6)
        if self._key:
            right -= paint.key_cap(painter, right, theme.px(14), self._key, align="right") + theme.px(4)
        paint.text(painter, left, first, self.text(), "body", bold=True, max_width=right - left)
        room = box.right() - theme.px(6) - left
        below = self._warning or self._history
        second = theme.px(37 if below else 40)
        paint.text(painter, left, second, self._who, "small", "text2", max_width=room)
        if below:
            colour = "danger" if self._warning else "text3"
            paint.text(painter, left, theme.px(53), below, "mark", colour, max_width=room)


class _NewMember(Themed, QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        self.setText(text)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.start_theming()

    def set_number(self, number: int) -> None:
        """Which digit asks for it: the one after the persons'."""
        self._key = f"Alt {number}" if number <= 9 else ""
        self.apply_theme()
        self.update()

    def apply_theme(self) -> None:
        theme = current()
        cap = paint.key_cap_width(self._key) + theme.px(6) if self._key else 0
        wide = paint.text_width(self.text(), "body") + cap + theme.px(40)
        self.setFixedSize(max(theme.px(84), round(wide)), theme.px(64))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme, painter = current(), QPainter(self)
        box = QRectF(self.rect())
        ground = "hover" if self.underMouse() else None
        paint.rounded(painter, box, theme.radius("card"), ground, "field_line", style=Qt.PenStyle.DashLine)
        if self.hasFocus():
            paint.focus_ring(painter, box, theme.radius("card"))
        x = theme.px(10)
        x += paint.icon(painter, "plus", x, box.center().y(), theme.icon("inline")) + theme.px(4)
        paint.text(painter, x, box.center().y(), self.text(), "body", "text2")
        if self._key:
            paint.key_cap(painter, box.right() - theme.px(6), theme.px(14), self._key, align="right")


class FamilyPicker(Themed, QScrollArea):
    """Cards of the account's persons, one of them chosen; the room is kept while nobody is known.

    `changed` brings the chosen `FamilyMember`, `new_requested` asks for another one.
    """

    changed = Signal(object)
    new_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = self._tr = context.tr
        self._today = context.clock.now().astimezone(context.zone).date()
        self._cards: list[_MemberCard] = []
        self._offers_new = True
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_group_button_clicked)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr.gettext("For whom"))
        inner = QWidget(self)
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._hint = note("", inner)
        self._row.addWidget(self._hint)
        self._new = _NewMember(tr.gettext("New member"), inner)
        self._new.clicked.connect(self.new_requested)
        self._new.hide()
        self._row.addWidget(self._new)
        self._row.addStretch(1)
        self.setWidget(inner)
        for ground in (inner, self.viewport()):
            ground.setAutoFillBackground(False)
        self.start_theming()

    @property
    def members(self) -> tuple[FamilyMember, ...]:
        return tuple(card.member for card in self._cards)

    @property
    def chosen(self) -> FamilyMember | None:
        return next((card.member for card in self._cards if card.isChecked()), None)

    def set_hint(self, text: str) -> None:
        """What stands here while nobody is known."""
        self._hint.setText(text)

    def offer_new(self, offered: bool) -> None:
        """Whether another person can be added here."""
        self._offers_new = offered

    def show_members(self, members: tuple[FamilyMember, ...], chosen: PatientRef | None) -> None:
        """Show an account's persons, or the hint when there are none."""
        for card in self._cards:
            self._group.removeButton(card)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for number, member in enumerate(members, start=1):
            card = _MemberCard(self._tr, member, number, self._today, self.widget())
            card.setChecked(member.ref == chosen)
            self._group.addButton(card)
            self._row.insertWidget(number, card)
            card.show()
            self._cards.append(card)
        self._hint.setVisible(not members)
        self._new.set_number(len(members) + 1)
        self._new.setVisible(bool(members) and self._offers_new)

    def choose(self, number: int) -> bool:
        """Choose by position, from 1; the one after the last asks for a new one. Whether there is such a person."""
        if number == len(self._cards) + 1 and not self._new.isHidden():
            self.new_requested.emit()
            return True
        if not 1 <= number <= len(self._cards):
            return False
        card = self._cards[number - 1]
        card.setChecked(True)
        self.ensureWidgetVisible(card)
        self.changed.emit(card.member)
        return True

    def apply_theme(self) -> None:
        self.setFixedHeight(current().px(64))
        self._row.setSpacing(current().px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # arrows choose among the cards; the area itself does not scroll by keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widget().setMaximumHeight(self.height())

    def _on_group_button_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _MemberCard):
            self.changed.emit(button.member)
