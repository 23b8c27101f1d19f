"""Word copies of a draft: one to print by GB/T 9704, one to review with its evidence.

The same draft gives the same bytes, on any day and machine. Files are written whole or not at
all. Reading an edited copy back is left to `reading`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from drafter.errors import RefusedError, RequestError
from drafter.exporting.appendix import appendix_xml
from drafter.exporting.attachments import NONE, NOTHING, Attached, Attachments, attached
from drafter.exporting.body import body_xml, document_xml, footer_xml, plain_content
from drafter.exporting.comparison import comparison_xml
from drafter.exporting.evidence import Sources
from drafter.exporting.listings import files_of
from drafter.exporting.package import Parts, moment, pack, write_atomically
from drafter.exporting.page import DEFAULT, PageProfile
from drafter.exporting.review import AI_MARK, comments_xml, prepare, review_content
from drafter.exporting.signoff import Sheet, sheets_of, signoff_xml
from drafter.exporting.styles import Look, style_sheet
from drafter.records.comparison import Comparison
from drafter.records.draft import Draft
from drafter.records.fact import FactList
from drafter.records.indicator import IndicatorTable

SHOWN_POINTS = 20


@dataclass(frozen=True, slots=True)
class Extras:
    """What an office may add to a copy; nothing by default."""

    attachments: Attachments = NONE
    ai_mark: Literal["off", "text", "property"] = "off"
    """AI辅助起草 below the signature, or among the properties of the file."""

    @property
    def line(self) -> str:
        """The words below the signature; '' for none."""
        return AI_MARK if self.ai_mark == "text" else ""

    @property
    def keywords(self) -> str:
        """Those of the file; '' for none."""
        return AI_MARK if self.ai_mark == "property" else ""


PLAIN = Extras()


def write_clean(
    draft: Draft, path: Path, *, profile: PageProfile = DEFAULT, extras: Extras = PLAIN
) -> None:
    """Write 印发稿: the text alone, without comment, mark or metadata of a person.

    Raises:
        RefusedError: something is open; `open_points` lists what.
        OperatorError: the file cannot be written.
    """
    refuse_open(draft)
    write_atomically(path, clean_copy(draft, profile, extras))


def refuse_open(draft: Draft) -> None:
    """Refuses a clean copy while something is open.

    Raises:
        RefusedError: something is; `open_points` lists what.
    """
    if draft.open_points:
        raise RefusedError(_refusal(draft.open_points), open_points=draft.open_points)


def clean_copy(draft: Draft, profile: PageProfile = DEFAULT, extras: Extras = PLAIN) -> bytes:
    """The bytes of the clean copy; whoever calls has seen that nothing is open."""
    look = Look(profile)
    held = attached(extras.attachments, draft, look)
    body = body_xml(draft, look, plain_content(look), note=held.note, mark=extras.line)
    return pack(_parts(look, body + held.pages, held, extras), draft, profile)


def write_review(
    draft: Draft,
    path: Path,
    *,
    profile: PageProfile = DEFAULT,
    table: IndicatorTable | None = None,
    facts: FactList | None = None,
    extras: Extras = PLAIN,
) -> None:
    """Write 审校稿: the same pages with marks, a comment for each number, and 核对附页.

    `table` and `facts` give names and cells to what was inserted but not judged, and to the
    rows that were not used; without them the copy names ids.

    Raises:
        OperatorError: the file cannot be written.
    """
    sources = Sources(table or IndicatorTable(()), facts or FactList())
    write_atomically(path, review_copy(draft, sources, profile, extras))


def review_copy(
    draft: Draft, sources: Sources, profile: PageProfile = DEFAULT, extras: Extras = PLAIN
) -> bytes:
    """The bytes of the review copy."""
    look = Look(profile)
    review = prepare(draft, sources)
    held = attached(extras.attachments, draft, look)
    body = body_xml(draft, look, review_content(review, look), note=held.note, mark=extras.line)
    appendix = appendix_xml(draft, review, sources, look)
    comments = comments_xml(review, look, moment(draft))
    parts = _parts(look, body + held.pages + appendix, held, extras, comments)
    return pack(parts, draft, profile)


def write_comparison(
    comparison: Comparison, draft: Draft, path: Path, *, profile: PageProfile = DEFAULT
) -> None:
    """Write 花脸稿: both states in one text with tracked changes, and the table of the changes.

    Raises:
        OperatorError: the file cannot be written.
    """
    write_atomically(path, comparison_copy(comparison, draft, profile))


def comparison_copy(comparison: Comparison, draft: Draft, profile: PageProfile = DEFAULT) -> bytes:
    """The bytes of the marked comparison; `draft` is the later one."""
    look = Look(profile)
    body = comparison_xml(comparison, look, moment(draft))
    return pack(_parts(look, body), draft, profile)


def write_signoff(
    draft: Draft,
    path: Path,
    sources: Sources,
    *,
    profile: PageProfile = DEFAULT,
    department: str = "",
) -> tuple[Sheet, ...]:
    """Write 核对单: a sheet for each 股室, or for one of them.

    Returns:
        The sheets.

    Raises:
        RequestError: the draft has nothing of that 股室, or nothing to be checked at all.
        OperatorError: the file cannot be written.
    """
    found = sheets_of(draft, sources)
    sheets = tuple(one for one in found if department in ("", one.department))
    if not sheets:
        names = "、".join(one.department for one in found)
        wanted = f"草稿中没有“{department}”的数字；有的股室：{names}" if names else ""
        raise RequestError(wanted or "草稿中没有需要股室核对的数字")
    write_atomically(path, signoff_copy(draft, sheets, sources, profile))
    return sheets


def signoff_copy(
    draft: Draft, sheets: Sequence[Sheet], sources: Sources, profile: PageProfile = DEFAULT
) -> bytes:
    """The bytes of the sheets."""
    look = Look(profile)
    files = files_of(draft, prepare(draft, sources), sources)
    return pack(_parts(look, signoff_xml(draft, sheets, files, look)), draft, profile)


def _parts(
    look: Look,
    body: str,
    held: Attached = NOTHING,
    extras: Extras = PLAIN,
    comments: str = "",
) -> Parts:
    return Parts(
        document=document_xml(body, look.profile),
        styles=style_sheet(look, review=bool(comments)),
        footer_odd=footer_xml(look, even=False),
        footer_even=footer_xml(look, even=True),
        comments=comments,
        images=held.images,
        keywords=extras.keywords,
    )


def _refusal(open_points: tuple[str, ...]) -> str:
    lines = "\n".join(f"  {point}" for point in open_points[:SHOWN_POINTS])
    more = len(open_points) - SHOWN_POINTS
    rest = f"\n  ……另有{more}处" if more > 0 else ""
    return (
        f"尚有{len(open_points)}处未决，不能导出印发稿。请逐项核实、补齐或由专人担保后再试：\n"
        f"{lines}{rest}"
    )
