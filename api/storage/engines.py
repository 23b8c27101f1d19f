"""Connections to SQLite and PostgreSQL: how they are opened, how long they wait for anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import ExceptionContext

from api.storage.failures import unstorable
from drafter.errors import OperatorError

_CONNECTIONS = 20
"""Of one process at most; a server takes a hundred from all of them as it comes."""
_TIMEOUTS = {"statement_timeout": 60, "idle_in_transaction_session_timeout": 60}
"""Seconds. A process that hangs with the writers' turn in its hand loses it."""
_CONNECT = {"connect_timeout": 5, "tcp_user_timeout": 15_000, "application_name": "drafter"}
"""A server that is away is to be noticed at once; in seconds and milliseconds."""
_SCHEMES = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


def engine_of(url: str, patience: float) -> Engine:
    """The engine of an address.

    Args:
        url: `sqlite:///…`, `postgresql://…` or `postgresql+psycopg://…`.
        patience: Seconds that a writer waits for its turn, and a request for a connection.

    Raises:
        OperatorError: another kind of database.
        ArgumentError: no address at all.
    """
    parsed = make_url(url)
    parsed = parsed.set(drivername=_SCHEMES.get(parsed.drivername, parsed.drivername))
    # Errors name no values: texts and tokens are not to get into a log.
    if parsed.drivername == "postgresql+psycopg":
        engine = _postgresql(parsed, patience)
    elif parsed.get_backend_name() == "sqlite":
        engine = _sqlite(parsed, patience)
    else:
        raise OperatorError(f"不支持的数据库：{parsed.drivername}；可用 SQLite 或 PostgreSQL")
    event.listen(engine, "handle_error", _on_error, retval=True)
    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    """What the address itself says of waiting comes first."""
    waits = {**_TIMEOUTS, "lock_timeout": patience}
    options = " ".join(f"-c {name}={round(most * 1000)}" for name, most in waits.items())
    arguments = {
        name: value
        for name, value in {**_CONNECT, "options": options}.items()
        if name not in url.query
    }
    # A connection is tried before it is used: the server may have been started anew meanwhile.
    engine = create_engine(
        url,
        connect_args=arguments,
        pool_size=5,
        max_overflow=_CONNECTIONS - 5,
        pool_timeout=patience,
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: Any, *_: Any) -> None:
        # What only read comes back as one that insists on writing: a standby would refuse even to
        # begin, with the code of a mistake of ours. It is the server that says what may be written.
        connection.read_only = None

    return engine


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": patience, "check_same_thread": False},
        pool_size=5,
        max_overflow=_CONNECTIONS - 5,
        pool_timeout=patience,
        hide_parameters=True,
    )

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


def _on_error(context: ExceptionContext) -> BaseException | None:
    """What the driver refuses before the database sees it is told as what the database refuses."""
    return unstorable(context.original_exception, context.statement)


@contextmanager
def meanwhile(connection: Connection, pragma: str, value: int, *, before: int) -> Iterator[None]:
    """A setting of a SQLite connection for a while, outside of transactions, where it counts."""
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA {pragma}={value}")
    try:
        yield
    finally:
        raw.execute(f"PRAGMA {pragma}={before}")
