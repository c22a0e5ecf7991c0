"""Changing an appointment, and meeting someone else's change."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tcmdesk.core.errors import Unavailable
from tcmdesk.features.appointments.service import desk as edits
from tcmdesk.features.appointments.types import Kind, Status, VisitType
from tcmdesk.features.appointments.ui.steps_row import Step
from tests.support.sql import sql_allowed

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opened(make_desk):
    """方宁's appointment, open and read."""
    desk = make_desk()
    with sql_allowed():
        desk.clinic.platform_booking(desk.doctors[0], desk.clinic.account("方宁"), "11:00")
    desk.reload()
    desk.choose("方宁")
    desk.key(Qt.Key.Key_Return)
    panel = desk.screen.sheets.details
    desk.until(lambda: not panel.symptoms.isReadOnly() and panel.family.chosen is not None)
    return desk, panel


def elsewhere(desk, sql):
    with sql_allowed(), desk.context.database.writes.begin() as connection:
        connection.exec_driver_sql(sql)


def test_what_is_changed_is_saved(opened):
    desk, panel = opened
    panel.visit_type.set_value(VisitType.VIDEO)
    panel.symptoms.setFocus()
    panel.symptoms.setPlainText("cough, third day")
    desk.key(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: desk.screen.sheets.open_sheet is None)
    card = desk.cards()["方宁"]
    assert (card.visit_type, card.symptoms) == (VisitType.VIDEO, "cough, third day")
    assert card.patient_confirmed


def test_nothing_is_asked_when_nobody_else_changed_anything(opened):
    desk, panel = opened
    panel.symptoms.setPlainText("cough")
    desk.reload()
    desk.qtbot.wait(100)
    assert not panel.versions.isVisible()
    assert panel.symptoms.toPlainText() == "cough"


def test_a_change_of_the_same_field_shows_both_versions(opened):
    desk, panel = opened
    panel.symptoms.setPlainText("mine")
    elsewhere(desk, "UPDATE appointments SET symptoms = 'theirs'")
    desk.reload()
    desk.until(panel.versions.isVisible)
    assert {"mine", "theirs"} <= set(panel.versions.texts)
    assert not panel.save.isEnabled()
    assert desk.cards()["方宁"].symptoms == "theirs"
    panel.versions.keep_mine.click()
    desk.until(lambda: desk.cards()["方宁"].symptoms == "mine")


def test_a_conflict_that_only_the_save_finds_shows_both_versions(opened):
    desk, panel = opened
    panel.symptoms.setPlainText("mine")
    elsewhere(desk, "UPDATE appointments SET symptoms = 'theirs'")
    panel.save.click()
    desk.until(panel.versions.isVisible)
    assert desk.cards()["方宁"].symptoms == "theirs"
    panel.versions.take_theirs.click()
    assert panel.symptoms.toPlainText() == "theirs"
    assert not panel.versions.isVisible()
    assert desk.cards()["方宁"].symptoms == "theirs"


def test_a_change_of_another_field_is_taken_over_and_mine_stays(opened):
    desk, panel = opened
    panel.symptoms.setPlainText("mine")
    elsewhere(desk, "UPDATE appointments SET visit_type = 'online_video'")
    desk.reload()
    desk.until(lambda: panel.visit_type.value is VisitType.VIDEO)
    assert panel.symptoms.toPlainText() == "mine"
    assert not panel.versions.isVisible()
    panel.save.click()
    desk.until(lambda: desk.cards()["方宁"].symptoms == "mine")
    assert desk.cards()["方宁"].visit_type is VisitType.VIDEO


def test_an_untouched_form_follows(opened):
    desk, panel = opened
    elsewhere(desk, "UPDATE appointments SET symptoms = 'theirs', status = 'confirmed'")
    desk.reload()
    desk.until(lambda: panel.symptoms.toPlainText() == "theirs")
    assert panel.steps.buttons[Step.COMPLETE].isVisible()
    assert not panel.steps.buttons[Step.CONFIRM].isVisible()


def test_for_whom_is_asked_of_a_platform_booking(opened):
    desk, panel = opened
    assert "for whom" in panel.warning.text
    assert panel.save.isEnabled()
    panel.save.click()
    desk.until(lambda: desk.cards()["方宁"].patient_confirmed)
    assert desk.cards()["方宁"].status is Status.PENDING
    assert desk.cards()["方宁"].kind is Kind.FIRST


def test_after_a_lost_answer_the_same_form_is_the_same_operation_and_another_is_not(opened, monkeypatch):
    desk, panel = opened
    real, ids = edits.edit, []

    def losing(*args, op_id):
        ids.append(op_id)
        if len(ids) < 3:
            raise Unavailable("db.away", "away")
        real(*args, op_id=op_id)

    monkeypatch.setattr(edits, "edit", losing)
    for tries, text in enumerate(("cough", "cough", "cough and fever"), start=1):
        panel.symptoms.setPlainText(text)
        panel.save.click()
        desk.until(lambda tries=tries: len(ids) == tries and not panel._saving)
    assert ids[0] == ids[1] != ids[2]
    assert desk.cards()["方宁"].symptoms == "cough and fever"
