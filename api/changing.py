"""Changes of a draft and of one section: of the version that was seen, judged, kept whole or not.

Judging takes the longest, and whoever writes keeps all others waiting: a change is judged before
its transaction begins, and a section's once more within it where the draft has changed meanwhile. A locked section whose numbers
the table has left behind keeps its words: it is judged as plain text until it is unlocked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.access import Principal
from api.bodies import ClashOut, DraftOut, SectionOut
from api.drafts import (
    Inputs,
    inputs_of,
    materials_of,
    of_organisation,
    section_of,
    store,
    tell,
    version_of,
    written,
)
from api.merging import merged
from api.problems import Problem, matches, outdated
from api.service import Service
from api.showing import draft_out, section_out
from api.storage.schema import Draft, Section
from drafter.records.draft import Draft as Written
from drafter.records.draft import DraftSection
from drafter.writing.references import Materials
from drafter.writing.rendering import escape, render


@dataclass(frozen=True, slots=True)
class Changed:
    """A whole draft after a change, its inputs where they are others now, what is to be told."""

    draft: Written
    inputs: dict[str, Any] | None = None
    told: tuple[tuple[str, dict[str, Any]], ...] = ()


WholeChange = Callable[[Session, Draft, Written], Changed]
SectionChange = Callable[[Written, Materials], Written]


def whole_changed(
    service: Service,
    response: Response,
    identifier: str,
    who: Principal,
    if_match: str,
    change: WholeChange,
    reason: str,
) -> DraftOut:
    """A change of the whole draft, of the version that was seen or not at all.

    Args:
        service: This one.
        response: Gets the new ETag.
        identifier: Of the draft.
        who: Who changes it.
        if_match: The version that they saw.
        change: Reads what it needs in the session and writes nothing.
        reason: For the history.

    Raises:
        Problem: 412 or 428 where the version is not the one that stands, 409 for a locked section.
    """
    with service.database.reading() as session:
        row = _seen(session, identifier, who, if_match)
        made = change(session, row, written(session, row))
    with service.database.writing() as session:
        row = _seen(session, identifier, who, if_match)
        if made.inputs is not None:
            row.inputs = made.inputs
        store(session, row, made.draft, author=who.actor, reason=reason)
        for kind, data in made.told:
            tell(session, row, kind, data)
        response.headers["ETag"] = f'"{row.version}"'
        return draft_out(session, row)


def _seen(session: Session, identifier: str, who: Principal, if_match: str) -> Draft:
    """The draft, if it is the version that was seen."""
    row = of_organisation(session, identifier, who)
    if not matches(if_match, row.version, "draft"):
        raise outdated("草稿", row.version, "draft")
    return row


def section_changed(
    service: Service,
    response: Response,
    identifier: str,
    section: str,
    who: Principal,
    if_match: str,
    change: SectionChange,
    reason: str,
    *,
    mine: str | None = None,
) -> SectionOut:
    """A change of one section.

    Args:
        service: This one.
        response: Gets the new ETag.
        identifier: Of the draft.
        section: Id of the section.
        who: Who changes it.
        if_match: The version that they saw.
        change: Makes the draft with the change, of a draft and its materials.
        reason: For its history.
        mine: The text as they want it, for a merge where somebody else was first.

    Raises:
        Problem: 409 where it is locked, 412 or 428 where the version is not the one that stands.
    """
    with service.changing(identifier):
        with service.database.reading() as session:
            row = of_organisation(session, identifier, who)
            draft, inputs = written(session, row), inputs_of(session, row)
            found = section_of(session, row, section)
            _editable(session, found, if_match, who, mine)
            stale, seen = stale_sections(session, row), row.version
        after = _judged(draft, inputs, stale, change)
        with service.database.writing() as session:
            row = of_organisation(session, identifier, who)
            found = section_of(session, row, section)
            _editable(session, found, if_match, who, mine)
            if row.version != seen:
                # Changed meanwhile, perhaps by another table: this change is judged with that.
                draft, stale = written(session, row), stale_sections(session, row)
                after = _judged(draft, inputs_of(session, row), stale, change)
            if after != draft:
                store(session, row, after, author=who.actor, reason=reason)
            session.refresh(found)
            response.headers["ETag"] = f'"{found.version}"'
            return section_out(found)


def _judged(draft: Written, inputs: Inputs, locked: set[str], change: SectionChange) -> Written:
    materials = materials_of(draft, inputs)
    return keeping(draft, locked, materials, lambda held: change(held, materials))


def stale_sections(session: Session, row: Draft) -> set[str]:
    """Sections whose words are held by a lock, whatever the table says now."""
    query = select(Section.section_id).where(Section.draft_id == row.id, Section.locked_by != "")
    return set(session.scalars(query))


def keeping(
    draft: Written,
    locked: Iterable[str],
    materials: Materials,
    change: Callable[[Written], Written],
) -> Written:
    """A change that leaves the words of locked sections, even where the table prints others now.

    Args:
        draft: As it stands.
        locked: Ids of the sections that somebody holds.
        materials: What the change prints with.
        change: Of the draft in which those sections are plain text.
    """
    held = {
        one.id: one
        for one in draft.sections
        if one.id in set(locked) and render(one.template, materials).text != one.text
    }
    plain = replace(
        draft,
        sections=tuple(
            replace(one, template=escape(one.text)) if one.id in held else one
            for one in draft.sections
        ),
    )
    after = change(plain)
    sections = tuple(_with_references(one, held.get(one.id)) for one in after.sections)
    return replace(after, sections=sections)


def _with_references(section: DraftSection, before: DraftSection | None) -> DraftSection:
    """A section that was judged as plain text, with the template it had: it counts again later."""
    if before is None or section.text != before.text:
        return section
    vouched = tuple(one for one in section.spans if one.kind == "attested")
    spans = tuple(one for one in before.spans if one.kind != "attested")
    return replace(section, template=before.template, spans=(*spans, *vouched))


def _editable(
    session: Session, section: Section, if_match: str, who: Principal, mine: str | None
) -> None:
    """The section is nobody else's, and still what the editor saw."""
    is_same = matches(if_match, section.version, "section")
    if section.locked_by not in ("", who.actor):
        raise Problem(409, f"板块已由{section.locked_by}锁定", code="section.locked")
    if not is_same:
        current = section_out(section).model_dump()
        more = {} if mine is None else _merge_of(session, section, if_match, mine)
        raise outdated("板块", section.version, "section", current=current, **more)


def _merge_of(session: Session, section: Section, if_match: str, mine: str) -> dict[str, object]:
    """What both changed, put together for the editor to send again; or where they clash."""
    number = if_match.strip().removeprefix("W/").strip('"')
    base = version_of(session, section, int(number)) if number.isdigit() else None
    if base is None:
        return {}
    found = merged(base.content["text"], mine, section.content["text"])
    clashes = [
        ClashOut(base=one.base, mine=one.mine, theirs=one.theirs).model_dump()
        for one in found.clashes
    ]
    return {"merged": found.text, "clashes": clashes}
