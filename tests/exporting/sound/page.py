"""Rules on the page: paper, type area, page numbers, settings, styles."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tests.exporting.opened import Opened, W, all_of, attribute, children, text
from tests.exporting.sound.rule import held, rule, stories, styles, whole
from tests.exporting.sound.text import FONTS, SIZES

_MM = 1440 / 25.4
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORD_2013 = "15"


def _frame(opened: Opened, name: str) -> ET.Element:
    found = opened.document.find(f"{W}body/{W}sectPr/{W}{name}")
    return ET.Element(name) if found is None else found


def _measure(opened: Opened, name: str, attribute_name: str) -> int:
    return whole(_frame(opened, name).get(f"{W}{attribute_name}"))


def type_width(opened: Opened) -> int:
    """Width of the type area in twips."""
    left, right = (_measure(opened, "pgMar", side) for side in ("left", "right"))
    return _measure(opened, "pgSz", "w") - left - right


def type_height(opened: Opened) -> int:
    """Height of the type area in twips."""
    top, bottom = (_measure(opened, "pgMar", side) for side in ("top", "bottom"))
    return _measure(opened, "pgSz", "h") - top - bottom


@rule()
def the_paper_is_a4(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.1: 210 mm x 297 mm."""
    size = (_measure(opened, "pgSz", "w"), _measure(opened, "pgSz", "h"))
    if size != (11906, 16838):
        yield str(size)


@rule()
def the_margins_are_those_of_the_standard(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.1: 天头 37±1 mm, 订口 28±1 mm; the others follow."""
    for side, length in _MARGINS.items():
        if abs(_measure(opened, "pgMar", side) / _MM - length) > 1:
            yield f"{side}: {_measure(opened, 'pgMar', side)}"


@rule()
def the_type_area_is_that_of_the_standard(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.1: 156 mm x 225 mm."""
    width, height = type_width(opened) / _MM, type_height(opened) / _MM
    if abs(width - 156) > 0.1 or abs(height - 225) > 0.1:
        yield f"{width:.1f} x {height:.1f}"


@rule()
def nothing_else_narrows_the_type_area(opened: Opened) -> Iterator[str]:
    """Trap: a gutter or a second column of the template."""
    if _measure(opened, "pgMar", "gutter") or _measure(opened, "cols", "num") > 1:
        yield "gutter or columns"


@rule()
def the_dash_of_the_page_number_stands_in_its_place(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.5: the 一字线 7 mm below the type area; footer at 24.7 to 25.5 mm."""
    if not 1400 <= _measure(opened, "pgMar", "footer") <= 1446:
        yield str(_measure(opened, "pgMar", "footer"))


@rule()
def no_character_grid_spreads_the_text(opened: Opened) -> Iterator[str]:
    """Trap: docGrid linesAndChars also spreads the title and shifts the exact pitch."""
    yield from ("docGrid" for _ in held(opened.document, "docGrid"))


@rule()
def odd_and_even_pages_have_their_footers(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.5: 单页码居右, 双页码居左; one reference each, to parts of their own."""
    references = list(held(opened.document, "footerReference"))
    kinds = sorted(item.get(f"{W}type", "") for item in references)
    if kinds != ["default", "even"] or len({item.get(f"{_R}id") for item in references}) != 2:
        yield " ".join(kinds)


@rule()
def odd_and_even_are_told_apart(opened: Opened) -> Iterator[str]:
    """Trap: without w:evenAndOddHeaders Word prints the odd footer on every page."""
    switch = opened.tree("word/settings.xml").find(f"{W}evenAndOddHeaders")
    if switch is None or switch.get(f"{W}val") == "0":
        yield "no evenAndOddHeaders"
    yield from ("titlePg" for _ in held(opened.document, "titlePg"))


@rule()
def page_numbers_start_at_one(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.5: numbered through from the first page."""
    if _measure(opened, "pgNumType", "start") != 1:
        yield str(_measure(opened, "pgNumType", "start"))


@rule()
def there_is_no_header(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012 has none; a template's would print a line."""
    yield from ("headerReference" for _ in held(opened.document, "headerReference"))


def _footers(opened: Opened) -> Iterator[tuple[str, ET.Element]]:
    for name, root in stories(opened):
        if name.startswith("word/footer"):
            for paragraph in root.findall(f"{W}p"):
                yield name, paragraph


@rule()
def page_numbers_stand_between_dashes(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.5: Arabic, a 一字线 on each side."""
    for (name, paragraph), shown in zip(_footers(opened), ("— 1 —", "— 2 —"), strict=False):
        if text(paragraph) != shown:
            yield f"{name}: {text(paragraph)}"


@rule()
def page_numbers_are_a_field(opened: Opened) -> Iterator[str]:
    """A written 1 would stand on every page; begin, code, separate, shown, end in this order."""
    for name, paragraph in _footers(opened):
        marks = [item.get(f"{W}fldCharType") for item in all_of(paragraph, "fldChar")]
        codes = "".join(item.text or "" for item in all_of(paragraph, "instrText")).split()
        if marks != ["begin", "separate", "end"] or codes[:1] != ["PAGE"]:
            yield f"{name}: {marks} {codes}"


@rule()
def each_mark_of_a_field_has_a_run(opened: Opened) -> Iterator[str]:
    """Trap: WPS may show nothing where begin, code and end share one run."""
    for name, root in stories(opened):
        for run in held(root, "r"):
            names = children(run)
            if {"fldChar", "instrText"} & set(names) and len(set(names) - {"rPr"}) + (
                names.count("fldChar") > 1
            ) > 1:
                yield name


@rule()
def page_numbers_are_song_of_fourth_size(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.5: 4号半角宋体, the digits too; not drawn together, not bold."""
    for name, paragraph in _footers(opened):
        for run in all_of(paragraph, "r"):
            font = attribute(run, "rPr/rFonts", "ascii")
            if font not in FONTS["Footer"] or attribute(run, "rPr/sz") != str(SIZES["Footer"]):
                yield f"{name}: {font} {attribute(run, 'rPr/sz')}"


@rule()
def page_numbers_stand_outside_one_character_in(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.5: odd right and one 字 in, even left and one 字 in."""
    for (name, paragraph), side in zip(_footers(opened), ("right", "left"), strict=False):
        chars = attribute(paragraph, "pPr/ind", f"{side}Chars")
        length = whole(attribute(paragraph, "pPr/ind", side))
        if (
            attribute(paragraph, "pPr/jc") != side
            or chars != "100"
            or length != 10 * SIZES["Footer"]
        ):
            yield f"{name}: {side} {chars} {length}"


@rule()
def the_layout_is_that_of_a_modern_word(opened: Opened) -> Iterator[str]:
    """Trap: without compatibilityMode 15 Word opens the file in 兼容模式 and sets lines otherwise."""
    modes = {
        item.get(f"{W}name"): item.get(f"{W}val")
        for item in held(opened.tree("word/settings.xml"), "compatSetting")
    }
    if modes.get("compatibilityMode") != _WORD_2013:
        yield str(modes)


@rule()
def punctuation_is_compressed(opened: Opened) -> Iterator[str]:
    """Chinese typesetting: marks that meet share a character's width, so lines hold 28."""
    kind = attribute(opened.tree("word/settings.xml"), "characterSpacingControl")
    if kind != "compressPunctuation":
        yield str(kind)


@rule()
def settings_track_protect_and_fetch_nothing(opened: Opened) -> Iterator[str]:
    """Issue: needs no re-formatting: no lock, no template, no fields that ask on opening."""
    unwanted = (
        *("trackRevisions", "documentProtection", "writeProtection", "attachedTemplate"),
        *("updateFields", "mailMerge", "docVars", "rsids", "linkStyles"),
    )
    yield from (name for name in children(opened.tree("word/settings.xml")) if name in unwanted)


@rule()
def style_ids_and_names_are_unique(opened: Opened) -> Iterator[str]:
    """Schema: CT_Styles; Word takes one of two at random."""
    found = opened.tree("word/styles.xml").findall(f"{W}style")
    ids = [style.get(f"{W}styleId") for style in found]
    names = [attribute(style, "name") for style in found]
    yield from (str(one) for one in (*ids, *names) if ids.count(one) > 1 or names.count(one) > 1)


@rule()
def styles_used_are_defined(opened: Opened) -> Iterator[str]:
    """Trap: an unknown style is silently Normal in Word and nothing at all in WPS."""
    known = {(style.get(f"{W}type"), identifier) for identifier, style in styles(opened).items()}
    uses = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    for name, root in stories(opened):
        for element, kind in uses.items():
            for item in held(root, element):
                if (kind, item.get(f"{W}val")) not in known:
                    yield f"{name}: {item.get(f'{W}val')}"


@rule()
def styles_rest_on_styles_that_exist(opened: Opened) -> Iterator[str]:
    """Schema: basedOn and next name styles of the sheet."""
    for identifier, style in styles(opened).items():
        for link in ("basedOn", "next", "link"):
            target = attribute(style, link)
            if target is not None and target not in styles(opened):
                yield f"{identifier}: {target}"


@rule()
def each_kind_of_style_has_one_default(opened: Opened) -> Iterator[str]:
    """ECMA-376-1, 17.7.4.17: one default a kind; else what has no style looks as it likes."""
    kinds = [
        style.get(f"{W}type")
        for style in styles(opened).values()
        if style.get(f"{W}default") == "1"
    ]
    if sorted(map(str, kinds)) != ["character", "numbering", "paragraph", "table"]:
        yield " ".join(map(str, kinds))


@rule()
def styles_of_ones_own_say_so(opened: Opened) -> Iterator[str]:
    """Trap: Word replaces a style that it takes for its own by its own form of it."""
    for identifier, style in styles(opened).items():
        name = attribute(style, "name") or ""
        if (style.get(f"{W}customStyle") == "1") == name.isascii():
            yield f"{identifier}: {name}"


@rule()
def numbering_is_written_out(opened: Opened) -> Iterator[str]:
    """Enumerators are text: a w:numPr without its part shows none, and is lost on reading back."""
    used = any(True for _, root in stories(opened) for _ in held(root, "numPr"))
    if used and "word/numbering.xml" not in opened.parts:
        yield "numPr without numbering"
    if not used and "word/numbering.xml" in opened.parts:
        yield "numbering without numPr"
