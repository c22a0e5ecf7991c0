"""Features announce themselves."""

from importlib import import_module

from tcmdesk.core.db.base import Base
from tcmdesk.core.registry import load_features, load_models


def test_features_come_in_the_order_of_the_menu():
    features = load_features()
    assert [feature.name for feature in features] == [
        feature.name for feature in sorted(features, key=lambda feature: (feature.order, feature.name))
    ]
    assert {"appointments", "patients", "identity", "settings", "notifications"} <= {
        feature.name for feature in features
    }


def test_the_tables_that_features_name_exist():
    load_models()
    for feature in load_features():
        named = feature.refresh_on.union(*(job.wakes_on for job in feature.jobs))
        assert named <= set(Base.metadata.tables), feature.name


def test_every_job_can_be_loaded_and_has_a_reason_to_run():
    for feature in load_features():
        for job in feature.jobs:
            module, _, name = job.path.partition(":")
            assert callable(getattr(import_module(module), name))
            assert job.wakes_on or job.every_seconds, job.name


def test_every_screen_has_a_permission():
    for feature in load_features():
        for screen in feature.screens:
            assert screen.permission is not None or feature.permission is not None, screen.name
