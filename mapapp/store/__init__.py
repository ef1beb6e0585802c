"""Where versions are kept: SQLite by default, PostgreSQL with PostGIS by address; nothing else imports SQLAlchemy."""

from mapapp.store.store import Store, open_store

__all__ = ["Store", "open_store"]
