"""The job that writes a section again, or some sentences of it: what people did meanwhile stands.

Its text goes into the draft only where the section is still the one that was asked about, and
locked by nobody; else it becomes a proposal that a person accepts or refuses.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.changing import keeping, stale_sections
from api.drafts import (
    Inputs,
    inputs_of,
    materials_of,
    section_from,
    section_of,
    sections_of,
    store,
    tell,
    written,
)
from api.jobs import DONE, Taken, ended, still_held
from api.service import Service
from api.storage.audit import record
from api.storage.schema import Draft, Job, Proposal, Section
from api.tokens import identifier
from api.work.drafting import assignment_of, errand_of, model_for
from api.work.telling import Telling
from drafter.assembly import DraftRequest, read_settings_options
from drafter.draft_file import draft_json
from drafter.editing import replaced
from drafter.records.draft import Draft as Written
from drafter.records.step import Step
from drafter.rewriting import RewriteRequest, rewrite
from drafter.settings import load_settings
from drafter.upkeep import with_refs_of

WISHED, LOCKED, EDITED = "按要求作为建议", "板块已锁定", "板块已被改动"


def write(service: Service, taken: Taken) -> dict[str, Any]:
    """Writes the section of a job again.

    Returns:
        `section` as `draft.json` has it, `base` (the version it was written from), `changed`,
        `notes`.

    Raises:
        Given: the job was cancelled or given to another meanwhile.
        DrafterError: it cannot be written again.
    """
    telling = Telling(service.database, taken)
    with service.database.reading() as session:
        errand = errand_of(session, still_held(session, taken))
        row = session.get_one(Draft, errand.draft)
        draft = written(session, row)
        name = str(errand.asked["section"])
        base = section_of(session, row, name).version
        at = next(number for number, one in enumerate(sections_of(session, row), 1)
                  if one.section_id == name)  # fmt: skip
    telling(Step(0, 1, "改写", name, "started"))
    request = DraftRequest(
        indicators=(),
        title=draft.title,
        year=draft.year,
        organisation=draft.organisation,
        date=draft.date,
        knowledge=service.knowledge_of(errand.organisation),
    )
    current = Inputs(with_refs_of(draft, errand.inputs.table), errand.inputs.facts)
    assignment = replace(
        assignment_of(request, current, errand.outline, errand.precedent), title=draft.title
    )
    sentences = errand.asked.get("sentences")
    asked = RewriteRequest(
        at, (sentences[0], sentences[1]) if sentences else None, errand.asked["instruction"]
    )
    with model_for(service, errand, taken) as model:
        done = rewrite(draft, assignment, asked, model, read_settings_options(load_settings()))
    telling(Step(1, 1, "改写", name, "verified"))
    return {
        "section": draft_json(done.draft)["sections"][at - 1],
        "base": base,
        "changed": done.changed,
        "notes": list(done.notes),
    }


def stored(service: Service, taken: Taken, made: dict[str, Any]) -> None:
    """Puts the new text into the draft, or beside it.

    It is judged with the draft before the transaction, and once more within it only where the draft
    has changed meanwhile: whoever writes keeps all others waiting.
    """
    with service.database.reading() as session:
        job = still_held(session, taken)
        row = session.get_one(Draft, job.draft_id)
        seen, after = row.version, _with_section(session, row, made["section"])
    with service.database.writing() as session:
        job = still_held(session, taken)
        row = session.get_one(Draft, job.draft_id)
        section = section_of(session, row, str(job.asked["section"]))
        told = {"changed": made["changed"], "notes": made["notes"]}
        if not made["changed"]:
            tell(session, row, "section.unchanged", {"section": section.section_id, "job": job.id})
        elif why := _beside(job, section, made["base"]):
            told["proposal"] = _put_beside(session, row, job, section, made, why)
        else:
            if row.version != seen:
                after = _with_section(session, row, made["section"])
            store(session, row, after, author=job.author, reason=_reason(job))
            told["version"] = section.version
        job.result = told
        ended(session, job, DONE)


def _put_beside(
    session: Session, row: Draft, job: Job, section: Section, made: dict[str, Any], why: str
) -> str:
    """Keeps the new text as a proposal; its id."""
    proposal = _proposed(job, section, made, why)
    session.add(proposal)
    told = {"section": section.section_id, "proposal": proposal.id, "why": why}
    tell(session, row, "section.proposed", told)
    record(
        session,
        organisation=row.organisation_id,
        actor=job.author,
        action="proposal.create",
        target=f"{row.id}/{section.section_id}",
        detail={"proposal": proposal.id, "why": why},
    )
    return proposal.id


def _with_section(session: Session, row: Draft, content: dict[str, Any]) -> Written:
    """The draft with another text of a section; the words of locked ones stay."""
    draft = written(session, row)
    materials = materials_of(draft, inputs_of(session, row))
    options = read_settings_options(load_settings())
    new = section_from(row, content)
    return keeping(
        draft,
        stale_sections(session, row),
        materials,
        lambda held: replaced(held, new, materials, options=options),
    )


def _beside(job: Job, section: Section, base: int) -> str:
    """Why the new text does not go into the draft; '' where it does."""
    if job.asked.get("propose"):
        return WISHED
    if section.locked_by:
        return LOCKED
    return "" if section.version == base == job.asked["version"] else EDITED


def _proposed(job: Job, section: Section, made: dict[str, Any], why: str) -> Proposal:
    return Proposal(
        id=identifier("proposal"),
        draft_id=section.draft_id,
        section_id=section.section_id,
        base=made["base"],
        content=made["section"],
        reason=_reason(job),
        why=why,
        author=job.author,
        state="open",
        created_at=datetime.now(UTC),
        decided_by="",
        decided_at=None,
    )


def _reason(job: Job) -> str:
    instruction = str(job.asked["instruction"])
    return f"重写：{instruction}"[:500] if instruction else "重写"
