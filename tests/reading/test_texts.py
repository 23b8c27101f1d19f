"""Files to their own text, and one clear sentence for those that have none."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from drafter.errors import UnreadableFileError
from drafter.reading.texts import read_source, read_text


def reason(path: Path):
    with pytest.raises(UnreadableFileError) as caught:
        read_text(path)
    return caught.value.reason


@pytest.fixture
def word(tmp_path: Path):
    """Makes a Word file from what a function does to an empty document."""

    def make(fill: Callable[[Any], object]) -> Path:
        document = docx.Document()
        fill(document)
        path = tmp_path / "2023年总结.docx"
        document.save(str(path))
        return path

    return make


def test_newlines_and_white_space_of_a_text_file_stay(tmp_path: Path):
    path = tmp_path / "总结.txt"
    text = "一、工作\r\n\r\n　　完成任务。\r\n"
    path.write_bytes(text.encode("utf-8-sig"))
    assert read_text(path) == text
    assert [(p.start, p.text) for p in read_source(path).paragraphs] == [
        (0, "一、工作"),
        (6, ""),
        (8, "　　完成任务。"),
    ]


def test_paragraphs_and_table_cells_in_the_order_of_the_document(
    word: Callable[[Callable[[Any], object]], Path],
):
    def fill(document: Any):
        document.add_paragraph("县局总结")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "指标"
        table.cell(0, 1).text = "8.7%"
        document.add_paragraph("")
        document.add_paragraph("完成任务。")

    path = word(fill)
    assert read_text(path) == "县局总结\n指标\n8.7%\n\n完成任务。"
    for paragraph in read_source(path).paragraphs:
        assert read_text(path)[paragraph.start :].startswith(paragraph.text)


def test_tabs_breaks_links_and_tracked_changes_are_read_as_a_reader_sees_them(
    word: Callable[[Callable[[Any], object]], Path],
):
    def fill(document: Any):
        paragraph = document.add_paragraph("甲\t乙\n丙")
        for tag, text_tag, text in (("w:ins", "w:t", "加"), ("w:del", "w:delText", "减")):
            change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
            words.text = text
            run.append(words)
            change.append(run)
            paragraph._p.append(change)

    assert read_text(word(fill)) == "甲\t乙\n丙加"


def test_looks_of_a_paragraph(word: Callable[[Callable[[Any], object]], Path]):
    def fill(document: Any):
        document.add_paragraph("县局总结", style="Title")
        document.add_heading("主要工作", level=1)
        bold = document.add_paragraph()
        bold.add_run("工业经济").bold = True
        bold.alignment = 1
        document.add_paragraph("完成任务。")

    title, heading, bold, plain = (p.looks for p in read_source(word(fill)).paragraphs)
    assert title.title
    assert heading.level == 1
    assert (bold.bold, bold.centred) == (True, True)
    assert (plain.level, plain.bold, plain.centred, plain.in_table) == (0, False, False, False)


def test_a_table_cell_knows_that_it_is_one(word: Callable[[Callable[[Any], object]], Path]):
    path = word(lambda document: document.add_table(1, 1).cell(0, 0).__setattr__("text", "指标"))
    assert read_source(path).paragraphs[0].looks.in_table


def numbered(document: Any, text: str, formats: list[tuple[str, str]], level: int = 0):
    """A paragraph with Word's own numbering, defined on first use."""
    root = document.part.numbering_part.element
    if not any(
        item.get(qn("w:abstractNumId")) == "77" for item in root.findall(qn("w:abstractNum"))
    ):
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), "77")
        for index, (how, pattern) in enumerate(formats):
            one = OxmlElement("w:lvl")
            one.set(qn("w:ilvl"), str(index))
            for name, value in (("w:start", "1"), ("w:numFmt", how), ("w:lvlText", pattern)):
                child = OxmlElement(name)
                child.set(qn("w:val"), value)
                one.append(child)
            abstract.append(one)
        root.insert(0, abstract)
        number = OxmlElement("w:num")
        number.set(qn("w:numId"), "77")
        of = OxmlElement("w:abstractNumId")
        of.set(qn("w:val"), "77")
        number.append(of)
        root.append(number)
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 77


def test_enumerators_that_word_prints_are_worked_out(
    word: Callable[[Callable[[Any], object]], Path],
):
    formats = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]

    def fill(document: Any):
        for text, level in [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1)]:
            numbered(document, text, formats, level)

    path = word(fill)
    assert read_text(path) == "甲\n乙\n丙\n丁\n戊\n己"
    assert [p.looks.numbering for p in read_source(path).paragraphs] == [
        "一、",
        "（一）",
        "（二）",
        "1.",
        "二、",
        "（一）",
    ]


def test_damaged_numbering_counts_as_the_first_level(
    word: Callable[[Callable[[Any], object]], Path],
):
    def fill(document: Any):
        numbered(document, "甲", [("chineseCounting", "%1、")])
        place = document.paragraphs[0]._p.pPr.numPr.ilvl
        place.set(qn("w:val"), "x")

    assert [p.looks.numbering for p in read_source(word(fill)).paragraphs] == ["一、"]


def test_bullets_print_no_enumerator(word: Callable[[Callable[[Any], object]], Path]):
    path = word(lambda document: document.add_paragraph("抓学习", style="List Bullet"))
    assert read_source(path).paragraphs[0].looks.numbering == ""


# --- what cannot be read ----------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path):
    assert "不存在" in reason(tmp_path / "没有.txt")


def test_an_empty_file_and_one_without_words(tmp_path: Path):
    path = tmp_path / "空.txt"
    path.write_bytes(b"")
    assert "空" in reason(path)
    path.write_text(" \n　\n", encoding="utf-8")
    assert reason(path) == "文件中没有文字"


@pytest.mark.parametrize(
    ("name", "advice"), [("旧.doc", "另存为"), ("表.xlsx", "不是可读的"), ("扫描.pdf", "PDF")]
)
def test_other_kinds_of_file_are_refused_with_advice(tmp_path: Path, name: str, advice: str):
    path = tmp_path / name
    path.write_bytes(b"anything")
    assert advice in reason(path)


def test_bytes_that_are_no_text(tmp_path: Path):
    path = tmp_path / "总结.txt"
    path.write_bytes(bytes(range(256)) * 20)
    assert "编码" in reason(path)


def test_a_docx_that_is_no_docx(tmp_path: Path):
    path = tmp_path / "假.docx"
    path.write_text("这不是 Word 文件", encoding="utf-8")
    assert reason(path)


def test_a_truncated_docx(word: Callable[[Callable[[Any], object]], Path], tmp_path: Path):
    whole = word(lambda document: document.add_paragraph("完成任务。" * 500)).read_bytes()
    path = tmp_path / "截断.docx"
    path.write_bytes(whole[: len(whole) // 2])
    assert reason(path)


@pytest.mark.parametrize("broken", ["<w:document", "<other/>"])
def test_a_docx_whose_main_part_is_broken(
    word: Callable[[Callable[[Any], object]], Path], tmp_path: Path, broken: str
):
    whole = word(lambda document: document.add_paragraph("完成任务。")).read_bytes()
    path = tmp_path / "坏.docx"
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, broken if name == "word/document.xml" else old.read(name))
    assert reason(path)


def test_a_zip_bomb_is_not_opened(word: Callable[[Callable[[Any], object]], Path], tmp_path: Path):
    whole = word(lambda document: document.add_paragraph("完成任务。")).read_bytes()
    path = tmp_path / "炸弹.docx"
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/a.xml", b"0" * 100_000_000)
    assert "不予打开" in reason(path)


def test_a_text_of_fifty_megabytes_is_refused(tmp_path: Path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    assert "上限" in reason(path)
