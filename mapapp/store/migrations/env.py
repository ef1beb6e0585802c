"""What Alembic runs: the migrations on the connection and in the transaction that `migrate` has opened."""

from alembic import context

from mapapp.store.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
