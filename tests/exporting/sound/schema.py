"""Rules on the order and nesting of elements, by the schema of WordprocessingML (ECMA-376-1, A.1).

Word calls a file damaged whose elements stand in another order; LibreOffice and WPS read it, so
that nothing else would tell.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from tests.exporting.opened import Opened, W, children
from tests.exporting.sound.rule import held, rule, start_of, stories

ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
    "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline "
    "shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath "
    "rPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
    "vAlign hideMark",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop "
    "hideSpellingErrors hideGrammaticalErrors proofState documentProtection defaultTabStop "
    "autoHyphenation evenAndOddHeaders bookFoldPrinting noPunctuationKerning "
    "characterSpacingControl strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
    "updateFields footnotePr endnotePr compat docVars rsids themeFontLang clrSchemeMapping "
    "decimalSymbol listSeparator",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "docDefaults": "rPrDefault pPrDefault",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
}
_MANY = {"headerReference", "footerReference", "tr", "tc", "tblStylePr"}
_IN_PARAGRAPH = {"pPr", "r", "commentRangeStart", "commentRangeEnd", "ins", "del"}
_SWITCHES = (
    *("b", "bCs", "i", "iCs", "keepNext", "keepLines", "pageBreakBefore", "widowControl"),
    *("autoSpaceDE", "autoSpaceDN", "snapToGrid", "qFormat", "tblHeader", "cantSplit"),
    "evenAndOddHeaders",
)
_NUMBERS = {
    "spacing": ("before", "after", "line", "val"),
    "ind": ("left", "right", "firstLine", "leftChars", "rightChars", "firstLineChars"),
    "sz": ("val",),
    "szCs": ("val",),
    "outlineLvl": ("val",),
    "gridCol": ("w",),
    "tcW": ("w",),
    "tblW": ("w",),
}


def _disordered(roots: Iterator[ET.Element], kind: str) -> Iterator[str]:
    """Elements of a kind with a child that is unknown, out of its place or there twice."""
    order = ORDERS[kind].split()
    for root in roots:
        for item in held(root, kind):
            names = children(item)
            places = [order.index(name) if name in order else -1 for name in names]
            again = {name for name in names if names.count(name) > 1} - _MANY
            if -1 in places or places != sorted(places) or again:
                yield f"{kind}: {' '.join(names)}"


def _all(opened: Opened) -> Iterator[ET.Element]:
    yield from (root for _, root in stories(opened))
    yield opened.tree("word/styles.xml")


@rule()
def paragraph_properties_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_PPr, each at most once."""
    yield from _disordered(_all(opened), "pPr")


@rule()
def run_properties_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_RPr and CT_ParaRPr, each at most once."""
    yield from _disordered(_all(opened), "rPr")


@rule()
def cell_properties_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_TcPr."""
    yield from _disordered(_all(opened), "tcPr")


@rule()
def table_properties_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_TblPr and CT_TblPrBase."""
    yield from _disordered(_all(opened), "tblPr")


@rule()
def borders_and_margins_of_tables_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_TblBorders and CT_TblCellMar go top, left, bottom, right."""
    for kind in ("tblBorders", "tblCellMar"):
        yield from _disordered(_all(opened), kind)


@rule()
def section_properties_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_SectPr, the references first."""
    yield from _disordered(_all(opened), "sectPr")


@rule()
def settings_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_Settings, the strictest order of all."""
    yield from _disordered(iter([opened.tree("word/settings.xml")]), "settings")


@rule()
def styles_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_Style and CT_DocDefaults."""
    sheet = opened.tree("word/styles.xml")
    for kind in ("style", "docDefaults"):
        yield from _disordered(iter([sheet]), kind)
    if children(sheet)[:1] != ["docDefaults"]:
        yield "docDefaults is not the first"


@rule()
def fonts_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_Font."""
    yield from _disordered(iter([opened.tree("word/fontTable.xml")]), "font")


@rule()
def tables_and_rows_stand_in_order(opened: Opened) -> Iterator[str]:
    """Schema: CT_Tbl and CT_Row: properties, grid, rows; properties, cells."""
    for kind in ("tbl", "tr"):
        yield from _disordered(iter([opened.document]), kind)


@rule()
def properties_come_first(opened: Opened) -> Iterator[str]:
    """Schema: CT_P, CT_R and CT_Tc have their properties before anything else, once."""
    for name, root in stories(opened):
        for kind in ("p", "r", "tc"):
            for item in held(root, kind):
                if f"{kind}Pr" in children(item)[1:]:
                    yield f"{name}: {kind}"


@rule()
def the_body_ends_with_its_section(opened: Opened) -> Iterator[str]:
    """Schema: CT_Body has one sectPr, behind all blocks."""
    names = children(opened.document[0])
    if names.count("sectPr") != 1 or names[-1:] != ["sectPr"]:
        yield " ".join(names[-3:])


@rule()
def the_body_holds_paragraphs_and_tables_alone(opened: Opened) -> Iterator[str]:
    """No bookmark, content control or foreign markup between the blocks."""
    yield from (name for name in children(opened.document[0]) if name not in ("p", "tbl", "sectPr"))


@rule()
def paragraphs_hold_runs_comments_and_changes_alone(opened: Opened) -> Iterator[str]:
    """No link, bookmark, proofing mark or smart tag, by which other programs leave traces."""
    for name, root in stories(opened):
        for paragraph in held(root, "p"):
            for child in children(paragraph):
                if child not in _IN_PARAGRAPH:
                    yield f"{name}: {child}"


@rule()
def a_cell_ends_with_a_paragraph(opened: Opened) -> Iterator[str]:
    """Schema: CT_Tc; Word calls a file damaged whose cell has no last paragraph."""
    for cell in held(opened.document, "tc"):
        if children(cell)[-1:] != ["p"]:
            yield " ".join(children(cell)) or "(empty cell)"


@rule()
def a_table_is_followed_by_a_paragraph(opened: Opened) -> Iterator[str]:
    """Trap: Word joins tables that touch, and wants a paragraph behind the last one."""
    names = children(opened.document[0])
    for place, name in enumerate(names[:-1]):
        if name == "tbl" and names[place + 1] != "p":
            yield f"tbl before {names[place + 1]}"


@rule()
def switches_are_written_alike(opened: Opened) -> Iterator[str]:
    """Schema: ST_OnOff; WPS reads neither `on` nor `off`."""
    for root in (*_all(opened), opened.tree("word/settings.xml")):
        for name in _SWITCHES:
            for item in held(root, name):
                if item.get(f"{W}val") not in (None, "0"):
                    yield f"{name}: {item.get(f'{W}val')}"


@rule()
def measures_are_whole_numbers(opened: Opened) -> Iterator[str]:
    """Schema: ST_DecimalNumber and ST_TwipsMeasure; a decimal point makes Word refuse the file."""
    for root in _all(opened):
        for name, attributes in _NUMBERS.items():
            keys = [f"{W}{attribute}" for attribute in attributes]
            written = {item.get(key, "0") for item in held(root, name) for key in keys}
            yield from (f"{name}: {one}" for one in written if not re.fullmatch(r"-?\d+", one))


@rule()
def runs_say_something(opened: Opened) -> Iterator[str]:
    """A run without content is dropped by some programs and kept by others."""
    for name, root in stories(opened):
        for paragraph in held(root, "p"):
            for run in paragraph.iter(f"{W}r"):
                if not set(children(run)) - {"rPr"}:
                    yield f"{name}: {start_of(paragraph)}"
