"""A clinic in a file, and its first administrator."""

import pytest

from tcmdesk.app.connect.founding import found
from tcmdesk.app.connect.own_page import OwnClinic
from tcmdesk.app.preparing import prepare
from tcmdesk.core.actor import Role
from tcmdesk.core.clock import SystemClock
from tcmdesk.core.errors import Conflict, ValidationError
from tcmdesk.features.identity.service.sign_in import sign_in

WANTED = OwnClinic("小杏林", "秦岚", "qinlan", "19900009001", "xinglin-demo")


def test_the_administrator_can_sign_in(tmp_path):
    url = found(tmp_path, WANTED, workstation="w")

    prepared = prepare(url, workstation="w", clock=SystemClock())
    try:
        staff = sign_in(prepared.database, "qinlan", "xinglin-demo")
    finally:
        prepared.database.close()
    assert (staff.name, staff.role) == ("秦岚", Role.ADMIN)
    assert prepared.clinic == "小杏林"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"password": "kurz"}, "password"), ({"account": "x" * 51}, "account"), ({"clinic": "x" * 101}, "name")],
)
def test_what_does_not_do_is_said_and_can_be_mended(tmp_path, change, field):
    from dataclasses import replace

    with pytest.raises(ValidationError) as refused:
        found(tmp_path, replace(WANTED, **change), workstation="w")
    assert refused.value.field == field

    assert found(tmp_path, WANTED, workstation="w")


def test_a_clinic_is_not_founded_twice(tmp_path):
    found(tmp_path, WANTED, workstation="w")

    with pytest.raises(Conflict):
        found(tmp_path, WANTED, workstation="w")
