"""Twenty thousand calls into Qt leave the interpreter whole.

A PySide6 release that gives back a reference it never took wears down None, True and the small integers; a program that
runs all day then ends with "deallocating None". A few hundred calls in other tests would not show it. From Python 3.12 on
these objects are immortal; there the calls only have to survive.
"""

import sys

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QSortFilterProxyModel, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QPainter,
    QPalette,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTableView, QVBoxLayout, QWidget

CALLS = 20_000
#: loss of references that chance explains: caches, line tables, what other threads hold
TOLERANCE = 500


class Counter(QObject):
    counted = Signal(object)
    valued = Signal(int, str)

    def __init__(self):
        super().__init__()
        self.seen = 0
        self.counted.connect(self._on_counted)
        self.valued.connect(self._on_valued)

    def _on_counted(self, value):
        self.seen += 1

    def _on_valued(self, number, text):
        self.seen += 1


class Window(QWidget):
    """Widgets, an event filter and a painter: the ways in which Qt calls Python back."""

    def __init__(self):
        super().__init__()
        layout = QVBoxLayout(self)
        self.edit, self.label, self.button = QLineEdit(), QLabel(), QPushButton("go")
        self.table, self.model, self.proxy = QTableView(), QStandardItemModel(2, 2), QSortFilterProxyModel()
        self.proxy.setSourceModel(self.model)
        self.table.setModel(self.proxy)
        for widget in (self.edit, self.label, self.button, self.table):
            layout.addWidget(widget)
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        return super().eventFilter(watched, event)

    def sizeHint(self):
        return QSize(200, 200)


def one_round(window, counter, image, number):
    """A mix of calls with and without results, arguments of each kind, and None both ways."""
    counter.counted.emit(None)
    counter.valued.emit(number, "text")
    window.edit.setText(str(number))
    window.edit.setPlaceholderText(window.edit.text())
    window.label.setEnabled(bool(number % 2))
    window.label.setProperty("state", None)
    window.button.setChecked(window.button.isEnabled())
    window.model.setItem(number % 2, 0, QStandardItem(window.label.text()))
    window.model.data(window.model.index(0, 1), Qt.ItemDataRole.UserRole)
    window.model.setData(window.model.index(0, 1), None, Qt.ItemDataRole.UserRole)
    window.proxy.mapToSource(window.proxy.index(0, 0)).parent().isValid()
    window.palette().color(QPalette.ColorRole.Window).name()
    QFontMetrics(QFont()).horizontalAdvance("诊")
    QRect(QPoint(0, 0), QSize(number % 7, 3)).contains(QPoint(1, 1))
    window.parentWidget()
    window.focusProxy()
    painter = QPainter(image)
    painter.fillRect(QRect(0, 0, 4, 4), QColor("#123456"))
    painter.end()
    return 20


def test_many_calls_leave_the_interpreter_whole(qtbot):
    window, counter, image = Window(), Counter(), QImage(16, 16, QImage.Format.Format_ARGB32)
    qtbot.addWidget(window)
    one_round(window, counter, image, 0)
    watched = (None, True, False, 0, 1)
    before = [sys.getrefcount(value) for value in watched]
    made = rounds = 0
    while made < CALLS:
        made += one_round(window, counter, image, rounds)
        rounds += 1
    after = [sys.getrefcount(value) for value in watched]
    lost = [name for name, was, now in zip(watched, before, after, strict=True) if was - now > TOLERANCE]
    assert lost == []
    assert counter.seen == 2 * (rounds + 1)


def test_a_list_model_outlives_its_strings():
    model = QStringListModel()
    for number in range(200):
        model.setStringList([str(number)] * 10)
    assert model.stringList() == ["199"] * 10
