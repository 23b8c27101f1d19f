"""/v1/drafts/{id}/stages: 一稿, 送审稿, 会签稿, 签发稿, each with the draft as it then was."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from sqlalchemy import func, select

from api.access import Principal, allowed
from api.bodies import DraftOut, StageIn, StageOut
from api.drafts import SIGNED, STAGES, of_organisation, tell, words_digest, written
from api.problems import Problem, matches, outdated
from api.service import Serving
from api.showing import draft_out
from api.storage.audit import record
from api.storage.schema import StageEntry
from drafter.draft_file import draft_json
from drafter.exporting.word import refuse_open

routes = APIRouter(
    prefix="/v1/drafts/{identifier}/stages",
    tags=["草稿"],
    responses={409: {"description": "草稿还没有写好"}},
)


@routes.get("", summary="草稿走过的各稿", operation_id="stage_list")
def listed(
    service: Serving, identifier: str, who: Annotated[Principal, Depends(allowed("read"))]
) -> list[StageOut]:
    """In order; 一稿 is what a draft begins as and has no entry."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        query = select(StageEntry).where(StageEntry.draft_id == row.id)
        return [_out(one) for one in session.scalars(query.order_by(StageEntry.number))]


@routes.post(
    "",
    status_code=201,
    summary="进入下一稿，或退回前面一稿",
    operation_id="stage_enter",
    responses={
        409: {"description": "不能跳过一稿；或还有未决事项，不能签发"},
        412: {"description": "草稿已被改动"},
        428: {"description": "没有 If-Match"},
    },
)
def enter(
    service: Serving,
    response: Response,
    identifier: str,
    body: StageIn,
    who: Annotated[Principal, Depends(allowed("edit"))],
    if_match: Annotated[str, Header()] = "",
) -> DraftOut:
    """签发 is the signature of whoever the token is of; a change of the words afterwards ends it."""
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        draft = written(session, row)
        if not matches(if_match, row.version, "draft"):
            raise outdated("草稿", row.version, "draft")
        now, wanted = STAGES.index(row.stage), STAGES.index(body.stage)
        if wanted > now + 1 or wanted == now:
            following = "、".join((*STAGES[:now], *STAGES[now + 1 : now + 2]))
            raise Problem(
                409, f"现为{row.stage}，可以转为{following}，不能转为{body.stage}",
                code="draft.stage",
            )  # fmt: skip
        if body.stage == SIGNED:
            refuse_open(draft)
            row.signature_ended = False
        last = session.scalar(
            select(func.max(StageEntry.number)).where(StageEntry.draft_id == row.id)
        )
        entry = StageEntry(
            draft_id=row.id,
            number=(last or 0) + 1,
            stage=body.stage,
            version=row.version,
            digest=words_digest(session, row),
            content=draft_json(draft),
            author=who.actor,
            note=body.note,
            created_at=datetime.now(UTC),
        )
        session.add(entry)
        row.stage = body.stage
        session.flush()
        tell(session, row, "stage.entered", {"stage": body.stage, "by": who.actor})
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action="draft.stage",
            target=row.id,
            detail={"stage": body.stage, "version": row.version, "digest": entry.digest},
        )
        response.headers["ETag"] = f'"{row.version}"'
        return draft_out(session, row)


def _out(entry: StageEntry) -> StageOut:
    return StageOut(
        number=entry.number,
        stage=entry.stage,  # type: ignore[arg-type]  # written by us alone
        version=entry.version,
        digest=entry.digest,
        author=entry.author,
        note=entry.note,
        created_at=entry.created_at.isoformat(),
    )
