"""Drafts and sections as the service answers them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from api.bodies import DraftOut, SectionBrief, SectionOut
from api.drafts import brief_of, sections_of
from api.storage.schema import Draft, Section

_HELD = (Section.draft_id, Section.section_id, Section.version, Section.locked_by)


def draft_out(session: Session, row: Draft) -> DraftOut:
    """A draft with its sections in brief."""
    return drafts_out(session, (row,))[0]


def drafts_out(session: Session, rows: Sequence[Draft]) -> list[DraftOut]:
    """Drafts with their sections in brief; their texts and findings are not read for it."""
    held = defaultdict(list)
    query = select(*_HELD).where(Section.draft_id.in_([one.id for one in rows]))
    for section in session.execute(query.order_by(Section.draft_id, Section.position)):
        held[section.draft_id].append(section)
    return [_draft_out(one, _brief(session, one), held[one.id]) for one in rows]


def _brief(session: Session, row: Draft) -> dict[str, Any]:
    """What is kept of it for lists, or worked out where it was stored before that was kept."""
    if row.brief is not None:
        return row.brief
    if not row.version:
        return brief_of({}, [])  # it is not written yet
    return brief_of(row.frame, [one.content for one in sections_of(session, row)])


def _draft_out(
    row: Draft, brief: Mapping[str, Any], sections: Sequence[Row[str, str, int, str]]
) -> DraftOut:
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
        sections=[
            SectionBrief(
                id=one.section_id,
                version=one.version,
                locked_by=one.locked_by,
                **brief["sections"][one.section_id],
            )
            for one in sections
        ],
        by_model=brief["by_model"],
        open_points=row.open_points,
        questions=brief["questions"],
        conflicts=brief["conflicts"],
        adverse=brief["adverse"],
        pending=brief["pending"],
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
