"""Bring a database to the form of this release, in one transaction; several processes may try at once."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from mapapp.domain.errors import StoreNewer
from mapapp.store.engine import place_of, reading, writing

LOCK = 0x6D61706170  # an advisory lock's number: any that nobody else takes


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing; raises StoreNewer for a form that this release does not know."""
    config = Config()
    config.set_main_option("script_location", str(files("mapapp.store") / "migrations"))
    script = ScriptDirectory.from_config(config)
    with reading(engine) as connection:
        found = revision(connection)
    if found == script.get_current_head():
        return
    if found is not None and found not in {known.revision for known in script.walk_revisions()}:
        raise StoreNewer("store", place=place_of(engine), found=found)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(connection: Connection) -> str | None:
    """Return the form that a database has, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
