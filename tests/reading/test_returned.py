"""An edited Word copy: its text with the changes accepted, who changed it, who remarked what."""

from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafter.errors import UnreadableFileError
from drafter.reading.returned import read_returned
from drafter.records.returned import Returned

NOTES = ("【无依据】", "【请补：检查情况（安全股）】")


def returned(path: Path, *paragraphs: str) -> Returned:
    """A copy whose paragraphs are given as runs of WordprocessingML."""
    document = Document()
    body = document.element.body
    for inner in paragraphs:
        body.insert(len(body) - 1, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))
    document.save(str(path / "a.docx"))
    return read_returned(path / "a.docx", notes=NOTES, appendices=("核对附页",))


def said(text: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tracked(kind: str, text: str, author: str = "县领导甲") -> str:
    tag = "delText" if kind in ("del", "moveFrom") else "t"
    return f'<w:{kind} w:id="1" w:author="{author}"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'


def lines(copy: Returned) -> list[str]:
    return [one.text for one in copy.paragraphs]


def test_tracked_changes_are_accepted_and_told(tmp_path: Path):
    copy = returned(
        tmp_path, said("完成") + tracked("del", "208.6") + tracked("ins", "206.8") + said("亿元。")
    )
    assert lines(copy) == ["完成206.8亿元。"]
    assert [(one.kind, one.text, one.author) for one in copy.revisions] == [
        ("删除", "208.6", "县领导甲"),
        ("插入", "206.8", "县领导甲"),
    ]


def test_moved_text_stands_where_it_was_moved_to(tmp_path: Path):
    copy = returned(
        tmp_path,
        tracked("moveFrom", "甲。") + said("乙。"),
        said("丙。") + tracked("moveTo", "甲。"),
    )
    assert lines(copy) == ["乙。", "丙。甲。"]


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next(tmp_path: Path):
    mark = '<w:pPr><w:rPr><w:del w:id="2" w:author="甲"/></w:rPr></w:pPr>'
    assert lines(returned(tmp_path, mark + said("一句。"), said("又一句。"))) == ["一句。又一句。"]


def test_the_notes_of_a_review_copy_are_no_text_however_they_are_cut(tmp_path: Path):
    copy = returned(tmp_path, said("300人次") + said("【无") + said("依据】", "X7") + said("。"))
    assert lines(copy) == ["300人次。"]


def test_what_was_typed_into_a_question_is_text(tmp_path: Path):
    copy = returned(
        tmp_path, said("【请补：检查情况（安全股）】") + said("检查企业45家次。", "ReviewNote")
    )
    assert lines(copy) == ["检查企业45家次。"]
    assert lines(returned(tmp_path, said("【已检查企业45家次】", "ReviewNote"))) == [
        "【已检查企业45家次】"
    ]


def test_nothing_is_read_from_the_appendix_on(tmp_path: Path):
    assert lines(returned(tmp_path, said("正文。"), said("核对附页"), said("表一。"))) == ["正文。"]


def test_tables_are_counted_and_not_read(tmp_path: Path):
    document = Document()
    document.add_paragraph("正文。")
    document.add_table(2, 2).cell(0, 0).text = "表内"
    document.save(str(tmp_path / "a.docx"))
    copy = read_returned(tmp_path / "a.docx")
    assert (lines(copy), copy.tables) == (["正文。"], 1)


def test_remarks_have_their_author_and_their_words(tmp_path: Path):
    document = Document()
    paragraph = document.add_paragraph("完成投资")
    run = paragraph.add_run("208.6亿元")
    document.add_comment(run, text="请核实口径", author="分管领导", initials="领")
    document.save(str(tmp_path / "a.docx"))
    (remark,) = read_returned(tmp_path / "a.docx").remarks
    assert (remark.author, remark.text, remark.anchor) == ("分管领导", "请核实口径", "208.6亿元")


def test_characters_that_nobody_sees_are_taken_out_and_counted(tmp_path: Path):
    copy = returned(tmp_path, said("完成\u200b12\u202e项。"))
    assert (lines(copy), copy.removed) == (["完成12项。"], 2)


def test_a_file_that_is_no_word_document_is_refused(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(UnreadableFileError, match="损坏"):
        read_returned(tmp_path / "a.docx")


def test_an_enumerator_that_word_prints_by_itself_is_text(tmp_path: Path):
    document = Document()
    document.add_paragraph("第一条", style="List Number")
    document.save(str(tmp_path / "a.docx"))
    assert lines(read_returned(tmp_path / "a.docx")) == ["1.第一条"]
