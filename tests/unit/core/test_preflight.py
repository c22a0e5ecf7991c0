import subprocess
import sys

import pytest

from tcmdesk.core import preflight


@pytest.fixture(autouse=True)
def linux(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({}, None),
        ({"DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wayland"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "offscreen"),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, "wayland"),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "vnc"),
        ({"QT_QPA_PLATFORM": "", "DISPLAY": ":0"}, "xcb"),
    ],
)
def test_the_platform_follows_the_environment(monkeypatch, environment, platform):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert preflight.display_platform() == platform


def test_without_a_display_the_remedy_is_named():
    assert "xvfb-run -a" in preflight.problem()


def test_missing_libraries_are_named_with_the_command(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(preflight.WIDGETS, "libtcmdesk-none.so.9", "libnone9")
    monkeypatch.setitem(preflight.X11, "libtcmdesk-x.so.9", "libx9")
    assert preflight.problem().endswith("sudo apt install libnone9")


def test_x11_needs_more_libraries(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(preflight, "WIDGETS", {})
    monkeypatch.setattr(preflight, "X11", {"libtcmdesk-x.so.9": "libx9"})
    assert preflight.problem().endswith("sudo apt install libx9")


def test_messages_are_translated_with_their_places():
    assert preflight.problem(lambda message: message.upper()).isupper()


def test_another_system_is_not_questioned(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert preflight.problem() is None


def test_a_library_outside_the_usual_folders_is_found_by_loading():
    assert preflight.missing({"libtcmdesk-none.so.9": "libnone9", "libc.so.6": "libc6"}) == ["libnone9"]


@pytest.mark.parametrize(
    ("files", "found"), [([], False), (["a/NotoSansCJK-Regular.ttc"], True), (["DejaVuSans.ttf"], False)]
)
def test_a_chinese_font_is_looked_for(monkeypatch, tmp_path, files, found):
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.setattr(preflight, "_FONT_FOLDERS", (str(tmp_path), str(tmp_path / "missing")))
    assert preflight.has_chinese_font() is found


def ask(question, **environment):
    return subprocess.run(
        [sys.executable, "-I", "-S", preflight.__file__, question],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_system_python_can_ask_before_anything_is_installed():
    refused = ask("display")
    assert (refused.returncode, refused.stdout) == (69, "")
    assert "no display" in refused.stderr
    assert ask("display", DISPLAY=":0").returncode == 0
    assert ask("packages").returncode == 0
