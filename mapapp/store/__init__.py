"""Where versions are kept: SQLite by default, PostgreSQL with PostGIS by address; nothing else imports SQLAlchemy."""

from mapapp.store.backup import back_up, restore_backup
from mapapp.store.store import Store, open_store

__all__ = ["Store", "back_up", "open_store", "restore_backup"]
