"""Errors carry what a screen needs, and nothing into a log."""

import pytest

from tcmdesk.core.errors import Conflict, NotFound, PermissionDenied, Unavailable, UserError, ValidationError


class Upper:
    def gettext(self, message):
        return message.upper().replace("{NAME}", "{name}")


def test_the_text_is_translated_and_then_filled():
    error = UserError("some.code", "hello {name}", name="沈若兰")
    assert error.text(Upper()) == "HELLO 沈若兰"


def test_what_is_logged_names_no_patient():
    error = Conflict("some.code", "hello {name}", current="a card", name="沈若兰")
    assert "沈若兰" not in f"{error!s} {error!r}"
    assert str(error) == "some.code"


def test_a_field_and_a_current_row():
    assert ValidationError("c", "m", field="phone").field == "phone"
    assert ValidationError("c", "m").field is None
    assert Conflict("c", "m", current=5).current == 5


@pytest.mark.parametrize("kind", [ValidationError, PermissionDenied, Conflict, NotFound])
def test_what_a_person_can_mend_is_a_user_error(kind):
    assert issubclass(kind, UserError)
    assert not issubclass(Unavailable, UserError)
