"""How often: requests of a token, wrong tokens from an address, wrong secrets of one token.

A secret has 256 random bits: nobody finds one by trying. What is slowed is the noise, and nobody
who holds a right token is kept out by somebody else's noise: an address is told to wait only when
what it brings is wrong, and a token that is being guessed at waits only where it is new to the
process. Wrong tokens are counted in the process, requests by all processes on PostgreSQL.
"""

import hashlib
import ipaddress
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from time import monotonic

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.problems import Problem
from api.storage.database import Database
from api.storage.failures import Failure, failure_of
from drafter.errors import OperatorError

FREE = 5
"""Wrong secrets of one token before anybody waits."""
LONGEST = 300.0
_FORGOTTEN = 3600.0
_PROVEN = 10_000
_log = logging.getLogger(__name__)
_COUNT = text("""
    INSERT INTO request_counts AS counted (token, minute, used)
    VALUES (:token, floor(extract(epoch FROM now()) / 60), 1)
    ON CONFLICT (token) DO UPDATE SET
        used = CASE WHEN counted.minute = excluded.minute THEN counted.used + 1 ELSE 1 END,
        minute = excluded.minute
    WHERE counted.minute <> excluded.minute OR counted.used < :most
    RETURNING used
""")


def too_many(wait: float) -> Problem:
    """The answer to who is to wait.

    Args:
        wait: Seconds.
    """
    shown = max(1, round(wait))
    return Problem(
        429,
        f"请求过多，请{shown}秒后再试",
        code="access.rate",
        headers={"Retry-After": str(shown)},
    )


class Rates:
    """The requests of a token in a minute, and the wrong tokens of an address."""

    def __init__(self, database: Database, *, requests: int, attempts: int) -> None:
        self._database = database
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(requests)
        self._attempts = RateLimitItemPerMinute(attempts)

    def count(self, token: str) -> None:
        """One more request of a token.

        Raises:
            Problem: 429, and the request not counted.
        """
        if not self._database.is_postgresql:
            self._hit(self._requests, "token", token)
            return
        try:
            is_within = self._counted_together(token)
        except SQLAlchemyError as error:
            if failure_of(error) is not Failure.DOWN:
                raise
            # A server that takes no writes may still be read: its readers are counted here then.
            _log.warning("requests are counted by this process alone: %s", type(error).__name__)
            self._hit(self._requests, "token", token)
            return
        if not is_within:
            raise too_many(60 - datetime.now(UTC).timestamp() % 60)

    def _counted_together(self, token: str) -> bool:
        parameters = {"token": token, "most": self._requests.amount}
        options = {"isolation_level": "AUTOCOMMIT"}
        with self._database.engine.connect().execution_options(**options) as connection:
            return connection.execute(_COUNT, parameters).first() is not None

    def missed(self, address: str) -> None:
        """One more wrong token from an address.

        Raises:
            Problem: 429 where there were too many.
        """
        self._hit(self._attempts, "guess", network(address))

    def _hit(self, item: RateLimitItemPerMinute, kind: str, key: str) -> None:
        if not self._limiter.hit(item, kind, key):
            window = self._limiter.get_window_stats(item, kind, key)
            raise too_many(window.reset_time - datetime.now(UTC).timestamp())


@dataclass(frozen=True, slots=True)
class _Guessed:
    count: int
    at: float


class Guesses:
    """Wrong secrets of single tokens from wherever, and the tokens that were right before."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._guessed: dict[str, _Guessed] = {}
        self._proven: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def wait(self, identity: str, secret: str) -> float:
        """Seconds until a secret of a token is looked at again; 0 for one that was right before.

        After `FREE` wrong ones the wait doubles with each, up to `LONGEST`; while it lasts nothing
        is looked at, so that more of them do not make it longer.
        """
        with self._lock:
            found = self._guessed.get(identity)
            if found is None or _mark(identity, secret) in self._proven:
                return 0.0
            wait = 0.0 if found.count < FREE else min(2.0 ** (found.count - FREE), LONGEST)
            return max(0.0, found.at + wait - self._clock())

    def wrong(self, identity: str) -> None:
        """A wrong secret of a token that there is."""
        now = self._clock()
        with self._lock:
            found = self._guessed.get(identity)
            before = found.count if found and now - found.at < _FORGOTTEN else 0
            self._guessed[identity] = _Guessed(min(before + 1, FREE + 20), now)

    def right(self, identity: str, secret: str) -> None:
        """A right one: its holder waits no more in this process."""
        mark = _mark(identity, secret)
        with self._lock:
            self._proven[mark] = None
            self._proven.move_to_end(mark)
            if len(self._proven) > _PROVEN:
                self._proven.popitem(last=False)


def _mark(identity: str, secret: str) -> bytes:
    return hashlib.sha256(f"{identity}_{secret}".encode()).digest()


def network(address: str) -> str:
    """By what an address is counted: whoever has one of IPv6 has the whole /64."""
    found = _address(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(found), 64), strict=False))
    return address if found is None else str(found)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies whose word is taken for where a request comes from."""

    networks: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]

    def client(self, peer: str, forwarded: str) -> str:
        """The address a request is counted by.

        Args:
            peer: Who is connected.
            forwarded: `X-Forwarded-For`, all of them. Each proxy adds at the end whom it heard
                from: read from there, the first that is no proxy of ours is the client. What stands
                before it, the client may have written itself.
        """
        client = peer
        for heard in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            if not self._has(client):
                break
            client = heard
        return client

    def _has(self, address: str) -> bool:
        found = _address(address)
        return found is not None and any(found in one for one in self.networks)


def proxies_of(written: str) -> Proxies:
    """Addresses and networks, spaces between them.

    Raises:
        OperatorError: one of them is none.
    """
    try:
        return Proxies(tuple(ipaddress.ip_network(one) for one in written.split()))
    except ValueError as error:
        raise OperatorError(
            f"设置有误：DRAFTER_API_PROXIES 应为地址或网段，空格分开，读到“{written}”"
        ) from error


def _address(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(written)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
