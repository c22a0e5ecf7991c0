"""Checking a period's stored prescriptions, the platform's rows as they are."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import signal

import pytest
from sqlalchemy import select

from tcmdesk.cli.main import run
from tcmdesk.core import log
from tcmdesk.core.actor import Role, Staff, System
from tcmdesk.core.db.operations import DeskOperation
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.features.prescriptions.service import audit as service
from tcmdesk.features.prescriptions.types import AlertCode
from tests.factories.clinic import ZONE
from tests.factories.prescriptions import medicine, platform_prescription

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
NOON = dt.datetime(2026, 11, 10, 12, tzinfo=ZONE)
JOB = System("test")


def audited(database, first=FIRST, last=LAST, **changed):
    taken = []
    options = {"take": taken.append, "progress": lambda *_: None, "cancelled": lambda: False, **changed}
    summary = service.audit(database, JOB, first, last, **options)
    return {one.code: one for one in taken}, summary


def codes(one):
    return {alert.code for alert in one.check.alerts}


@pytest.fixture
def write(clinic, doctor, patient):
    def make(*medicines, at=NOON, **more):
        return platform_prescription(clinic, doctor, patient, list(medicines), at, **more)

    return make


def test_a_platform_row_is_checked_by_its_texts(database, write):
    code = write(
        medicine("制附片", "18g"), medicine("法夏", "９克", notes="打碎"), medicine("感冒冲剂", "1袋")
    )

    found, summary = audited(database)

    assert {AlertCode.INCOMPAT_18, AlertCode.DOSE_OVER_MAX_TOXIC} <= codes(found[code])
    assert found[code].check.unresolved == ("感冒冲剂",)
    assert (summary.checked, summary.alerted, summary.unreadable) == (1, 1, 0)


def test_a_dosage_without_a_weight_is_unchecked_never_in_range(database, write):
    code = write(medicine("黄芪", "1袋"))

    found, _ = audited(database)

    assert found[code].check.unchecked == ("黄芪",)
    assert codes(found[code]) == set()


def test_the_duration_is_the_supply(database, write):
    code = write(medicine("黄芪", duration="2周"))

    assert AlertCode.SUPPLY_OVER_7D in codes(audited(database)[0][code])


def test_handling_is_read_from_the_notes(database, write):
    code = write(medicine("石膏", "30g", notes="先煎30分钟"))

    assert codes(audited(database)[0][code]) == set()


def test_sex_and_age_are_those_of_the_person_named(database, clinic, doctor, write, patient):
    clinic.member(
        patient, "小满", "女儿", gender="female", birthday=dt.date(2019, 1, 1), allergies="双花；青霉素"
    )
    mother = write(medicine("桃仁", "9g"))
    child = write(medicine("罂粟壳", "3g"), medicine("金银花", "9g"), patient_name="小满")

    found, _ = audited(database)

    assert AlertCode.PREG_STATUS_UNKNOWN in codes(found[mother])
    assert {AlertCode.CHILD_FORBIDDEN, AlertCode.ALLERGY} <= codes(found[child])


def test_two_of_one_name_leave_the_person_open(database, clinic, write, patient):
    for birthday in (dt.date(2019, 1, 1), dt.date(1950, 1, 1)):
        clinic.member(patient, "小满", "家人", birthday=birthday)
    code = write(medicine("罂粟壳", "3g"), patient_name="小满")

    assert AlertCode.CHILD_FORBIDDEN not in codes(audited(database)[0][code])


@pytest.mark.parametrize("medicines", ["not a list", [], [{"dosage": "3g"}], ["甘草"], {"name": "甘草"}])
def test_unreadable_medicines_are_counted_not_lost(database, clinic, doctor, patient, medicines):
    code = platform_prescription(clinic, doctor, patient, medicines, NOON)

    found, summary = audited(database)

    assert found[code].check is None
    assert (summary.checked, summary.unreadable) == (1, 1)


def test_a_day_is_the_clinics_day(database, write):
    first = dt.datetime(2026, 11, 1, 0, 0, tzinfo=ZONE)
    before = write(medicine("甘草"), at=first - dt.timedelta(seconds=1))
    inside = [
        write(medicine("甘草"), at=first),
        write(medicine("甘草"), at=dt.datetime(2026, 11, 30, 23, 59, 59, tzinfo=ZONE)),
    ]
    after = write(medicine("甘草"), at=dt.datetime(2026, 12, 1, tzinfo=ZONE))

    found, _ = audited(database)

    assert set(found) == set(inside)
    assert before not in found
    assert after not in found


def test_pages_neither_lose_nor_repeat(database, write, monkeypatch):
    monkeypatch.setattr(service, "PAGE", 3)
    written = {write(medicine("甘草")) for _ in range(10)}
    steps = []

    found, summary = audited(database, progress=lambda done, total: steps.append((done, total)))

    assert set(found) == written
    assert summary.checked == 10
    assert steps[0] == (0, 10)
    assert steps[-1] == (10, 10)


def test_a_cancel_stops_between_two(database, write, monkeypatch):
    monkeypatch.setattr(service, "PAGE", 3)
    for _ in range(7):
        write(medicine("甘草"))
    taken = []

    summary = service.audit(
        database, JOB, FIRST, LAST,
        take=taken.append, progress=lambda *_: None, cancelled=lambda: len(taken) >= 4,
    )  # fmt: skip

    assert summary.cancelled
    assert len(taken) == 4


def test_only_those_who_may_and_the_record_knows(database, write):
    write(medicine("甘草"))
    clerk = Staff("u1", "方前台", Role.FRONT_DESK)
    with pytest.raises(PermissionDenied):
        service.audit(
            database, clerk, FIRST, LAST, take=print, progress=lambda *_: None, cancelled=lambda: False
        )

    audited(database)

    rows = database.read(lambda connection: connection.execute(select(DeskOperation.action)).scalars().all())
    assert rows == ["prescriptions:prescription:audit"]


class TestCommand:
    @pytest.fixture(autouse=True)
    def _own_folders(self, tmp_path, monkeypatch):
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(tmp_path / name))
        yield
        log.stop()

    @staticmethod
    def command(database, out, first="2026-11-01", last="2026-11-30"):
        url = database.url.render_as_string(hide_password=False)
        return run(
            ["--lang", "en", "rx", "audit", "--url", url, "--from", first, "--to", last, "--out", str(out)]
        )

    def test_the_table_has_every_prescription_and_no_ones_name(self, database, write, tmp_path, capsys):
        bad = write(medicine("公丁香", "3g"), medicine("广郁金", "9g"), medicine("=cmd()", "9g"))
        quiet = write(medicine("甘草", "6g"))
        out = tmp_path / "audit.csv"

        assert self.command(database, out) == 0

        text = out.read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        assert [(row["alert"], row["herbs"]) for row in rows if row["code"] == bad] == [
            ("INCOMPAT_19", "丁香、郁金"),
            ("", "'=cmd()"),
        ]
        assert [row["alert"] for row in rows if row["code"] == quiet] == [""]
        assert {row["edition"] for row in rows} == {"ChP 2020"}
        assert "沈若兰" not in text
        said = capsys.readouterr()
        assert said.out == ""
        assert "Checked: 2. With alerts: 1. Not readable: 0." in said.err

    def test_a_cancel_leaves_no_file(self, database, write, tmp_path, monkeypatch):
        for _ in range(5):
            write(medicine("甘草", "6g"))
        real = service.check

        def interrupted(*args):
            os.kill(os.getpid(), signal.SIGINT)
            return real(*args)

        monkeypatch.setattr(service, "check", interrupted)
        out = tmp_path / "audit.csv"

        assert self.command(database, out) == 130
        assert list(tmp_path.glob("audit.csv*")) == []
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_a_period_upside_down_is_refused(self, database, tmp_path, capsys):
        assert self.command(database, tmp_path / "a.csv", "2026-11-30", "2026-11-01") == 2
        assert "ends before it begins" in capsys.readouterr().err

    def test_a_file_that_cannot_be_written_is_refused(self, database, tmp_path):
        assert self.command(database, tmp_path / "missing" / "a.csv") == 2


def test_medicines_kept_as_text_are_read(database, clinic, doctor, patient):
    code = platform_prescription(clinic, doctor, patient, json.dumps([medicine("关木通")]), NOON)

    assert codes(audited(database)[0][code]) == {AlertCode.BANNED, AlertCode.DOSE_OVER_MAX} - {
        AlertCode.DOSE_OVER_MAX
    }
