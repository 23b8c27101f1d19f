"""Bearer tokens, roles, and the organisation that everything is seen through.

A token is `dft_ID_SECRET`; the database keeps a digest of the secret alone. Secrets are random and
long, so that a plain digest of them can be neither guessed nor looked up.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

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
State = Literal["有效", "已过期", "已撤销"]
VALID: State = "有效"
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
    drafts_a_day: int | None = None
    """In place of what the operator gives every token; as the next."""
    upload_bytes_a_day: int | None = None

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


@dataclass(frozen=True, slots=True)
class Found:
    """What a written token turned out to be."""

    principal: Principal | None
    """None: unknown, wrong, expired or revoked."""
    is_guess: bool
    """The id is that of a token and the secret is not."""


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
    drafts_a_day: int | None = None,
    upload_bytes_a_day: int | None = None,
) -> Made:
    """A new token of an organisation.

    Args:
        session: Of `Database.writing`.
        organisation: Id of the organisation.
        name: Whose it is, for people.
        role: What it may do.
        actor: Who makes it.
        days: Until it expires; None for never.
        drafts_a_day: In place of what the operator gives every token; as the next.
        upload_bytes_a_day: Likewise.
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
        drafts_a_day=drafts_a_day,
        upload_bytes_a_day=upload_bytes_a_day,
    )
    session.add(token)
    quotas = {"drafts_a_day": drafts_a_day, "upload_bytes_a_day": upload_bytes_a_day}
    record(
        session,
        organisation=organisation,
        actor=actor,
        action="token.create",
        target=token.id,
        detail={"name": name, "role": role}
        | {key: value for key, value in quotas.items() if value is not None},
    )
    return Made(token.id, f"{PREFIX}_{token.id}_{secret}")


def split(written: str) -> tuple[str, str] | None:
    """Id and secret of a written token; None for anything else."""
    parts = written.split("_", 2)
    if len(parts) != 3 or parts[0] != PREFIX or not (parts[1] and parts[2]):
        return None
    return parts[1], parts[2]


_FOUND = (
    select(
        Token.id,
        Token.name,
        Token.role,
        Token.digest,
        Token.expires_at,
        Token.revoked_at,
        Token.drafts_a_day,
        Token.upload_bytes_a_day,
        Token.organisation_id,
        Organisation.name.label("organisation_name"),
    )
    .join(Organisation, Organisation.id == Token.organisation_id)
    .where(Token.id == bindparam("identity"))
)


def found(database: Database, identity: str, secret: str) -> Found:
    """Whose a token is; it takes as long where there is none."""
    # Rows of plain columns: this is asked before every request.
    with database.engine.connect() as connection:
        token = connection.execute(_FOUND, {"identity": identity}).first()
    same = hmac.compare_digest(_digest(secret), token.digest if token else _digest(""))
    if token is None or not same:
        return Found(None, is_guess=token is not None)
    if state_of(token.revoked_at, token.expires_at) != VALID:
        return Found(None, is_guess=False)
    principal = Principal(
        token=token.id,
        name=token.name,
        role=next(one for one in ROLES if one == token.role),
        organisation=token.organisation_id,
        organisation_name=token.organisation_name,
        drafts_a_day=token.drafts_a_day,
        upload_bytes_a_day=token.upload_bytes_a_day,
    )
    return Found(principal, is_guess=False)


def state_of(revoked_at: datetime | None, expires_at: datetime | None) -> State:
    """Whether a token is of use now."""
    if revoked_at is not None:
        return "已撤销"
    if expires_at is not None and expires_at <= datetime.now(UTC):
        return "已过期"
    return VALID


def prefix_of(token: Token) -> str:
    """What may be shown of a token: all before the secret."""
    return f"{PREFIX}_{token.id}"


def revoke(session: Session, token: Token, *, actor: str) -> bool:
    """Ends a token at once; False where it had been ended before.

    Args:
        session: Of `Database.writing`.
        token: Of that session.
        actor: Who ends it.
    """
    if token.revoked_at is not None:
        return False
    token.revoked_at = datetime.now(UTC)
    record(
        session,
        organisation=token.organisation_id,
        actor=actor,
        action="token.revoke",
        target=token.id,
    )
    return True


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
