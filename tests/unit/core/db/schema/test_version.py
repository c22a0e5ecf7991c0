"""The revision that start-up asks for is the newest there is."""

from alembic.config import Config
from alembic.script import ScriptDirectory

from tcmdesk.core import paths
from tcmdesk.core.db.schema.version import HEAD


def scripts():
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    return ScriptDirectory.from_config(config)


def test_the_head_is_the_newest_revision():
    assert scripts().get_heads() == [HEAD]


def test_revisions_are_named_by_date_in_their_order():
    names = [script.revision for script in scripts().walk_revisions()]
    assert names == sorted(names, reverse=True)
    assert all(name[:4].isdigit() and len(name) <= 32 for name in names)
