"""The database behind the service: SQLite in WAL by default, PostgreSQL by its address.

Schema changes go through Alembic alone; `prepared` brings a database to the newest schema.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from api.settings import ApiSettings
from api.storage.engines import engine_of, meanwhile
from drafter.errors import OperatorError

_PATIENCE = 20.0
"""Seconds that a writer waits for its turn, and a request for a connection."""
_PROBE = 5.0
"""Seconds that a probe waits at most: whoever asks for readiness has little time."""
_MIGRATION = 600
"""Seconds that a migration may take, and that other processes wait for it."""
_WRITERS = 7_316_402
"""The turn of the writers on PostgreSQL: the number of an advisory lock."""
_MIGRATIONS = Path(__file__).with_name("migrations")


class Database:
    """Sessions on one database; made once for the process."""

    def __init__(self, url: str, *, patience: float = _PATIENCE) -> None:
        self.url = url
        self.patience = patience
        self.engine = engine_of(url, patience)
        self.is_postgresql = self.engine.dialect.name == "postgresql"
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that writes nothing, and sees one state of the database to its end.

        A draft and its sections are read one after the other: without that they might be of two
        versions. SQLite gives it unasked.
        """
        with self._sessions() as session:
            if self.is_postgresql:
                session.connection(
                    execution_options={
                        "isolation_level": "REPEATABLE READ",
                        "postgresql_readonly": True,
                    }
                )
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: kept whole at the end, or not at all.

        Writers take turns from the beginning, in all processes: what one has read no other changes
        before it ends, so that versions, the numbers of events and the audit trail have neither
        gaps nor doubles. On SQLite a transaction that reads first and writes later might be
        refused in the middle. Nothing slow belongs in here.
        """
        with self._sessions() as session, session.begin():
            _take_turn(session.connection(execution_options={"begin": "IMMEDIATE"}))
            yield session

    def probe(self) -> None:
        """Takes a writer's turn and reads a row; returns if the service could work.

        Raises:
            SQLAlchemyError, OperatorError: it could not.
        """
        seconds = min(_PROBE, self.patience)
        with ExitStack() as stack:
            connection = stack.enter_context(self.engine.connect())
            if not self.is_postgresql:
                most, before = round(seconds * 1000), round(self.patience * 1000)
                stack.enter_context(meanwhile(connection, "busy_timeout", most, before=before))
            connection = connection.execution_options(begin="IMMEDIATE")
            stack.enter_context(connection.begin())
            _take_turn(connection, seconds)
            if self.is_postgresql and connection.scalar(text("SHOW transaction_read_only")) == "on":
                raise OperatorError("数据库只读，不能写入")
            connection.execute(text("SELECT version_num FROM alembic_version")).one()

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()


def prepared(settings: ApiSettings) -> Database:
    """The database of the settings with the newest schema; its folder is made where it is missing.

    Raises:
        OperatorError: it cannot be reached or written.
    """
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        database = Database(settings.database_url)
        try:
            upgrade(database)
        except BaseException:
            database.close()
            raise
    except (OSError, SQLAlchemyError) as error:
        reason = str(getattr(error, "orig", None) or error).split("\n")[0]
        raise OperatorError(
            f"数据库无法使用：{reason}；请检查 DRAFTER_API_DATABASE 和 DRAFTER_API_DATA"
        ) from error
    return database


def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the schema to a version, the newest by default; all of it or nothing.

    Of several processes that start together one does it, the others wait.

    Raises:
        OperatorError: rows would be left that refer to nothing.
    """
    if revision == "head" and _is_newest(database):
        return
    from alembic import command  # noqa: PLC0415 - takes longer than most commands

    with _migrating(database) as config:
        command.upgrade(config, revision)


def downgrade(database: Database, revision: str) -> None:
    """Brings the schema back to an older version; errors as `upgrade`."""
    from alembic import command  # noqa: PLC0415 - likewise

    with _migrating(database) as config:
        command.downgrade(config, revision)


def _is_newest(database: Database) -> bool:
    """The newest migration was made; their files begin with their number."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        number = connection.scalar(text("SELECT version_num FROM alembic_version"))
    files = (one.name for one in (_MIGRATIONS / "versions").glob("*.py"))
    return bool(number == max(files).partition("_")[0])


@contextmanager
def _migrating(database: Database) -> Iterator[Any]:
    """The configuration of Alembic over a connection in a transaction."""
    from alembic.config import Config  # noqa: PLC0415 - likewise

    with ExitStack() as stack:
        connection = stack.enter_context(database.engine.connect())
        if not database.is_postgresql:
            # A table is changed by making it anew: what refers to it must not notice.
            stack.enter_context(meanwhile(connection, "foreign_keys", 0, before=1))
        connection = connection.execution_options(begin="IMMEDIATE")
        stack.enter_context(connection.begin())
        _take_turn(connection, _MIGRATION)
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        yield config
        if not database.is_postgresql:
            left = connection.execute(text("PRAGMA foreign_key_check")).first()
            if left is not None:
                raise OperatorError(f"数据库升级后{left[0]}表有行无所归属，升级已撤回")


def _take_turn(connection: Connection, seconds: float = 0) -> None:
    """Waits until no other writer is at work; on SQLite the beginning of the transaction was that.

    Args:
        connection: In a transaction, at whose end the turn is another's.
        seconds: For which to wait, and for which a statement may take; 0 for those of the engine.
    """
    if connection.dialect.name != "postgresql":
        return
    if seconds:
        for name in ("statement_timeout", "lock_timeout"):
            connection.execute(text(f"SET LOCAL {name} = {round(seconds * 1000)}"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITERS})
