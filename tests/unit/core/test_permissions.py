"""Who may call what."""

import pytest

from tcmdesk.core.actor import Anonymous, Patient, Role, Staff, System
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.core.permissions import demand, permission, public, requires

CUT = permission("herbs:root:cut", Role.PHARMACIST)


@requires(CUT)
def cut(source, actor, count, *, fine=False):
    """Cut."""
    return source, count, fine


def staff(role):
    return Staff("u", "n", role)


@pytest.mark.parametrize(
    ("actor", "holds"),
    [
        (staff(Role.PHARMACIST), True), (staff(Role.ADMIN), True), (System("job"), True), (staff(Role.DOCTOR), False),
        (staff(Role.FRONT_DESK), False), (Anonymous(), False), (Patient("u", "c", "room"), False),
    ],
)  # fmt: skip
def test_who_holds_a_permission(actor, holds):
    assert CUT.held_by(actor) is holds


def test_a_patient_holds_only_what_is_meant_for_patients():
    attend = permission("garden:gate:enter", patient=True)
    assert attend.held_by(Patient("u", "c", "room"))
    assert not attend.held_by(staff(Role.DOCTOR))
    assert not attend.held_by(Anonymous())


def test_a_guarded_function_is_called_as_it_is():
    assert cut("uow", staff(Role.PHARMACIST), 3, fine=True) == ("uow", 3, True)
    assert (cut.__name__, cut.__doc__) == ("cut", "Cut.")


def test_a_refusal_names_the_right_to_ask_for():
    with pytest.raises(PermissionDenied) as caught:
        cut("uow", staff(Role.DOCTOR), 3)
    assert caught.value.params == {"permission": "herbs:root:cut"}


def test_demand_is_the_same_wall():
    demand(System("job"), CUT)
    with pytest.raises(PermissionDenied):
        demand(Anonymous(), CUT)


def test_public_functions_say_why():
    @public("the time is everybody's")
    def now():
        return 12

    assert now() == 12
    assert now.__public_reason__ == "the time is everybody's"
