"""The page's files: from the program's own sources, complete, and with nothing from elsewhere."""

import json
import re
from pathlib import Path

import pytest

from tcmdesk.core.i18n import LANGUAGES
from tcmdesk.gateway import pages
from tcmdesk.gateway.texts import PAGE_TEXTS

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "resources" / "gateway"
SCRIPTS = sorted(FOLDER.glob("*.js"))


@pytest.fixture(scope="module")
def files():
    return pages.load()


def body(files, path):
    return files[path].body.decode()


def sources():
    return "\n".join(path.read_text("utf-8") for path in SCRIPTS)


def asked_keys():
    """Keys of texts in the scripts; those made of parts are spelt out here."""
    written = set(re.findall(r'"([a-z]+\.[a-z_0-9]+)"', sources()))
    areas = {key.partition(".")[0] for key in PAGE_TEXTS}
    found = {key for key in written if key.partition(".")[0] in areas}
    reasons = {"refused", "no_camera", "no_microphone", "taken", "failed", "in_app", "browser"}
    found |= {f"trouble.{reason}{end}" for reason in reasons for end in ("", "_do")}
    found |= {f"quality.{word}" for word in ("excellent", "good", "fair", "poor")}
    return found | {f"devices.{word}" for word in ("heard", "quiet", "speak")}


def test_every_text_that_is_asked_for_is_there_and_none_is_idle():
    assert asked_keys() == set(PAGE_TEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_text(files, language):
    texts = json.loads(body(files, f"/texts/{language}.json"))
    assert texts.keys() == PAGE_TEXTS.keys()
    assert all(texts.values())


def test_colours_come_from_the_tokens(files):
    tokens = json.loads((ROOT / "resources/theme/tokens.json").read_text("utf-8"))["colour"]
    css = body(files, "/static/tokens.css")
    light, dark = css.split("@media")
    assert f"--accent:{tokens['accent']['light']};" in light
    assert f"--accent-soft:{tokens['accent_soft']['dark']};" in dark
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", body(files, "/static/page.css")))
    assert used - {"ink", "veil"} <= {name.replace("_", "-") for name in tokens}


def test_icons_that_are_shown_are_in_the_sprite(files):
    there = set(re.findall(r'<symbol id="([a-z0-9-]+)"', body(files, "/static/icons.svg")))
    source = sources()
    shown = set(re.findall(r'(?:icon|sign)\(\s*"([a-z0-9-]+)"', source)) | set(
        re.findall(r'symbol: "([a-z0-9-]+)"', source)
    )
    shown |= {"microphone-off", "camera-off", "sound", "camera-turn", "phone-off"}
    assert shown == there


def test_everything_the_page_names_is_served(files):
    named = set(re.findall(r'(?:href|src)="(/[^"#]*)"', body(files, "/")))
    named |= {f"/static/{name}" for name in re.findall(r'from "\./([^"]+)"', sources())}
    assert named <= files.keys()


def test_nothing_comes_from_elsewhere_and_no_script_stands_in_the_page(files):
    for path, page in files.items():
        text = page.body.decode()
        addresses = set(re.findall(r"https?://[^\s\"'`)]+", text)) - {"http://www.w3.org/2000/svg"}
        assert addresses == set(), path
    html = body(files, "/")
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert not re.search(r"\son[a-z]+=|style=|javascript:", html)
    assert not re.search(r"innerHTML|insertAdjacentHTML|eval\(|new Function", sources())


def test_an_etag_stands_for_the_content(files):
    assert len({page.etag for page in files.values()}) == len(files)
