"""The frame around a summary: title, speaker and date lines at its head, signature at its end.

And what the frame tells: the title, the year, the organisation.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from drafter.reading.cleaning import Line
from drafter.reading.enumerators import enumerator
from drafter.reading.traced import Traced
from drafter.records.summary import Block, BlockKind

_TITLE_WORDS = "总结|报告|思路|打算|计划|安排|要点|汇报|谋划|小结|述职|材料|规划|情况"
_TITLE_END = re.compile(rf"(?:{_TITLE_WORDS})(?:[（(〔][^（(]{{1,12}}[)）〕])?$")
_ORGANISATIONS = (
    "局|委|委员会|办|办公室|厅|中心|院|所|站|处|政府|协会|学会|联合会|供销社|大队|支队|总队|公司|学校|学院|医院|银行"
    "|管委会|街道|乡|镇|部|室|科|工会|法院|检察院"
)
_DATE = re.compile(
    r"[（(—–-]*\s*(?:[0-9０-９]{4}|[二〇○零一二三四五六七八九]{4})\s*年\s*"
    r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"(?:\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日)?\s*[)）]?"
)
_MEETING = re.compile(r"(?:会议上?|全会上|大会上|报告|同志)[。）)]?$")
_SPEAKER = re.compile(
    r"(?:省长|市长|区长|县长|州长|旗长|乡长|镇长|主席|局长|主任|书记|院长)\s+\S|^汇报人|^报告人|^述职人"
)
_SALUTATION = re.compile(
    r"(?:各位|同志们|尊敬的|[^，。]{0,12}(?:政府|局|委|办|领导|代表|主任))[^。]{0,12}[：:]$|^各位代表[！，!,]?$"
)
_SIGNATURE = re.compile(rf"[^，。；：、0-9]{{2,26}}(?:{_ORGANISATIONS})(?:[（(].{{1,10}}[)）])?")
_ANNEX = re.compile(
    r"附(?:件|表)\s*[0-9一二三四五]?\s*[：:]|[（(]?(?:联系人|联系电话|联系方式|抄送|此件|主送)"
)
_LONGEST_FRONT_LINE = 60
_BACK_LINES = 10
_FRONT_LINES = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of the frame as blocks, and the lines between them."""

    front: tuple[Block, ...]
    body: tuple[Line, ...]
    back: tuple[Block, ...]
    title: str
    """'' where the text has none."""


def find_frame(lines: Sequence[Line]) -> Frame:
    """Separates title, speaker, signature and date lines from the text between them."""
    lines = _split_title(lines)
    title_at = _title_lines(lines[: _front_length(lines)])
    count = _front_end(lines, title_at)
    front = [_front_block(line, index in title_at) for index, line in enumerate(lines[:count])]
    title = "".join(block.text for index, block in enumerate(front) if index in title_at)
    body, back = _signature(lines[count:])
    return Frame(tuple(front), body, back, title)


def block(kind: BlockKind, traced: Traced) -> Block:
    """A block of the frame or a paragraph."""
    return Block(kind, traced.text, traced.offsets)


def is_salutation(text: str) -> bool:
    """各位代表： and its like, which address and say nothing."""
    return len(text) <= 30 and bool(_SALUTATION.search(text))


def is_frame_line(text: str) -> bool:
    """A line that only names a date, an occasion or a speaker."""
    return bool(_DATE.fullmatch(text) or _SPEAKER.search(text))


def is_occasion(text: str) -> bool:
    """——2020年1月6日在……会议上: when and where a report was given."""
    return bool(_DATE.search(text[:40]) and _MEETING.search(text))


def close_up(traced: Traced) -> Traced:
    """A spaced-out title, 政 府 工 作 报 告, without its spaces; any other text as it is."""
    if len(traced) >= 5 and re.fullmatch(r"\S(?:\s{1,3}\S){2,}", traced.text):
        return traced.without(match.span() for match in re.finditer(r"\s+", traced.text))
    return traced


# --- the head --------------------------------------------------------------------------------


def _split_title(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A title that shares its line with the text, where a site made line breaks spaces."""
    if not lines or len(lines[0].text) <= _LONGEST_FRONT_LINE:
        return tuple(lines)
    first = lines[0]
    head = re.match(r"([^\s。，,；;：:]{6,50})\s+", first.text)
    if head is None or not _TITLE_END.search(head[1]):
        return tuple(lines)
    title = replace(first, traced=first.traced.cut(0, head.end(1)))
    rest = replace(first, traced=first.traced.cut(head.end()), indent=0)
    return (title, rest, *lines[1:])


def _front_length(lines: Sequence[Line]) -> int:
    """How many short lines stand before salutation, first heading or first paragraph."""
    for index, line in enumerate(lines[:_FRONT_LINES]):
        text = close_up(line.traced).text
        ends = text[-1] in "。！？；，" and not is_occasion(text)
        if len(text) > _LONGEST_FRONT_LINE or ends or is_salutation(text) or enumerator(text):
            return index
    return min(len(lines) - 1, _FRONT_LINES)


def _title_lines(front: Sequence[Line]) -> frozenset[int]:
    """Which of the front lines are the title: from the first to one that ends as titles do."""
    texts = [close_up(line.traced).text for line in front]
    titled = next((i for i, text in enumerate(texts[:4]) if _TITLE_END.search(text)), None)
    if titled is None:
        return _styled_title(front, texts)
    last = titled
    while last + 1 < len(texts) and re.match(r"[及暨和与]", texts[last + 1]):
        last += 1
    first = next((i for i in range(titled) if not is_frame_line(texts[i])), titled)
    return frozenset(range(first, last + 1))


def _styled_title(front: Sequence[Line], texts: Sequence[str]) -> frozenset[int]:
    """A title that does not end as titles do: by its looks, else a first line with a year."""
    styled: list[int] = []
    for index, line in enumerate(front):
        looks = line.looks
        if not (looks.title or looks.centred) or is_frame_line(texts[index]):
            break
        styled.append(index)
    dated = bool(texts) and re.search(r"[0-9]{4}年", texts[0]) and not is_frame_line(texts[0])
    return frozenset(styled or ([0] if dated else []))


def _front_end(lines: Sequence[Line], title_at: frozenset[int]) -> int:
    """How many lines belong to the front: the title's, and what names date and speaker."""
    if not title_at:
        return 0
    end = max(title_at) + 1
    title = "".join(close_up(lines[index].traced).text for index in sorted(title_at))
    while end < min(len(lines), _FRONT_LINES):
        text = close_up(lines[end].traced).text
        names = is_frame_line(text) or is_occasion(text) or _SIGNATURE.fullmatch(text)
        if len(text) > _LONGEST_FRONT_LINE or not (names or text in title):
            break
        end += 1
    return end


def _front_block(line: Line, is_title: bool) -> Block:
    traced = close_up(line.traced)
    if is_title:
        return block("title", traced)
    if _SPEAKER.search(traced.text) and not _DATE.search(traced.text):
        return block("signature", traced)
    if _DATE.search(traced.text):
        return block("date", traced)
    if _SIGNATURE.fullmatch(traced.text):
        return block("signature", traced)
    return block("title", traced)


# --- the end ---------------------------------------------------------------------------------


def _signature(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Block, ...]]:
    """The lines without what follows the text's end, and this as blocks.

    That is signature and date, with lists of annexes and a contact around them.
    """
    start = len(lines)
    while start > 1 and start > len(lines) - _BACK_LINES and _may_stand_behind(lines[start - 1]):
        start -= 1
    # A numbered line belongs to the annexes only behind the word that opens their list.
    while start < len(lines) and not (_back_blocks(lines[start]) or _annex(lines[start].text)):
        start += 1
    back = [
        one
        for line in lines[start:]
        for one in _back_blocks(line) or [block("paragraph", line.traced)]
    ]
    return tuple(lines[:start]), tuple(back)


def _may_stand_behind(line: Line) -> bool:
    mark = enumerator(line.text)
    item = mark is not None and mark.level == 3 and len(line.text) <= 40
    return bool(_back_blocks(line)) or _annex(line.text) or (item and line.text[-1] not in "。；")


def _annex(text: str) -> bool:
    return len(text) <= 60 and bool(_ANNEX.match(text))


def _back_blocks(line: Line) -> list[Block]:
    """Signature, date or both in one line; nothing where the line is neither."""
    text = line.text
    if len(text) > 50:
        return []
    date = _DATE.search(text)
    if date is not None and date.end() == len(text):
        name = line.traced.cut(0, date.start()).strip()
        if not name:
            return [block("date", line.traced)]
        if _SIGNATURE.fullmatch(name.text):
            return [block("signature", name), block("date", line.traced.cut(date.start()).strip())]
        return []
    is_name = _SIGNATURE.fullmatch(text) and enumerator(text) is None
    return [block("signature", line.traced)] if is_name else []


# --- what it tells ---------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)[0-9]{2})(?![0-9A-Za-z])")
_CHINESE_YEAR = re.compile(r"([一二][〇○零一二三四五六七八九]{3})年")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_SUMMED_UP = re.compile(r"((?:19|20)[0-9]{2})年[^0-9，。]{0,12}?(?:总结|回顾|情况|汇报|小结|述职)")


def find_year(frame: Frame, path: Path) -> int | None:
    """The year that a summary is of: by its title, its file name, its first lines, its date."""
    opening = "".join(line.text for line in frame.body)[:600].translate(_FULL_WIDTH)
    title = frame.title.translate(_FULL_WIDTH)
    return (
        _year_of(title)
        or _year_of(path.stem)
        or _year_of(" ".join(b.text for b in frame.front if b.kind == "date"))
        or _year_summed_up(opening)
        or _year_of(" ".join(b.text for b in frame.back if b.kind == "date"))
    )


def _year_of(text: str) -> int | None:
    text = re.sub(r"\s+(?=年)", "", text.translate(_FULL_WIDTH))
    summed_up = _SUMMED_UP.search(text)
    if summed_up is not None:
        return int(summed_up[1])
    years = [int(year) for year in _YEAR.findall(text)]
    years += [int(y.translate(_CHINESE_DIGITS)) for y in _CHINESE_YEAR.findall(text)]
    return min((year for year in years if 1978 <= year <= 2099), default=None)


def _year_summed_up(opening: str) -> int | None:
    summed_up = _SUMMED_UP.search(opening)
    if summed_up is not None:
        return int(summed_up[1])
    years = Counter(re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})年", opening))
    return int(years.most_common(1)[0][0]) if years else None


def find_organisation(frame: Frame, path: Path) -> str:
    """Whose summary it is: by title, signature, speaker, file name or opening; '' if none says."""
    opening = "".join(line.text for line in frame.body)[:600]
    named = re.search(
        rf"现将([^，。0-9]{{2,24}}?(?:{_ORGANISATIONS}))(?=[0-9X×x]{{2,4}}年)", opening
    )
    spoken = named[1] if named else ""
    title = _organisation_of_title(frame.title)
    if title and spoken.endswith(title):
        return spoken
    return title or _signed(frame) or _organisation_of_stem(path.stem) or spoken or _speaks(opening)


def _organisation_of_title(title: str) -> str:
    title = re.sub(r"\s+", "", title)
    before = re.match(r"(?:关于)?(.{2,26}?)(?:[0-9０-９]{4}|[X×x]{2,4}|[二〇○零一-九]{4})年", title)
    if before and re.search(rf"(?:{_ORGANISATIONS}|省|市|县|区|旗|州)$", before[1]):
        return before[1]
    after = re.match(
        rf"[0-9]{{4}}年(?:度)?(.{{2,26}}?(?:{_ORGANISATIONS}))(?:工作|述职|年度)", title
    )
    undated = re.match(rf"(?![0-9])(.{{2,26}}(?:{_ORGANISATIONS}))工作(?:总结|报告|汇报)", title)
    return (after or undated or [""] * 2)[1]


def _signed(frame: Frame) -> str:
    for signed in (*frame.back, *frame.front):
        if signed.kind == "signature":
            speaker = re.match(rf"(\S{{2,20}}(?:{_ORGANISATIONS}))\S{{1,4}}\s", signed.text)
            if speaker:
                return speaker[1]
            if _SIGNATURE.fullmatch(signed.text) and not _SPEAKER.search(signed.text):
                return signed.text
    return ""


def _organisation_of_stem(stem: str) -> str:
    bare = re.sub(r"[0-9０-９]{4}年?(?:度)?|[_\-—\s（）()]+", " ", stem).strip()
    name = bare.split(" ")[0] if bare else ""
    ends = rf"(.{{1,24}}?(?:{_ORGANISATIONS}|省|市|县|区|旗|州))(?:工作总结|政府工作报告|总结)?"
    match = re.fullmatch(ends, name)
    return match[1] if match else ""


def _speaks(opening: str) -> str:
    spoken = re.search(r"我代表([^，。]{2,16}?(?:人民政府|委员会|局|政府))", opening)
    return spoken[1] if spoken else ""
