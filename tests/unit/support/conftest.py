"""The plugins of `tests/support` are tried on tests that break their rule."""

from __future__ import annotations

import pytest


@pytest.fixture
def run_inner(pytester, pytestconfig, monkeypatch):
    """Run one test file, as if it lay in `folder` of a project, with one plugin."""
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    pytester.makeini(
        "[pytest]\nqt_api = pyside6\nqt_log_level_fail = DEBUG\nasyncio_default_fixture_loop_scope = function\n"
    )

    def run(plugin: str, body: str, *, folder: str = "tests/ui", process: bool = False) -> pytest.RunResult:
        path = pytester.path / folder
        path.mkdir(parents=True)
        (path / "test_inner.py").write_text(body, encoding="utf-8")
        run = pytester.runpytest_subprocess if process else pytester.runpytest_inprocess
        return run("-p", plugin, "-p", "no:xdist")

    return run
