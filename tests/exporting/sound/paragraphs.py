"""Rules on paragraphs: pitch, indents, headings, title and signature."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from drafter.exporting.review import AI_MARK
from tests.exporting.opened import Opened, W, all_of, attribute, runs, text
from tests.exporting.sound.page import type_height, type_width
from tests.exporting.sound.rule import held, of_style, rule, start_of, stories, styles, whole
from tests.exporting.sound.text import FONTS

_LEVELS = ("Heading1", "Heading2", "Heading3", "Heading4")
_PAGE = ("Title", "Normal", "OfficialBody", "Signature", *_LEVELS)
_ENDS = "。：:！!？?；;"


def _character(style: ET.Element) -> int:
    """Width of one character of a style, in twips."""
    return 10 * whole(attribute(style, "rPr/sz")) + whole(attribute(style, "rPr/spacing"))


def _pitch(opened: Opened) -> str | None:
    return attribute(styles(opened)["Normal"], "pPr/spacing", "line")


def _in_cells(opened: Opened) -> Iterator[ET.Element]:
    for cell in held(opened.document, "tc"):
        yield from cell.findall(f"{W}p")


@rule()
def lines_of_the_page_have_one_exact_pitch(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.3: as many lines on every page; direct, for parts that are pasted."""
    for paragraph in of_style(opened, *_PAGE):
        line = attribute(paragraph, "pPr/spacing", "line")
        if line != _pitch(opened) or attribute(paragraph, "pPr/spacing", "lineRule") != "exact":
            yield f"{start_of(paragraph)}: {line}"


@rule()
def styles_of_the_page_have_the_same_pitch(opened: Opened) -> Iterator[str]:
    """What an officer adds by style stands on the lines of the page too."""
    for name in _PAGE:
        style = styles(opened)[name]
        rule_of_line = attribute(style, "pPr/spacing", "lineRule")
        if attribute(style, "pPr/spacing", "line") != _pitch(opened) or rule_of_line != "exact":
            yield name


@rule()
def the_page_has_its_lines(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.3: 22 lines; 21 by the pitches of 29 and 30 pt seen in the field."""
    if type_height(opened) // max(whole(_pitch(opened)), 1) not in (21, 22):
        yield str(_pitch(opened))


@rule()
def the_line_has_its_characters(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.3: 28 characters a line."""
    if type_width(opened) // max(_character(styles(opened)["OfficialBody"]), 1) != 28:
        yield str(_character(styles(opened)["OfficialBody"]))


@rule()
def no_paragraph_has_space_around_it(opened: Opened) -> Iterator[str]:
    """Trap: space before or after breaks the count of lines a page."""
    for name, root in (*stories(opened), ("word/styles.xml", opened.tree("word/styles.xml"))):
        for properties in held(root, "pPr"):
            spacing = properties.find(f"{W}spacing")
            if spacing is not None and any(
                spacing.get(f"{W}{side}") != "0" for side in ("before", "after")
            ):
                yield name


@rule()
def cells_and_comments_are_never_clipped(opened: Opened) -> Iterator[str]:
    """Trap: an exact pitch cuts off what stands in table cells, comments and footers."""
    other = [root for name, root in stories(opened) if name != "word/document.xml"]
    lines = [*_in_cells(opened), *(line for root in other for line in held(root, "p"))]
    for paragraph in lines:
        if attribute(paragraph, "pPr/spacing", "lineRule") != "auto":
            yield start_of(paragraph)


@rule()
def pictures_are_never_clipped(opened: Opened) -> Iterator[str]:
    """Trap: a line of exact pitch shows a strip of the picture that stands in it."""
    for paragraph in held(opened.document, "p"):
        drawn = any(True for kind in ("drawing", "pict") for _ in all_of(paragraph, kind))
        if drawn and attribute(paragraph, "pPr/spacing", "lineRule") != "auto":
            yield start_of(paragraph)


@rule()
def paragraphs_name_their_style(opened: Opened) -> Iterator[str]:
    """The way back tells title, headings and text by style."""
    for name, root in stories(opened):
        for paragraph in held(root, "p"):
            if attribute(paragraph, "pPr/pStyle") is None:
                yield f"{name}: {start_of(paragraph)}"


@rule()
def pages_are_filled(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.3: 一般每面排22行; widow control would leave lines empty."""
    for paragraph in of_style(opened, *_PAGE):
        if attribute(paragraph, "pPr/widowControl") != "0":
            yield start_of(paragraph)


@rule()
def paragraphs_move_in_two_characters(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.3: 左空二字; in characters for Word, in twips for the others."""
    for paragraph in of_style(opened, "OfficialBody", *_LEVELS):
        style = styles(opened)[attribute(paragraph, "pPr/pStyle") or ""]
        chars = attribute(paragraph, "pPr/ind", "firstLineChars")
        twips = whole(attribute(paragraph, "pPr/ind", "firstLine"))
        centred = attribute(paragraph, "pPr/jc") == "center"
        if (chars, twips) != ((None, 0) if centred else ("200", 2 * _character(style))):
            yield f"{start_of(paragraph)}: {chars} {twips}"


@rule()
def styles_move_in_two_characters(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.3, for what is added by style."""
    for name in ("OfficialBody", *_LEVELS):
        style = styles(opened)[name]
        chars = attribute(style, "pPr/ind", "firstLineChars")
        if chars != "200" or whole(attribute(style, "pPr/ind", "firstLine")) != 2 * _character(
            style
        ):
            yield name


@rule()
def lines_that_wrap_stand_flush(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.3: 回行顶格: no left or right indent in the text."""
    for paragraph in of_style(opened, "OfficialBody", *_LEVELS):
        for side in ("left", "right", "hanging", "leftChars", "rightChars"):
            if whole(attribute(paragraph, "pPr/ind", side)):
                yield f"{start_of(paragraph)}: {side}"


@rule()
def the_text_is_set_to_both_edges(opened: Opened) -> Iterator[str]:
    """Chinese typesetting: 两端对齐, else the right edge is ragged."""
    for paragraph in of_style(opened, "OfficialBody"):
        if attribute(paragraph, "pPr/jc") != "both":
            yield start_of(paragraph)


@rule()
def headings_have_the_outline_of_their_level(opened: Opened) -> Iterator[str]:
    """Trap: a shift by one where the title counts as a level; by style and directly."""
    for level, name in enumerate(_LEVELS):
        outline = attribute(styles(opened)[name], "pPr/outlineLvl")
        if outline != str(level):
            yield f"{name}: {outline}"
    for paragraph in of_style(opened, *_LEVELS):
        level = _LEVELS.index(attribute(paragraph, "pPr/pStyle") or "")
        if attribute(paragraph, "pPr/outlineLvl") != str(level):
            yield start_of(paragraph)


@rule()
def nothing_but_headings_has_an_outline(opened: Opened) -> Iterator[str]:
    """The navigation pane lists headings and nothing else, the title least of all."""
    for paragraph in held(opened.document, "p"):
        style = attribute(paragraph, "pPr/pStyle")
        if style not in _LEVELS and attribute(paragraph, "pPr/outlineLvl") is not None:
            yield start_of(paragraph)


@rule()
def headings_go_by_words_own_names(opened: Opened) -> Iterator[str]:
    """Trap: Word, WPS and LibreOffice know headings by the name `heading 1`, in small letters."""
    for level, name in enumerate(_LEVELS, 1):
        if attribute(styles(opened)[name], "name") != f"heading {level}":
            yield name


@rule()
def headings_stay_with_what_follows(opened: Opened) -> Iterator[str]:
    """A heading alone at the foot of a page is the first thing that is sent back."""
    for paragraph in of_style(opened, "Title", *_LEVELS):
        if paragraph.find(f"{W}pPr/{W}keepNext") is None:
            yield start_of(paragraph)


@rule("clean", "review")
def run_in_headings_end_with_a_mark(opened: Opened) -> Iterator[str]:
    """DOMAIN 2.4: a heading within a paragraph ends with its own mark."""
    for paragraph in of_style(opened, "OfficialBody"):
        said = runs(paragraph)
        font = attribute(said[0], "rPr/rFonts", "eastAsia") if len(said) > 1 else None
        words = "".join(item.text or "" for item in all_of(said[0], "t")) if said else ""
        if font in (*FONTS["Heading1"], *FONTS["Heading2"]) and words[-1:] not in _ENDS:
            yield words


@rule("clean", "review", "comparison")
def the_title_comes_first_and_once(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.1: above all else, blank lines of the profile apart."""
    titles = list(of_style(opened, "Title"))
    if len(titles) > 1:
        yield f"{len(titles)} titles"
    if titles:
        place = opened.paragraphs.index(titles[0])
        yield from (line for line in opened.lines[:place] if line)


@rule()
def the_title_is_centred_and_off_the_grid(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.1: 居中; moved in by nothing, not drawn together."""
    for title in of_style(opened, "Title"):
        centred = attribute(title, "pPr/jc") == "center" and title.find(f"{W}pPr/{W}ind") is None
        spread = any(whole(attribute(run, "rPr/spacing")) for run in runs(title))
        if not centred or attribute(title, "pPr/snapToGrid") != "0" or spread:
            yield start_of(title)


@rule("clean", "review")
def a_blank_line_follows_the_title(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.2: one line between the title and what follows."""
    paragraphs = opened.paragraphs
    for place, paragraph in enumerate(paragraphs):
        if attribute(paragraph, "pPr/pStyle") == "Title":
            after = paragraphs[place + 1 : place + 3]
            if (
                not after
                or text(after[0])
                or (len(after) > 1 and not text(after[1]) and _blank(after[1]))
            ):
                yield start_of(paragraph)


def _blank(paragraph: ET.Element) -> bool:
    return attribute(paragraph, "pPr/pStyle") != "Normal"


@rule()
def no_paragraph_of_the_text_is_empty(opened: Opened) -> Iterator[str]:
    """An empty line within the text is no part of the standard, and shifts what is read back."""
    for paragraph in of_style(opened, "Title", "OfficialBody", "Signature", *_LEVELS):
        if not "".join(paragraph.itertext()).strip():
            yield attribute(paragraph, "pPr/pStyle") or ""


def _signature(opened: Opened) -> list[ET.Element]:
    return list(of_style(opened, "Signature"))


@rule("clean", "review")
def the_signature_stands_below_a_blank_line(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.5.2: 在正文下空一行; at most two lines, name and date, together."""
    lines = _signature(opened)
    if not lines:
        return
    paragraphs = opened.paragraphs
    place = paragraphs.index(lines[0])
    if len(lines) > 2 or paragraphs[place : place + len(lines)] != lines:
        yield f"{len(lines)} lines"
    if place == 0 or text(paragraphs[place - 1]):
        yield "no blank line"
    yield from (
        f"{start_of(line)} may be alone"
        for line in (*paragraphs[max(place - 1, 0) : place], *lines[:-1])
        if line.find(f"{W}pPr/{W}keepNext") is None
    )


@rule("clean", "review")
def the_signature_ends_two_characters_in(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.5.2: 右空二字 for the longer line; the other one starts 2 字 off it."""
    for line in _signature(opened):
        side = attribute(line, "pPr/jc")
        two = 2 * _character(styles(opened)["Signature"])
        if side == "right" and whole(attribute(line, "pPr/ind", "right")) != two:
            yield start_of(line)
        if side not in ("left", "right"):
            yield f"{start_of(line)}: {side}"


@rule("clean", "review")
def the_date_has_no_padded_zero(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.5.4: 月、日不编虚位: 1 is not written 01."""
    for line in _signature(opened):
        if re.search(r"年0\d月|月0\d日|\d-\d\d-\d", text(line)):
            yield text(line)


@rule("clean", "review")
def what_follows_the_signature_has_a_page_of_its_own(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.7: attachments begin on a new page, and so does 核对附页."""
    lines = _signature(opened)
    blocks = list(opened.document[0])
    if lines:
        after = blocks[blocks.index(lines[-1]) + 1]
        if "".join(after.itertext()) == f"（{AI_MARK}）":
            after = blocks[blocks.index(after) + 1]
        broken = after.find(f"{W}pPr/{W}pageBreakBefore") is not None
        if after.tag != f"{W}sectPr" and not broken:
            yield start_of(after)
