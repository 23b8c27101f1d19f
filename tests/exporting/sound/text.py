"""Rules on characters, fonts and language: what a run prints, and in what."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tests.exporting.opened import Opened, W, all_of, attribute, children
from tests.exporting.sound.rule import held, of_style, rule, start_of, stories, styles, whole

BODY = ("仿宋_GB2312", "仿宋", "方正仿宋_GBK", "华文仿宋")
FONTS = {
    "Title": ("方正小标宋简体", "方正小标宋_GBK", "华文中宋"),
    "Heading1": ("黑体", "方正黑体_GBK", "华文黑体"),
    "Heading2": ("楷体_GB2312", "楷体", "方正楷体_GBK", "华文楷体"),
    "Heading3": BODY,
    "Heading4": BODY,
    "OfficialBody": BODY,
    "Signature": BODY,
    "Normal": BODY,
    "Footer": ("宋体", "方正书宋_GBK", "华文宋体"),
}
"""Fonts of a style and what counts as equal, by GB/T 9704-2012, 7.3 (DOMAIN 2.3)."""
SIZES = {"Title": 44, "Footer": 28} | dict.fromkeys(
    ("Heading1", "Heading2", "Heading3", "Heading4", "OfficialBody", "Signature", "Normal"), 32
)
"""二号, 四号, 三号 in half-points."""
_WIDE = re.compile("[“”‘’…—·×℃①-⑳]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff]"
)
_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


def _faces(opened: Opened) -> Iterator[tuple[str, ET.Element]]:
    """Every rFonts of the copy with the part it stands in."""
    for name, root in (*stories(opened), ("word/styles.xml", opened.tree("word/styles.xml"))):
        for fonts in held(root, "rFonts"):
            yield name, fonts


def _texts(opened: Opened) -> Iterator[tuple[str, ET.Element]]:
    for name, root in stories(opened):
        for kind in ("t", "delText", "instrText"):
            for item in held(root, kind):
                yield name, item


@rule()
def no_theme_font_is_asked_for(opened: Opened) -> Iterator[str]:
    """Trap: asciiTheme and its like override the names that stand beside them."""
    for name, fonts in _faces(opened):
        if any(key.endswith("Theme") for key in fonts.keys()):  # noqa: SIM118 - no mapping
            yield name


@rule()
def faces_name_a_font_for_every_script(opened: Opened) -> Iterator[str]:
    """Trap: a script that is left out falls back to the default of the machine."""
    for name, fonts in _faces(opened):
        for slot in _SLOTS:
            if not fonts.get(f"{W}{slot}"):
                yield f"{name}: {slot}"


@rule()
def quotes_and_dashes_go_to_the_chinese_font(opened: Opened) -> Iterator[str]:
    """Trap: without the hint, “ ” … — are drawn in Times New Roman, narrow."""
    for name, root in stories(opened):
        for run in held(root, "r"):
            said = "".join(item.text or "" for item in run)
            if _WIDE.search(said) and attribute(run, "rPr/rFonts", "hint") != "eastAsia":
                yield f"{name}: {said[:20]}"


@rule()
def fonts_used_stand_in_the_font_table(opened: Opened) -> Iterator[str]:
    """WPS and Word look there for the equals of a font that is not installed."""
    table = opened.tree("word/fontTable.xml")
    known = {font.get(f"{W}name") for font in held(table, "font")}
    used = {fonts.get(f"{W}{slot}") for _, fonts in _faces(opened) for slot in _SLOTS}
    yield from (str(font) for font in used - known)


@rule()
def the_font_table_names_each_font_once(opened: Opened) -> Iterator[str]:
    """Schema: CT_FontsList; a second entry of a name makes Word repair the file."""
    names = [font.get(f"{W}name", "") for font in held(opened.tree("word/fontTable.xml"), "font")]
    yield from (name for name in set(names) if names.count(name) > 1 or not name)


@rule()
def chinese_fonts_have_the_chinese_charset(opened: Opened) -> Iterator[str]:
    """Trap: a stand-in of the wrong charset (00 for 86) draws boxes."""
    for font in held(opened.tree("word/fontTable.xml"), "font"):
        name, charset = font.get(f"{W}name", ""), attribute(font, "charset")
        if charset != ("00" if name.isascii() else "86"):
            yield f"{name}: {charset}"


@rule()
def no_font_is_embedded(opened: Opened) -> Iterator[str]:
    """The official fonts are licensed: none may be handed on with a file."""
    yield from (name for name in (*opened.parts, *opened.media) if "/fonts/" in name)
    for part in ("word/fontTable.xml", "word/settings.xml"):
        yield from (item.tag for item in opened.tree(part).iter() if "embed" in item.tag.lower())


@rule()
def no_japanese_default_is_left(opened: Opened) -> Iterator[str]:
    """Trap: MS Mincho and MS Gothic, the East Asian default of common templates."""
    for name, xml in opened.parts.items():
        yield from (f"{name}: {font}" for font in ("Mincho", "Gothic") if font in xml)


@rule()
def the_theme_has_the_fonts_of_the_page(opened: Opened) -> Iterator[str]:
    """Trap: WPS reports missing fonts where the theme names others or none."""
    theme = opened.parts["word/theme/theme1.xml"]
    for style in ("Title", "OfficialBody"):
        font = attribute(styles(opened)[style], "rPr/rFonts", "eastAsia")
        if f'<a:ea typeface="{font}"/>' not in theme:
            yield f"{style}: {font}"


@rule()
def styles_have_the_fonts_of_the_standard(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.2, 7.3.1, 7.3.3, 7.5: 小标宋, 黑体, 楷体, 仿宋, 宋体 by role."""
    for name, accepted in FONTS.items():
        font = attribute(styles(opened)[name], "rPr/rFonts", "eastAsia")
        if font not in accepted:
            yield f"{name}: {font}"


@rule()
def styles_have_the_sizes_of_the_standard(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.2, 7.3.1, 7.5: title 二号, text and headings 三号, page number 四号."""
    for name, size in SIZES.items():
        written = attribute(styles(opened)[name], "rPr/sz")
        if written != str(size):
            yield f"{name}: {written}"


@rule()
def headings_are_set_as_their_style(opened: Opened) -> Iterator[str]:
    """Trap: direct formatting and style that differ change when a part is pasted elsewhere."""
    for paragraph in of_style(opened, "Title", "Heading1", "Heading2", "Heading3", "Heading4"):
        style = styles(opened)[attribute(paragraph, "pPr/pStyle") or ""]
        for run in all_of(paragraph, "r"):
            for path, name in (("rPr/rFonts", "eastAsia"), ("rPr/sz", "val"), ("rPr/b", "val")):
                if attribute(run, path, name) != attribute(style, path, name):
                    yield f"{start_of(paragraph)}: {path}"


@rule()
def body_runs_have_the_size_of_the_body(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.2: 三号; a mark of the review does not change it."""
    for paragraph in of_style(opened, "OfficialBody", "Signature"):
        for run in all_of(paragraph, "r"):
            size = attribute(run, "rPr/sz")
            if size not in (None, str(SIZES["OfficialBody"])):
                yield f"{start_of(paragraph)}: {size}"


@rule()
def latin_and_digits_have_one_font(opened: Opened) -> Iterator[str]:
    """DOMAIN 2.3: digits in Times New Roman, or drawn by the Chinese font; never a third."""
    plain = styles(opened)["OfficialBody"]
    separate = attribute(plain, "rPr/rFonts", "ascii") != attribute(plain, "rPr/rFonts", "eastAsia")
    for fonts in held(opened.document, "rFonts"):
        wanted = "Times New Roman" if separate else fonts.get(f"{W}eastAsia")
        if {fonts.get(f"{W}ascii"), fonts.get(f"{W}hAnsi")} != {wanted}:
            yield str(fonts.get(f"{W}ascii"))


@rule()
def both_sizes_of_a_face_agree(opened: Opened) -> Iterator[str]:
    """Trap: szCs and bCs are what WPS takes for text that it holds to be complex."""
    for name, root in (*stories(opened), ("word/styles.xml", opened.tree("word/styles.xml"))):
        for face in held(root, "rPr"):
            for one, other in (("sz", "szCs"), ("b", "bCs")):
                first, second = face.find(f"{W}{one}"), face.find(f"{W}{other}")
                given = [
                    None if item is None else (item.get(f"{W}val"),) for item in (first, second)
                ]
                if given[0] != given[1]:
                    yield f"{name}: {one}"


@rule()
def all_is_printed_in_black(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 5.2.4: 文中文字的颜色均为黑色."""
    for name, root in (*stories(opened), ("word/styles.xml", opened.tree("word/styles.xml"))):
        for colour in held(root, "color"):
            if colour.get(f"{W}val") not in ("auto", "000000"):
                yield f"{name}: {colour.get(f'{W}val')}"


@rule()
def no_letter_is_italic_underlined_or_struck(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.3 knows fonts alone for emphasis; a struck word reads as deleted."""
    for name, root in stories(opened):
        for kind in ("i", "iCs", "u", "strike", "dstrike", "em", "effect", "caps", "smallCaps"):
            for _ in held(root, kind):
                yield f"{name}: {kind}"


@rule()
def no_control_character_is_printed(opened: Opened) -> Iterator[str]:
    """XML 1.0, 2.2, and what nobody can see: zero-width, bidirectional, separators."""
    for name, xml in opened.parts.items():
        found = _FORBIDDEN.search(xml)
        if found:
            yield f"{name}: {found.group()!r}"
        if re.search(r"&#x?0*(?:[0-8bcef]|1[0-9a-f]);", xml):
            yield f"{name}: character reference"


@rule()
def texts_are_never_empty(opened: Opened) -> Iterator[str]:
    """Trap: an empty w:t is dropped by WPS, and offsets then differ on the way back."""
    yield from (name for name, item in _texts(opened) if not item.text)


@rule()
def texts_keep_their_spaces(opened: Opened) -> Iterator[str]:
    """XML 1.0, 2.10: without xml:space Word drops spaces at the edges of a text."""
    for name, item in _texts(opened):
        said, kept = item.text or "", item.get("{http://www.w3.org/XML/1998/namespace}space")
        if said != said.strip() and kept != "preserve":
            yield f"{name}: {said!r}"


@rule()
def no_tab_moves_the_text(opened: Opened) -> Iterator[str]:
    """Trap: a tab depends on stops that each program has for itself; indents are written out."""
    for name, item in _texts(opened):
        if "\t" in (item.text or "") or "\n" in (item.text or ""):
            yield f"{name}: {item.text!r}"
    for name, root in stories(opened):
        yield from (f"{name}: {kind}" for kind in ("tab", "ptab", "tabs") for _ in held(root, kind))


@rule()
def the_language_is_chinese(opened: Opened) -> Iterator[str]:
    """Trap: without w:lang the speller underlines every line, and punctuation is not compressed."""
    sheet = opened.tree("word/styles.xml")
    said = attribute(sheet, "docDefaults/rPrDefault/rPr/lang", "eastAsia")
    if said != "zh-CN":
        yield f"styles: {said}"
    said = attribute(opened.tree("word/settings.xml"), "themeFontLang", "eastAsia")
    if said != "zh-CN":
        yield f"settings: {said}"


@rule()
def line_breaks_stand_within_a_line(opened: Opened) -> Iterator[str]:
    """Only the title is broken by hand (GB/T 9704-2012, 7.3.1); no page or column break."""
    for paragraph in opened.paragraphs:
        for item in all_of(paragraph, "br"):
            if item.attrib or attribute(paragraph, "pPr/jc") != "center":
                yield start_of(paragraph)


@rule()
def no_line_of_the_title_starts_badly(opened: Opened) -> Iterator[str]:
    """GB/T 9704-2012, 7.3.1: words stay whole: no number cut, no mark at a line's start."""
    for paragraph in of_style(opened, "Title"):
        parts = [
            "\n" if item.tag == f"{W}br" else item.text or ""
            for item in paragraph.iter()
            if item.tag in (f"{W}br", f"{W}t")
        ]
        if re.search(r"\d\n\d|\n[、，。：；）》”]|[（《“]\n", "".join(parts)):
            yield start_of(paragraph)


@rule()
def characters_are_drawn_together_evenly(opened: Opened) -> Iterator[str]:
    """DOMAIN 2.3: 28 characters of 16 pt need w:spacing −5; the same in all runs of the body."""
    wanted = attribute(styles(opened)["OfficialBody"], "rPr/spacing")
    for paragraph in of_style(
        opened, "OfficialBody", "Heading1", "Heading2", "Heading3", "Heading4"
    ):
        for run in all_of(paragraph, "r"):
            if "commentReference" in children(run):
                continue
            if attribute(run, "rPr/spacing") != wanted:
                yield f"{start_of(paragraph)}: {whole(attribute(run, 'rPr/spacing'))}"
