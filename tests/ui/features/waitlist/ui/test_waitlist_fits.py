"""The section under the waiting room: who fits a gap, one key to offer it."""

import pytest
from PySide6.QtCore import Qt

from tcmdesk.core.ids import uuid7
from tcmdesk.features.patients.types import PatientRef
from tcmdesk.features.waitlist.service import desk
from tcmdesk.features.waitlist.types import MORNING
from tcmdesk.features.waitlist.ui.fits_model import FitsRole
from tcmdesk.features.waitlist.ui.waitlist_fits import WaitlistFits
from tests.factories.clinic import DAY
from tests.factories.waiting import add
from tests.support.sql import sql_allowed


@pytest.fixture
def section(workplace):
    section = WaitlistFits(workplace.context)
    workplace.place(section, (292, 400))
    return section


@pytest.fixture
def waits(workplace, small_clinic):
    def waits(name, **fields):
        with sql_allowed():
            doctor = small_clinic.doctor("周怀瑾")
            command = add(PatientRef(small_clinic.account(name)), doctor, **fields)
            desk.add(workplace.context.database, workplace.context.actor, command, op_id=uuid7())

    return waits


def texts(section, row=0):
    index = section.fits_model.index(row)
    return [index.data(role) for role in (FitsRole.NAME, FitsRole.WISH, FitsRole.TIME, FitsRole.ACTION)]


def test_it_takes_no_room_while_nobody_fits(workplace, section, waits):
    section.show_day(DAY)
    workplace.until(lambda: not section.source.loading)
    assert section.isHidden()


def test_one_row_each_and_enter_offers(workplace, section, waits):
    waits("梁晚秋", window=MORNING)
    section.show_day(DAY)
    workplace.until(section.isVisible)
    assert texts(section) == ["梁晚秋", "周怀瑾 · Morning", "10:45 free", "Hold and offer"]
    section.setFocus()
    workplace.key(Qt.Key.Key_Return)
    workplace.until(lambda: texts(section)[3] == "10 min left")
    assert texts(section)[2] == "10:45"
    assert any("is kept for 梁晚秋" in text for text in workplace.bar.texts)
    workplace.key(Qt.Key.Key_Return)
    assert workplace.asked[-1][0] == "waitlist"


def test_the_platform_sold_the_offered_time(workplace, section, waits, small_clinic):
    waits("梁晚秋", window=MORNING)
    section.show_day(DAY)
    workplace.until(section.isVisible)
    section.setFocus()
    workplace.key(Qt.Key.Key_Return)
    workplace.until(lambda: texts(section)[3] == "10 min left")
    with sql_allowed(), workplace.context.database.reads.connect() as connection:
        doctor = connection.exec_driver_sql("SELECT id FROM doctors").scalar_one()
    with sql_allowed():
        small_clinic.platform_booking(doctor, small_clinic.account("方宁"), "10:45-11:00")
    workplace.ring("appointments")
    workplace.until(lambda: texts(section)[3] == "Sold by the platform")


def test_a_screen_reader_hears_a_whole_row(workplace, section, waits):
    waits("梁晚秋", window=MORNING)
    section.show_day(DAY)
    workplace.until(section.isVisible)
    said = section.fits_model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("梁晚秋", "周怀瑾 · Morning", "10:45", "Hold and offer"):
        assert part in said


def test_rows_that_do_not_fit_whole_are_left_out(workplace, section, waits):
    for number in range(6):
        waits(f"梁{number}")
    section.show_day(DAY)
    workplace.until(section.isVisible)
    section.resize(292, section.head_height + 100)
    assert section.list.height() % section.list.sizeHintForRow(0) == 0
