"""One spelling for a default, whichever server or dialect wrote it."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.schema.autogenerate import include_name, normal_default, render_item
from tcmdesk.core.registry import load_models


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        (None, None),
        ("NULL", None),
        ("'pending'", "pending"),
        ("pending", "pending"),
        ("_utf8mb4\\'{}\\'", "{}"),
        ("(_utf8mb4'{}')", "{}"),
        ("('{}')", "{}"),
        ("(uuid())", "uuid()"),
        ("current_timestamp()", "CURRENT_TIMESTAMP"),
        (
            "current_timestamp() ON UPDATE current_timestamp()",
            "CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
        ),
        ("'0.00'", "0.00"),
    ],
)
def test_defaults_have_one_spelling(written, normal):
    assert normal_default(written) == normal


def test_only_the_models_tables_are_compared_and_opt_in_indexes_left_alone():
    load_models()
    assert include_name("users", "table", {})
    assert not include_name("someone_elses", "table", {})
    assert not include_name("desk_users_role_name", "index", {"table_name": "users"})
    assert include_name("idx_users_role", "index", {"table_name": "users"})
    assert include_name("desk_slots_appointment", "index", {"table_name": "desk_slots"})


def test_a_new_revision_writes_our_types_and_defaults_by_name():
    load_models()
    with sa.create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection)
        script = produce_migrations(context, Base.metadata)
        code = render_python_code(script.upgrade_ops, render_item=render_item)
    assert "server_default=now_on_update()" in code
    assert "server_default=uuid_default()" in code
    assert "UtcTimestamp()" in code
    assert "Money()" in code
    assert "server_default=sa.text('CURRENT_TIMESTAMP')" in code
    assert "randomblob" not in code
    compile(f"def upgrade():\n    {code}", "revision", "exec")
