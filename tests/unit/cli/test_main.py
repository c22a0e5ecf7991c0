"""The command line: exit codes, languages, and what is not loaded."""

import os
import re
import subprocess
import sys
import textwrap

import pytest

from tcmdesk.cli import main
from tcmdesk.core import log
from tcmdesk.core.errors import Unavailable, UserError


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    yield
    log.stop()


@pytest.fixture
def command(monkeypatch):
    """Lets ``tcmdesk audit verify`` do what the test wants."""

    def set_up(work):
        monkeypatch.setattr("tcmdesk.cli.audit.run_verify", work)
        return ["--lang", "en", "audit", "verify", "--url", "sqlite:////x.db"]

    return set_up


def _raising(error):
    def work(_args, _tr):
        raise error

    return work


def test_a_request_that_cannot_be_carried_out_ends_with_2(command, capsys):
    arguments = command(_raising(UserError("x", "There is no {thing}.", thing="slot")))

    assert main.run(arguments) == 2
    assert capsys.readouterr().err == "tcmdesk: There is no slot.\n"


def test_something_that_is_away_ends_with_69(command):
    assert main.run(command(_raising(Unavailable("x", "away")))) == 69


def test_a_fault_ends_with_70_and_a_number_but_not_its_words(command, capsys):
    assert main.run(command(_raising(ValueError("沈若兰")))) == 70

    said = capsys.readouterr().err
    assert "number" in said
    assert "沈若兰" not in said


def test_ctrl_c_ends_quietly(command, capsys):
    assert main.run(command(_raising(KeyboardInterrupt()))) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_goes_away_ends_it_quietly():
    command = [sys.executable, "-m", "tcmdesk", "--lang", "en", "herbs", "find", "huang"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, b"")


def test_a_message_is_in_the_language_asked_for(capsys):
    arguments = ["audit", "verify", "--url", "nonsense"]

    main.run(["--lang", "en", *arguments])
    english = capsys.readouterr().err
    main.run(["--lang", "zh_CN", *arguments])
    chinese = capsys.readouterr().err

    assert "database address" in english
    assert "数据库地址" in chinese


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "command_name", [[], *([name] for name in main.COMMANDS)], ids=lambda name: "".join(name) or "top"
)
def test_help_is_there_in_both_languages(language, command_name, capsys):
    with pytest.raises(SystemExit) as ended:
        main.run(["--lang", language, *command_name, "--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert said.startswith("usage: tcmdesk")
    assert bool(re.search("[一-鿿]", said)) == (language == "zh_CN")


def test_an_unknown_option_ends_with_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main.run(["--lang", "en", "--colour"])

    assert ended.value.code == 2
    assert "--colour" in capsys.readouterr().err


def test_without_arguments_the_parser_is_not_needed():
    parsed = main._parser([], main.i18n.translator("en")).parse_args([])

    assert vars(main._parse([], main.i18n.translator("en"))) == vars(parsed)


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], ("argparse", "PySide6", "sqlalchemy", "tcmdesk.cli.main")),
        (["--help"], ("PySide6",)),
    ],
)
def test_a_quick_answer_loads_little(arguments, absent, tmp_path):
    program = textwrap.dedent(f"""
        import sys
        from tcmdesk.__main__ import main
        try:
            main({arguments!r})
        except SystemExit:
            pass
        print([name for name in {absent!r} if name in sys.modules], file=sys.stderr)
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stderr.splitlines()[-1] == "[]"


def test_a_missing_display_is_said_before_qt_ends_the_process(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    if not sys.platform.startswith("linux"):
        pytest.skip("other systems always have a display")

    assert main.run(["--lang", "en"]) == 69
    assert "There is no display" in capsys.readouterr().err
