"""Finding people, on every database."""

import pytest
from sqlalchemy import delete

from tcmdesk.core.actor import Anonymous, Role, Staff, System
from tcmdesk.core.errors import PermissionDenied
from tcmdesk.core.ids import uuid7
from tcmdesk.features.identity.service.accounts import set_staff_role
from tcmdesk.features.patients.models import PatientProfile
from tcmdesk.features.patients.service import index
from tcmdesk.features.patients.service.search import search
from tcmdesk.features.patients.types import PatientRef
from tests.factories.clinic import DAY


@pytest.fixture
def people(clinic):
    """Eight people and a family."""
    holders = {
        name: clinic.account(name, phone=phone)
        for name, phone in {
            "单雨眠": "19900001001",
            "单行": "19900001002",
            "曾小明": "19900002003",
            "尉迟月": "19955551004",
            "李小民": "19955551005",
            "O'Neil Ümit": "19900001006",
            "𠮷野": "19900001007",
            "𡃁野": "19900001008",
        }.items()
    }
    clinic.member(holders["李小民"], "李一诺", "女儿")
    clinic.index()
    return holders


PARTS = {
    "单雨眠": ["单雨眠"], "雨眠": ["单雨眠"], "眠": ["单雨眠"], "雨": ["单雨眠"], "小": ["曾小明", "李小民"], "李": ["李一诺", "李小民"],
    "尉迟": ["尉迟月"], "o'neil": ["O'Neil Ümit"], "ONEIL": ["O'Neil Ümit"], "umit": ["O'Neil Ümit"], "eil": ["O'Neil Ümit"],
    "  李小民 ": ["李小民"], "'": ["O'Neil Ümit"],
}  # fmt: skip
PINYIN = {
    "lixiaomin": "李小民", "li xiao min": "李小民", "lix": "李小民", "xiaomin": "李小民", "lxm": "李小民", "LXM": "李小民", "ye": "𠮷野",
    "zengxiaoming": "曾小明", "cengxiaoming": "曾小明", "zxm": "曾小明", "shanyumian": "单雨眠", "danyumian": "单雨眠", "sym": "单雨眠",
    "yuchiyue": "尉迟月", "weichi": "尉迟月", "ycy": "尉迟月", "shanhang": "单行", "shanxing": "单行",
}  # fmt: skip
PHONES = {
    "19900001001": "单雨眠", "1990000100": "单雨眠", "1001": "单雨眠", "2003": "曾小明", "+86 199 0000 2003": "曾小明",
    "199-5555": "尉迟月", "5": "李小民",
}  # fmt: skip
NOBODY = (
    "", "  ", "查无此人", "%", "_", "\\", "😀", "-", "x" * 300, "1" * 50, "\ud83d", "\x00", "'; DROP TABLE users; --",
)  # fmt: skip


@pytest.mark.usefixtures("people")
class TestText:
    def test_any_part_of_a_name(self, find):
        assert {typed: sorted(find(typed)) for typed in PARTS} == {
            typed: sorted(names) for typed, names in PARTS.items()
        }

    def test_pinyin_in_every_reading_and_initials(self, find):
        assert [typed for typed, name in PINYIN.items() if name not in find(typed)] == []

    def test_first_and_last_digits_of_a_phone(self, find):
        assert [typed for typed, name in PHONES.items() if name not in find(typed)] == []

    def test_what_finds_nobody(self, find):
        assert {typed: found for typed in NOBODY if (found := find(typed))} == {}

    def test_digits_in_the_middle_of_a_phone_are_not_a_beginning(self, find):
        assert "单雨眠" not in find("0000")

    def test_rare_characters_are_told_apart(self, find):
        assert find("𠮷") == ["𠮷野"]
        assert find("𡃁") == ["𡃁野"]

    def test_one_statement(self, find, database, statements):
        for typed in ("李", "lixiaomin", "1990", "lx"):
            with statements(database) as log:
                find(typed)
            assert len(log) == 1


class TestOrder:
    def test_whole_before_beginning_before_part(self, clinic, find):
        for name in ("安李明", "李明月", "李明"):
            clinic.account(name)
        clinic.index()
        assert find("李明") == ["李明", "李明月", "安李明"]

    def test_the_usual_reading_before_a_rare_one(self, clinic, find):
        # 单 is Shan as a surname; Dan is what somebody may type who does not know
        for name in ("丹雨", "单雨"):
            clinic.account(name)
        clinic.index()
        assert find("danyu") == ["丹雨", "单雨"]

    def test_recent_visitors_first(self, clinic, database, find, clerk):
        ids = {name: clinic.account(name) for name in ("李一", "李二", "李三")}
        clinic.index()
        admin = Staff(clerk.user_id, "管理", Role.ADMIN)
        visits = {PatientRef(ids["李三"]): DAY, PatientRef(ids["李二"]): DAY.replace(day=1)}
        database.write(admin, "test", lambda uow: index.note_visits(uow, admin, visits))
        for typed in ("李", "li", "l"):
            assert find(typed) == ["李三", "李二", "李一"]

    def test_as_many_as_asked_for(self, clinic, find):
        for number in range(30):
            clinic.account(f"李{chr(0x4E00 + number)}")
        clinic.index()
        assert len(find("李")) == 12
        assert len(find("li", limit=5)) == 5


class TestMatch:
    def match(self, database, clerk, text):
        (found,) = database.read(lambda connection: search(connection, clerk, text))
        return found

    def test_what_a_line_shows(self, database, clerk, people):
        found = self.match(database, clerk, "lixiaom")
        assert (found.name, found.reading, found.phone) == ("李小民", "li xiao min", "19955551005")
        assert (found.family, found.relationship) == (2, None)
        assert found.ref == PatientRef(people["李小民"])

    def test_a_family_member_is_a_person_of_their_own(self, database, clerk, people):
        found = self.match(database, clerk, "liyinuo")
        assert (found.name, found.relationship, found.family) == ("李一诺", "女儿", 2)
        assert found.ref.user_id == people["李小民"]
        assert found.ref.profile_id is not None
        assert found.phone == "19955551005"

    def test_the_reading_that_was_typed(self, database, clerk, people):
        assert self.match(database, clerk, "danyumian").reading == "dan yu mian"
        assert self.match(database, clerk, "shanyumian").reading == "shan yu mian"

    def test_strangers_find_nobody(self, database):
        with pytest.raises(PermissionDenied):
            database.read(lambda connection: search(connection, Anonymous(), "李"))


class TestWhoIsAPatient:
    def test_staff_are_not_unless_they_keep_a_profile(self, clinic, database, find, clerk):
        database.write(
            System("test"),
            "test",
            lambda uow: set_staff_role(uow, System("test"), clerk.user_id, Role.FRONT_DESK),
        )
        clinic.doctor("陈景和")
        clinic.index()
        assert find("方前台") == find("陈景和") == []
        clinic.member(clerk.user_id, "方小小", "女儿")
        clinic.index()
        assert find("方前台") == ["方前台"]

    def test_the_own_profile_is_the_holder_under_another_name(self, clinic, find):
        holder = clinic.account("小满妈妈")
        clinic.member(holder, "罗榴红", "本人")
        clinic.index()
        assert find("罗榴红") == ["小满妈妈"]
        assert find("luoliuhong") == ["小满妈妈"]

    def test_one_who_is_gone_is_not_found(self, clinic, database, find, people):
        with database.writes.begin() as connection:
            connection.execute(delete(PatientProfile))
        clinic.index()
        assert find("李一诺") == []
        assert find("李小民") == ["李小民"]


def test_an_account_that_nobody_knows_is_not_noted(database, clinic, clerk):
    clinic.index()
    admin = Staff(uuid7(), "管理", Role.ADMIN)
    ref = PatientRef(uuid7())
    assert database.read(lambda connection: index.known_visits(connection, admin, [ref])) == {}
