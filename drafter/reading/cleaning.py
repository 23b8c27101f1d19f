"""Takes out of a text what no author wrote, and says what and where.

Scraped summaries carry characters nobody sees, entities that lost a sign, running counters of
page pieces in mid-sentence, page numbers and the site's own sentences. Each removal and each
replacement becomes a `CleaningNote` with its place in the file's own text. Joining broken lines
is `wrapping`'s, headings are `headings`'; wording is never changed here.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from drafter.reading.source import Looks, SourceText
from drafter.reading.traced import Traced
from drafter.records.summary import CleaningNote


@dataclass(frozen=True, slots=True)
class Line:
    """A line (or Word paragraph) after cleaning, with what its file says of its looks."""

    traced: Traced
    looks: Looks
    indent: int = 0
    """White space before it, in characters; a full-width space counts two."""
    after_blank: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return self.traced.text


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]


# --- characters that nobody sees, and entities -----------------------------------------------

_CHARACTERS = (
    _Rule("双向控制符", re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")),
    _Rule("零宽字符", re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad\u180e]+")),
    _Rule("控制字符", re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")),
)
_NAMES = (
    "nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip|amp|lt|gt|quot|apos"
)
_ENTITY = re.compile(
    rf"&(?:{_NAMES});?"  # whole, or without its end
    rf"|(?<![A-Za-z&])(?:{_NAMES});"  # without its beginning
    r"|&#x[0-9A-Fa-f]{2,6};|&#[0-9]{2,7};"
    r"|(?<![A-Za-z0-9])[#XＸ×][0-9]{4,5};"  # &# became another sign
)
_TAG = re.compile(r"</?(?:p|br|div|span|strong|b|font|a|td|tr|table|li|ul)(?:\s[^<>]{0,200})?/?>")


def clean(source: SourceText) -> tuple[tuple[Line, ...], tuple[CleaningNote, ...]]:
    """The lines of a file's own text as its author wrote them, and what was taken out.

    Empty lines are dropped (the next line then says `after_blank`); white space at both ends
    of a line is layout and goes without a note.
    """
    notes: list[CleaningNote] = []
    lines: list[Line] = []
    blank = False
    for paragraph in source.paragraphs:
        traced = _seen(Traced.of(paragraph.text, paragraph.start), notes)
        line = Line(traced.strip(), paragraph.looks, _indent(traced.text), blank)
        blank = not line.text
        if line.text:
            lines.append(line)
    lines = _without_pieces(lines, notes)
    lines = _without_site(lines, notes)
    return tuple(lines), tuple(sorted(notes, key=lambda note: note.start))


def note_of(kind: str, traced: Traced, start: int, end: int, replacement: str = "") -> CleaningNote:
    """A note on `traced.text[start:end]`, placed in the file's own text."""
    return CleaningNote(
        kind,
        traced.offsets[start],
        traced.offsets[end - 1] + 1,
        traced.text[start:end],
        replacement,
    )


def _indent(text: str) -> int:
    width = 0
    for character in text:
        if not character.isspace():
            break
        width += 2 if character in "\u3000\u2003\t" else 1
    return width


def _seen(traced: Traced, notes: list[CleaningNote]) -> Traced:
    """Without invisible characters and tags, entities as the signs they stand for."""
    edits: list[tuple[int, int, str]] = []
    for rule in _CHARACTERS:
        for match in rule.pattern.finditer(traced.text):
            edits.append((match.start(), match.end(), ""))
            notes.append(note_of(rule.kind, traced, *match.span()))
    for match in _TAG.finditer(traced.text):
        edits.append((match.start(), match.end(), ""))
        notes.append(note_of("网页标签", traced, *match.span()))
    for match in _ENTITY.finditer(traced.text):
        sign = _entity(match[0])
        if sign is not None:
            edits.append((match.start(), match.end(), sign))
            notes.append(note_of("残缺实体", traced, *match.span(), sign))
    return traced.replaced(sorted(edits)) if edits else traced


def _entity(written: str) -> str | None:
    """The sign a whole or broken entity stands for; None where it is no entity after all."""
    body = written.strip("&;")
    if body[0] in "#XＸ×":
        number = int(f"0{body[1:]}", 0) if body[1] in "xX" else int(body[1:])
        sign = chr(number) if number < 0x110000 else ""
        return sign if sign.isprintable() and sign else None
    return html.unescape(f"&{body};").replace("\xa0", " ")


# --- running counters of page pieces ---------------------------------------------------------

_COUNTER = re.compile(r"([1-9][0-9]{0,2})、")
_ENDS = frozenset("。！？!?；;：:”’」』）)》…")
_PIECE_LENGTH = 80
_FEWEST_PIECES = 3


def _without_pieces(lines: Sequence[Line], notes: list[CleaningNote]) -> list[Line]:
    """The lines with running counters taken out and the sentences they cut joined again.

    A download site cuts a text into pieces of equal length and numbers them `1、 2、 3、`. A
    list looks the same at first sight; but its items begin and end as sentences, while pieces
    are long and most of them break off in mid-sentence.
    """
    pieces = _pieces(lines)
    if not pieces:
        return list(lines)
    first, last = pieces
    whole = Traced()
    for line in lines[first:last]:
        match = _COUNTER.match(line.text)
        end = match.end() if match else 0
        notes.append(note_of("分段标记", line.traced, 0, end))
        whole += line.traced.cut(end)
    joined = Line(whole.strip(), lines[first].looks, after_blank=lines[first].after_blank)
    return [*lines[:first], joined, *lines[last:]]


def _pieces(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Half-open run of lines that are numbered pieces of one text, if there is one."""
    starts = [index for index, line in enumerate(lines) if line.text.startswith("1、")]
    for first in starts:
        last = first
        while last < len(lines) and lines[last].text.startswith(f"{last - first + 1}、"):
            last += 1
        if last - first >= _FEWEST_PIECES and _are_pieces(lines[first:last]):
            return first, last
    return None


def _are_pieces(lines: Sequence[Line]) -> bool:
    lengths = [len(line.text) for line in lines[:-1]]
    broken = sum(1 for line in lines[:-1] if line.text[-1] not in _ENDS)
    return min(lengths) >= _PIECE_LENGTH and broken * 2 > len(lengths)


# --- page numbers and the site's own sentences -----------------------------------------------

_PAGE = re.compile(
    r"[-—–－─·\s]*第?\s*[0-9０-９]{1,3}\s*页(?:\s*[,，/]?\s*共\s*[0-9０-９]{1,3}\s*页)?[-—–－─·\s]*"
    r"|[-—–－─]+\s*[0-9０-９]{1,3}\s*[-—–－─]+"
)
_SITE_WORDS = (
    r"版权(?:归|属于|所有|声明)",
    r"(?:请|可)(?:找|联系|私信)作者|网络整理|作品认领|(?:进行)?认领和申诉",
    r"(?:搜集|收集|来源|摘编|整理|转载)(?:于|自)(?:互联)?网络",
    r"(?:请勿|不得|严禁)(?:作|做|用于)(?:他用|商用|其他用途|商业)",
    r"仅(?:供|作)(?:个人)?(?:学习|参考|分享|交流|内部交流)",
    r"免责声明|如有侵权|侵权(?:请|必|删)|联系(?:我们|管理员|客服)(?:删除|处理)",
    r"关注(?:我们的?)?(?:微信)?公众号|扫(?:描|一扫)?(?:下方)?二维码|扫码(?:关注|下载|查看|添加)",
    r"更多(?:精彩|范文|文章|资料)|相关(?:阅读|推荐|文章)\s{0,3}[:：]",
    r"(?:点击|免费|付费|立即)(?:下载|阅读全文|查看全文|此处)|下载(?:本文|全文|文档|地址|积分)",
    r"(?:百度|道客|豆丁|原创力|人人)(?:文库|巴巴|文档)|文库(?:下载|网)|范文(?:网|大全)",
    r"https?://|www\.[a-z0-9-]+\.",
    r"[上下]一篇\s{0,3}[:：]|返回(?:顶部|首页|列表)|关闭(?:本页|窗口)|打印(?:本页|此页|本文)",
    r"(?:浏览|阅读|点击)(?:次数|量|数)\s{0,3}[:：]|(?:发布|发表|更新)(?:时间|日期)\s{0,3}[:：]",
    r"(?:责任|本文)?编辑\s{0,3}[:：]|字体\s{0,3}[:：]?\s{0,3}[\[【(（]?\s{0,3}大\s{0,3}中\s{0,3}小",
    r"^\s{0,3}(?:文章|信息|稿件|内容)?来源\s{0,3}[:：]",
    r"本(?:站|平台|网站|文档)(?:仅|所有|不(?:承担|对|负责))",
)
_SITE = re.compile("|".join(_SITE_WORDS))
_LONGEST_SITE_LINE = 120
# Sentences inside longer lines are the site's only at the very ends of a text.
_SENTENCE = re.compile(r"[^。！!？?\n]*[。！!？?]?")


def _without_site(lines: Sequence[Line], notes: list[CleaningNote]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        short = len(line.text) <= _LONGEST_SITE_LINE
        page = short and _PAGE.fullmatch(line.text)
        if page or (short and _SITE.search(line.text)):
            kind = "页码" if page else "网站样板"
            notes.append(note_of(kind, line.traced, 0, len(line.text)))
        else:
            kept.append(line)
    if kept:
        kept[-1] = _without_tail(kept[-1], notes)
    return [line for line in kept if line.text]


def _without_tail(line: Line, notes: list[CleaningNote]) -> Line:
    """The last line without the site's sentences at its end."""
    end = len(line.text)
    sentences = [match.span() for match in _SENTENCE.finditer(line.text) if match[0]]
    for start, stop in reversed(sentences):
        if not _SITE.search(line.text[start:stop]):
            break
        end = start
    if end < len(line.text):
        notes.append(note_of("网站样板", line.traced, end, len(line.text)))
        return Line(line.traced.cut(0, end).rstrip(), line.looks, line.indent, line.after_blank)
    return line


# --- what is only noted ----------------------------------------------------------------------

_PAIRS = {"“": "”", "（": "）", "《": "》", "【": "】", "〔": "〕"}


def unpaired(lines: Iterable[Line]) -> Iterator[CleaningNote]:
    """Quotation marks and brackets that open and never close, or close unopened, line by line.

    Nothing is mended: which words were quoted cannot be known.
    """
    for line in lines:
        for opening, closing in _PAIRS.items():
            for index in _unpaired(line.text, opening, closing):
                yield note_of("标点不成对", line.traced, index, index + 1, line.text[index])


def _unpaired(text: str, opening: str, closing: str) -> list[int]:
    open_at: list[int] = []
    lost: list[int] = []
    for index, character in enumerate(text):
        # A half-width bracket may pair with a full-width one: (一） is a slip, no damage.
        if character == opening or (opening == "（" and character == "("):
            open_at.append(index)
        elif character == closing or (closing == "）" and character == ")"):
            if open_at:
                open_at.pop()
            elif not _is_enumerator_end(text, index):
                lost.append(index)
    return lost + open_at


def _is_enumerator_end(text: str, index: int) -> bool:
    return bool(
        re.fullmatch(r"[0-9一二三四五六七八九十a-zA-Z]{1,3}", text[max(0, index - 2) : index])
    )
