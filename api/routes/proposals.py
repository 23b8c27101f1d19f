"""/v1/drafts/{id}/proposals: what a job wrote beside people's work, accepted or refused by them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access import Principal, allowed
from api.bodies import AcceptIn, ClashOut, ProposalOut, SectionOut
from api.changing import section_changed
from api.drafts import of_organisation, section_from, section_of, tell, version_of
from api.merging import merged
from api.problems import Problem
from api.service import Service, Serving
from api.storage.audit import record
from api.storage.schema import Draft, Proposal
from drafter.editing import edited, replaced
from drafter.records.draft import Draft as Written
from drafter.writing.references import Materials

routes = APIRouter(
    prefix="/v1/drafts/{identifier}/proposals",
    tags=["建议"],
    responses={409: {"description": "草稿还没有写好"}},
)
Reader = Annotated[Principal, Depends(allowed("read"))]
Editor = Annotated[Principal, Depends(allowed("edit"))]


@routes.get("", summary="列出建议", operation_id="proposal_list")
def listed(service: Serving, identifier: str, who: Reader) -> list[ProposalOut]:
    """The newest first."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        query = select(Proposal).where(Proposal.draft_id == row.id)
        newest = query.order_by(Proposal.created_at.desc(), Proposal.id)
        return [_out(one) for one in session.scalars(newest)]


@routes.get("/{proposal}", summary="查看建议", operation_id="proposal_read")
def one(service: Serving, identifier: str, proposal: str, who: Reader) -> ProposalOut:
    """Its text with findings, beside which the section's own is to be read."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        return _out(_proposal(session, row, proposal))


@routes.post(
    "/{proposal}/accept",
    summary="采用建议",
    operation_id="proposal_accept",
    responses={
        409: {"description": "板块已锁定，或建议与后来的改动合不到一起，或已经定过"},
        412: {"description": "板块已被改动"},
        428: {"description": "没有 If-Match（板块的版本号）"},
    },
)
def accept(
    service: Serving,
    response: Response,
    identifier: str,
    proposal: str,
    body: AcceptIn,
    who: Editor,
    if_match: Annotated[str, Header()] = "",
) -> SectionOut:
    """Into the section as it stands; what people changed since the proposal is kept beside it."""
    with service.database.reading() as session:
        row = of_organisation(session, identifier, who)
        found = _open(session, row, proposal)
        section = section_of(session, row, found.section_id)
        offered = section_from(row, found.content)
        base = version_of(session, section, found.base)
        is_untouched = section.version == found.base
        base_text = base.content["text"] if base else ""

    def change(draft: Written, materials: Materials) -> Written:
        if is_untouched or body.replace:
            return replaced(draft, offered, materials, options=service.options)
        now = next(one.text for one in draft.sections if one.id == offered.id)
        both = merged(base_text, offered.text, now)
        if both.text is None:
            clashes = [
                ClashOut(base=one.base, mine=one.mine, theirs=one.theirs).model_dump()
                for one in both.clashes
            ]
            raise Problem(
                409,
                "建议与后来的改动在同一处，不能合在一起；确要以建议为准，请带上 replace",
                code="proposal.clash",
                clashes=clashes,
            )
        return edited(
            draft, offered.id, both.text, materials, by=who.name, options=service.options
        ).draft

    reason = f"采用建议：{found.reason}"[:500]
    answer = section_changed(
        service, response, identifier, found.section_id, who, if_match, change, reason
    )
    _decided(service, identifier, proposal, who, "accepted")
    return answer


@routes.post("/{proposal}/refuse", summary="不采用建议", operation_id="proposal_refuse")
def refuse(service: Serving, identifier: str, proposal: str, who: Editor) -> ProposalOut:
    """The section stays as it is."""
    return _decided(service, identifier, proposal, who, "refused")


def _decided(
    service: Service, identifier: str, proposal: str, who: Principal, state: str
) -> ProposalOut:
    with service.database.writing() as session:
        row = of_organisation(session, identifier, who)
        found = _open(session, row, proposal)
        found.state, found.decided_by, found.decided_at = state, who.actor, datetime.now(UTC)
        told = {"section": found.section_id, "proposal": found.id, "by": who.actor}
        tell(session, row, f"proposal.{state}", told)
        record(
            session,
            organisation=who.organisation,
            actor=who.actor,
            action=f"proposal.{state}",
            target=f"{row.id}/{found.section_id}",
            detail={"proposal": found.id},
        )
        return _out(found)


def _proposal(session: Session, row: Draft, identifier: str) -> Proposal:
    found = session.get(Proposal, identifier)
    if found is None or found.draft_id != row.id:
        raise Problem(404, f"没有这个建议：{identifier[:40]}", code="proposal.missing")
    return found


def _open(session: Session, row: Draft, identifier: str) -> Proposal:
    found = _proposal(session, row, identifier)
    if found.state != "open":
        said = "采用" if found.state == "accepted" else "退回"
        raise Problem(409, f"这个建议已由{found.decided_by}{said}", code="proposal.decided")
    return found


def _out(proposal: Proposal) -> ProposalOut:
    content = proposal.content
    return ProposalOut(
        id=proposal.id,
        section=proposal.section_id,
        base=proposal.base,
        heading=content["heading"],
        text=content["text"],
        template=content["template"],
        findings=content["findings"],
        reason=proposal.reason,
        why=proposal.why,
        author=proposal.author,
        state=proposal.state,  # type: ignore[arg-type]  # written by us alone
        created_at=proposal.created_at.isoformat(),
        decided_by=proposal.decided_by,
        decided_at=proposal.decided_at.isoformat() if proposal.decided_at else None,
    )
