"""Drafts in the database and as the core's values: written by a job, changed by people, versioned.

Every change of a section is a new version that is never changed again; the section's row has the
current one with its present findings. A draft is stored and told of in one transaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.access import Principal
from api.problems import Problem
from api.routes.materials import FACTS, TABLE, Kind, read_revision
from api.storage.audit import record
from api.storage.schema import Draft, Event, Material, Revision, Section, SectionVersion
from drafter.draft_file import draft_json, from_json
from drafter.records.draft import Draft as Written
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.upkeep import printed_with, with_refs_of
from drafter.writing.references import Materials

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
_VERSIONED = ("heading", "template", "text", "level", "run_in")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The materials of a draft as the drafter reads them."""

    table: IndicatorTable
    facts: FactList


def of_organisation(session: Session, identifier: str, who: Principal) -> Draft:
    """A draft of the principal's own organisation; another's is not there for them."""
    found = session.get(Draft, identifier)
    if found is None or found.organisation_id != who.organisation:
        raise Problem(404, f"没有这份草稿：{identifier[:40]}", code="draft.missing")
    return found


def section_of(session: Session, draft: Draft, identifier: str) -> Section:
    """A section of a draft."""
    found = session.get(Section, (draft.id, identifier))
    if found is None:
        raise Problem(404, f"没有这个板块：{identifier[:40]}", code="section.missing")
    return found


def sections_of(session: Session, draft: Draft) -> list[Section]:
    """All sections in their order."""
    query = select(Section).where(Section.draft_id == draft.id).order_by(Section.position)
    return list(session.scalars(query))


def written(session: Session, draft: Draft) -> Written:
    """The draft as the core has it.

    Raises:
        Problem: 409 while it is not written yet.
    """
    if draft.state != DONE:
        raise Problem(409, f"草稿还没有写好（{draft.state}）", code="draft.state")
    contents = [one.content for one in sections_of(session, draft)]
    return from_json({**draft.frame, "sections": contents}, file=draft.title)


def inputs_of(session: Session, draft: Draft) -> Inputs:
    """The table and the facts that a draft is made from, in the revisions it names."""
    table = _read(session, draft, TABLE)
    facts = _read(session, draft, FACTS)
    return Inputs(table or IndicatorTable(()), facts or FactList())


def _read(session: Session, draft: Draft, kind: Kind) -> Any:
    given = draft.inputs.get(kind.name)
    if given is None:
        return None
    material = session.get(Material, given["id"])
    query = select(Revision).where(
        Revision.material_id == given["id"], Revision.number == given["revision"]
    )
    revision = session.scalars(query).first()
    if material is None or revision is None:
        raise Problem(409, f"草稿所用的{kind.words}已不在", code="draft.materials")
    return read_revision(session, kind, material, revision)


def materials_of(draft: Written, inputs: Inputs) -> Materials:
    """What the draft's templates are printed with."""
    return printed_with(draft, with_refs_of(draft, inputs.table), inputs.facts)


def store(
    session: Session, row: Draft, draft: Written, *, author: str, reason: str
) -> tuple[str, ...]:
    """Keeps a draft: new versions of the sections that changed, the present findings of all.

    Returns:
        Ids of the sections that got a new version.
    """
    now = datetime.now(UTC)
    whole = draft_json(draft)
    contents = whole.pop("sections")
    held = {one.section_id: one for one in sections_of(session, row)}
    changed = []
    for position, content in enumerate(contents):
        name = content["id"]
        section = held.pop(name, None)
        if section is None:
            section = Section(
                draft_id=row.id, section_id=name, position=position, version=0, locked_by="",
                content={},
            )  # fmt: skip
            session.add(section)
        if _differs(section.content, content):
            section.version += 1
            changed.append(name)
            session.add(
                SectionVersion(
                    draft_id=row.id,
                    section_id=name,
                    number=section.version,
                    content=content,
                    author=author,
                    reason=reason,
                    created_at=now,
                )
            )
        section.position, section.content = position, content
    for gone in held.values():
        session.delete(gone)
    row.frame, row.title, row.version = whole, draft.title, row.version + 1
    row.open_points = list(draft.open_points)
    session.flush()
    for name in changed:
        tell(session, row, "section.version", {"section": name, "author": author, "reason": reason})
    record(
        session,
        organisation=row.organisation_id,
        actor=author,
        action="draft.change",
        target=row.id,
        detail={"version": row.version, "sections": changed, "reason": reason},
    )
    return tuple(changed)


def _differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return any(old.get(name) != new.get(name) for name in _VERSIONED)


def tell(session: Session, draft: Draft, kind: str, data: Mapping[str, Any]) -> None:
    """Adds an event for whoever watches the draft."""
    query = select(func.max(Event.number)).where(Event.draft_id == draft.id)
    number = (session.scalar(query) or 0) + 1
    event = Event(
        draft_id=draft.id, number=number, kind=kind, data=dict(data), at=datetime.now(UTC)
    )
    session.add(event)
    session.flush()


def events_after(session: Session, draft: str, number: int) -> Iterable[Event]:
    """The events of a draft behind a number, in order."""
    query = (
        select(Event)
        .where(Event.draft_id == draft, Event.number > number)
        .order_by(Event.number)
        .limit(200)
    )
    return session.scalars(query).all()
