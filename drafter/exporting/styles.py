"""Faces and settings of the page by role, and the style sheet that carries the same values.

Runs and paragraphs are formatted directly as well as by style: WPS and people who paste parts
into other files then keep the page. No theme font attribute is written anywhere; it would
override the names.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from drafter.exporting.ooxml import DECLARATION, NAMESPACES, Face, Setting, element
from drafter.exporting.page import PageProfile, points

HEADING_LEVELS = (1, 2, 3, 4)
SMALL_SIZE = Decimal(9)
"""小五: 核对附页 is long."""
OPEN_SHADE = "F4B6B6"
DECIDE_SHADE = "FFF2CC"
_OWN = frozenset({"OfficialBody", "TableText", "OpenPoint", "ToDecide", "ReviewNote"})
"""Styles that Word does not know by name."""


def half_points(size: Decimal) -> int:
    """A size in points as the format counts it."""
    return int(size * 2)


@dataclass(frozen=True)  # no slots: each face is worked out once and kept
class Look:
    """All faces and settings that a profile asks for."""

    profile: PageProfile

    def face(self, font: str, size: Decimal, *, bold: bool = False, spacing: int = 0) -> Face:
        """A face in a Chinese font; digits as the profile wants them."""
        latin = self.profile.fonts.latin[0] if self.profile.latin_digits else font
        return Face(font=font, latin=latin, size=half_points(size), bold=bold, spacing=spacing)

    @cached_property
    def title(self) -> Face:
        """小标宋二号."""
        return self.face(self.profile.fonts.title[0], self.profile.title_size)

    @cached_property
    def body(self) -> Face:
        """仿宋三号, drawn together so that 28 stand in a line."""
        return self._of_body(self.profile.fonts.body[0])

    def heading(self, level: int) -> Face:
        """黑体, 楷体, then 仿宋; all 三号."""
        fonts = self.profile.fonts
        font = {1: fonts.level1[0], 2: fonts.level2[0]}.get(level, fonts.body[0])
        return self._of_body(font, bold=level in self.profile.bold_levels)

    @cached_property
    def page_number(self) -> Face:
        """宋体四号, its digits too."""
        font = self.profile.fonts.page_number[0]
        return Face(font=font, latin=font, size=half_points(self.profile.page_number_size))

    @cached_property
    def table(self) -> Face:
        """仿宋五号."""
        return self.face(self.profile.fonts.body[0], self.profile.table_size)

    @cached_property
    def table_head(self) -> Face:
        """黑体五号."""
        return self.face(self.profile.fonts.level1[0], self.profile.table_size)

    @cached_property
    def small(self) -> Face:
        """仿宋小五, for the tables of 核对附页."""
        return self.face(self.profile.fonts.body[0], SMALL_SIZE)

    @cached_property
    def small_head(self) -> Face:
        """黑体小五."""
        return self.face(self.profile.fonts.level1[0], SMALL_SIZE)

    @cached_property
    def comment(self) -> Face:
        """宋体 10 pt."""
        return self.face(self.profile.fonts.page_number[0], Decimal(10))

    @cached_property
    def comment_setting(self) -> Setting:
        """A line of a comment."""
        return Setting(style="CommentText", grid=False)

    @cached_property
    def open_mark(self) -> Face:
        """An open point: dark shade, bold."""
        return replace(self.body, bold=True, shade=OPEN_SHADE, style="OpenPoint")

    @cached_property
    def decide_mark(self) -> Face:
        """Something a person has to decide: light shade."""
        return replace(self.body, shade=DECIDE_SHADE, style="ToDecide")

    @cached_property
    def open_note(self) -> Face:
        """The bracketed word after an open point; no text of the draft."""
        return replace(self.open_mark, style="ReviewNote")

    @cached_property
    def decide_note(self) -> Face:
        """The bracketed word after something to decide; no text of the draft."""
        return replace(self.decide_mark, bold=True, style="ReviewNote")

    @cached_property
    def body_setting(self) -> Setting:
        """A paragraph of the body: 2 characters of indent, set to both edges."""
        return replace(
            self._line("OfficialBody"), align="both", first_line_chars=200, first_line=self._indent
        )

    def heading_setting(self, level: int) -> Setting:
        """A heading of its own; shown in the navigation pane."""
        return replace(
            self._line(f"Heading{level}"),
            first_line_chars=200,
            first_line=self._indent,
            keep_next=self.profile.keep_headings,
            outline=level - 1,
        )

    @cached_property
    def part_setting(self) -> Setting:
        """The heading of a last part of the copy: centred, on a page of its own."""
        plain = replace(self.heading_setting(1), first_line=0, first_line_chars=0)
        return replace(plain, align="center", page_break=True)

    @cached_property
    def title_setting(self) -> Setting:
        """Centred, off the grid, its lines broken by us."""
        return replace(self._line("Title"), align="center", keep_next=True, grid=False)

    @cached_property
    def blank_setting(self) -> Setting:
        """A blank line of the page's pitch."""
        return self._line("Normal")

    @cached_property
    def page_number_setting(self) -> Setting:
        """A footer's line; the edge comes with odd or even."""
        return Setting(style="Footer")

    @cached_property
    def cell_setting(self) -> Setting:
        """Text in a table cell: never of exact height, which would clip it."""
        return Setting(style="TableText", grid=False)

    @property
    def _indent(self) -> int:
        return 2 * self.profile.character_twips

    def _line(self, style: str) -> Setting:
        return Setting(
            style=style,
            line=self.profile.pitch_twips,
            scripts_apart=self.profile.space_between_scripts,
        )

    def _of_body(self, font: str, *, bold: bool = False) -> Face:
        size, spacing = self.profile.body_size, self.profile.spacing_twips
        return self.face(font, size, bold=bold, spacing=spacing)


def style_sheet(look: Look, *, review: bool = False) -> str:
    """The whole of word/styles.xml; tables, comments and marks only where they are used."""
    defaults = element(
        "docDefaults",
        element("rPrDefault", _default_face(look)),
        element("pPrDefault", element("pPr", element("widowControl", val=0))),
    )
    styles = [*_page_styles(look), *_table_styles(look), *(_review_styles(look) if review else [])]
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(styles)}</w:styles>"


def _default_face(look: Look) -> str:
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    return look.body.xml.replace("</w:rPr>", f"{language}</w:rPr>")


def _style(
    identifier: str,
    name: str,
    *content: str,
    kind: str = "paragraph",
    parent: str | None = "Normal",
    after: str | None = None,
    default: bool = False,
    quick: bool = True,
) -> str:
    parts = [element("name", val=name)]
    if parent:
        parts.append(element("basedOn", val=parent))
    if after:
        parts.append(element("next", val=after))
    if quick:
        parts.append(element("qFormat"))
    attributes = {
        "type": kind,
        "default": 1 if default else None,
        "customStyle": 1 if identifier in _OWN else None,
        "styleId": identifier,
    }
    return element("style", *parts, *content, **attributes)


def _set(setting: Setting, face: Face) -> tuple[str, str]:
    return element("pPr", *setting.children), face.xml


def _page_styles(look: Look) -> list[str]:
    number = Setting()
    styles = [
        _style("Normal", "Normal", *_set(look.blank_setting, look.body), parent=None, default=True),
        _style(
            "DefaultParagraphFont",
            "Default Paragraph Font",
            kind="character",
            parent=None,
            default=True,
            quick=False,
        ),
        _style("Signature", "Signature", *_set(look.blank_setting, look.body)),
        _style("OfficialBody", "公文正文", *_set(look.body_setting, look.body)),
        _style("Title", "Title", *_set(look.title_setting, look.title), after="OfficialBody"),
        _style("Footer", "footer", *_set(number, look.page_number), quick=False),
    ]
    styles += [
        _style(
            f"Heading{level}",
            f"heading {level}",
            *_set(look.heading_setting(level), look.heading(level)),
            after="OfficialBody",
        )
        for level in HEADING_LEVELS
    ]
    return styles


def _table_styles(look: Look) -> list[str]:
    none = element("tblInd", w=0, type="dxa")
    margins = element(
        "tblCellMar",
        *(
            element(side, w=width, type="dxa")
            for side, width in (("top", 30), ("left", 80), ("bottom", 30), ("right", 80))
        ),
    )
    lines = element(
        "tblBorders",
        *(
            element(side, val="single", sz=4, space=0, color="auto")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ),
    )
    return [
        _style(
            "TableNormal",
            "Normal Table",
            element("tblPr", none, margins),
            kind="table",
            parent=None,
            default=True,
            quick=False,
        ),
        _style(
            "TableGrid",
            "Table Grid",
            element("tblPr", lines),
            kind="table",
            parent="TableNormal",
            quick=False,
        ),
        _style("NoList", "No List", kind="numbering", parent=None, default=True, quick=False),
        _style("TableText", "表格文字", *_set(look.cell_setting, look.table)),
    ]


def _review_styles(look: Look) -> list[str]:
    """Character styles tell the marks of the review apart from the text of the draft."""
    return [
        _style(
            "CommentText", "annotation text", *_set(look.comment_setting, look.comment), quick=False
        ),
        _style(
            "CommentReference",
            "annotation reference",
            element("rPr", element("sz", val=16), element("szCs", val=16)),
            kind="character",
            parent="DefaultParagraphFont",
            quick=False,
        ),
        *(
            _style(identifier, name, kind="character", parent="DefaultParagraphFont")
            for identifier, name in (
                ("OpenPoint", "未决"),
                ("ToDecide", "待定"),
                ("ReviewNote", "审校标记"),
            )
        ),
    ]


def title_width(profile: PageProfile) -> int:
    """Characters of the title that fit a line."""
    return profile.text_width // points(profile.title_size)
