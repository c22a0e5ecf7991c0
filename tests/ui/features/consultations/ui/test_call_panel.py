"""The docked panel with a real media process, and a client like the platform's on the other side."""

import os
import signal
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from tcmdesk.app.unsaved import Leaving
from tcmdesk.features.consultations.jobs.call import CallState
from tcmdesk.features.consultations.jobs.steps import Phase
from tcmdesk.features.consultations.models import DeskVideoDiagnosis, VideoCallEvent
from tcmdesk.features.consultations.types import VisitStatus
from tcmdesk.features.consultations.ui.choices import CallChoices
from tcmdesk.features.consultations.ui.panel_parts import Mode
from tcmdesk.features.consultations.ui.session import CallSession
from tcmdesk.media.protocol import Device, DeviceFailed, DeviceKind, DeviceProblem, DevicesChanged, Stream
from tests.support.platform_client import PlatformClient
from tests.support.sql import sql_allowed


@pytest.fixture
def room(online):
    with sql_allowed():
        room = online.opened()
        online.patient_in(room)
    return room


@pytest.fixture
def panel(place, room):
    panel = place.panel()
    panel.begin(place.online.appointment_id)
    place.until(lambda: panel.visit is not None)
    return panel


def visit(place):
    with sql_allowed():
        return place.online.visit()


def events(place):
    with sql_allowed(), place.online.database.reads.connect() as connection:
        return set(connection.execute(select(VideoCallEvent.event_type)).scalars())


@pytest.mark.slow
def test_from_the_device_check_to_the_completed_visit(place, panel, room):
    place.until(lambda: panel.picture.has(Stream.LOCAL))
    place.until(lambda: panel.devices.meter.level > 0)
    assert panel.mode is Mode.CHECK
    with PlatformClient(place.online.database.url.render_as_string(), room) as patient:
        QTest.mouseClick(panel.join, Qt.MouseButton.LeftButton)
        place.until(lambda: panel.state.phase is Phase.CONNECTED)
        place.until(lambda: panel.picture.has(Stream.REMOTE))
        patient.party.picture()
        assert panel.window().property("keeps_awake") is True
        place.until(lambda: visit(place).status is VisitStatus.IN_PROGRESS)
        place.until(lambda: "ms" in panel.figures.text())
        panel.form.diagnosis.setPlainText("不寐")
        panel.buttons.mute.toggle()
        place.until(lambda: "mic_off" in events(place))
        QTest.mouseClick(panel.form.complete, Qt.MouseButton.LeftButton)
        place.until(lambda: "compared name" in panel.notice.text)
        assert panel.form.diagnosis.toPlainText() == "不寐"
        QTest.mouseClick(panel.checks.identity.button, Qt.MouseButton.LeftButton)
        place.until(lambda: visit(place).identity_checked_at is not None)
        QTest.mouseClick(panel.form.complete, Qt.MouseButton.LeftButton)
        place.until(lambda: visit(place).status is VisitStatus.COMPLETED)
        place.until(lambda: place.context.dock.current is None)
    assert panel.can_close()
    assert panel.window().property("keeps_awake") is not True


@pytest.mark.slow
def test_the_media_process_is_killed_and_what_is_written_stays(place, panel, room):
    with PlatformClient(place.online.database.url.render_as_string(), room):
        panel.call()
        place.until(lambda: panel.state.phase is Phase.CONNECTED)
        panel.form.diagnosis.setPlainText("不寐")
        before = panel.session.client.pid
        os.kill(before, signal.SIGKILL)
        place.until(lambda: panel.state.phase is Phase.RECONNECTING)
        place.until(lambda: panel.state.phase is Phase.CONNECTED, 30)
        assert panel.session.client.pid != before
        place.until(lambda: panel.picture.has(Stream.REMOTE))
        assert panel.form.diagnosis.toPlainText() == "不寐"
        assert panel.mode is Mode.CALL
        panel.hang_up()
        assert panel.mode is Mode.ENDED
        assert panel.form.diagnosis.toPlainText() == "不寐"


@pytest.mark.slow
def test_a_call_that_runs_elsewhere_is_offered_to_be_taken_over(place, panel, room):
    from tcmdesk.features.consultations.service import leases

    with sql_allowed():
        leases.take_lease(place.online.database, place.online.doctor, room.room_id, "desk-2#1")
    panel.call()
    place.until(lambda: "desk-2" in panel.notice.text)
    [button] = panel.notice.buttons
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    place.until(lambda: panel.mode is Mode.CALL)


class NoMedia:
    """Where no picture is needed."""

    def __getattr__(self, _name):
        return lambda *_arguments, **_options: None


@pytest.fixture
def still(place, room):
    """The panel without a media process."""
    panel = place.panel()
    panel.session.make_client = lambda *_arguments: NoMedia()
    panel.begin(place.online.appointment_id)
    place.until(lambda: panel.visit is not None)
    return panel


def test_what_is_settled_is_ticked(place, still):
    assert still.checks.identity.button.isVisible()
    assert not still.checks.consent.button.isVisible()
    assert "edition 3" in still.checks.consent.accessibleName()
    assert not still.checks.prior.button.isVisible()


def test_enter_lets_in_and_calls(place, still):
    assert still.join.hasFocus()
    QTest.keyClick(still.join, Qt.Key.Key_Return)
    place.until(lambda: still.mode is Mode.CALL)
    still.buttons.mute.setChecked(True)
    still.hang_up()
    assert still.mode is Mode.ENDED
    still.call()
    place.until(lambda: still.mode is Mode.CALL)
    assert not still.buttons.mute.isChecked()


def test_the_earlier_diagnosis_is_filed_by_enter(place, still):
    still.checks.ask_prior()
    still.checks.day.setText("20261117")
    still.checks.place.setText("城南医院")
    QTest.keyClick(still.checks.place, Qt.Key.Key_Return)
    with sql_allowed():
        place.until(lambda: _filed(place) == ["城南医院"])
    assert still.mode is Mode.CHECK


def _filed(place):
    with place.online.database.reads.connect() as connection:
        return list(connection.execute(select(DeskVideoDiagnosis.place)).scalars())


def test_a_panel_with_something_written_does_not_close(place, still):
    still.enter(Mode.ENDED)
    still.form.diagnosis.setPlainText("不寐")
    still.leave()
    assert place.context.dock.current is still
    assert "not completed" in still.notice.text
    assert not still.can_close()
    still.form.clear()
    still.leave()
    assert place.context.dock.current is None


@pytest.mark.parametrize("problem", list(DeviceProblem))
@pytest.mark.parametrize("kind", list(DeviceKind))
def test_every_trouble_with_a_device_is_said(still, kind, problem):
    still.session.event.emit(DeviceFailed(kind, "x", problem))
    assert still.devices.problem


def test_a_day_that_is_none_is_said_at_its_field(place, still):
    still.checks.filed.emit("yesterday", "城南医院")
    place.until(lambda: "eight digits" in still.checks._line.text())


def test_online_visits_that_are_off_say_so_and_leave_no_panel(place, online):
    from dataclasses import replace

    from tcmdesk.features.consultations.service import licence
    from tests.factories.video import LICENCE

    place.written(online.admin, licence.save_licence, replace(LICENCE, switched_on=False))
    posted = []
    place.context.messages.posted.connect(posted.append)
    panel = place.panel()
    panel.session.make_client = lambda *_arguments: NoMedia()
    panel.begin(online.appointment_id)
    place.until(lambda: posted)
    assert "switched off" in posted[0].text
    assert place.context.dock.current is None


def test_a_call_that_runs_is_told_from_something_unsaved(place, still):
    assert not still.call_running
    still.call()
    place.until(lambda: still.mode is Mode.CALL)
    assert still.call_running
    assert not still.can_close()
    assert still.window().property("keeps_awake") is True
    assert Leaving.CLOSE.text_of(still, place.context.tr).startswith("A call is running")
    assert Leaving.CLOSE.word_of(still, place.context.tr) == "End the call"
    still.hang_up()
    still.form.diagnosis.setPlainText("不寐")
    assert still.window().property("keeps_awake") is not True
    assert "“Video call” is not saved" in Leaving.LANGUAGE.text_of(still, place.context.tr)


def test_five_minutes_before_the_time_runs_out_it_is_said_once(place, still):
    still.call()
    place.until(lambda: still.mode is Mode.CALL)
    longest = still.session.max_minutes
    assert longest > 5
    still.session.state_changed.emit(CallState(Phase.CONNECTED, 0.0, time.monotonic() - (longest - 6) * 60))
    assert still.notice.text == ""
    began = time.monotonic() - (longest - 4.5) * 60
    still.session.state_changed.emit(CallState(Phase.CONNECTED, 0.0, began))
    assert "5 minutes are left" in still.notice.text
    still.notice.clear()
    still.plate.show()
    assert still.notice.text == ""
    # and nothing is cut off
    still.session.state_changed.emit(CallState(Phase.CONNECTED, 0.0, began - 3600))
    assert still.mode is Mode.CALL


MICROPHONES = (Device("m1", "Built in", default=True), Device("m2", "USB Headset", default=False))


def test_the_device_chosen_is_used_next_time(place, still, online):
    still.session.event.emit(DevicesChanged((), MICROPHONES, ()))
    still.devices.microphone_chosen.emit("m2")
    again = CallSession(place.context, place.owner, make_client=lambda *_arguments: NoMedia())
    assert (again.camera, again.microphone) == ("", "m2")


def test_what_was_chosen_last_time_stands_in_the_list(place, room):
    CallChoices().keep_device("microphone", "m2")
    panel = place.context.dock.open(place.context, "call_panel")
    panel.session.make_client = lambda *_arguments: NoMedia()
    panel.begin(place.online.appointment_id)
    place.until(lambda: panel.visit is not None)
    panel.session.event.emit(DevicesChanged((), MICROPHONES, ()))
    assert panel.devices.microphone.box.value == "m2"
    assert panel.session.microphone == "m2"


def test_a_device_of_last_time_that_is_not_there_gives_way(place, room):
    CallChoices().keep_device("microphone", "gone")
    panel = place.context.dock.open(place.context, "call_panel")
    panel.session.make_client = lambda *_arguments: NoMedia()
    panel.begin(place.online.appointment_id)
    place.until(lambda: panel.visit is not None)
    panel.session.event.emit(DevicesChanged((), MICROPHONES, ()))
    assert panel.devices.microphone.box.value == ""
    assert panel.session.microphone == ""
