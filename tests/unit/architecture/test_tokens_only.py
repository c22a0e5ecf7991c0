"""Colours, sizes and radii come from the tokens and are written nowhere else."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
THEME = ROOT / "tcmdesk" / "ui" / "theme"
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}(?:[0-9a-fA-F]{2})?\b")
# Qt's calls that take lengths. 0, 1 and 2 are allowed: nothing, a hairline, a ring.
LENGTH_CALLS = {
    "setFixedSize", "setFixedWidth", "setFixedHeight", "setMinimumSize", "setMinimumWidth", "setMinimumHeight",
    "setMaximumSize", "setMaximumWidth", "setMaximumHeight", "setSpacing", "setContentsMargins", "addSpacing",
    "setHorizontalSpacing", "setVerticalSpacing", "setPointSize", "setPointSizeF", "setPixelSize", "setIconSize",
    "setDefaultSectionSize", "setColumnWidth", "setRowHeight", "setTextMargins",
}  # fmt: skip


def own_looks(source: str) -> list[str]:
    """What a source says about looks by itself, as ``line: what``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HEX.fullmatch(node.value):
            found.append(f"{node.lineno}: colour {node.value}")
        elif isinstance(node, ast.Attribute) and _is_global_colour(node):
            found.append(f"{node.lineno}: Qt.GlobalColor.{node.attr}")
        elif isinstance(node, ast.Call):
            found += _calls(node)
    return found


def _is_global_colour(node: ast.Attribute) -> bool:
    return (
        isinstance(node.value, ast.Attribute)
        and node.value.attr == "GlobalColor"
        and node.attr not in {"transparent", "color0", "color1"}  # nothing, and the two values of a mask
    )


def _calls(node: ast.Call) -> list[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    numbers = [
        arg.value for arg in node.args if isinstance(arg, ast.Constant) and type(arg.value) in {int, float}
    ]
    if name == "setStyleSheet":
        return [f"{node.lineno}: a style sheet of its own"]
    if name == "QColor" and any(isinstance(arg, ast.Constant) for arg in node.args):
        return [f"{node.lineno}: a colour by QColor"]
    if name in LENGTH_CALLS and any(abs(number) > 2 for number in numbers):
        return [f"{node.lineno}: {name}({', '.join(map(str, numbers))})"]
    return []


@pytest.mark.parametrize(
    "source",
    [
        "ink = '#FF0000'",
        "ink = '#abc'",
        "ink = QColor('red')",
        "ink = QColor(1, 2, 3)",
        "ink = Qt.GlobalColor.red",
        "widget.setStyleSheet(text)",
        "widget.setFixedHeight(32)",
        "layout.setContentsMargins(16, 0, 16, 0)",
        "font.setPixelSize(13)",
    ],
)
def test_a_look_of_its_own_is_seen(source):
    assert own_looks(source)


@pytest.mark.parametrize(
    "source",
    [
        "ink = current().colour('accent')",
        "ink = QColor(other)",
        "pixmap.fill(Qt.GlobalColor.transparent)",
        "widget.setFixedHeight(current().px(32))",
        "layout.setContentsMargins(0, 1, 0, 2)",
        "number = '#7'",
        "text = 'see #12345'",
    ],
)
def test_tokens_are_no_look_of_its_own(source):
    assert not own_looks(source)


def test_looks_are_written_in_the_tokens_only():
    found = {
        str(path.relative_to(ROOT)): looks
        for path in sorted((ROOT / "tcmdesk").rglob("*.py"))
        if THEME not in path.parents and (looks := own_looks(path.read_text("utf-8")))
    }
    assert not found
