"""People signed in elsewhere: OIDC bearer tokens of one issuer, beside the service's own tokens.

The one way in: `Identity.principal` makes a `Principal` of a token or says why it does not.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from sqlalchemy import select

from api.issuer import ALGORITHMS, RETRY, IssuerError, Keys, is_safe
from api.problems import Problem
from api.settings import ApiSettings
from api.storage.audit import record
from api.storage.database import Database
from api.storage.schema import Organisation
from api.tokens import RIGHTS, ROLES, Principal, Role, organisation_named
from drafter.errors import OperatorError

_LEEWAY = 30
"""Seconds by which two clocks may differ."""
_LONGEST = 8_000
_REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
_TYPES = frozenset({"", "jwt", "at+jwt", "application/at+jwt", "application/jwt"})
_NONSENSE = (TypeError, ValueError, OverflowError, RecursionError)
"""What JSON and base64 that nobody means raise on their way, besides the library's own errors."""
_NAME = 200
_PREFIX = "oidc:"


@dataclass(frozen=True, slots=True)
class Claims:
    """How the claims of the issuer are read."""

    organisation: str
    role: str
    name: str
    roles: Mapping[str, Role]
    """What the issuer calls the roles."""

    def organisation_of(self, payload: Mapping[str, Any]) -> str:
        """The name of the bureau; empty without one, or with more than one."""
        found = _words(payload, self.organisation)
        name = found[0].strip() if len(found) == 1 else ""
        return name if len(name) <= _NAME and name.isprintable() else ""

    def role_of(self, payload: Mapping[str, Any]) -> Role | None:
        """The mightiest role that is known; None without one."""
        known = [self.roles[one] for one in _words(payload, self.role) if one in self.roles]
        return max(known, key=lambda role: len(RIGHTS[role]), default=None)

    def name_of(self, payload: Mapping[str, Any]) -> str:
        """For people to read; the subject where no name is given."""
        written = " ".join(_words(payload, self.name)) or str(payload["sub"])
        return "".join(sign for sign in written if sign.isprintable()).strip()[:_NAME] or "无名"


class Identity:
    """The seam between an issuer's tokens and the principals of the service."""

    def __init__(
        self, database: Database, keys: Keys, *, issuer: str, audience: str, claims: Claims,
        creates: bool,
    ) -> None:  # fmt: skip
        """As `identity_of` makes it.

        Args:
            database: Where the organisations are.
            keys: Of the issuer.
            issuer: Its address, to the letter.
            audience: Whom its tokens must be meant for.
            claims: How they are read.
            creates: A bureau that is not there yet is made.
        """
        self._database, self._keys = database, keys
        self._issuer, self._audience = issuer, audience
        self._claims, self._creates = claims, creates

    def principal(self, written: str) -> Principal | None:
        """Whoever a token speaks of; None where it proves nothing.

        Raises:
            Problem: 403 for somebody who is known and has no role or no bureau here, 503 where the
                issuer cannot be asked for its keys.
        """
        try:
            payload = self._payload(written)
        except IssuerError as error:
            raise Problem(
                503,
                "统一登录的签发方暂时连不上，无法核对登录凭证，请稍后再试；使用 dft_ 令牌的不受影响",
                code="access.issuer",
                headers={"Retry-After": str(round(RETRY))},
            ) from error
        if payload is None:
            return None
        token = person(self._issuer, payload["sub"])
        name = self._claims.name_of(payload)
        role = self._claims.role_of(payload)
        if role is None:
            raise Problem(
                403,
                f"登录凭证中没有本服务认识的角色（{self._claims.role}），请联系统一登录的管理员",
                code="access.role",
            )
        organisation = self._organisation(self._claims.organisation_of(payload), name, token)
        return Principal(token, name, role, organisation.id, organisation.name)

    def _payload(self, written: str) -> Mapping[str, Any] | None:
        """The claims of a token that is genuine, meant for us and valid now; None for any other."""
        header = _header(written)
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in ALGORITHMS:
            return None
        key = self._keys.find(kid, algorithm)
        if key is None:
            return None
        try:
            found: dict[str, Any] = jwt.decode(
                written,
                key,
                algorithms=[algorithm],
                issuer=self._issuer,
                audience=self._audience,
                leeway=_LEEWAY,
                options={"require": _REQUIRED},
            )
        except (jwt.PyJWTError, *_NONSENSE):
            return None
        return found if found["sub"].strip() else None

    def _organisation(self, name: str, person: str, token: str) -> Organisation:
        if not name:
            raise Problem(
                403,
                f"登录凭证中没有写明唯一的单位（{self._claims.organisation}），请联系统一登录的管理员",
                code="access.organisation",
            )
        with self._database.reading() as session:
            query = select(Organisation).where(Organisation.name == name)
            found = session.scalars(query).first()
        if found is not None:
            return found
        if not self._creates:
            raise Problem(
                403,
                f"本服务还没有“{name}”这个单位，请运维人员先为它新建一个令牌，"
                "或设置 DRAFTER_API_OIDC_CREATES=true",
                code="access.organisation",
            )
        with self._database.writing() as session:
            found = session.scalars(query).first()
            if found is not None:  # another request was first
                return found
            made = organisation_named(session, name)
            record(
                session,
                organisation=made.id,
                actor=f"{person[:100]}（{token}）",
                action="organisation.create",
                target=made.id,
                detail={"name": name},
            )
            return made


def identity_of(settings: ApiSettings, database: Database) -> Identity | None:
    """The seam as the operator has set it; None where there is no issuer.

    Raises:
        OperatorError: an address, an audience or a mapping of roles that cannot be meant.
    """
    issuer = settings.oidc_issuer
    if not issuer:
        return None
    if not is_safe(issuer) or "?" in issuer:
        raise OperatorError(
            f"设置有误：DRAFTER_API_OIDC_ISSUER 应为 https 地址（本机可用 http），读到“{issuer}”"
        )
    if not settings.oidc_audience:
        raise OperatorError(
            "设置有误：设了 DRAFTER_API_OIDC_ISSUER，还须设 DRAFTER_API_OIDC_AUDIENCE"
        )
    authorities = settings.oidc_authorities
    if authorities is not None and not authorities.is_file():
        raise OperatorError(f"设置有误：DRAFTER_API_OIDC_AUTHORITIES 没有这个文件：{authorities}")
    claims = Claims(
        organisation=settings.oidc_organisation_claim,
        role=settings.oidc_role_claim,
        name=settings.oidc_name_claim,
        roles=_roles(settings.oidc_roles),
    )
    return Identity(
        database,
        Keys(issuer, authorities=str(authorities or "")),
        issuer=issuer,
        audience=settings.oidc_audience,
        claims=claims,
        creates=settings.oidc_creates,
    )


def person(issuer: str, subject: str) -> str:
    """The stable id of somebody of an issuer, as short as that of a token.

    A digest: a subject may be long, or be a number that belongs into no list.
    """
    digest = hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()
    return f"{_PREFIX}{digest[:24]}"


def _roles(written: str) -> Mapping[str, Role]:
    """`主任=admin 文秘=editor`; with nothing written the roles have our names."""
    named: dict[str, Role] = {role: role for role in ROLES}
    if not written.strip():
        return named
    found: dict[str, Role] = {}
    for pair in written.replace(",", " ").split():
        theirs, _, ours = pair.rpartition("=")
        if not theirs or ours not in named:
            raise OperatorError(
                f"设置有误：DRAFTER_API_OIDC_ROLES 应写成“对方的角色=本服务的角色”，空格分开，"
                f"本服务的角色有{'、'.join(ROLES)}，读到“{pair}”"
            )
        found[theirs] = named[ours]
    return found


def _header(written: str) -> Mapping[str, Any]:
    """What a token says of itself before it is believed; {} of one that is nonsense.

    One that is too long is not read at all, nor one whose header asks for anything special.
    """
    if len(written) > _LONGEST or not written.isascii():
        return {}
    try:
        header = jwt.get_unverified_header(written)
    except (jwt.PyJWTError, *_NONSENSE):
        return {}
    kind, kid = header.get("typ", ""), header.get("kid")
    is_usual = "crit" not in header and str(kind).lower() in _TYPES
    is_named = kid is None or isinstance(kid, str)
    return header if is_usual and is_named and isinstance(header.get("alg"), str) else {}


def _words(payload: Mapping[str, Any], claim: str) -> list[str]:
    """The words of a claim, one or a list; `realm_access.roles` names one within another."""
    found: Any = payload.get(claim)
    if found is None and "." in claim:
        found = payload
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    listed = found if isinstance(found, list) else [found]
    return [one for one in listed if isinstance(one, str) and one.strip()]
