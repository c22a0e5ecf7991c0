"""Alembic's environment: the connection is handed in, by `tcmdesk db upgrade` or opened from ``-x url=…``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.engines import parse_url
from tcmdesk.core.db.schema import autogenerate
from tcmdesk.core.db.schema.connect import changing
from tcmdesk.core.db.schema.version import VERSION_TABLE
from tcmdesk.core.registry import load_models

if TYPE_CHECKING:
    from sqlalchemy import Connection


def run(connection: Connection) -> None:
    """Run what Alembic was asked for."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        version_table=VERSION_TABLE,
        include_name=autogenerate.include_name,
        compare_type=True,
        compare_server_default=autogenerate.compare_server_default,
        render_item=autogenerate.render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    load_models()
    with changing(parse_url(context.get_x_argument(as_dictionary=True)["url"])) as opened:
        run(opened)
