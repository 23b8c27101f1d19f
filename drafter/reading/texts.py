"""Files to their own text: what offsets everywhere else refer to.

The text of a `.txt` is the decoded file with its newlines untouched; a byte order mark is no
part of it. The text of a `.docx` is its body paragraphs and the paragraphs of its table cells
in document order, joined with newlines. Nothing is cleaned here (that is `cleaning`), and what
is a heading is asked in `headings`; this module only hands over what the file says of each
paragraph's looks.
"""

from pathlib import Path

from drafter.errors import UnreadableFileError
from drafter.reading.decoding import decode
from drafter.reading.limits import DOCUMENT_BYTES, TEXT_BYTES, check_archive, check_file
from drafter.reading.source import Looks, SourceParagraph, SourceText

MOST_CHARACTERS = 300_000
"""The longest real report has 28,000; what is ten times as long is no text of an office."""
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md"})
WORD_SUFFIXES = frozenset({".docx"})
_ADVICE = {
    ".doc": "是旧版 Word 文件，请用 Word 或 WPS 另存为 .docx 后再试",
    ".wps": "是 WPS 文字文件，请另存为 .docx 后再试",
    ".pdf": "是 PDF 文件，请提供 .docx 或 .txt 文本",
    ".rtf": "是 RTF 文件，请另存为 .docx 后再试",
}


def read_text(path: Path | str) -> str:
    """The file's own text, to whose code points all offsets refer.

    Args:
        path: A `.txt` in any encoding that occurs in China, or a `.docx`.

    Raises:
        UnreadableFileError: Missing, empty, damaged, too large, dangerous, or of a kind that
            is not read; the reason is one Chinese sentence.
    """
    return read_source(path).text


def read_source(path: Path | str) -> SourceText:
    """The file's own text together with its paragraphs and their looks; errors as `read_text`."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in TEXT_SUFFIXES | WORD_SUFFIXES:
        advice = _ADVICE.get(suffix, "不是可读的文本类型，请提供 .docx 或 .txt 文件")
        raise UnreadableFileError(str(path), advice)
    check_file(path, most=DOCUMENT_BYTES if suffix in WORD_SUFFIXES else TEXT_BYTES)
    source = _read_word(path) if suffix in WORD_SUFFIXES else _read_plain(path)
    if not source.text.strip():
        raise UnreadableFileError(str(path), "文件中没有文字")
    return source


def _read_plain(path: Path) -> SourceText:
    text = decode(path.read_bytes())
    if text is None:
        raise UnreadableFileError(str(path), "无法识别文字编码，请用记事本另存为 UTF-8 后再试")
    _check_length(path, len(text))
    return SourceText(text, tuple(lines(text)))


def _read_word(path: Path) -> SourceText:
    check_archive(path)
    # python-docx and lxml cost 100 ms to import; plain text files do without.
    from drafter.reading.word_text import read_word  # noqa: PLC0415 -- imported where it is used

    paragraphs: list[SourceParagraph] = []
    at = 0
    for text, looks in read_word(path):
        paragraphs.append(SourceParagraph(at, text, looks))
        at += len(text) + 1
        _check_length(path, at)
    return SourceText("\n".join(p.text for p in paragraphs), tuple(paragraphs))


def _check_length(path: Path, characters: int) -> None:
    if characters > MOST_CHARACTERS:
        raise UnreadableFileError(
            str(path), f"全文超过{MOST_CHARACTERS // 10_000}万字，不像一份材料，请检查文件"
        )


def lines(text: str, looks: Looks | None = None, start: int = 0) -> list[SourceParagraph]:
    """The lines of a text without their ends, each with its place."""
    found: list[SourceParagraph] = []
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        found.append(SourceParagraph(start, body, looks or Looks()))
        start += len(line)
    return found
