import zipfile
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest

from drafter.errors import UnreadableFileError
from drafter.reading.limits import TABLE_BYTES, ArchiveLimits, check_archive, check_file


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book["Sheet"].append(["指标名称", "本期"])
    book.save(path)
    return path


def with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    """A copy of an archive in which one part is added or replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return target


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        check_archive(path)
    assert caught.value.code == "material.unreadable"
    return caught.value.reason


def test_ordinary_files_pass(tmp_path: Path):
    docx.Document().save(str(tmp_path / "总结.docx"))
    for path in (workbook(tmp_path / "指标.xlsx"), tmp_path / "总结.docx"):
        check_file(path)
        check_archive(path)


def test_real_documents_pass(corpus: Path):
    for path in (corpus / "provinces_docx").glob("*.docx"):
        check_file(path)
        check_archive(path)


def test_a_missing_file_a_folder_and_an_empty_file_are_named(tmp_path: Path):
    (tmp_path / "空.xlsx").touch()
    for name, words in (("无.xlsx", "不存在"), ("空.xlsx", "空的"), (".", "文件夹")):
        with pytest.raises(UnreadableFileError, match=words):
            check_file(tmp_path / name)


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path):
    large = tmp_path / "大.xlsx"
    with large.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(UnreadableFileError, match=r"50\.0MB，超过10\.0MB"):
        check_file(large, most=TABLE_BYTES)


def test_a_truncated_archive_is_called_damaged(tmp_path: Path):
    whole = workbook(tmp_path / "指标.xlsx").read_bytes()
    cut = tmp_path / "截断.xlsx"
    for length in (len(whole) // 3, len(whole) - 10, 100):
        cut.write_bytes(whole[:length])
        assert "损坏" in refusal(cut)


def test_a_flipped_byte_is_noticed(tmp_path: Path):
    path = workbook(tmp_path / "指标.xlsx")
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)
    assert "损坏" in refusal(path)


def test_text_with_the_suffix_of_a_document_is_no_document(tmp_path: Path):
    path = tmp_path / "总结.docx"
    path.write_text("一、工作总结", encoding="utf-8")
    assert "不是 .docx 文件" in refusal(path)


def test_a_table_is_no_document(tmp_path: Path):
    path = workbook(tmp_path / "总结.xlsx").rename(tmp_path / "总结.docx")
    assert "不是 .docx 文件" in refusal(path)


def test_old_and_encrypted_office_files_are_told_apart(tmp_path: Path):
    path = tmp_path / "指标.xlsx"
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    path.write_bytes(head)
    assert "旧版" in refusal(path)
    path.write_bytes(head + "EncryptedPackage".encode("utf-16-le") + bytes(100))
    assert "加密" in refusal(path)


def test_macros_are_refused_under_either_suffix(tmp_path: Path):
    plain = workbook(tmp_path / "指标.xlsx")
    hidden = with_part(plain, tmp_path / "宏.xlsx", "xl/vbaProject.bin", b"x")
    assert "宏" in refusal(hidden)
    assert "宏" in refusal(hidden.rename(tmp_path / "宏.xlsm"))


def test_a_zip_bomb_is_not_opened(tmp_path: Path):
    plain = workbook(tmp_path / "指标.xlsx")
    bomb = with_part(plain, tmp_path / "炸弹.xlsx", "xl/media/a", bytes(80 * 1024 * 1024))
    assert bomb.stat().st_size < 200_000
    assert "恶意" in refusal(bomb)


def test_many_entries_are_a_bomb_too(tmp_path: Path):
    path = workbook(tmp_path / "指标.xlsx")
    with pytest.raises(UnreadableFileError, match="条目"):
        check_archive(path, limits=ArchiveLimits(entries=3))


def test_entities_are_refused(tmp_path: Path):
    plain = workbook(tmp_path / "指标.xlsx")
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert "实体" in refusal(with_part(plain, tmp_path / "实体.xlsx", "xl/workbook.xml", evil))


@pytest.mark.parametrize(
    ("kind", "target", "fine"),
    [
        ("hyperlink", "https://example.gov.cn/", True),
        ("attachedTemplate", "file:///C:/Users/a/Normal.dotm", True),
        ("attachedTemplate", "https://example.com/a.dotm", False),
        ("oleObject", "http://example.com/a", False),
    ],
)
def test_only_what_is_fetched_on_opening_is_refused(
    tmp_path: Path, kind: str, target: str, fine: bool
):
    docx.Document().save(str(tmp_path / "a.docx"))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    path = with_part(
        tmp_path / "a.docx",
        tmp_path / "b.docx",
        "word/_rels/settings.xml.rels",
        relations.encode(),
    )
    if fine:
        check_archive(path)
    else:
        assert "网络" in refusal(path)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/odd.bin", "customXml/item1"])
def test_a_document_type_is_found_wherever_it_stands_and_whatever_its_part_is_called(
    tmp_path: Path, name: str
):
    plain = workbook(tmp_path / "指标.xlsx")
    evil = (
        b'<?xml version="1.0"?>' + b" " * 200_000 + b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
    )
    evil += bytes(Random(1).randbytes(20_000))  # so that the ratio stays within limits
    assert "实体" in refusal(with_part(plain, tmp_path / "实体.xlsx", name, evil))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be", "cp037"])
def test_an_encoding_in_which_a_document_type_could_hide_is_refused(tmp_path: Path, encoding: str):
    plain = workbook(tmp_path / "指标.xlsx")
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><x/>'.encode(encoding)
    assert "UTF-8" in refusal(with_part(plain, tmp_path / "编码.xlsx", "xl/workbook.xml", hidden))


def test_markup_without_end_is_refused_before_anything_is_built_of_it(tmp_path: Path):
    plain = workbook(tmp_path / "指标.xlsx")
    noise = Random(1).randbytes(50_000)
    crowded = b"<a>" + b"<b/>" * 200_000 + b"</a>" + b"<!--" + noise.hex().encode() + b"-->"
    assert "标记过多" in refusal(with_part(plain, tmp_path / "多.xlsx", "xl/styles.xml", crowded))
