"""Messages to patients, on every database."""

import pytest
from sqlalchemy import insert, select

from tcmdesk.core.actor import Anonymous
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.core.ids import uuid7
from tcmdesk.features.notifications.models import Notification, NotificationSetting
from tcmdesk.features.notifications.service import notify
from tcmdesk.features.notifications.types import Message, MessageType
from tcmdesk.features.settings.models import SystemConfig

ABOUT = "00000000-0000-0000-0000-00000000000a"


@pytest.fixture
def send(database, clerk, patient):
    def ask(*, user_id=patient, kind=MessageType.APPOINTMENT_CONFIRMED, actor=clerk):
        message = Message(user_id, kind, "已预约", "O'Neil 𠮷😀 %s", ABOUT, {"source": "desk"})
        return database.write(actor, "test", lambda uow: notify(uow, actor, message))

    return ask


def stored(database):
    with database.reads.connect() as connection:
        return connection.execute(select(Notification.__table__)).all()


def set_wish(database, patient, *, enabled, kind="appointment_confirmed"):
    with database.writes.begin() as connection:
        connection.execute(
            insert(NotificationSetting).values(
                id=uuid7(), user_id=patient, notification_type=kind, enabled=enabled, email_enabled=False,
                sms_enabled=False, push_enabled=True,
            )
        )  # fmt: skip


def test_who_has_said_nothing_is_told(send, database, patient):
    assert send()
    (row,) = stored(database)
    assert (row.user_id, row.type, row.status, row.related_id) == (
        patient,
        "appointment_confirmed",
        "unread",
        ABOUT,
    )
    assert (row.title, row.content, row.metadata) == ("已预约", "O'Neil 𠮷😀 %s", {"source": "desk"})
    assert row.created_at is not None
    assert row.read_at is None


@pytest.mark.parametrize(("enabled", "told"), [(True, True), (False, False)])
def test_wishes_are_heeded(send, database, patient, enabled, told):
    set_wish(database, patient, enabled=enabled)
    assert send() is told
    assert len(stored(database)) == told


def test_a_wish_is_about_one_type(send, database, patient):
    set_wish(database, patient, enabled=False, kind="appointment_cancelled")
    assert send()
    assert not send(kind=MessageType.APPOINTMENT_CANCELLED)


@pytest.mark.parametrize(("value", "told"), [("false", False), ("true", True)])
def test_the_clinic_can_switch_them_off(send, database, value, told):
    with database.writes.begin() as connection:
        connection.execute(
            insert(SystemConfig).values(
                id=uuid7(),
                category="clinic",
                config_key="notifications",
                config_value=value,
                value_type="boolean",
            )
        )
    assert send() is told


def test_placeholder_phones_are_not_told(send, clinic):
    assert not send(user_id=clinic.account("罗文彬", phone="000012345678901234"))


def test_nobody_is_told_of_an_unknown_account(send):
    assert not send(user_id=uuid7())


def test_one_statement(send, database, statements):
    with statements(database.writes) as log:
        send()
    assert len([text for text in log.texts if "notifications" in text]) == 1


def test_strangers_tell_nobody(send):
    with pytest.raises(PermissionDenied):
        send(actor=Anonymous())
