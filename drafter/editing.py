"""One section's text changed by hand: its references stay where its words stayed, all is judged anew.

edited(draft, "s2", "今年工业投资完成208.6亿元。", materials)
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.drafting import as_written, rejudged
from drafter.errors import RequestError
from drafter.records.draft import Draft, DraftSection, Edit
from drafter.verification import Options
from drafter.writing.offline import WrittenSection
from drafter.writing.references import Materials
from drafter.writing.relinking import Link, relink


@dataclass(frozen=True, slots=True)
class Edited:
    """The draft after it, and the typed numbers that are references again."""

    draft: Draft
    links: tuple[Link, ...] = ()


def edited(
    draft: Draft,
    section: str,
    text: str,
    materials: Materials,
    *,
    by: str = "",
    reason: str = "",
    options: Options | None = None,
) -> Edited:
    """The draft with another text of one section; the others stay byte for byte.

    Args:
        draft: As it stands; printed with `materials` it has its present text.
        section: Id of the section.
        text: Its whole text now, without its heading.
        materials: Rows and facts with the references that the draft uses.
        by: Who changed it.
        reason: Why.
        options: How strictly to judge.

    Raises:
        RequestError: there is no such section.
        TemplateError: the text has control characters, or a sentence too long to be judged.
    """
    before = [as_written(one, materials) for one in draft.sections]
    number = next((at for at, one in enumerate(before) if one.id == section), None)
    if number is None:
        raise RequestError(f"没有“{section}”这个板块")
    old = draft.sections[number]
    if text == old.text:
        return Edited(draft)
    done = relink(old.template, text, materials, above=_above(before, number))
    written = [
        replace(one, template=done.template, by_model=False) if at == number else one
        for at, one in enumerate(before)
    ]
    edit = Edit(section=section, kinds=("改字",), before=old.text, after=text, by=by, reason=reason)
    result = rejudged(draft, written, materials, options)
    return Edited(replace(result, edits=_recorded(draft.edits, edit)), done.links)


def _recorded(edits: Sequence[Edit], edit: Edit) -> tuple[Edit, ...]:
    """What people changed, with one more edit: what one goes on with is one change of a section.

    Somebody who writes saves often. A draft is not to grow with that, nor its review copy.
    """
    number = next(
        (at for at in reversed(range(len(edits))) if edits[at].section == edit.section), -1
    )
    if number < 0 or replace(edits[number], before=edit.before, after=edit.after) != edit:
        return (*edits, edit)
    last = edits[number]
    if last.after != edit.before:
        return (*edits, edit)
    others = (*edits[:number], *edits[number + 1 :])
    return others if last.before == edit.after else (*others, replace(last, after=edit.after))


def replaced(
    draft: Draft, section: DraftSection, materials: Materials, *, options: Options | None = None
) -> Draft:
    """The draft with another template of one section; the others stay byte for byte.

    Args:
        draft: As it stands.
        section: Id, heading and template as they are to be; set and judged anew with `materials`.
        materials: Rows and facts with the references that the draft uses.
        options: How strictly to judge.

    Raises:
        RequestError: there is no such section.
    """
    if all(one.id != section.id for one in draft.sections):
        raise RequestError(f"没有“{section.id}”这个板块")
    written = [
        as_written(section if one.id == section.id else one, materials) for one in draft.sections
    ]
    return rejudged(draft, written, materials, options)


def _above(sections: Sequence[WrittenSection], number: int) -> str:
    """The headings that a section stands under, its own last."""
    found: list[str] = []
    level = sections[number].level + 1
    for one in reversed(sections[: number + 1]):
        if one.heading and one.level < level:
            found.insert(0, one.heading)
            level = one.level
    return "\n".join(found)
