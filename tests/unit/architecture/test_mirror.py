"""The tests lie as the sources do: `tests/<kind>/a/b/test_c.py` tests `tcmdesk/a/b/c.py`.

`test_c_when_full.py` is a second file about the same module. The project's own tools and test helpers count as sources.
"""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KINDS = ("unit", "db", "ui")
#: where a package may lie, by its path in the tests
SOURCES = (ROOT / "tcmdesk", ROOT, ROOT / "tests")

#: tests of no single module, each with the reason
ALLOWED = {
    "ui/test_qt_calls.py": "tests the PySide6 release, not us",
    "unit/tools/test_dev.py": "tests ./dev, which is no Python",
    "db/core/db/schema/test_contract.py": "models, revision and doctor against the contract's facts",
    "db/core/db/schema/test_resume.py": "upgrades killed anywhere between all steps",
    "unit/architecture/": "what is said about all modules together",
}


def mirrored_module(path: Path) -> Path | None:
    """The module or package that a test file, given relative to `tests`, is about."""
    name = path.stem.removeprefix("test_")
    for source in SOURCES:
        folder = source.joinpath(*path.parts[1:-1])
        words = name.split("_")
        for count in range(len(words), 0, -1):
            module = folder / "_".join(words[:count])
            if module.with_suffix(".py").is_file() or (module / "__init__.py").is_file():
                return module
    return None


def allowed(path: Path) -> bool:
    return any(path.as_posix().startswith(prefix) for prefix in ALLOWED)


def mirrored_paths() -> list[Path]:
    return sorted(
        path.relative_to(ROOT / "tests")
        for kind in KINDS
        for path in (ROOT / "tests" / kind).rglob("test_*.py")
    )


def test_every_test_file_mirrors_a_module():
    strays = [
        path.as_posix() for path in mirrored_paths() if not allowed(path) and mirrored_module(path) is None
    ]
    assert strays == []


def test_every_exception_is_in_use():
    assert [
        prefix
        for prefix in ALLOWED
        if not any(path.as_posix().startswith(prefix) for path in mirrored_paths())
    ] == []


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("unit/core/test_errors.py", "tcmdesk/core/errors"),
        ("db/core/db/test_ledger_after_a_kill.py", "tcmdesk/core/db/ledger"),
        ("unit/tools/test_links.py", "tools/links"),
        ("unit/support/test_leaks.py", "tests/support/leaks"),
        ("unit/core/test_nothing.py", None),
        ("unit/nowhere/test_errors.py", None),
    ],
)
def test_the_rule_itself(path, module):
    found = mirrored_module(Path(path))
    assert (found and found.relative_to(ROOT).as_posix()) == module
