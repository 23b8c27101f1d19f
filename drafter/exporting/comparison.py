"""花脸稿: two states of a draft as one text with Word's own tracked changes, and why they changed.

Taking all changes leaves the later text, refusing them the earlier one, in Word, WPS and
LibreOffice alike. The table behind it says 原文, 现文, 原因 and who.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from drafter.exporting.grid import Column, table_xml
from drafter.exporting.ooxml import Face, Paragraph, Setting, run, tracked
from drafter.exporting.styles import HEADING_LEVELS, Look
from drafter.records.comparison import ChangeRow, ComparedLine, Comparison, Piece
from drafter.records.printable import abbreviated, clean

HEADING = "改动对照表"
_LONGEST_NAME = 10
_TAGS = {"inserted": "ins", "deleted": "del"}
_COLUMNS = (
    Column("序号", 7, "c"),
    Column("板块", 14),
    Column("原文", 29),
    Column("现文", 29),
    Column("原因", 12),
    Column("何人", 9),
)


def comparison_xml(comparison: Comparison, look: Look, when: str) -> str:
    """The paragraphs of both states, then the table on a page of its own."""
    numbers = count(1)
    lines = [_line(one, look, when, numbers) for one in comparison.lines]
    return "".join((*lines, *_table(comparison.changes, look)))


def _line(line: ComparedLine, look: Look, when: str, numbers: "count[int]") -> str:
    setting, face = _looks(line, look)
    content = "".join(_piece(piece, face, when, numbers) for piece in line.pieces)
    mark = ""
    if line.kind != "same":
        mark = tracked(_TAGS[line.kind], next(numbers), line.author, when)
    return Paragraph(setting, face, content, mark).xml


def _looks(line: ComparedLine, look: Look) -> tuple[Setting, Face]:
    if line.style == "title":
        return look.title_setting, look.title
    if line.style == "heading":
        level = min(max(line.level, 1), HEADING_LEVELS[-1])
        return look.heading_setting(level), look.heading(level)
    if line.style == "signature":
        return replace(look.blank_setting, style="Signature", align="right"), look.body
    return look.body_setting, look.body


def _piece(piece: Piece, face: Face, when: str, numbers: "count[int]") -> str:
    said = run(clean(piece.text).replace("\n", ""), face)
    if not said or piece.kind == "same":
        return said
    return tracked(_TAGS[piece.kind], next(numbers), piece.author, when, said)


def _table(changes: Sequence[ChangeRow], look: Look) -> list[str]:
    heading = Paragraph(look.part_setting, look.heading(1), run(HEADING, look.heading(1))).xml
    if not changes:
        return [
            heading,
            Paragraph(look.body_setting, look.body, run("两稿文字相同。", look.body)).xml,
        ]
    rows = [
        (
            str(number),
            abbreviated(row.section, _LONGEST_NAME),
            row.before or "—",
            row.after or "—",
            "\n".join(part for part in (row.reason, "、".join(row.kinds)) if part),
            row.by or "—",
        )
        for number, row in enumerate(changes, 1)
    ]
    table = table_xml(_COLUMNS, rows, look, small=True)
    return [heading, table, Paragraph(look.cell_setting, look.small).xml]
