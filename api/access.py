"""Who is let in, and what their role allows: what the routes ask of access."""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api import tokens
from api.problems import Problem
from api.storage.database import Database
from api.tokens import Principal, Right, identifier

__all__ = ["Gate", "Principal", "allowed", "identifier"]


class Gate:
    """Lets requests in: by token, not too many, and slower for whoever guesses."""

    def __init__(self, database: Database, *, requests: int, attempts: int) -> None:
        self._database = database
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(requests)
        self._attempts = RateLimitItemPerMinute(attempts)

    def admit(self, authorization: str, address: str) -> Principal:
        """The principal of a header.

        Raises:
            Problem: 401 without a valid token, 429 for too many requests or guesses.
        """
        if not self._limiter.test(self._attempts, "guess", address):
            raise self._too_many("guess", self._attempts, address)
        scheme, _, written = authorization.partition(" ")
        given = tokens.split(written.strip()) if scheme.lower() == "bearer" else None
        found = tokens.found(self._database, *given).principal if given else None
        if found is None:
            self._limiter.hit(self._attempts, "guess", address)
            raise Problem(
                401,
                "没有令牌，或令牌无效、已过期、已撤销",
                code="access.token",
                headers={"WWW-Authenticate": "Bearer"},
            )
        if not self._limiter.hit(self._requests, "token", found.token):
            raise self._too_many("token", self._requests, found.token)
        return found

    def _too_many(self, kind: str, item: RateLimitItemPerMinute, key: str) -> Problem:
        window = self._limiter.get_window_stats(item, kind, key)
        wait = max(1, round(window.reset_time - datetime.now(UTC).timestamp()))
        return Problem(
            429,
            f"请求过多，请{wait}秒后再试",
            code="access.rate",
            headers={"Retry-After": str(wait)},
        )


def allowed(right: Right) -> Callable[[Request], Principal]:
    """A dependency: the principal that the guards admitted, if its role has the right."""

    def dependency(request: Request) -> Principal:
        principal: Principal = request.state.principal
        if not principal.may(right):
            raise Problem(403, f"您的角色（{principal.role}）没有这项权限", code="access.role")
        return principal

    return dependency
