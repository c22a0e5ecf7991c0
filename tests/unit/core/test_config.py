"""The workstation's settings."""

import json
import logging

import pytest

from tcmdesk.core.config import FILE_NAME, ConfigFile, parse


def test_looking_at_the_settings_writes_nothing(tmp_path):
    ConfigFile(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_workstation_keeps_its_name(tmp_path):
    first = ConfigFile(tmp_path).keep().workstation

    assert ConfigFile(tmp_path).keep().workstation == first


def test_two_workstations_have_two_names(tmp_path):
    assert ConfigFile(tmp_path / "a").keep().workstation != ConfigFile(tmp_path / "b").keep().workstation


def test_a_change_is_there_at_the_next_start(tmp_path):
    ConfigFile(tmp_path).change(language="en", mode="dark", scale=1.15, url="mysql://desk@db.example/clinic")

    config = ConfigFile(tmp_path).config
    assert (config.language, config.mode, config.scale) == ("en", "dark", 1.15)
    assert config.url == "mysql://desk@db.example/clinic"


def test_a_damaged_file_is_set_aside(tmp_path):
    (tmp_path / FILE_NAME).write_text('{"language": "en", ', "utf-8")

    ConfigFile(tmp_path).keep()

    assert (tmp_path / f"{FILE_NAME}.damaged").read_text("utf-8") == '{"language": "en", '
    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8"))["workstation"]


def test_a_damaged_file_that_is_no_text_keeps_nothing_from_opening(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe\x00bad")

    assert ConfigFile(tmp_path).config.mode == "light"


@pytest.mark.parametrize(
    ("field", "value", "default"),
    [
        ("mode", "sepia", "light"),
        ("scale", 9, 1.0),
        ("motion", "yes", True),
        ("url", 7, None),
        ("geometry", None, ""),
        ("something_newer", 1, None),
    ],
)
def test_a_value_that_makes_no_sense_gives_way_to_its_default(field, value, default):
    config = parse({"workstation": "w", "language": "en", field: value})

    assert getattr(config, field, None) == default
    assert config.workstation == "w"


@pytest.mark.parametrize("name", ["", "w" * 65, 5])
def test_a_workstation_without_a_usable_name_gets_one(name):
    assert 0 < len(parse({"workstation": name}).workstation) <= 64


@pytest.mark.parametrize("raw", [None, [], "text", 3])
def test_a_file_of_something_else_gives_the_defaults(raw):
    assert parse(raw).scale == 1.0


def test_a_folder_that_cannot_be_written_costs_the_memory_not_the_setting(tmp_path, caplog):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", "utf-8")

    with caplog.at_level(logging.WARNING, "tcmdesk"):
        config = ConfigFile(blocked).change(mode="dark")

    assert config.mode == "dark"
    assert "settings not kept" in caplog.text
