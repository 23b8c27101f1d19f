"""What it takes to put a draft back as it was before a change."""

import hashlib
from dataclasses import replace

from drafter.drafting import origins_of
from drafter.records.draft import Draft, DraftSection, Former, FormerSection


def remembering(draft: Draft, result: Draft, asked: str) -> Draft:
    """The changed draft with the former state kept in it.

    Args:
        draft: Before the change.
        result: After it.
        asked: What was asked for, in Chinese.
    """
    kept = Former(
        asked=asked,
        sections=tuple(_former(one) for one in draft.sections),
        left_out=draft.left_out,
        questions=draft.questions,
        made={one.id: digest(one.template) for one in result.sections},
    )
    return replace(result, former=(*draft.former, kept))


def digest(template: str) -> str:
    """A fingerprint of a template."""
    return hashlib.sha256(template.encode("utf-8")).hexdigest()[:16]


def _former(section: DraftSection) -> FormerSection:
    return FormerSection(
        id=section.id,
        heading=section.heading,
        level=section.level,
        kind=section.kind,
        template=section.template,
        run_in=section.run_in,
        origins=tuple((*key, *place) for key, place in origins_of(section).items()),
        calls=section.calls,
        by_model=section.by_model,
    )
