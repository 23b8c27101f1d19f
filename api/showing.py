"""Drafts and sections as the service answers them."""

from sqlalchemy.orm import Session

from api.bodies import DraftOut, SectionBrief, SectionOut
from api.drafts import sections_of
from api.storage.schema import Draft, Section


def draft_out(session: Session, row: Draft) -> DraftOut:
    """A draft with its sections in brief."""
    sections = sections_of(session, row)
    frame = row.frame
    return DraftOut(
        id=row.id,
        title=row.title,
        state=row.state,  # type: ignore[arg-type]  # written by us alone
        version=row.version,
        stage=row.stage,  # type: ignore[arg-type]  # likewise
        signature_ended=row.signature_ended,
        error=row.error,
        created_by=row.created_by,
        created_at=row.created_at.isoformat(),
        finished_at=row.finished_at.isoformat() if row.finished_at else None,
        sections=[_brief(one) for one in sections],
        by_model=sum(one.content["by_model"] for one in sections),
        open_points=row.open_points,
        questions=len(frame.get("questions", ())),
        conflicts=len(frame.get("conflicts", ())),
        adverse=len(frame.get("adverse", ())),
        pending=len(frame.get("pending", ())),
    )


def _brief(section: Section) -> SectionBrief:
    content = section.content
    opened = [
        one
        for one in content["findings"]
        if one["verdict"] in ("contradicted", "unsupported") and one["blocking"]
    ]
    return SectionBrief(
        id=section.section_id,
        heading=content["heading"],
        level=content["level"],
        characters=len(content["text"]),
        open=len(opened),
        version=section.version,
        locked_by=section.locked_by,
    )


def section_out(section: Section) -> SectionOut:
    """A section as it stands."""
    content = section.content
    return SectionOut(
        id=section.section_id,
        heading=content["heading"],
        level=content["level"],
        text=content["text"],
        template=content["template"],
        spans=content["spans"],
        findings=content["findings"],
        by_model=content["by_model"],
        version=section.version,
        locked_by=section.locked_by,
    )
