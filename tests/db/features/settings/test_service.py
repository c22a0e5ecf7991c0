"""The clinic's settings, on every database."""

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from tcmdesk.core.actor import Role, Staff
from tcmdesk.core.errors import Conflict, PermissionDenied, ValidationError
from tcmdesk.core.ids import uuid7
from tcmdesk.features.settings.models import SystemConfig
from tcmdesk.features.settings.service import clinic as read_clinic
from tcmdesk.features.settings.service import rules, save_clinic, save_rules
from tcmdesk.features.settings.types import DEFAULT_HOURS, Clinic, ClinicRules, Session, every_day

ADMIN = Staff("a", "秦岚", Role.ADMIN)
OTHER = Clinic("杏林", ZoneInfo("Europe/Berlin"), every_day(Session(510, 720)), notifications=False)


@pytest.fixture
def read(database):
    return lambda: database.read(lambda connection: read_clinic(connection, ADMIN))


@pytest.fixture
def store(database):
    def put(key, value):
        with database.writes.begin() as connection:
            connection.execute(
                insert(SystemConfig).values(
                    id=uuid7(), category="clinic", config_key=key, config_value=value, value_type="string"
                )
            )

    return put


def save(database, settings, actor=ADMIN):
    database.write(actor, "test", lambda uow: save_clinic(uow, actor, settings))


def test_a_new_clinic_has_the_platforms_hours_in_shanghai(read):
    found = read()
    assert (found.name, found.zone.key, found.hours, found.notifications) == (
        "", "Asia/Shanghai", DEFAULT_HOURS, True,
    )  # fmt: skip


def test_what_is_saved_is_read(database, read):
    save(database, OTHER)
    assert read() == OTHER


def test_saving_again_changes_and_does_not_double(database, read):
    save(database, OTHER)
    save(database, Clinic("杏林二店", OTHER.zone, OTHER.hours))
    assert (read().name, read().notifications) == ("杏林二店", True)
    with database.reads.connect() as connection:
        keys = connection.execute(select(SystemConfig.config_key)).scalars().all()
    assert sorted(keys) == ["hours", "long_wait", "name", "notifications", "timezone"]


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Asia/Shanghai\x00"])
def test_an_unknown_zone_reads_as_the_default(store, read, zone):
    store("timezone", zone.replace("\x00", "0"))
    assert read().zone.key == "Asia/Shanghai"


@pytest.mark.parametrize("hours", ["", "morning", "{}x", '{"mon": [["12:00", "09:00"]]}'])
def test_hours_that_cannot_be_read_are_the_default(store, read, hours):
    store("hours", hours)
    assert read().hours == DEFAULT_HOURS


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
def test_a_name_is_needed(database, name):
    with pytest.raises(ValidationError):
        save(database, Clinic(name, OTHER.zone, OTHER.hours))


def test_only_an_administrator_saves(database, clerk):
    with pytest.raises(PermissionDenied):
        save(database, OTHER, clerk)


def decide(database, wanted, read, actor=ADMIN):
    database.write(actor, "test", lambda uow: save_rules(uow, actor, wanted, read=read))


def decided(database):
    return database.read(lambda connection: rules(connection, ADMIN))


def test_rules_are_saved_one_by_one(database, store):
    store("long_wait", "never")
    assert decided(database) == ClinicRules()
    decide(database, ClinicRules(mirror_closures=True, closures_refuse=False), ClinicRules())
    decide(database, ClinicRules(long_wait=20, notifications=False), ClinicRules())
    assert decided(database) == ClinicRules(
        closures_refuse=False, mirror_closures=True, long_wait=20, notifications=False
    )


def test_a_rule_that_was_changed_meanwhile_is_not_overwritten(database):
    decide(database, ClinicRules(extra_slots=2), ClinicRules())
    with pytest.raises(Conflict) as refused:
        decide(database, ClinicRules(extra_slots=3), ClinicRules())
    assert refused.value.current == ClinicRules(extra_slots=2)
    decide(database, ClinicRules(extra_slots=3), refused.value.current)
    assert decided(database).extra_slots == 3


@pytest.mark.parametrize("wanted", [ClinicRules(extra_slots=11), ClinicRules(long_wait=0)])
def test_impossible_numbers_are_refused(database, wanted):
    with pytest.raises(ValidationError):
        decide(database, wanted, ClinicRules())


def test_only_administrators_decide(database):
    with pytest.raises(PermissionDenied):
        decide(database, ClinicRules(extra_slots=2), ClinicRules(), Staff("d", "沈若兰", Role.FRONT_DESK))
