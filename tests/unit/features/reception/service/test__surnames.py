"""What of a name stands on the wall."""

import pytest

from tcmdesk.features.reception.service._surnames import surname


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("沈若兰", "沈"),
        ("欧阳若曦", "欧阳"),
        ("司马懿德", "司马"),
        ("欧阳", "欧"),
        ("田野", "田"),
        ("𠮷田太郎", "𠮷"),
        ("阿依古丽·买买提", "阿依古丽"),
        ("Anna Schmidt", "Schmidt"),
        ("  李 ", "李"),
        ("Madonna", "Madonna"),
        ("", ""),
    ],
)
def test_surname(name, called):
    assert surname(name) == called
