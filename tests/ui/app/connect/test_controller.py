"""Choosing a database, for real."""

import pytest
from PySide6.QtCore import Qt

from tcmdesk.app.connect.address import ServerAddress
from tcmdesk.core import paths
from tcmdesk.ui.clipping import find_clipped
from tests.support.accessibility import unnamed_widgets


@pytest.fixture
def desk(start, monkeypatch, tmp_path):
    """A workstation that has no database yet."""
    monkeypatch.setattr(paths, "data_dir", lambda: tmp_path)
    return start()


def _window(desk):
    return desk.application.connect_window.window


def test_everything_has_a_name(desk):
    assert unnamed_widgets(_window(desk)) == []


def test_a_clinic_of_ones_own_is_founded_and_its_administrator_signs_in(desk, settings, tmp_path):
    window = _window(desk)
    window.choose("own")
    filled = {"clinic": "小杏林", "name": "秦岚", "phone": "19900009001", "account": "qinlan",
              "password": "xinglin-demo", "again": "xinglin-demo"}  # fmt: skip
    for name, text in filled.items():
        window.own._inputs[name].setText(text)
    window.go.click()

    desk.wait(lambda: desk.application.sign_in is not None)
    assert settings.config.url == f"sqlite:///{tmp_path}/clinic.db"
    assert desk.application.sign_in.window.form.account.text() == "qinlan"
    desk.enter()
    assert desk.application.session.prepared.clinic == "小杏林"


def test_a_short_password_is_refused_at_its_field_and_nothing_typed_is_lost(desk, settings):
    window = _window(desk)
    window.choose("own")
    for name, control in window.own._inputs.items():
        control.setText("kurz" if name in {"password", "again"} else name)
    window.go.click()

    desk.wait(lambda: window.own.fields["password"].error != "")
    assert "8 characters" in window.own.fields["password"].error
    assert window.own.filled.clinic == "clinic"
    assert window.go.isEnabled()
    assert settings.config.url is None


@pytest.mark.parametrize(
    ("left_out", "field"), [("clinic", "clinic"), ("phone", "phone"), ("again", "again")]
)
def test_what_is_missing_is_said_at_its_field(desk, left_out, field):
    window = _window(desk)
    window.choose("own")
    for name, control in window.own._inputs.items():
        control.setText("" if name == left_out else "xinglin-demo")
    window.go.click()

    assert window.own.fields[field].error
    assert window.focusWidget() is window.own._inputs[field]


@pytest.mark.parametrize(("port", "message"), [("9", "cannot be reached"), ("port", "number up to 65535")])
def test_a_server_that_cannot_be_used_says_why_and_keeps_the_fields(desk, port, message):
    window = _window(desk)
    address = ServerAddress("127.0.0.1", port, "clinic", "desk", "s3cret")
    window.server.fill(address)
    window.choose("server")
    window.test.click()

    page = window.server
    desk.wait(lambda: message in page.notice.text + page.fields["port"].error)
    assert page.address == address
    assert window.test.isEnabled()


class TestWithoutAKeyring:
    """The password is asked for at each start, and it is said why."""

    @pytest.fixture
    def keyring(self, monkeypatch):
        """What `Secrets.keep` answers; the server is not asked."""
        kept = []
        monkeypatch.setattr("tcmdesk.core.secrets.Secrets.keep", lambda self, name, secret: kept[-1])
        monkeypatch.setattr("tcmdesk.core.secrets.Secrets.recall", lambda self, name: None)

        class Database:
            @staticmethod
            def close():
                pass

        monkeypatch.setattr(
            "tcmdesk.app.connect.controller.Connect._prepare",
            lambda self, url: type("Prepared", (), {"database": Database})(),
        )
        return kept

    def enter(self, desk):
        window = _window(desk)
        window.server.fill(ServerAddress("db.example.invalid", "3306", "clinic", "desk", "s3cret"))
        window.choose("server")
        window.go.click()
        desk.wait(lambda: desk.application.sign_in is not None)

    @pytest.mark.parametrize("is_kept", [True, False])
    def test_whether_it_was_kept_is_remembered_and_the_password_never(self, desk, settings, keyring, is_kept):
        keyring.append(is_kept)
        self.enter(desk)

        assert settings.config.asks_password is not is_kept
        assert "s3cret" not in settings.path.read_text("utf-8")

    def test_the_next_start_asks_and_says_why(self, start, desk, settings, keyring):
        keyring.append(False)
        self.enter(desk)
        desk.application.shut_down()

        again = start()
        page = again.application.connect_window.window.server
        assert "no keyring" in page.notice.text
        assert page.address == ServerAddress("db.example.invalid", "3306", "clinic", "desk", "")
        assert again.application.connect_window.window.focusWidget() is page._inputs["password"]


def test_the_demo_is_opened_by_whoever_can_make_it(start, clinic_url):
    from tcmdesk.core.actor import Role, Staff

    actor = Staff("0199", "方芸", Role.ADMIN)
    desk = start(open_demo=lambda: (clinic_url, actor))
    _window(desk).choose("demo")
    _window(desk).go.click()

    desk.wait(lambda: desk.application.workplace is not None)
    assert desk.application.session.actor == actor


def test_the_ways_are_chosen_by_key(desk, qtbot):
    window = _window(desk)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert window.way == "server"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.way == "own"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("way", ["demo", "own", "server"])
def test_nothing_is_cut(desk, language, way):
    window = _window(desk)
    desk.application.look.set_language(language)
    window.choose(way)

    assert [str(clip) for clip in find_clipped(window)] == []
