"""The contracts of `.importlinter` on the real tree, and on copies of it with one forbidden import each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LINT = Path(sys.executable).with_name("lint-imports")

BREACHES = {
    "core imports a feature": ("floors", "core/errors.py", "tcmdesk.features.patients.types"),
    "core imports the screens' kit": ("floors", "core/actor.py", "tcmdesk.ui.changes"),
    "the screens' kit imports a feature": ("floors", "ui/changes.py", "tcmdesk.features.patients.types"),
    "the screens' kit imports the application": ("floors", "ui/changes.py", "tcmdesk.app.planted"),
    "media imports the screens' kit": ("floors", "media/planted.py", "tcmdesk.ui.changes"),
    "a feature imports the application": ("floors", "features/patients/types.py", "tcmdesk.app.planted"),
    "the gateway imports the application": ("floors", "gateway/planted.py", "tcmdesk.app.planted"),
    "a package beside the floors": ("floors", "helpers/planted.py", "tcmdesk.core.errors"),
    "types import the service": ("inside", "features/patients/types.py", "tcmdesk.features.patients.service"),
    "queries import the service": (
        "inside",
        "features/patients/queries.py",
        "tcmdesk.features.patients.service",
    ),
    "the service imports a screen": (
        "inside",
        "features/patients/service.py",
        "tcmdesk.features.patients.ui.planted",
    ),
    "a module beside a feature's layers": ("inside", "features/patients/helpers.py", "tcmdesk.core.errors"),
    "patients import appointments": (
        "order",
        "features/patients/service.py",
        "tcmdesk.features.appointments.types",
    ),
    "settings import identity": ("order", "features/settings/service.py", "tcmdesk.features.identity.types"),
    "a feature outside the order": ("order", "features/planted/types.py", "tcmdesk.core.errors"),
    "another feature's queries": (
        "internals",
        "features/appointments/service.py",
        "tcmdesk.features.patients.queries",
    ),
    "another feature's screen": (
        "internals",
        "features/appointments/ui/planted.py",
        "tcmdesk.features.patients.ui.other",
    ),
    "another feature's tables in a service": (
        "internals",
        "features/appointments/service.py",
        "tcmdesk.features.patients.models",
    ),
    "the application opens a feature's tables": (
        "internals",
        "app/planted.py",
        "tcmdesk.features.patients.models",
    ),
    "a screen imports SQLAlchemy": ("ui-no-sql", "features/patients/ui/planted.py", "sqlalchemy.orm"),
    "a screen sees models": (
        "ui-no-sql",
        "features/patients/ui/planted.py",
        "tcmdesk.features.patients.models",
    ),
    "a screen sees queries": (
        "ui-no-sql",
        "features/patients/ui/planted.py",
        "tcmdesk.features.patients.queries",
    ),
    "the screens' kit imports SQLAlchemy": ("ui-no-sql", "ui/changes.py", "sqlalchemy"),
    "core imports Qt": ("headless", "core/errors.py", "PySide6.QtCore"),
    "a service imports Qt": ("headless", "features/patients/service.py", "PySide6.QtWidgets"),
    "a service imports Qt by way of core": ("headless", "core/planted.py", "qasync"),
    "a feature's description imports Qt": ("headless", "features/patients/feature.py", "PySide6.QtGui"),
    "the gateway imports Qt": ("headless", "gateway/planted.py", "PySide6.QtCore"),
    "media imports SQLAlchemy": ("media", "media/planted.py", "sqlalchemy"),
    "media imports the database": ("media", "media/planted.py", "tcmdesk.core.db.database"),
}

LEGAL = {
    "features/appointments/service.py": "tcmdesk.features.patients.service",
    "features/appointments/queries.py": "tcmdesk.features.patients.models",
    "features/appointments/ui/planted.py": "tcmdesk.features.patients.types",
    "features/patients/ui/planted.py": "PySide6.QtWidgets",
    "features/patients/feature.py": "tcmdesk.core.registry",
    "app/planted.py": "tcmdesk.features.identity.service",
    "media/planted.py": "PySide6.QtCore",
    "cli/demo/planted.py": "tcmdesk.features.patients.models",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("grimp")


@pytest.fixture
def house(tmp_path):
    """A copy of the sources in which imports can be planted."""
    shutil.copytree(ROOT / "tcmdesk", tmp_path / "tcmdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def plant(house: Path, file: str, imported: str) -> None:
    path = house / "tcmdesk" / file
    if path.with_suffix("").is_dir():
        path = path.with_suffix("") / "__init__.py"
    _make_package(path.parent)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"\nimport {imported}  # planted\n")
    target = house.joinpath(*imported.split("."))
    if imported.startswith("tcmdesk.") and not target.is_dir() and not target.with_suffix(".py").exists():
        _make_package(target.parent)
        target.with_suffix(".py").touch()


def _make_package(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()


def lint(house: Path, cache: Path, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [LINT, "--no-logo", "--cache-dir", cache, *options],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", BREACHES)
def test_a_planted_breach_is_caught(house, cache, name):
    contract, file, imported = BREACHES[name]
    plant(house, file, imported)
    done = lint(house, cache, "--contract", contract)
    assert done.returncode == 1, done.stdout + done.stderr
    importer = file.removesuffix(".py").replace("/", ".")
    named = " ".join(done.stdout.split())
    package = importer.rpartition(".")[0]
    assert importer in named or package in named


def test_the_house_keeps_its_contracts(house, cache):
    done = lint(house, cache)
    assert done.returncode == 0, done.stdout + done.stderr


def test_legal_imports_pass(house, cache):
    before = lint(house, cache)
    for file, imported in LEGAL.items():
        plant(house, file, imported)
    done = lint(house, cache)
    assert done.returncode == before.returncode, done.stdout
