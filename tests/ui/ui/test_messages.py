import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from tcmdesk.core.errors import Unavailable, ValidationError
from tcmdesk.core.i18n import Translator
from tcmdesk.ui.components.banner import Banner
from tcmdesk.ui.components.inputs import TextInput
from tcmdesk.ui.messages import MAX_SHOWN, Message, MessageBar, Messages


@pytest.fixture
def reported():
    return []


@pytest.fixture
def messages(qapp, reported):
    def report(error):
        reported.append(error)
        return "7F3A"

    return Messages(Translator("en"), report)


@pytest.fixture
def bar(messages, show):
    outer = QWidget()
    column = QVBoxLayout(outer)
    made = MessageBar(messages, "Close", outer)
    column.addWidget(made)
    field = TextInput(name="field")
    column.addWidget(field)
    column.addStretch(1)
    show(outer, 700, 300)
    field.setFocus()
    made.field, made.kept = field, outer
    return made


def press(bar, qtbot, text):
    button = next(b for b in bar.findChildren(QAbstractButton) if text in {b.text(), b.accessibleName()})
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_empty_it_takes_no_room(bar, messages):
    assert not bar.isVisible()
    messages.done("Booked")
    assert bar.isVisible()
    assert bar.texts == ["Booked"]


def test_it_never_takes_the_focus(bar, messages):
    messages.done("Booked", undo=lambda: None)
    messages.warn("Look here")
    QApplication.processEvents()
    assert bar.field.hasFocus()


def test_a_new_message_about_the_same_takes_the_older_one_s_place(bar, messages):
    messages.warn("first", key="clash")
    messages.warn("other", key="other")
    messages.warn("second", key="clash")
    assert bar.texts == ["other", "second"]


def test_no_more_than_three_are_shown(bar, messages):
    for number in range(5):
        messages.post(Message(str(number)))
    assert bar.texts == ["2", "3", "4"]
    assert len(bar.texts) == MAX_SHOWN


def test_undo_runs_once_and_goes(bar, messages, qtbot):
    undone = []
    with qtbot.waitSignal(bar.undo_changed) as signal:
        messages.done("Cancelled", undo=lambda: undone.append(1))
    assert signal.args == [True]
    bar.undo.run()
    assert undone == [1]
    assert bar.undo is None
    assert bar.texts == []


def test_a_message_can_be_closed(bar, messages, qtbot):
    messages.warn("Look here")
    press(bar, qtbot, "Close")
    assert bar.texts == []
    assert not bar.isVisible()


def test_a_settled_matter_is_withdrawn(bar, messages):
    messages.warn("The database is away", key="database")
    messages.done("Booked")
    messages.withdraw("database")
    assert bar.texts == ["Booked"]


def test_passing_messages_stay_long_enough_and_warnings_stay(bar, messages):
    messages.done("Booked")
    messages.warn("Look here")
    passing, staying = bar.findChildren(Banner)
    timers = passing.findChildren(QTimer)
    assert [timer.interval() for timer in timers] == [20_000]
    assert staying.findChildren(QTimer) == []
    timers[0].timeout.emit()
    assert bar.texts == ["Look here"]


def test_a_user_error_is_said_in_the_reader_s_language(bar, messages, reported):
    messages.show_error(ValidationError("phone.short", "{missing} digit short", field="phone", missing=1))
    assert bar.texts == ["1 digit short"]
    assert reported == []


def test_an_unavailable_database_offers_to_retry(bar, messages, qtbot):
    tried = []
    messages.show_error(
        Unavailable("db.away", "The database cannot be reached"), retry=lambda: tried.append(1)
    )
    assert bar.retry is not None
    press(bar, qtbot, "Retry")
    assert tried == [1]
    assert bar.texts == []


def test_a_fault_of_the_program_is_reported_and_its_text_is_not_shown(bar, messages, reported):
    error = RuntimeError("沈若兰 13800135120")
    messages.show_error(error)
    assert reported == [error]
    (text,) = bar.texts
    assert "7F3A" in text
    assert "沈若兰" not in text
