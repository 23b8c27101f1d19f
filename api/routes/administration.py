"""/v1/tokens, /v1/audit and /v1/me: for administrators of an organisation, and for whoever asks."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import select

from api import quotas, tokens
from api.access import Principal, allowed
from api.bodies import AuditOut, LeftOut, TokenIn, TokenMade, TokenOut, WhoOut
from api.problems import Problem
from api.service import Service, Serving
from api.storage.schema import AuditEntry, Token

routes = APIRouter(prefix="/v1", tags=["管理"])
Administrator = Annotated[Principal, Depends(allowed("administer"))]


@routes.get("/me", summary="我是谁", operation_id="me")
def me(service: Serving, who: Annotated[Principal, Depends(allowed("read"))]) -> WhoOut:
    """Whom the service takes the token for, and what they may still use today."""
    with service.database.reading() as session:
        left = quotas.left(session, who, service.settings)
    return WhoOut(
        token=who.token,
        name=who.name,
        role=who.role,
        organisation=who.organisation_name,
        left_today=LeftOut(
            drafts=left.drafts,
            rewrites=left.rewrites,
            upload_bytes=left.upload_bytes,
            starts_again=left.starts_again.isoformat(),
        ),
    )


@routes.post("/tokens", status_code=201, summary="新建令牌", operation_id="token_create")
def create(service: Serving, body: TokenIn, who: Administrator) -> TokenMade:
    """A token of the same organisation; its secret is shown this once."""
    _refuse_more(service, body, who)
    with service.database.writing() as session:
        made = tokens.create_token(
            session,
            organisation=who.organisation,
            name=body.name,
            role=body.role,
            actor=who.actor,
            days=body.days,
            drafts_a_day=body.drafts_a_day,
            upload_bytes_a_day=body.upload_bytes_a_day,
        )
        token = session.get(Token, made.id)
        assert token is not None  # noqa: S101 - just made
        return TokenMade(**_token(token).model_dump(), token=made.written)


@routes.get("/tokens", summary="列出令牌", operation_id="token_list")
def listed(service: Serving, who: Administrator) -> list[TokenOut]:
    """The tokens of the organisation, without their secrets."""
    with service.database.reading() as session:
        query = select(Token).where(Token.organisation_id == who.organisation)
        return [_token(one) for one in session.scalars(query.order_by(Token.created_at, Token.id))]


@routes.delete(
    "/tokens/{identifier}", status_code=204, summary="撤销令牌", operation_id="token_revoke"
)
def revoke(service: Serving, identifier: str, who: Administrator) -> Response:
    """Ends a token at once."""
    with service.database.writing() as session:
        token = session.get(Token, identifier)
        if token is None or token.organisation_id != who.organisation:
            raise Problem(404, f"没有这个令牌：{identifier[:40]}", code="token.missing")
        tokens.revoke(session, token, actor=who.actor)
    return Response(status_code=204)


@routes.get("/audit", summary="留痕", operation_id="audit_list")
def audit(
    service: Serving,
    who: Administrator,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[AuditOut]:
    """What was done in the organisation, in order, from an entry on."""
    with service.database.reading() as session:
        query = (
            select(AuditEntry)
            .where(AuditEntry.organisation_id == who.organisation, AuditEntry.seq > after)
            .order_by(AuditEntry.seq)
            .limit(limit)
        )
        return [
            AuditOut(
                seq=one.seq,
                at=one.at.isoformat(),
                actor=one.actor,
                action=one.action,
                object=one.object,
                detail=json.loads(one.detail),
            )
            for one in session.scalars(query)
        ]


def _refuse_more(service: Service, body: TokenIn, who: Principal) -> None:
    """Nobody gives more than they have: above that, it is for whoever runs the service."""
    given: dict[quotas.Kind, int | None] = {
        "drafts": body.drafts_a_day,
        "upload_bytes": body.upload_bytes_a_day,
    }
    for kind, asked in given.items():
        most = max(
            quotas.limit_of(who, kind, service.settings),
            getattr(service.settings, f"{kind}_a_day"),
        )
        if asked is not None and asked > most:
            raise Problem(
                403,
                f"{kind}_a_day 最多{most}；更多的由运维人员用命令行新建",
                code="access.quota",
            )


def _token(token: Token) -> TokenOut:
    return TokenOut(
        id=token.id,
        prefix=tokens.prefix_of(token),
        name=token.name,
        role=token.role,
        created_at=token.created_at.isoformat(),
        expires_at=token.expires_at.isoformat() if token.expires_at else None,
        revoked_at=token.revoked_at.isoformat() if token.revoked_at else None,
        drafts_a_day=token.drafts_a_day,
        upload_bytes_a_day=token.upload_bytes_a_day,
    )
