"""The database behind the service: SQLite in WAL by default, PostgreSQL by its address.

Schema changes go through Alembic alone; `prepared` brings a database to the newest schema.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from api.settings import ApiSettings
from drafter.errors import OperatorError

_BUSY_SECONDS = 20
_MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """Sessions on one database; made once for the process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that writes nothing."""
        with self._sessions() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: kept whole at the end, or not at all.

        Writers wait for each other from the beginning: on SQLite a transaction that reads first
        and writes later may be refused in the middle.
        """
        with self._sessions() as session, session.begin():
            if self.engine.dialect.name == "sqlite":
                session.connection(execution_options={"begin": "IMMEDIATE"})
            yield session

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


def prepared(settings: ApiSettings) -> Database:
    """The database of the settings with the newest schema; its folder is made where it is missing.

    Raises:
        OperatorError: it cannot be reached or written.
    """
    try:
        if not settings.database:
            settings.data.mkdir(parents=True, exist_ok=True)
        database = Database(settings.database_url)
        upgrade(database)
    except (OSError, SQLAlchemyError) as error:
        reason = str(getattr(error, "orig", None) or error).split("\n")[0]
        raise OperatorError(
            f"数据库无法使用：{reason}；请检查 DRAFTER_API_DATABASE 和 DRAFTER_API_DATA"
        ) from error
    return database


def upgrade(database: Database) -> None:
    """Brings the schema to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        # Transactions are begun by us: the driver would begin them late, and deferred.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Any) -> None:
        mode = connection.get_execution_options().get("begin", "")
        connection.exec_driver_sql(f"BEGIN {mode}".strip())

    return engine
