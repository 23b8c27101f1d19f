"""Who may do what: bearer tokens, roles, and the organisation that everything is seen through.

A token is `dft_ID_SECRET`; the database keeps a digest of the secret alone. Secrets are random and
long, so that a plain digest of them can be neither guessed nor looked up.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.problems import Problem
from api.storage.audit import record
from api.storage.database import Database
from api.storage.schema import Organisation, Token

Role = Literal["reader", "staff", "editor", "evaluator", "admin"]
Right = Literal["read", "upload", "draft", "edit", "check", "administer"]
ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"read"}),
    "staff": frozenset({"read", "upload", "draft", "check"}),
    "editor": frozenset({"read", "upload", "draft", "check", "edit"}),
    "evaluator": frozenset({"read", "check"}),
    "admin": frozenset({"read", "upload", "draft", "check", "edit", "administer"}),
}
PREFIX = "dft"
_SECRET_BYTES = 32
_NAMED = 180
"""Characters of a name beside the token's id: both fit wherever the database names somebody."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever a request comes from."""

    token: str
    name: str
    role: Role
    organisation: str
    """Id."""
    organisation_name: str

    @property
    def actor(self) -> str:
        """As the audit trail and versions name them."""
        return f"{self.name[:_NAMED]}（{self.token}）"

    def may(self, right: Right) -> bool:
        """The role has the right."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; the secret is shown this once."""

    id: str
    written: str


def identifier(kind: str) -> str:
    """A new id, as `tbl_4f…`."""
    return f"{kind}_{secrets.token_hex(8)}"


def organisation_named(session: Session, name: str) -> Organisation:
    """The organisation of a name, made where it is new."""
    found = session.scalars(select(Organisation).where(Organisation.name == name)).first()
    if found is None:
        found = Organisation(id=identifier("org"), name=name, created_at=datetime.now(UTC))
        session.add(found)
        session.flush()
    return found


def create_token(
    session: Session,
    *,
    organisation: str,
    name: str,
    role: Role,
    actor: str,
    days: int | None = 365,
) -> Made:
    """A new token of an organisation.

    Args:
        session: Of `Database.writing`.
        organisation: Id of the organisation.
        name: Whose it is, for people.
        role: What it may do.
        actor: Who makes it.
        days: Until it expires; None for never.
    """
    now = datetime.now(UTC)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    token = Token(
        id=secrets.token_hex(6),
        organisation_id=organisation,
        name=name,
        role=role,
        digest=_digest(secret),
        created_at=now,
        expires_at=None if days is None else now + timedelta(days=days),
        revoked_at=None,
    )
    session.add(token)
    record(
        session,
        organisation=organisation,
        actor=actor,
        action="token.create",
        target=token.id,
        detail={"name": name, "role": role},
    )
    return Made(token.id, f"{PREFIX}_{token.id}_{secret}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


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
        found = self._found(authorization)
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

    def _found(self, authorization: str) -> Principal | None:
        scheme, _, written = authorization.partition(" ")
        parts = written.strip().split("_", 2)
        if scheme.lower() != "bearer" or len(parts) != 3 or parts[0] != PREFIX:
            return None
        _, name, secret = parts
        with self._database.reading() as session:
            token = session.get(Token, name)
            organisation = session.get(Organisation, token.organisation_id) if token else None
        # Compared also where there is no token, so that the time tells nothing.
        same = hmac.compare_digest(_digest(secret), token.digest if token else _digest(""))
        if token is None or organisation is None or not same or not _is_valid(token):
            return None
        role: Role = next(one for one in ROLES if one == token.role)
        return Principal(token.id, token.name, role, organisation.id, organisation.name)


def _is_valid(token: Token) -> bool:
    now = datetime.now(UTC)
    return token.revoked_at is None and (token.expires_at is None or token.expires_at > now)


def allowed(right: Right) -> Callable[[Request], Principal]:
    """A dependency: the principal that the guards admitted, if its role has the right."""

    def dependency(request: Request) -> Principal:
        principal: Principal = request.state.principal
        if not principal.may(right):
            raise Problem(403, f"您的角色（{principal.role}）没有这项权限", code="access.role")
        return principal

    return dependency
