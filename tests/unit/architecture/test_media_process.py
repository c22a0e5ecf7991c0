"""The media process may use QtCore, QtGui and QtMultimedia, and no widget; import-linter cannot tell Qt's modules apart."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ALLOWED = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtMultimedia"}


def foreign_qt(source: str) -> set[str]:
    """The Qt modules that a source imports beyond the allowed ones."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "PySide6":
            imported |= {f"PySide6.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    return {name for name in imported if name.split(".")[0] == "PySide6"} - ALLOWED


@pytest.mark.parametrize(
    "source",
    [
        "import PySide6.QtWidgets",
        "from PySide6 import QtWidgets",
        "from PySide6 import QtCore, QtMultimediaWidgets",
        "from PySide6.QtWidgets import QLabel",
        "def later():\n    from PySide6.QtQuick import QQuickView",
        "import PySide6",
    ],
)
def test_a_planted_widget_is_caught(source):
    assert foreign_qt(source)


def test_what_it_needs_passes():
    assert not foreign_qt(
        "from PySide6.QtCore import QObject\nfrom PySide6 import QtGui, QtMultimedia\nimport av\n"
    )


def test_the_media_process_has_no_widgets():
    files = sorted((ROOT / "tcmdesk" / "media").rglob("*.py"))
    assert files
    assert {
        file.name: found for file in files if (found := foreign_qt(file.read_text(encoding="utf-8")))
    } == {}
