"""附件 behind the signature: the year's table and the figures of several years, by GB/T 9704-2012, 7.3.4 and 7.3.7.

附件说明 stands one line below the text; each attachment begins on a page of its own with 附件 and
its number in 黑体, its title centred on the third line, both equal to what 附件说明 says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from drafter.exporting.ooxml import Paragraph, picture, run
from drafter.exporting.styles import Look, title_width
from drafter.exporting.titles import break_title
from drafter.exporting.year_table import year_table_xml
from drafter.records.draft import Draft
from drafter.records.indicator import IndicatorTable
from drafter.records.printable import clean
from drafter.records.series import SectionSeries


@dataclass(frozen=True, slots=True)
class Attachments:
    """What is attached to a copy; nothing by default."""

    table: IndicatorTable | None = None
    series: tuple[SectionSeries, ...] = ()

    def titles(self, draft: Draft) -> tuple[str, ...]:
        """What 附件说明 names, in order."""
        return (
            *((f"{draft.year}年主要指标完成情况表",) if self.table is not None else ()),
            *((f"{draft.year}年主要指标历年情况图",) if self.series else ()),
        )


NONE = Attachments()


@dataclass(frozen=True, slots=True)
class Attached:
    """Attachments as XML: the note below the text, the pages behind the signature, the pictures."""

    note: tuple[Paragraph, ...] = ()
    pages: str = ""
    images: tuple[bytes, ...] = ()


NOTHING = Attached()


def attached(attachments: Attachments, draft: Draft, look: Look) -> Attached:
    """Attachments set for a copy.

    Raises:
        OperatorError: this machine has no Chinese font to draw with.
    """
    titles = attachments.titles(draft)
    if not titles:
        return NOTHING
    pages, images = [], []
    for number, title in enumerate(titles, 1):
        pages.append(_head(f"附件{number}" if len(titles) > 1 else "附件", title, look))
        if number == 1 and attachments.table is not None:
            pages.append(year_table_xml(attachments.table, draft.year, look))
            continue
        for one in attachments.series:
            image, size = _drawn(one, look)
            images.append(image)
            pages.append(_figure(one, len(images), size, look))
    return Attached(_note(titles, look), "".join(pages), tuple(images))


def _drawn(one: SectionSeries, look: Look) -> tuple[bytes, tuple[int, int]]:
    """The picture of a section and its size in millimetres."""
    # The library behind it costs a second to import, and few copies have charts.
    from drafter.exporting.charts import chart, size_mm  # noqa: PLC0415

    return chart(one.series, look.profile.fonts.body), size_mm(one.series)


def _note(titles: Sequence[str], look: Look) -> tuple[Paragraph, ...]:
    """附件：… one line below the text, without an end mark; lines that wrap stand below the name."""
    blank = Paragraph(replace(look.blank_setting, keep_next=True), look.body)
    one = look.profile.character_twips
    lines = []
    for number, title in enumerate(titles, 1):
        head = "附件：" if number == 1 else ""
        label = f"{head}{number}．" if len(titles) > 1 else head
        # 附件：1． is five characters; what has no head is moved in by its three.
        left, hanging = (5 + (2 if len(titles) > 1 else 0), len(label))
        setting = replace(
            look.blank_setting,
            left=left * one,
            left_chars=left * 100,
            hanging=hanging * one,
            hanging_chars=hanging * 100,
            keep_next=True,  # the signature below is never alone on its page
        )
        lines.append(Paragraph(setting, look.body, run(label + title, look.body)))
    return (blank, *lines)


def _head(label: str, title: str, look: Look) -> str:
    """附件1 at the top, a blank line, the title centred on the third line."""
    face = look.heading(1)
    first = Paragraph(replace(look.blank_setting, page_break=True), face, run(label, face))
    blank = Paragraph(look.blank_setting, look.body)
    lines = break_title(title, title_width(look.profile))
    setting = replace(look.title_setting, style="Normal")
    named = Paragraph(setting, look.title, run("\n".join(lines), look.title))
    return first.xml + blank.xml + named.xml


def _figure(one: SectionSeries, number: int, size: tuple[int, int], look: Look) -> str:
    """A section's picture with its heading above, kept together."""
    setting = replace(look.cell_setting, align="center", keep_next=True)
    heading = Paragraph(
        setting, look.table_head, run(clean(one.section).rstrip("。"), look.table_head)
    )
    width, height = size
    names = "、".join(series.name for series in one.series)
    shown = picture(f"rIdImage{number}", number, width, height, f"历年情况：{clean(names)}")
    frame = Paragraph(replace(look.cell_setting, align="center"), look.table, shown)
    return heading.xml + frame.xml
