import gettext
import os

import pytest
from babel.messages.catalog import Catalog

from tools import catalogue

SOURCE = """
from tcmdesk.core.i18n import N_
TITLE = N_("Schedule")

def draw(self, _):
    _("Book {name}")
    self.tr.ngettext("{count} patient", "{count} patients", 2)
    self.tr.pgettext("verb", "Move")
    _(TITLE)
"""


@pytest.fixture
def source(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "screen.py").write_text(SOURCE, encoding="utf-8")
    return catalogue.extract(package)


def complete() -> Catalog:
    made = Catalog(locale="zh_CN")
    made.add("Schedule", "日程")
    made.add("Book {name}", "为{name}预约")
    made.add(("{count} patient", "{count} patients"), ("{count} 位患者",))
    made.add("Move", "移动", context="verb")
    return made


def test_messages_are_found_by_their_functions(source):
    found = {(message.id, message.context) for message in source if message.id}
    assert found == {
        ("Schedule", None),
        ("Book {name}", None),
        (("{count} patient", "{count} patients"), None),
        ("Move", "verb"),
    }


def test_a_complete_catalogue_has_no_fault(source):
    assert list(catalogue.faults(source, complete())) == []


def says(message: str, text: str):
    """A change of a catalogue: the translation of one message."""
    return lambda made: setattr(made.get(message), "string", text)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda made: made.delete("Schedule"), "not in the catalogue: 'Schedule'"),
        (lambda made: made.delete("Move", context="verb"), "not in the catalogue: 'Move'"),
        (lambda made: made.get("Schedule").flags.add("fuzzy"), "fuzzy: 'Schedule'"),
        (lambda made: made.add("Old", "旧"), "no longer in the source: 'Old'"),
        (says("Schedule", ""), "not translated: 'Schedule'"),
        (says("Book {name}", "预约"), "placeholders differ: 'Book {name}' -> '预约'"),
        (says("Book {name}", "预约{名}"), "placeholders differ: 'Book {name}' -> '预约{名}'"),
        (says("Book {name}", "预约{name"), "placeholders differ: 'Book {name}' -> '预约{name'"),
    ],
)
def test_each_fault_is_named(source, change, fault):
    made = complete()
    change(made)
    assert list(catalogue.faults(source, made)) == [fault]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "locale/zh_CN/LC_MESSAGES/tcmdesk.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Old"\nmsgstr "旧"\n'
    )
    return path


def test_update_brings_in_new_messages_and_drops_old_ones(source, file):
    catalogue.update(file, source)
    updated = catalogue.read(file)
    assert updated.get("Schedule").string == ""
    assert updated.get("Old") is None
    assert updated.get("Move", "verb").string == ""


def test_a_written_catalogue_is_the_same_each_time(source, file):
    catalogue.update(file, source)
    first = file.read_bytes()
    catalogue.update(file, source)
    assert file.read_bytes() == first
    assert b"screen.py" not in first
    assert b"Date" not in first


def test_compiling_happens_when_the_source_is_newer(file, tmp_path):
    catalogue.compile_stale(tmp_path / "locale")
    translation = gettext.translation("tcmdesk", tmp_path / "locale", ["zh_CN"])
    assert translation.gettext("Old") == "旧"
    compiled = file.with_suffix(".mo")
    compiled.write_bytes(b"kept")
    catalogue.compile_stale(tmp_path / "locale")
    assert compiled.read_bytes() == b"kept"
    later = compiled.stat().st_mtime + 5
    os.utime(file, (later, later))
    catalogue.compile_stale(tmp_path / "locale")
    assert compiled.read_bytes() != b"kept"
