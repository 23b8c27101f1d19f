"""For each rule of soundness, a small edit of a good copy that breaks it.

An edit is a pattern and what to write instead, in one part; the first match is replaced, or every
one. Edits of the zip itself are functions.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.exporting.sound.rule import Kind

BODY = "word/document.xml"
COMMENTS = "word/comments.xml"
FONTS = "word/fontTable.xml"
ODD, EVEN = "word/footer1.xml", "word/footer2.xml"
RELATIONS = "word/_rels/document.xml.rels"
SETTINGS = "word/settings.xml"
STYLES = "word/styles.xml"
THEME = "word/theme/theme1.xml"
TYPES = "[Content_Types].xml"
CORE, APP = "docProps/core.xml", "docProps/app.xml"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_IN_CELL = r"(<w:tc>(?:(?!</w:tc>).)*)"


class Package:
    """The entries of a docx, to be changed and packed again."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.entries = [(info, package.read(info)) for info in package.infolist()]

    def add(self, name: str, content: bytes) -> None:
        self.entries.append((zipfile.ZipInfo(name), content))

    def remove(self, name: str) -> None:
        self.entries = [entry for entry in self.entries if entry[0].filename != name]

    def change(self, part: str, pattern: str, new: str, *, every: bool = False) -> None:
        for place, (info, content) in enumerate(self.entries):
            if info.filename == part:
                text, times = re.subn(pattern, new, content.decode(), count=not every)
                assert times, f"{part} has no {pattern}"
                self.entries[place] = (info, text.encode())
                return
        raise AssertionError(part)

    @property
    def content(self) -> bytes:
        """The bytes of the changed docx."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # an entry that stands twice is meant so
            for info, data in self.entries:
                package.writestr(info, data, zipfile.ZIP_STORED)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Break:
    """How to break a rule, and in which kind of copy."""

    edit: Callable[[Package], None]
    kind: Kind = "review"


def swap(part: str, pattern: str, new: str, kind: Kind = "review", *, every: bool = False) -> Break:
    """Write something else where a pattern stands."""
    return Break(lambda package: package.change(part, pattern, new, every=every), kind)


def turn(part: str, first: str, second: str) -> Break:
    """Two elements that follow each other, in the wrong order."""
    return swap(part, f"(<w:{first}(?: [^>]*)?/>)(<w:{second}(?: [^>]*)?/>)", r"\2\1")


def put(part: str, before: str, new: str, kind: Kind = "review") -> Break:
    """Something put in behind what stands there already."""
    return swap(part, f"({before})", rf"\g<1>{new}", kind)


def gone(part: str, pattern: str, kind: Kind = "review") -> Break:
    """Something missing."""
    return swap(part, pattern, "", kind)


def packed(name: str, content: bytes = b"<a/>") -> Break:
    """An entry more."""
    return Break(lambda package: package.add(name, content))


def _stamp(package: Package) -> None:
    package.entries[3][0].date_time = (2024, 12, 31, 8, 0, 0)


def _other_system(package: Package) -> None:
    package.entries[3][0].create_system = 3


_ZIP = {
    "content_types_come_first": Break(lambda package: package.entries.reverse()),
    "entries_stand_in_a_fixed_order": Break(lambda package: package.entries.reverse()),
    "entries_carry_no_time": Break(_stamp),
    "entries_tell_no_machine": Break(_other_system),
    "entries_are_there_once": packed(APP),
    "entries_have_plain_names": packed("word/a b.xml"),
    "no_part_is_missing": Break(lambda package: package.remove(THEME)),
    "parts_are_declared_xml": gone(APP, "</Properties>"),
    "every_part_has_a_content_type": gone(TYPES, '<Override PartName="/word/fontTable.xml"[^>]*/>'),
    "content_types_name_parts_that_exist": swap(TYPES, "/word/fontTable.xml", "/word/fonts.xml"),
    "relations_resolve": swap(RELATIONS, '"styles.xml"', '"style.xml"'),
    "no_part_is_an_orphan": packed("word/stray.xml"),
    "relation_ids_are_unique": swap(RELATIONS, '"rId2"', '"rId1"'),
    "relations_used_in_the_body_are_there": swap(BODY, 'r:id="rId5"', 'r:id="rId99"'),
    "nothing_points_outside": swap(
        RELATIONS, 'Target="theme/theme1.xml"', 'Target="https://a/" TargetMode="External"'
    ),
    "nothing_foreign_is_packed": packed("word/vbaProject.bin"),
    "properties_name_the_office_and_no_person": swap(CORE, "(LastModifiedBy|lastModifiedBy)>[^<]*", r"\1>张三"),
    "properties_know_no_other_program_or_machine": swap(APP, "<Company>", "<Template>a</Template><Company>"),
    "properties_carry_the_drafts_day": swap(CORE, "T00:00:00Z", "T09:41:07Z"),
    "properties_say_chinese": swap(CORE, "zh-CN", "en-US"),
    "properties_have_the_printed_title": swap(CORE, "<dc:title>[^<]*", "<dc:title>模板"),
}  # fmt: skip
_SCHEMA = {
    "paragraph_properties_stand_in_order": turn(BODY, "keepNext", "widowControl"),
    "run_properties_stand_in_order": turn(BODY, "b", "bCs"),
    "cell_properties_stand_in_order": turn(BODY, "tcW", "vAlign"),
    "table_properties_stand_in_order": turn(BODY, "tblW", "jc"),
    "borders_and_margins_of_tables_stand_in_order": turn(STYLES, "left", "bottom"),
    "section_properties_stand_in_order": turn(BODY, "pgSz", "pgMar"),
    "settings_stand_in_order": turn(SETTINGS, "evenAndOddHeaders", "characterSpacingControl"),
    "styles_stand_in_order": turn(STYLES, "basedOn", "qFormat"),
    "fonts_stand_in_order": turn(FONTS, "charset", "family"),
    "tables_and_rows_stand_in_order": swap(
        BODY, "(<w:tblPr>.*?</w:tblPr>)(<w:tblGrid>.*?</w:tblGrid>)", r"\2\1"
    ),
    "properties_come_first": swap(BODY, "(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)", r"\2\1"),
    "the_body_ends_with_its_section": put(BODY, "</w:sectPr>", "<w:p/>"),
    "the_body_holds_paragraphs_and_tables_alone": put(BODY, "<w:body>", "<w:bookmarkStart/>"),
    "paragraphs_hold_runs_comments_and_changes_alone": swap(BODY, "</w:p>", "<w:proofErr/></w:p>"),
    "a_cell_ends_with_a_paragraph": swap(BODY, "</w:tc>", "<w:tbl/></w:tc>"),
    "a_table_is_followed_by_a_paragraph": put(BODY, "</w:tbl>", "<w:tbl/>"),
    "switches_are_written_alike": swap(BODY, "<w:tblHeader/>", '<w:tblHeader w:val="on"/>'),
    "measures_are_whole_numbers": swap(BODY, 'w:line="579"', 'w:line="579.5"'),
    "runs_say_something": swap(BODY, "</w:p>", "<w:r><w:rPr/></w:r></w:p>"),
}
_TEXT = {
    "no_theme_font_is_asked_for": swap(STYLES, "<w:rFonts", '<w:rFonts w:asciiTheme="minorHAnsi"'),
    "faces_name_a_font_for_every_script": gone(BODY, ' w:cs="[^"]*"'),
    "quotes_and_dashes_go_to_the_chinese_font": swap(BODY, ' w:hint="eastAsia"', "", every=True),
    "fonts_used_stand_in_the_font_table": swap(FONTS, '"宋体"', '"新宋体"'),
    "the_font_table_names_each_font_once": swap(FONTS, '"黑体"', '"宋体"'),
    "chinese_fonts_have_the_chinese_charset": swap(FONTS, 'charset w:val="86"', 'charset w:val="00"'),
    "no_font_is_embedded": swap(FONTS, "</w:font>", "<w:embedRegular/></w:font>"),
    "no_japanese_default_is_left": swap(STYLES, "Times New Roman", "MS Mincho"),
    "the_theme_has_the_fonts_of_the_page": swap(THEME, '<a:ea typeface="[^"]+"', '<a:ea typeface=""'),
    "styles_have_the_fonts_of_the_standard": swap(STYLES, "方正小标宋简体", "宋体"),
    "styles_have_the_sizes_of_the_standard": swap(STYLES, 'sz w:val="44"', 'sz w:val="36"'),
    "headings_are_set_as_their_style": swap(BODY, 'sz w:val="44"', 'sz w:val="36"', every=True),
    "body_runs_have_the_size_of_the_body": swap(BODY, 'sz w:val="32"', 'sz w:val="30"', every=True),
    "latin_and_digits_have_one_font": swap(BODY, 'ascii="Times New Roman"', 'ascii="Arial"'),
    "both_sizes_of_a_face_agree": swap(BODY, 'szCs w:val="44"', 'szCs w:val="36"'),
    "all_is_printed_in_black": put(BODY, "<w:bCs [^>]*/>", '<w:color w:val="FF0000"/>'),
    "no_letter_is_italic_underlined_or_struck": put(BODY, "<w:bCs [^>]*/>", "<w:i/>"),
    "no_control_character_is_printed": swap(BODY, "</w:t>", "\u200b</w:t>"),
    "texts_are_never_empty": swap(BODY, ">[^<]+</w:t>", "></w:t>"),
    "texts_keep_their_spaces": gone(ODD, ' xml:space="preserve"'),
    "no_tab_moves_the_text": put(BODY, "</w:t>", "<w:tab/>"),
    "the_language_is_chinese": swap(STYLES, '"zh-CN"', '"ja-JP"'),
    "line_breaks_stand_within_a_line": put(BODY, '"OfficialBody"/>.*?</w:t>', '<w:br w:type="page"/>'),
    "no_line_of_the_title_starts_badly": swap(BODY, "2024年", "20</w:t><w:br/><w:t>24年"),
    "characters_are_drawn_together_evenly": swap(
        BODY, '("OfficialBody"/>.*?</w:pPr>.*?)<w:spacing w:val="-5"/>', r'\1<w:spacing w:val="20"/>'
    ),
}  # fmt: skip
_PAGE = {
    "the_paper_is_a4": swap(BODY, '"11906"', '"12240"'),
    "the_margins_are_those_of_the_standard": swap(BODY, 'w:top="2098"', 'w:top="1440"'),
    "the_type_area_is_that_of_the_standard": swap(BODY, 'w:right="1474"', 'w:right="1500"'),
    "nothing_else_narrows_the_type_area": swap(BODY, 'w:gutter="0"', 'w:gutter="284"'),
    "the_dash_of_the_page_number_stands_in_its_place": swap(BODY, r'w:footer="\d+"', 'w:footer="851"'),
    "no_character_grid_spreads_the_text": put(BODY, "<w:cols [^>]*/>", '<w:docGrid w:linePitch="312"/>'),
    "odd_and_even_pages_have_their_footers": swap(BODY, 'w:type="even"', 'w:type="first"'),
    "odd_and_even_are_told_apart": gone(SETTINGS, "<w:evenAndOddHeaders/>"),
    "page_numbers_start_at_one": swap(BODY, 'w:start="1"', 'w:start="0"'),
    "there_is_no_header": put(BODY, "<w:sectPr>", "<w:headerReference/>"),
    "page_numbers_stand_between_dashes": swap(ODD, " —<", " -<"),
    "page_numbers_are_a_field": swap(EVEN, "separate", "end"),
    "each_mark_of_a_field_has_a_run": put(ODD, '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>"),
    "page_numbers_are_song_of_fourth_size": swap(ODD, 'ascii="宋体"', 'ascii="Arial"', every=True),
    "page_numbers_stand_outside_one_character_in": swap(EVEN, 'jc w:val="left"', 'jc w:val="right"'),
    "the_layout_is_that_of_a_modern_word": swap(SETTINGS, 'w:val="15"', 'w:val="12"'),
    "punctuation_is_compressed": swap(SETTINGS, "compressPunctuation", "doNotCompress"),
    "settings_track_protect_and_fetch_nothing": put(SETTINGS, "<w:zoom [^>]*/>", "<w:trackRevisions/>"),
    "style_ids_and_names_are_unique": swap(STYLES, 'styleId="Heading4"', 'styleId="Heading3"'),
    "styles_used_are_defined": swap(STYLES, 'styleId="Signature"', 'styleId="Closing"'),
    "styles_rest_on_styles_that_exist": swap(STYLES, '<w:basedOn w:val="Normal"', '<w:basedOn w:val="Base"'),
    "each_kind_of_style_has_one_default": gone(STYLES, ' w:default="1"'),
    "styles_of_ones_own_say_so": gone(STYLES, ' w:customStyle="1"'),
    "numbering_is_written_out": put(BODY, "<w:widowControl [^>]*/>", "<w:numPr/>"),
}  # fmt: skip
_PARAGRAPHS = {
    "lines_of_the_page_have_one_exact_pitch": swap(BODY, 'lineRule="exact"', 'lineRule="auto"'),
    "styles_of_the_page_have_the_same_pitch": swap(STYLES, 'lineRule="exact"', 'lineRule="auto"'),
    "the_page_has_its_lines": swap(STYLES, 'w:line="579"', 'w:line="640"', every=True),
    "the_line_has_its_characters": swap(
        STYLES, '("OfficialBody".*?)<w:spacing w:val="-5"/>', r'\1<w:spacing w:val="0"/>'
    ),
    "no_paragraph_has_space_around_it": swap(BODY, 'w:before="0"', 'w:before="120"'),
    "cells_and_comments_are_never_clipped": swap(BODY, 'lineRule="auto"', 'lineRule="exact"'),
    "pictures_are_never_clipped": put(BODY, "</w:t>", "<w:drawing/>"),
    "paragraphs_name_their_style": gone(BODY, '<w:pStyle w:val="OfficialBody"/>'),
    "pages_are_filled": swap(BODY, '<w:widowControl w:val="0"/>', "<w:widowControl/>"),
    "paragraphs_move_in_two_characters": swap(BODY, 'firstLineChars="200"', 'firstLineChars="100"'),
    "styles_move_in_two_characters": swap(STYLES, 'w:firstLine="630"', 'w:firstLine="420"'),
    "lines_that_wrap_stand_flush": swap(BODY, "<w:ind w:first", '<w:ind w:left="300" w:first'),
    "the_text_is_set_to_both_edges": swap(BODY, 'jc w:val="both"', 'jc w:val="left"'),
    "headings_have_the_outline_of_their_level": swap(BODY, 'outlineLvl w:val="0"', 'outlineLvl w:val="1"'),
    "nothing_but_headings_has_an_outline": put(BODY, '<w:jc w:val="both"/>', '<w:outlineLvl w:val="0"/>'),
    "headings_go_by_words_own_names": swap(STYLES, '"heading 2"', '"Heading 2"'),
    "headings_stay_with_what_follows": gone(BODY, "<w:keepNext/>"),
    "run_in_headings_end_with_a_mark": swap(
        BODY, '("楷体_GB2312"[^>]*/>(?:(?!</w:r>).)*)。</w:t>', r"\1</w:t>"
    ),
    "the_title_comes_first_and_once": swap(BODY, 'pStyle w:val="OfficialBody"', 'pStyle w:val="Title"'),
    "the_title_is_centred_and_off_the_grid": swap(BODY, 'jc w:val="center"', 'jc w:val="left"'),
    "a_blank_line_follows_the_title": swap(BODY, "(</w:p>)<w:p>.*?</w:p>", r"\1"),
    "no_paragraph_of_the_text_is_empty": swap(
        BODY, "<w:sectPr>", '<w:p><w:pPr><w:pStyle w:val="OfficialBody"/></w:pPr></w:p><w:sectPr>'
    ),
    "the_signature_stands_below_a_blank_line": swap(BODY, '("Signature"/>)<w:keepNext/>', r"\1"),
    "the_signature_ends_two_characters_in": swap(
        BODY, r'("Signature"/>(?:(?!</w:pPr>).)*w:right=")\d+', r"\g<1>100"
    ),
    "the_date_has_no_padded_zero": swap(BODY, r"(?<=>)2024年12月(?=31日<)", "2024年02月"),
    "what_follows_the_signature_has_a_page_of_its_own": gone(BODY, "<w:pageBreakBefore/>"),
}  # fmt: skip
_TABLES = {
    "the_head_of_a_table_is_repeated": gone(BODY, "<w:tblHeader/>"),
    "rows_are_never_cut_by_a_page": gone(BODY, "<w:cantSplit/>"),
    "rows_have_no_fixed_height": put(BODY, "<w:cantSplit/>", '<w:trHeight w:val="9" w:hRule="exact"/>'),
    "columns_add_up_to_the_table": swap(BODY, r'gridCol w:w="\d+"', 'gridCol w:w="999"'),
    "tables_stay_within_the_type_area": swap(BODY, r'tblW w:w="\d+"', 'tblW w:w="9999"'),
    "cells_have_the_width_of_their_column": swap(BODY, r'tcW w:w="\d+"', 'tcW w:w="999"'),
    "columns_are_wide_enough_to_read": swap(BODY, r'gridCol w:w="\d+"', 'gridCol w:w="99"'),
    "tables_keep_their_columns": swap(BODY, 'w:type="fixed"', 'w:type="autofit"'),
    "widths_are_told_in_twips": swap(BODY, 'w:type="dxa"', 'w:type="pct"'),
    "tables_are_ruled_in_half_points": swap(STYLES, 'w:sz="4"', 'w:sz="12"'),
    "letters_of_a_table_are_small_but_legible": swap(BODY, rf'{_IN_CELL}sz w:val="\d+"', r'\1sz w:val="32"'),
    "heads_of_tables_are_told_by_their_font": swap(BODY, rf'{_IN_CELL}jc w:val="center"', r'\1jc w:val="left"'),
    "tables_stand_in_no_table": put(BODY, "</w:tcPr>", "<w:tbl/>"),
    "pictures_stand_in_the_line": put(BODY, "</w:t>", "<w:pict/>"),
    "pictures_stay_within_the_type_area": put(
        BODY, "</w:t>", f'<p:extent xmlns:p="{_WP}" cx="9000000" cy="100000"/>'
    ),
    "pictures_have_a_number_and_words": put(BODY, "</w:t>", f'<p:docPr xmlns:p="{_WP}" id="1" name="图1"/>'),
    "pictures_are_what_they_say": packed("word/media/image1.png", b"GIF89a"),
}  # fmt: skip
_MARKS = {
    "every_comment_begins_ends_and_is_called": gone(BODY, "<w:commentRangeEnd [^>]*/>"),
    "comment_ids_are_unique_numbers": swap(COMMENTS, 'w:id="1"', 'w:id="0"'),
    "comments_begin_and_end_in_one_paragraph": gone(BODY, "<w:commentRangeStart [^>]*/>"),
    "a_comment_is_called_where_it_ends": swap(BODY, 'commentReference w:id="0"', 'commentReference w:id="1"'),
    "comments_speak_of_something": swap(
        BODY, '(<w:commentRangeStart w:id="0"/>).*?(<w:commentRangeEnd w:id="0"/>)', r"\1\2"
    ),
    "comments_have_author_initials_and_date": gone(COMMENTS, ' w:initials="[^"]*"'),
    "comments_are_by_no_person": swap(COMMENTS, 'w:author="[^"]*"', 'w:author="张三"'),
    "no_comment_is_empty": swap(COMMENTS, "(<w:comment [^>]*>).*?(</w:comment>)", r"\1\2"),
    "comments_begin_with_their_own_mark": gone(COMMENTS, "<w:annotationRef/>"),
    "the_part_of_comments_is_there": Break(lambda package: package.remove(COMMENTS)),
    "a_clean_copy_has_no_comment": swap(STYLES, '"Footer"', '"CommentText"', "clean"),
    "a_copy_has_no_revision": swap(BODY, "</w:p>", "<w:ins/></w:p>", "clean"),
    "a_copy_to_print_is_not_shaded": put(BODY, "<w:bCs [^>]*/>", "<w:shd/>", "clean"),
    "nothing_is_highlighted": put(BODY, "<w:bCs [^>]*/>", '<w:highlight w:val="yellow"/>'),
    "nothing_is_hidden": put(BODY, "<w:bCs [^>]*/>", "<w:vanish/>", "clean"),
    "no_session_of_editing_is_traced": swap(BODY, "<w:p>", '<w:p w:rsidR="00AB12CD">', "clean"),
    "a_clean_copy_names_no_author": swap(BODY, "<w:p>", '<w:p w:author="张三">', "clean"),
    "a_clean_copy_has_no_mark_of_the_review": swap(
        BODY, "<w:rPr>", '<w:rPr><w:rStyle w:val="OpenPoint"/>', "clean"
    ),
    "what_the_review_inserts_is_told_by_its_style": swap(BODY, "【[^<]*】</w:t>", "存疑</w:t>"),
    "marks_are_not_told_by_colour_alone": swap(BODY, "【[^<]*】</w:t>", "注</w:t>", every=True),
    "shades_belong_to_marks": gone(BODY, '<w:rStyle w:val="ToDecide"/>'),
    "the_page_of_the_review_comes_last_and_once": swap(BODY, ">核对附页<", ">附页<"),
    "changes_have_number_author_and_date": swap(BODY, 'w:author="[^"]*"', 'w:author=""', "comparison"),
    "deleted_words_are_marked_as_such": swap(BODY, "delText", "t", "comparison", every=True),
    "changes_are_not_nested": put(BODY, "<w:ins [^>/]*>", "<w:del/>", "comparison"),
}  # fmt: skip
BREAKS: dict[str, Break] = {
    **_ZIP,
    **_SCHEMA,
    **_TEXT,
    **_PAGE,
    **_PARAGRAPHS,
    **_TABLES,
    **_MARKS,
}
