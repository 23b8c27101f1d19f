"""A past summary from its file: cleaned blocks, a heading tree over them, and how whole it is.

The way on one page: the file's own text (`texts`) is cleaned (`cleaning`), lines that layout
broke are joined (`wrapping`), title and signature set apart (`frame`), headings found
(`splitting`, `headings`), sections built (`sectioning`), and the whole judged (`quality`).
Nothing is written and nothing is looked up; what the numbers mean is asked elsewhere.
"""

from pathlib import Path

from drafter.errors import UnreadableFileError
from drafter.reading.cleaning import clean, unpaired
from drafter.reading.frame import find_frame, find_organisation, find_year
from drafter.reading.headings import find_headings
from drafter.reading.quality import judge
from drafter.reading.sectioning import build_sections
from drafter.reading.source import SourceText
from drafter.reading.splitting import split_inside
from drafter.reading.texts import MOST_CHARACTERS, read_source
from drafter.reading.wrapping import join_lines
from drafter.records.summary import CleaningNote, PastSummary


def read_summary(
    path: Path | str, *, organisation: str = "", year: int | None = None
) -> PastSummary:
    """Reads a past summary (工作总结, also a government report) from `.docx` or `.txt`.

    Args:
        path: The file.
        organisation: Whose summary it is, where the caller knows better than the text.
        year: The year it is of, likewise.

    Returns:
        Blocks in the order of the text; each character of a block points back into `source`,
        the file's own text. `source[o]` for the offsets `o` of a block gives the block's text,
        but for the replacements that `cleaning` reports.

    Raises:
        UnreadableFileError: As `read_text`, and for texts far too long for a summary.
    """
    path = Path(path)
    return parse_summary(read_source(path), path, organisation=organisation, year=year)


def parse_summary(
    source: SourceText, path: Path, *, organisation: str = "", year: int | None = None
) -> PastSummary:
    """A past summary from a text that was read already; `path` only tells names."""
    if len(source.text) > MOST_CHARACTERS:
        length = len(source.text) // 10_000
        raise UnreadableFileError(str(path), f"全文超过{length}万字，不像一份工作总结，请检查文件")
    cleaned, removed = clean(source)
    lines, breaks = join_lines(cleaned)
    frame = find_frame(lines)
    body = find_headings(split_inside(frame.body))
    blocks = (*frame.front, *body, *frame.back)
    notes = _in_order((*removed, *breaks, *unpaired(lines)))
    return PastSummary(
        file=str(path),
        source=source.text,
        title=frame.title or path.stem,
        year=year if year is not None else find_year(frame, path),
        organisation=organisation or find_organisation(frame, path),
        blocks=blocks,
        sections=build_sections(body),
        cleaning=notes,
        quality=judge(blocks, notes),
    )


def _in_order(notes: tuple[CleaningNote, ...]) -> tuple[CleaningNote, ...]:
    return tuple(sorted(notes, key=lambda note: (note.start, note.end)))
