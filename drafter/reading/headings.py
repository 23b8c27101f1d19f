"""Which lines are headings, how deep, and where a heading that runs into its text ends.

Three kinds: with an enumerator (一、 （一） 1. （1）), with a Word heading style, or a short line
without either that stands before a paragraph. 一是…二是… opens no heading: it enumerates inside
one. Levels are those of the enumerators; where headings without enumerator stand above 一、,
these are the first level and everything moves one down.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from drafter.reading.cleaning import Line
from drafter.reading.enumerators import Enumerator, enumerator
from drafter.reading.frame import block, is_frame_line, is_salutation
from drafter.reading.traced import Traced
from drafter.records.summary import Block

DEEPEST = 4
# A run-in heading of a section may be a full sentence; below, longer ones are items of a list.
_LONGEST_RUN_IN = {1: 70, 2: 70, 3: 40, 4: 34}
_LONGEST_LINE = {1: 70, 2: 70, 3: 60, 4: 50}
# A whole paragraph that ends as a sentence says something, unless it is short.
_LONGEST_ALONE = 40
_LONGEST_BEFORE_COLON = 25
_LONGEST_UNMARKED = 30
_SENTENCE_END = re.compile(r"[。！？]")
_GAP = re.compile(r"\s+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_AMOUNT = re.compile(
    r"[0-9０-９][0-9.,０-９]*(?:余|多)?[万亿]?(?:元|%|％|家|个|人|户|项|件|亩|吨|公里|平方米)"
)
_ENDS_IN_AMOUNT = re.compile(rf"(?:{_AMOUNT.pattern})(?:以上|左右)?$|增长|下降|完成[^情]")
_BULLET = re.compile(r"[★☆◆◇■□●○▲△※▪•]\s*")
# What stands at the top of a text without enumerators ...
_FIRST_LEVEL = re.compile(
    r"(?:总结|回顾|成效|情况|做法|问题|不足|短板|困难|打算|思路|计划|安排|要求|目标|任务)$"
)
# ... and what ends a count that stands above it.
_TURNS = re.compile(r"^(?:[0-9０-９]{4}年|下一?步|明年|存在|主要问题|问题|短板)|(?:打算|思路)$")
_NAMES = re.compile(r"(?:公司|集团|厂|合作社|学校|医院|银行)$")
_ANNEX = re.compile(r"附件\s?[0-9一二三四五六七八九十]{0,2}")
# A glossary counts its entries; they are no headings.
_GLOSSARY = re.compile(r"^(?:附[：:件]?\s*)?(?:名词|有关名词|用语)(?:解释|说明|注释)$")


@dataclass(frozen=True, slots=True)
class _Found:
    """A line with what it was found to be; `level` 0 with `unmarked` waits for its depth."""

    line: Line
    heading: Traced | None = None
    rest: Traced | None = None
    level: int = 0
    marker: str = ""
    unmarked: bool = False
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    level: int
    number: int


def find_headings(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The lines as heading and paragraph blocks, in order; run-in headings are split off."""
    found = _without_items(_without_entries([_marked(line) for line in lines]))
    found = _placed(_with_unmarked(found))
    return tuple(one for item in found for one in _blocks(item))


def _blocks(found: _Found) -> Iterator[Block]:
    if found.heading is None:
        yield block("paragraph", found.line.traced)
        return
    head = found.heading
    yield Block("heading", head.text, head.offsets, found.level, found.marker, found.run_in)
    if found.rest is not None:
        yield block("paragraph", found.rest)


# --- headings with an enumerator or a style ---------------------------------------------------


def _marked(line: Line) -> _Found:
    looks = line.looks
    if looks.in_table:
        return _Found(line)
    mark = enumerator(line.text)
    if mark is None and looks.numbering:
        # Word's own enumerator stands before the text, which starts at its first character.
        own = enumerator(f"{looks.numbering} ")
        if own is not None:
            return _headed(line, own.level, looks.numbering, line.traced)
    if mark is not None:
        return _headed(line, mark.level, mark.written, line.traced.cut(mark.end))
    if looks.level:
        return _Found(line, heading=line.traced, level=looks.level, unmarked=True)
    return _Found(line)


def _headed(line: Line, level: int, marker: str, body: Traced) -> _Found:
    """What an enumerator stands before: a heading, one with text, or an item of a list."""
    text = body.text
    if not text:
        return _Found(line)
    end = _head_end(text, level)
    styled = bool(line.looks.level)
    if end is None and not styled:
        return _Found(line)
    head = body.cut(0, end)
    if not _CHINESE.search(head.text):
        return _Found(line)
    rest = body.cut(len(text) if end is None else end).strip()
    rest = _without_mark(rest)
    # White space stands for a lost line break: then the heading had a line of its own.
    run_in = bool(rest) and end is not None and not text[end].isspace()
    return _Found(line, _trimmed(head), rest or None, level, marker, run_in=run_in)


def _head_end(text: str, level: int) -> int | None:
    """Where the heading ends in the text behind an enumerator; None when there is none."""
    sentence = _SENTENCE_END.search(text)
    if sentence is None and not re.search(r"[；;]|[，,、]$", text) and not _has_gap(text):
        whole = len(text) <= _LONGEST_LINE[level] and (level <= 2 or not _is_data(text))
        colon = _colon(text)
        return len(text) if whole and colon is None else colon
    first = sentence.start() if sentence else len(text)
    candidates = [first] if sentence else []
    candidates += [end for end in (_colon(text), _gap(text)) if end is not None]
    end = min(candidates, default=None)
    if end is None or end > _LONGEST_RUN_IN[level] or re.search(r"[；;]", text[:end]):
        return None
    alone = not text[end:].strip("。！？：: ")
    if alone and end > (_LONGEST_ALONE if level <= 2 else _LONGEST_ALONE // 2):
        return None
    return None if level > 2 and _is_data(text[:end]) else end


def _colon(text: str) -> int | None:
    """A colon that ends a heading, not the one inside “快”字为先：抓调度."""
    match = re.search(r"[：:]", text)
    if match is None or match.start() > _LONGEST_BEFORE_COLON:
        return None
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"[，,；;]", before):
        return None
    sentence = _SENTENCE_END.search(after)
    length = sentence.start() if sentence else len(after)
    if match.start() <= 8 and 0 < length <= 20:
        return None
    return match.start()


def _gap(text: str) -> int | None:
    """White space that stands where a site took out a line break, after a plain head."""
    match = _GAP.search(text)
    if match is None or not 4 <= match.start() <= _LONGEST_UNMARKED:
        return None
    head, rest = text[: match.start()], text[match.end() :]
    plain = len(_CHINESE.findall(head)) >= 4 and not re.search(r"[，,；;：:。“《（(]", head)
    return match.start() if plain and len(rest) >= 20 and _SENTENCE_END.search(rest) else None


def _has_gap(text: str) -> bool:
    return _gap(text) is not None


def _is_data(text: str) -> bool:
    """An amount with its unit: the item reports, it does not head."""
    return bool(_AMOUNT.search(text))


def _without_mark(rest: Traced) -> Traced:
    """The text behind a heading, without the mark that ended the heading."""
    length = len(rest.text) - len(rest.text.lstrip("。！？：:；; \u3000"))
    return rest.cut(length).strip()


def _trimmed(head: Traced) -> Traced:
    return head.strip().rstrip("。：:；; \u3000")


def _without_entries(found: Sequence[_Found]) -> list[_Found]:
    """Entries of a glossary at the end are paragraphs, whatever they are numbered with."""
    result: list[_Found] = []
    glossary = False
    for one in found:
        glossary = (glossary or bool(_GLOSSARY.search(one.line.text))) and one.level not in (1, 2)
        result.append(_Found(one.line) if glossary and one.level >= 3 else one)
    return result


def _without_items(found: Sequence[_Found]) -> list[_Found]:
    """Items of a list are paragraphs: sentences that are counted and have no text below them."""
    result: list[_Found] = []
    item_before: Enumerator | None = None
    for index, one in enumerate(found):
        mark = enumerator(one.line.text)
        sentence = one.heading is not None and one.rest is None and one.line.text[-1] == "。"
        after = found[index + 1] if index + 1 < len(found) else None
        is_item = (sentence and _is_bare(one, after)) or _goes_on(item_before, mark)
        result.append(_Found(one.line) if sentence and is_item else one)
        item_before = mark if result[-1].heading is None else None
    return result


def _is_bare(one: _Found, after: _Found | None) -> bool:
    """No text and no deeper heading comes after it."""
    if after is None:
        return True
    mark = enumerator(after.line.text)
    return mark is not None and mark.level <= one.level


def _goes_on(before: Enumerator | None, mark: Enumerator | None) -> bool:
    if before is None or mark is None:
        return False
    return (before.level, before.number + 1) == (mark.level, mark.number)


# --- headings without enumerator --------------------------------------------------------------


def _with_unmarked(found: Sequence[_Found]) -> list[_Found]:
    may: list[bool] = []
    for index in range(len(found)):
        may.append(_may_head(found, index) and _stands_over_text(found, index, may))
    result = list(found)
    for index, one in enumerate(found):
        # Three in a row and no text between them: a list of names, no headings.
        row = may[max(0, index - 2) : index + 3]
        if may[index] and not _three_in_a_row(row):
            bullet = _BULLET.match(one.line.text)
            head = _trimmed(one.line.traced.cut(bullet.end() if bullet else 0))
            sign = bullet[0].strip() if bullet else ""
            result[index] = replace(one, heading=head, marker=sign, unmarked=True)
    return result


def _three_in_a_row(row: Sequence[bool]) -> bool:
    return any(all(row[start : start + 3]) for start in range(len(row) - 2))


def _may_head(found: Sequence[_Found], index: int) -> bool:
    one = found[index]
    text, looks = one.line.text, one.line.looks
    if one.heading is not None or looks.in_table or index + 1 == len(found):
        return False
    emphasised = looks.bold or looks.centred
    if len(text) > (_LONGEST_UNMARKED + 10 if emphasised else _LONGEST_UNMARKED):
        return False
    if text[-1] in "。！？；，、：:;,!?" or re.search(r"[。！？；\t]|.[：:]", text):
        return False
    if is_salutation(text) or is_frame_line(text) or len(_CHINESE.findall(text)) < 4:
        return bool(_ANNEX.fullmatch(text))
    if re.match(
        r"[-—–]|[一二三四五六七八九十]是|其中|注[：:]|附件|[附续]?表\s?[0-9一二三]|图\s?[0-9一二三]",
        text,
    ):
        return False
    amounts = _ENDS_IN_AMOUNT.search(text) or len(_AMOUNT.findall(text)) > 1
    return not amounts and not _NAMES.search(text)


def _stands_over_text(found: Sequence[_Found], index: int, may: Sequence[bool]) -> bool:
    """A heading or a longer paragraph comes next, and what came before was complete."""
    after = found[index + 1]
    over = after.heading is not None or len(after.line.text) > len(found[index].line.text)
    if not over and index + 2 < len(found) and _may_head(found, index + 1):
        # A heading of the next level comes first, and its text then.
        over = len(found[index + 2].line.text) > _LONGEST_UNMARKED
    if index == 0:
        return over
    before = found[index - 1]
    ended = before.heading is not None or before.line.looks.in_table
    ended = ended or before.line.text[-1] in "。！？；：…”）)!?:;"
    return over and (ended or may[index - 1])


# --- how deep ---------------------------------------------------------------------------------


def _placed(found: Sequence[_Found]) -> list[_Found]:
    """Headings without enumerator get their level; what 一、 stands below them moves down."""
    result: list[_Found] = []
    counted: set[int] = set()  # levels of the enumerators seen so far
    level = shift = 0
    above = 0  # the level that headings without enumerator hang below
    styles = _style_shift(found)
    has_first = any(item.level == 1 and item.marker.endswith("、") for item in found)
    for one, follows in zip(found, _following(found), strict=True):
        if one.heading is None:
            result.append(one)
            continue
        if one.marker.startswith("第"):
            level, shift = 1, int(has_first)
            above = 1
        elif one.unmarked and not one.level:
            level = _level_unmarked(one, follows, counted, above)
            if level == 1:
                shift = int(follows is not None and follows.level == 1)
                above = int(bool(_FIRST_LEVEL.search(one.line.text)))
        else:
            down = -styles if one.unmarked else shift
            level = above = min(DEEPEST, max(1, one.level + down))
        if one.marker and not one.unmarked:
            counted.add(one.level)
        result.append(replace(one, level=level))
    return result


def _style_shift(found: Sequence[_Found]) -> int:
    """How many levels deeper than in the text Word's styles count.

    Where 一、 stands in the style of the second level (the first being the title's), the
    headings of that style without enumerator are of the first level too.
    """
    both = [
        item.line.looks.level - item.level
        for item in found
        if item.marker and item.line.looks.level
    ]
    if both:
        return Counter(both).most_common(1)[0][0]
    if any(item.marker and not item.unmarked for item in found):
        return 0
    return min((item.level for item in found if item.unmarked and item.level), default=1) - 1


def _level_unmarked(
    one: _Found, follows: _Mark | None, counted: AbstractSet[int], above: int
) -> int:
    """The level of a heading without enumerator, by the count that begins or goes on after it.

    Without a count, by what it says: what names a part of a summary stands at the top.
    """
    text = one.line.text
    if follows is not None and follows.number > 1:
        return min(DEEPEST, follows.level + 1)
    if follows is not None and follows.level <= 2:
        return 1 if follows.level == 1 or 1 not in counted else 2
    if _GLOSSARY.search(text) or _ANNEX.fullmatch(text):
        return 1
    top = _TURNS if counted else _FIRST_LEVEL
    return 1 if top.search(text) else min(DEEPEST, above + 1)


def _following(found: Sequence[_Found]) -> list[_Mark | None]:
    """For each line, level and number of the next heading with an enumerator behind it."""
    result: list[_Mark | None] = []
    following: _Mark | None = None
    for item in reversed(found):
        result.append(following)
        mark = enumerator(f"{item.marker} ") if item.heading is not None else None
        if mark is not None:
            following = _Mark(item.level, mark.number)
    return result[::-1]
