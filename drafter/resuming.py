"""A new draft of the same year takes over what a person decided on the earlier one, and says so."""

from pathlib import Path

from drafter.deciding import carried_over
from drafter.draft_file import read_draft
from drafter.errors import DrafterError
from drafter.outcome import with_notes
from drafter.records.draft import Draft
from drafter.verification import Options
from drafter.writing.references import Materials


def with_decisions(
    draft: Draft,
    materials: Materials,
    file: Path,
    *,
    asked: bool,
    options: Options | None = None,
) -> Draft:
    """The draft with the decisions of an earlier one, where they still fit, and a word on each.

    Args:
        draft: Newly written.
        materials: What it was written from.
        file: The earlier `draft.json`.
        asked: A person named the file; else it is what stood in the output folder, and counts only
            where it is of the same bureau and year.
        options: How strictly to judge.

    Raises:
        DrafterError: the file that was named cannot be read.
    """
    if not asked and not file.exists():
        return draft
    try:
        former = read_draft(file)
    except DrafterError:
        if asked:
            raise
        return with_notes(draft, [f"原有的{file}读不出，其中的定夺未沿用"])
    same = (former.organisation, former.year) == (draft.organisation, draft.year)
    if not former.decisions or not (same or asked):
        return draft
    carried = carried_over(draft, materials, former.decisions, options=options)
    head = f"沿用{file}中的定夺（不沿用请加 --no-decisions）："
    return with_notes(carried.draft, [head, *carried.notes])
