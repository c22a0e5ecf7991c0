from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from tcmdesk.ui.motion import slide


def test_a_panel_slides_in_120_ms(show, qtbot):
    outer = show(QWidget(), 400, 100)
    panel = QWidget(outer)
    animation = slide(panel, QPoint(400, 0), QPoint(100, 0))
    assert animation.duration() == 120
    with qtbot.waitSignal(animation.finished):
        assert panel.pos() != QPoint(100, 0)
    assert panel.pos() == QPoint(100, 0)


def test_nothing_moves_with_reduced_motion(show, look):
    look(motion=False)
    outer = show(QWidget(), 400, 100)
    panel = QWidget(outer)
    assert slide(panel, QPoint(400, 0), QPoint(100, 0)) is None
    assert panel.pos() == QPoint(100, 0)
