"""Passwords: what is written, and what is read."""

import pytest

from tcmdesk.core.errors import ValidationError
from tcmdesk.features.identity.service.passwords import hash_password, verify_password
from tests.factories.staff import PASSWORD, quick_hash


def test_what_is_hashed_is_verified():
    stored = hash_password(PASSWORD)
    assert stored.startswith("$2b$12$")
    assert verify_password(PASSWORD, stored)
    assert not verify_password(PASSWORD + "x", stored)


@pytest.mark.parametrize("password", ["short", "x" * 73, "密" * 25])
def test_passwords_that_are_refused(password):
    with pytest.raises(ValidationError) as caught:
        hash_password(password)
    assert caught.value.field == "password"


def test_a_password_beyond_bcrypts_bytes_is_wrong_not_an_error():
    assert not verify_password("x" * 100, quick_hash("x" * 72))
