"""The display on two real screens: a process of its own, because a platform's screens are decided at its start."""

import json
import os
import subprocess
import sys

SCRIPT = """
import json, sys
from PySide6.QtWidgets import QApplication, QWidget
from tcmdesk.features.reception.ui.display_place import DisplayPlace

app = QApplication(sys.argv)
desk, wall = QWidget(), QWidget()
desk.show()
place = DisplayPlace(wall, desk)
told = []
place.lost.connect(lambda: told.append("lost"))
place.found.connect(lambda: told.append("found"))
seen = []

def look():
    app.processEvents()
    box = wall.geometry()
    seen.append([wall.screen().name(), wall.isFullScreen(), [box.width(), box.height()]])

place.show()
look()
for screen in app.screens():
    if screen.name() == "wall":
        place.on_screen_removed(screen)
        look()
        place.on_screen_added(screen)
        look()
print(json.dumps([seen, told]))
"""


def run(tmp_path, names):
    screens = [
        {"name": name, "x": 1440 * at, "y": 0, "width": 1440, "height": 900, "logicalDpi": 96, "logicalBaseDpi": 96,
         "dpr": 1}
        for at, name in enumerate(names)
    ]  # fmt: skip
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"synchronousWindowSystemEvents": True, "screens": screens}))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_it_fills_the_second_screen_goes_on_in_a_window_and_returns(tmp_path):
    seen, told = run(tmp_path, ["desk", "wall"])
    assert seen == [["wall", True, [1440, 900]], ["desk", False, [960, 600]], ["wall", True, [1440, 900]]]
    assert told == ["lost", "found"]


def test_with_one_screen_it_is_a_window(tmp_path):
    seen, told = run(tmp_path, ["desk"])
    assert seen == [["desk", False, [960, 600]]]
    assert told == []
