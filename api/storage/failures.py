"""What a failing database means for whoever asked: wait, mend the request, or tell the makers.

Sorted by the codes of the databases, never by their words, which follow their language.
"""

import sqlite3
from enum import Enum

from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class Failure(Enum):
    """Who can do something about it."""

    DOWN = "down"
    """It is away, locked, full or read-only: the operator mends it, or time does."""
    UNSTORABLE = "unstorable"
    """A value does not fit: NUL in a text, a number beyond all bounds."""
    BUG = "bug"


_DOWN_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_DOWN_POSTGRESQL = (
    "08",  # the connection
    "25006",  # read-only: a standby
    "25P03",  # we held a transaction idle for too long
    "28",  # its password was changed
    "3D000",  # the database was dropped
    "40",  # it ended the transaction: deadlock, a switch of servers
    "53",  # disk, memory, connections used up
    "55P03",  # waited too long for a lock
    "57",  # shut down, starting, cancelled
    "58",  # input and output
    "XX",  # its files are damaged
)


def failure_of(error: SQLAlchemyError) -> Failure:
    """Sorts an error that the database raised."""
    if isinstance(error, PoolTimeout):
        return Failure.DOWN
    if isinstance(error, DataError):
        return Failure.UNSTORABLE
    if not isinstance(error, DBAPIError):
        return Failure.BUG
    if error.connection_invalidated:
        return Failure.DOWN
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    if cause is not None and hasattr(cause, "sqlstate"):  # psycopg's, which SQLite does without
        return _of_postgresql(cause.sqlstate)
    return Failure.BUG


def _of_sqlite(cause: sqlite3.Error) -> Failure:
    code: int | None = getattr(cause, "sqlite_errorcode", None)
    # The low byte is the kind, the others tell more of it.
    return Failure.DOWN if code is not None and code & 0xFF in _DOWN_SQLITE else Failure.BUG


def _of_postgresql(code: str | None) -> Failure:
    if code is None:  # it never came to an answer of the server
        return Failure.DOWN
    return Failure.DOWN if code.startswith(_DOWN_POSTGRESQL) else Failure.BUG


def unstorable(cause: BaseException, statement: str | None) -> DataError | None:
    """The error of a value that the driver could not even hand over; None for any other."""
    if isinstance(cause, OverflowError | UnicodeEncodeError):
        return DataError(statement, None, cause)
    return None
