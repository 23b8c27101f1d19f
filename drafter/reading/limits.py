"""What a file must pass before any library opens it: size, kind, and a zip that is no trap.

`check_file` looks at the file from outside; `check_archive` walks a `.docx` or `.xlsx` once,
without keeping anything: number of entries, inflated size, ratio, checksums, passwords, macros,
document types, encodings in which they could hide, amount of markup (what a parser keeps of a
byte of markup is a hundred times as large), and templates fetched from elsewhere. Hyperlinks and links to other workbooks are
let through: nothing in this house follows them. Every refusal is one Chinese sentence.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from drafter.errors import UnreadableFileError

TABLE_BYTES = 10 * 1024 * 1024
TEXT_BYTES = 2 * 1024 * 1024
DOCUMENT_BYTES = 20 * 1024 * 1024

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES = "[Content_Types].xml"
_CHUNK = 64 * 1024
# Relationships that make Word fetch and run something when the document is opened.
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
_REMOTE = ("http:", "https:", "ftp:", "\\\\", "file://\\\\", "file:////")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How large a zip may be; real files stay far below, measured bombs far above."""

    inflated: int = 60 * 1024 * 1024
    ratio: int = 120
    entries: int = 3000
    markup: int = 150_000
    """Tags and attributes of a part; the largest real styles have 26,000."""
    main_markup: int = 400_000
    """Likewise of the text or the sheets, all together; the largest real ones have 19,000."""


DEFAULT = ArchiveLimits()


def check_file(path: Path | str, *, most: int = DOCUMENT_BYTES) -> None:
    """Make sure that a path is a file of a size worth reading.

    Args:
        path: The file.
        most: Largest size in bytes (`TABLE_BYTES` for tables, `DOCUMENT_BYTES` for texts).

    Raises:
        UnreadableFileError: Missing, a folder, empty, too large or not readable.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise UnreadableFileError(str(path), "这是一个文件夹，请指定其中的文件")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise UnreadableFileError(str(path), "文件不存在，请检查路径和文件名") from None
    except OSError:
        raise UnreadableFileError(str(path), "没有读取权限，或文件正被占用") from None
    if size == 0:
        raise UnreadableFileError(str(path), "文件是空的（0字节），请重新导出")
    if size > most:
        raise UnreadableFileError(
            str(path), f"文件有{_megabytes(size)}，超过{_megabytes(most)}的上限，请删去图片等后再试"
        )


def check_archive(path: Path | str, *, limits: ArchiveLimits = DEFAULT) -> None:
    """Make sure that a `.docx` or `.xlsx` is whole, of its kind, and safe to open.

    Args:
        path: The file; its suffix says what it must be.
        limits: Largest inflated size (bytes), ratio and number of entries.

    Raises:
        UnreadableFileError: Damaged, encrypted, of another kind, with macros, or a zip bomb.
    """
    path = Path(path)
    if path.suffix.lower() in (".xlsm", ".docm", ".xltm", ".dotm"):
        raise UnreadableFileError(str(path), "文件带有宏，请另存为不带宏的 .xlsx 或 .docx 后再试")
    _check_signature(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_directory(path, archive, limits)
            _check_kind(path, archive)
            _check_entries(path, archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, ParseError):
        raise UnreadableFileError(
            str(path), "文件已损坏或没有下载完整，请用 Office 或 WPS 打开后另存一份再试"
        ) from None
    except OSError:
        raise UnreadableFileError(str(path), "读取中断，请检查磁盘或文件权限") from None


def _check_signature(path: Path) -> None:
    """Old and encrypted Office files are no zip but an OLE container: say which it is."""
    with path.open("rb") as file:
        head = file.read(8)
    if head == _OLE:
        if _ENCRYPTED_PACKAGE in path.read_bytes():
            raise UnreadableFileError(str(path), "文件已加密，请去掉打开密码后再试")
        raise UnreadableFileError(
            str(path), "实际是旧版 Office 文件，请另存为 .xlsx 或 .docx 后再试（只改后缀名无效）"
        )
    if not head.startswith(b"PK"):
        raise UnreadableFileError(
            str(path), f"内容不是 {path.suffix.lower()} 文件，请检查是否误改了后缀名"
        )


def _check_directory(path: Path, archive: zipfile.ZipFile, limits: ArchiveLimits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise UnreadableFileError(str(path), f"压缩包内有{len(entries)}个条目，疑似恶意文件")
    inflated = sum(entry.file_size for entry in entries)
    if inflated > limits.inflated or inflated > limits.ratio * path.stat().st_size:
        raise UnreadableFileError(
            str(path), f"解压后达{_megabytes(inflated)}，疑似恶意压缩文件，不予打开"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFileError(str(path), "压缩包带密码，请去掉密码后再试")


def _check_kind(path: Path, archive: zipfile.ZipFile) -> None:
    names = {name.lower() for name in archive.namelist()}
    wanted = b"spreadsheetml" if path.suffix.lower() == ".xlsx" else b"wordprocessingml"
    types = archive.read(_CONTENT_TYPES) if _CONTENT_TYPES in archive.namelist() else b""
    if wanted not in types:
        raise UnreadableFileError(
            str(path), f"是压缩文件，但不是 {path.suffix.lower()} 文件，请检查是否误改了后缀名"
        )
    if b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFileError(str(path), "文件带有宏，请另存为不带宏的 .xlsx 或 .docx 后再试")


def _check_entries(path: Path, archive: zipfile.ZipFile, limits: ArchiveLimits) -> None:
    """Read every entry once: checksums, document types, markup, remote templates."""
    main = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            head = part.read(_CHUNK)
            if head.startswith(_PICTURES):
                for _ in _chunks(part):
                    pass  # the checksum is compared when the end is reached
                continue
            if _ENCODING.search(head):
                raise UnreadableFileError(str(path), "文件的编码不是 UTF-8，疑似恶意文件")
            markup = _markup(path, head, part)
        main += markup if (is_main := bool(_MAIN.search(head))) else 0
        if main > limits.main_markup or (not is_main and markup > limits.markup):
            raise UnreadableFileError(
                str(path), "文件内部的标记过多，不像一份表格或总结；请只留所需内容，另存一份再试"
            )
        if entry.filename.lower().endswith(".rels") and _fetches(archive.read(entry)):
            raise UnreadableFileError(str(path), "文件引用网络上的模板或对象，不予打开")


# What no parser takes for XML. Names say nothing: relations choose the parts, whatever they are called.
_PICTURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"),
    *(b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"PK", _OLE),
)
# Office writes UTF-8 alone; in any other encoding a document type could stand unseen.
_ENCODING = re.compile(
    rb"\A(?:\xff\xfe|\xfe\xff|\x4c\x6f\xa7\x94|<\x00|\x00{1,3}<|\x00\x00\xfe\xff)"
    rb"|\A(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"'](?!(?i:utf-?8|us-ascii)[\"'])"
)
_MAIN = re.compile(rb"<(?:\w+:)?(?:worksheet|document)[\s>]")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_DECLARATION = max(map(len, _DECLARATIONS)) - 1


def _markup(path: Path, head: bytes, part: IO[bytes]) -> int:
    """How many tags and attributes a part has; Office files never hold a document type in it.

    Parsers look at an unfinished token again with every chunk: tags and comments stay short.
    """
    count, size, before, run, has_comment = 0, 0, b"", 0, False
    for chunk in chain((head,), _chunks(part)):
        seen = before + chunk
        if any(mark in seen for mark in _DECLARATIONS):
            raise UnreadableFileError(str(path), "文件含有外部实体声明，疑似恶意文件")
        has_comment = has_comment or b"<!--" in seen or (size > 0 and b"<?" in seen)
        size += len(chunk)
        run = run + len(chunk) if b"<" not in chunk else len(chunk) - chunk.rindex(b"<")
        if run > _LONGEST_TOKEN or (has_comment and size > _LONGEST_TOKEN):
            raise UnreadableFileError(str(path), "文件内部有过长的标记，疑似恶意文件")
        count += chunk.count(b"<") + chunk.count(b"=")
        before = seen[-_LONGEST_DECLARATION:]
    return count


_LONGEST_TOKEN = 1_000_000


def _chunks(part: IO[bytes]) -> Iterator[bytes]:
    while chunk := part.read(_CHUNK):
        yield chunk


def _fetches(relations: bytes) -> bool:
    return any(
        relation.get("TargetMode") == "External"
        and relation.get("Type", "").endswith(_FETCHED)
        and relation.get("Target", "").lower().startswith(_REMOTE)
        for relation in fromstring(relations)
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}MB"
