"""A draft as paragraphs of the page: title, sections, signature; the frame of the page.

What both copies share. How the text of a section becomes runs is handed in: plainly for the
copy to print, with marks and comments for the copy to review.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from drafter.exporting.ooxml import DECLARATION, NAMESPACES, Paragraph, element, field, run
from drafter.exporting.package import signature_day
from drafter.exporting.page import PageProfile, points, twips
from drafter.exporting.styles import HEADING_LEVELS, Look, title_width
from drafter.exporting.titles import break_title
from drafter.records.draft import Draft, DraftSection
from drafter.records.printable import clean

Content = Callable[[DraftSection], tuple[str, ...]]
"""The text of a section as runs, one string a paragraph; no string for an empty text."""

_SHORT = 6
"""Lines of a last paragraph that goes over to the next page with the signature."""
_ENDS = "。：:！!？?；;"


def plain_content(look: Look) -> Content:
    """The text as it is: the copy to print."""

    def content(section: DraftSection) -> tuple[str, ...]:
        return tuple(
            run(clean(section.text[start:end]), look.body)
            for start, end in paragraphs(section.text)
            if clean(section.text[start:end]).strip()
        )

    return content


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Half-open stretches of the lines of a text, without their newlines."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def body_xml(
    draft: Draft,
    look: Look,
    content: Content,
    *,
    note: Sequence[Paragraph] = (),
    mark: str = "",
) -> str:
    """All paragraphs of a draft up to its signature.

    Args:
        draft: What is printed.
        look: Faces and settings of the page.
        content: The text of a section as runs.
        note: 附件说明, between the text and the signature.
        mark: Words below the signature, such as AI辅助起草; '' for none.
    """
    lines = [*_title(draft, look)]
    for section in draft.sections:
        lines += _section(section, look, content(section))
    signature = []
    if look.profile.signature and clean(draft.organisation).strip():
        signature = _signature(draft, look)
    if signature and lines and lines[-1].length <= _SHORT * look.profile.characters_per_line:
        # A signature alone on its page would be a page without text. LibreOffice moves a kept
        # paragraph whole, so a long one is left as it is.
        last = lines.pop()
        lines.append(replace(last, setting=replace(last.setting, keep_next=True)))
    below = []
    if mark:
        setting = replace(look.cell_setting, style="Signature")
        below = [Paragraph(setting, look.table, run(f"（{mark}）", look.table))]
    return "".join(line.xml for line in (*lines, *note, *signature, *below))


def document_xml(body: str, profile: PageProfile) -> str:
    """word/document.xml: the body and the frame of its pages."""
    frame = element(
        "sectPr",
        _footer_reference("default", "rId5"),
        _footer_reference("even", "rId6"),
        element("pgSz", w=twips(profile.paper_width), h=twips(profile.paper_height)),
        element(
            "pgMar",
            top=twips(profile.margin_top),
            right=twips(profile.margin_right),
            bottom=twips(profile.margin_bottom),
            left=twips(profile.margin_left),
            header=851,
            footer=twips(profile.footer_distance),
            gutter=0,
        ),
        element("pgNumType", start=1),
        element("cols", space=425),
    )
    return f"{DECLARATION}<w:document {NAMESPACES}>{element('body', body, frame)}</w:document>"


def footer_xml(look: Look, *, even: bool) -> str:
    """`— 1 —`: on odd pages 1 character from the right edge, on even pages from the left."""
    face = look.page_number
    one = points(look.profile.page_number_size)
    if even:
        setting = replace(look.page_number_setting, align="left", left_chars=100, left=one)
    else:
        setting = replace(look.page_number_setting, align="right", right_chars=100, right=one)
    number = run("— ", face) + field("PAGE", "2" if even else "1", face) + run(" —", face)
    line = Paragraph(setting, face, number)
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{line.xml}</w:ftr>"


def _footer_reference(kind: str, relation: str) -> str:
    return f'<w:footerReference w:type="{kind}" r:id="{relation}"/>'


def _title(draft: Draft, look: Look) -> list[Paragraph]:
    title = clean(draft.title).strip()
    if not title:
        return []
    blank = Paragraph(look.blank_setting, look.body)
    lines = break_title(title, title_width(look.profile), clean(draft.organisation).strip())
    line = Paragraph(look.title_setting, look.title, run("\n".join(lines), look.title))
    return [*[blank] * look.profile.blank_lines_above_title, line, blank]


def _section(section: DraftSection, look: Look, texts: tuple[str, ...]) -> Iterator[Paragraph]:
    """The heading on a line of its own, or within the first paragraph, then the text."""
    heading = clean(section.heading).replace("\n", "").strip()
    level = min(max(section.level, 1), HEADING_LEVELS[-1])
    face = look.heading(level)
    if heading and section.run_in:
        if heading[-1] not in _ENDS:
            heading += "。"
        first, *texts_after = texts or ("",)
        yield Paragraph(look.body_setting, look.body, run(heading, face) + first)
        texts = tuple(texts_after)
    elif heading:
        yield Paragraph(look.heading_setting(level), face, run(heading, face))
    for text in texts:
        yield Paragraph(look.body_setting, look.body, text)


def _signature(draft: Draft, look: Look) -> list[Paragraph]:
    """A blank line, the 署名, the date; by GB/T 9704-2012, 7.3.5.2 (without a seal).

    The date's first character stands 2 characters right of the 署名's; a date that is longer
    than the 署名 ends 2 characters before the edge, and the 署名 moves left instead.
    """
    organisation = clean(draft.organisation).replace("\n", "").strip()
    date = signature_date(draft.date)
    two = 2 * look.profile.character_twips
    own, other = _width(organisation, look), _width(date, look)
    setting = replace(look.blank_setting, style="Signature")
    # Each line hangs on the edge that does not depend on the width of a font's digits.
    if other <= own:
        start = look.profile.text_width - own
        name_setting = replace(setting, align="right", right=two)
        date_setting = replace(setting, align="left", left=max(start, 0))
    else:
        start = look.profile.text_width - two - other - two
        name_setting = replace(setting, align="left", left=max(start, 0))
        date_setting = replace(setting, align="right", right=two)
    lines = [
        Paragraph(replace(look.blank_setting, keep_next=True), look.body),
        Paragraph(
            replace(name_setting, keep_next=bool(date)), look.body, run(organisation, look.body)
        ),
    ]
    if date:
        lines.append(Paragraph(date_setting, look.body, run(date, look.body)))
    return lines


def signature_date(written: str) -> str:
    """A date by GB/T 9704-2012, 7.3.5.4: 2024年1月5日, no padded zero; other words stay."""
    day = signature_day(written)
    if day is None:
        return clean(written).replace("\n", "").strip()
    return f"{day.year}年{day.month}月{day.day}日"


def _width(text: str, look: Look) -> int:
    """Width of a line of the body in twips; digits take half a character."""
    size, spacing = points(look.profile.body_size), look.profile.spacing_twips
    return sum((size // 2 if character.isascii() else size) + spacing for character in text)
