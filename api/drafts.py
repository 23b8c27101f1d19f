"""Drafts in the database and as the core's values: written by a job, changed by people, versioned.

Every change of a section is a new version that is never changed again; the section's row has the
current one with its present findings. A draft is stored and told of in one transaction.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.access import Principal
from api.jobs import CANCELLED, DONE, FAILED, QUEUED, RUNNING
from api.problems import Problem
from api.routes.materials import FACTS, OUTLINE, TABLE, Kind, content_of
from api.rulings import NO_RULINGS, Rulings, applied
from api.storage.audit import record
from api.storage.schema import (
    Draft,
    Event,
    Material,
    Revision,
    Section,
    SectionVersion,
    StageEntry,
)
from drafter.attesting import claims
from drafter.draft_file import draft_json, from_json
from drafter.keeping import ByIdentity
from drafter.records.claim import OPEN_VERDICTS
from drafter.records.draft import Draft as Written
from drafter.records.draft import DraftSection
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable
from drafter.upkeep import printed_with, with_refs_of
from drafter.verification.binding.entries import NO_FACTS
from drafter.writing.references import Materials

STAGES = ("一稿", "送审稿", "会签稿", "签发稿")
COUNTERSIGNED, SIGNED = STAGES[2:]
_NO_TABLE = IndicatorTable(())
_COUNTED = ("questions", "conflicts", "adverse", "pending")
_VERSIONED = ("heading", "template", "text", "level", "run_in")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The materials of a draft as the drafter reads them."""

    table: IndicatorTable
    facts: FactList
    rulings: Rulings = NO_RULINGS
    """Those that hold."""
    ended: tuple[str, ...] = ()
    """Those that do not, each in words."""


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


def version_of(session: Session, section: Section, number: int) -> SectionVersion | None:
    """A section as it was in a version; None where there is no such version."""
    if not 1 <= number <= section.version:
        return None
    return session.get(SectionVersion, (section.draft_id, section.section_id, number))


def sections_of(session: Session, draft: Draft) -> list[Section]:
    """All sections in their order."""
    query = select(Section).where(Section.draft_id == draft.id).order_by(Section.position)
    return list(session.scalars(query))


_UNWRITTEN = {
    QUEUED: "草稿还没有写好：正在排队，写好后再试（进度见 events）",
    RUNNING: "草稿还没有写好：正在写，写好后再试（进度见 events）",
    FAILED: "草稿没有写成：原因见草稿的 error，改好后重新起草",
    CANCELLED: "草稿没有写成：起草已取消，请重新起草",
}
"""What whoever asks of a draft that has no text is told, by its state."""


def written(session: Session, draft: Draft) -> Written:
    """The draft as the core has it.

    Raises:
        Problem: 409 while it is not written yet.
    """
    if draft.state != DONE:
        raise Problem(409, _UNWRITTEN[draft.state], code="draft.state")
    contents = [one.content for one in sections_of(session, draft)]
    return from_json({**draft.frame, "sections": contents}, file=draft.title)


def section_from(row: Draft, content: Mapping[str, Any]) -> DraftSection:
    """A section as the core has it, from what a version or a proposal keeps."""
    return from_json({**row.frame, "sections": [dict(content)]}, file=row.title).sections[0]


def inputs_of(session: Session, draft: Draft, inputs: Mapping[str, Any] | None = None) -> Inputs:
    """The table and the facts that a draft is made from, as people ruled them.

    Args:
        session: To read with.
        draft: Whose they are.
        inputs: Those that it is to have; by default those it has.
    """
    named = draft.inputs if inputs is None else inputs
    table, facts = (_read(session, named, kind) for kind in (TABLE, FACTS))
    rulings = json.dumps(named.get("rulings", {}), ensure_ascii=False)
    return _ruled(ByIdentity(table or _NO_TABLE), ByIdentity(facts or NO_FACTS), rulings)


@lru_cache(maxsize=32)
def _ruled(
    table: "ByIdentity[IndicatorTable]", facts: "ByIdentity[FactList]", rulings: str
) -> Inputs:
    """The same for the same: what is worked out of a table is kept by the table itself."""
    ruled = applied(table.value, facts.value, Rulings.of({"rulings": json.loads(rulings)}))
    return Inputs(ruled.table, ruled.facts, ruled.standing, ruled.ended)


def _read(session: Session, inputs: Mapping[str, Any], kind: Kind) -> Any:
    found = original_of(session, inputs, kind)
    return None if found is None else kind.read(*found, lenient=True)


def original_of(
    session: Session, inputs: Mapping[str, Any], kind: Kind
) -> tuple[str, bytes] | None:
    """Name and bytes of a material that a draft's inputs name, in the revision that they name.

    Rows that were set aside when it came are set aside again by whoever reads it.
    """
    given = inputs.get(kind.name)
    if given is None:
        return None
    material = session.get(Material, given["id"])
    query = select(Revision).where(
        Revision.material_id == given["id"], Revision.number == given["revision"]
    )
    revision = session.scalars(query).first()
    if material is None or revision is None:
        raise Problem(409, f"草稿所用的{kind.words}已不在", code="draft.materials")
    return revision.file, content_of(session, material, revision)


def outline_of(session: Session, draft: Draft) -> tuple[str, bytes] | None:
    """Name and bytes of the outline that a draft was asked for with."""
    return original_of(session, draft.inputs, OUTLINE)


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
            if section.locked_by not in ("", author):
                raise Problem(409, f"板块已由{section.locked_by}锁定", code="section.locked")
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
    row.brief = brief_of(whole, contents)
    row.claims = [list(one) for one in claims(draft)]
    session.flush()
    unsigned(session, row)
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


def brief_of(frame: Mapping[str, Any], contents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What lists show of a draft, without its texts.

    Args:
        frame: The draft as `draft.json` has it; its sections are not looked for.
        contents: The sections, likewise.
    """
    counts = {name: len(frame.get(name, ())) for name in _COUNTED}
    sections = {
        one["id"]: {
            "heading": one["heading"],
            "level": one["level"],
            "characters": len(one["text"]),
            "open": sum(
                found["verdict"] in OPEN_VERDICTS and found["blocking"] for found in one["findings"]
            ),
        }
        for one in contents
    }
    by_model = sum(bool(one["by_model"]) for one in contents)
    return {**counts, "by_model": by_model, "sections": sections}


def claims_of(session: Session, row: Draft) -> list[tuple[str, str]]:
    """What may be vouched for: its id and what it is.

    Raises:
        Problem: 409 while the draft is not written yet.
    """
    if row.state != DONE or row.claims is None:
        return list(claims(written(session, row)))
    return [(name, said) for name, said in row.claims]


def words_digest(session: Session, row: Draft) -> str:
    """A fingerprint of what a reader of the draft reads."""
    said = [row.title, str(row.frame.get("date", ""))]
    for one in sections_of(session, row):
        said += [one.content["heading"], one.content["text"]]
    return hashlib.sha256("\x1e".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def unsigned(session: Session, row: Draft) -> None:
    """Ends the signature of a draft whose words are not those that were signed."""
    if row.stage != SIGNED:
        return
    query = select(StageEntry).where(StageEntry.draft_id == row.id, StageEntry.stage == SIGNED)
    last = session.scalars(query.order_by(StageEntry.number.desc())).first()
    if last is None or last.digest == words_digest(session, row):
        return
    row.stage, row.signature_ended = COUNTERSIGNED, True
    tell(session, row, "stage.ended", {"stage": SIGNED, "by": last.author})


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
