"""The census: walks a text once and asks of each numeral, in a fixed order, what it is."""

import re
from decimal import Decimal

from drafter.numerals import build
from drafter.numerals.classify import classify
from drafter.numerals.figures import CHINESE_RUN, read_figure
from drafter.numerals.lexicon import Lexicon, load_lexicon
from drafter.numerals.marks import read_mark
from drafter.numerals.ordinals import read_first, read_ordinal
from drafter.numerals.page import Page, open_page
from drafter.numerals.scoping import in_name, settle
from drafter.numerals.times import read_half_year, read_time
from drafter.records.mention import Mention
from drafter.records.quantity import Number, unit

# One class and no alternative: the search then leaps over everything else.
_START = re.compile(r"[0-9零〇○一二两三四五六七八九十百千万亿几半翻首榜持①-⑳⑴-⒛㈠-㈩❶-❿]")
_PLAIN = re.compile(r"[0-9]++(?:\.[0-9]++)?+(?:[%‰万亿元家户项件人名台套亩吨倍]|个(?!季))")
_NOT_PLAIN_AFTER = frozenset("第前（([〔【〈<")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_HALF_LEFT = re.compile(r"(?:(?P<approx>超过|过|近|超|约)|占)\Z")
_HALF_RIGHT = re.compile(r"(?:以上|左右|数(?:以上|左右)?)")
_DOUBLED = re.compile(r"翻(?:了)?(?P<approx>近|约|超)?一?[番倍]")
_FLAT = re.compile(r"持平(?![^，,。；;\n]{0,4}[0-9])")
_FLAT_BEFORE = re.compile(r"(?:同比|上年|去年|同期|基本|增速|总体|保持)[^，,。；;\n0-9]{0,6}\Z")


def read_mentions(text: str, lexicon: Lexicon | None = None) -> tuple[Mention, ...]:
    """Every numeral of a text, classified.

    Args:
        text: Any text; offsets of the mentions are code points of it.
        lexicon: Names and idioms; the package's own by default.

    Returns:
        Mentions in order of place, none overlapping another. Numerals of idioms (进一步, 统一) are
        words and have none.
    """
    page = open_page(text)
    words = lexicon or load_lexicon()
    mentions: list[Mention] = []
    position = floor = 0
    while found := _START.search(page.norm, position):
        start = found.start()
        before = mentions[-1] if mentions else None
        mention, past = _read(page, start, floor, before, words)
        if mention is not None:
            if mention.span is not None and mention.claim:
                mention = _in_time(page, mention, len(mentions))
            mentions.append(mention)
            floor = mention.end
        position = max(past, start + 1)
    return settle(mentions, page.periods.used)


def _read(
    page: Page, start: int, floor: int, before: Mention | None, words: Lexicon
) -> tuple[Mention | None, int]:
    """The mention whose first numeral stands at `start`, and where to read on."""
    norm = page.norm
    character = norm[start]
    if character in _WORDS:
        mention = _worded(page, start, floor, character)
        return (_within_quotes(page, mention), mention.end) if mention else (None, start + 1)
    if character == "一" and norm.startswith("半", start + 1):
        mention = _half(page, start + 1, floor)
        return mention, mention.end if mention else start + 2
    entry = words.at(norm, start)
    if entry and start - entry.offset >= floor and not _counts_all_the_same(page, start, floor):
        begin = start - entry.offset
        end = begin + len(entry.text)
        return (None if entry.idiom else build.name(page, begin, end, "名称或提法")), end
    mention = (None if _is_plain(norm, start) else _marked(page, start, floor, before)) or _counted(
        page, start, floor, before
    )
    if mention is None:
        past = _past(norm, start)
        if page.enclosure(start) is None:
            return None, past
        mention = build.name(page, start, past, "引号或书名号内的名称")
    return _within_quotes(page, mention), mention.end


_WORDS = frozenset("半翻首榜持")


def _is_plain(norm: str, start: int) -> bool:
    """Digits right before a scale or a common unit are no date, list mark or ordinal."""
    return bool(_PLAIN.match(norm, start)) and norm[start - 1 : start] not in _NOT_PLAIN_AFTER


def _marked(page: Page, start: int, floor: int, before: Mention | None) -> Mention | None:
    return (
        read_mark(page, start, floor)
        or read_ordinal(page, start, floor)
        or read_time(page, start, floor, before)
    )


def _in_time(page: Page, mention: Mention, number: int) -> Mention:
    """A period begins to hold, unless it is part of a name."""
    if in_name(page.norm, mention):
        return mention._replace(claim=False, reason="名称或标题中的年份")
    page.periods.note(mention, number)
    return mention


def _counts_all_the_same(page: Page, start: int, floor: int) -> bool:
    """三分之一 is a fraction, whatever begins like it; in 未发生一起 the 一 counts, a word or not."""
    norm = page.norm
    if "分之" in norm[start : start + 6]:
        figure = read_figure(norm, start)
        if figure is not None and "分之" in figure.numeral:
            return True
    left = norm[max(floor, start - 4) : start]
    return norm[start] == "一" and left.endswith(
        ("未发生", "没有发生", "未发现", "未出现", "无", "未接到", "没发生")
    )


def _past(norm: str, start: int) -> int:
    run = CHINESE_RUN.match(norm, start)
    return run.end() if run else start + 1


def _counted(page: Page, start: int, floor: int, before: Mention | None) -> Mention | None:
    figure = read_figure(page.norm, start)
    found = classify(page, figure, floor, before) if figure else None
    digits = None if found else _DIGITS.match(page.norm, start)
    if digits is None:
        return found
    return build.name(page, start, digits.end(), "读不成数的数字", ambiguous=True)


def _within_quotes(page: Page, mention: Mention) -> Mention:
    """Numerals in quotes and titles belong to names, unless they state an amount of money or a rate."""
    if mention.kind in ("enumerator", "noise", "document_number"):
        return mention
    enclosure = page.enclosure(mention.core_start)
    if enclosure is None or (mention.kind == "name" and not mention.ambiguous):
        return mention
    title = page.norm[enclosure[0] - 1] == "《"
    if (
        not title
        and mention.unit is not None
        and mention.unit.kind in ("money", "percent", "points")
    ):
        return mention
    return build.name(
        page, mention.core_start, mention.core_start + len(mention.core), "引号或书名号内的名称"
    )


def _worded(page: Page, start: int, floor: int, character: str) -> Mention | None:
    """Numbers that are words: 过半, 半数, 翻番, 首位, 榜首, 持平."""
    if character in "首榜":
        return read_first(page, start, floor)
    if character == "半":
        return _half(page, start, floor)
    if character == "持":
        return _flat(page, start, floor)
    match = _DOUBLED.match(page.norm, start)
    if match is None:
        return None
    number = Number(Decimal(2), written=match[0])
    return build.mention(
        page, build.at(start, match.end()), "multiple", claim=True, number=number,
        unit=unit("倍"), implied_unit=True, direction="up",
        approx=match["approx"],
    )  # fmt: skip


def _half(page: Page, start: int, floor: int) -> Mention | None:
    norm = page.norm
    year = read_half_year(page, start, floor)
    if year:
        return year
    if norm[max(floor, start - 3) : start].endswith(("时间过", "任务过")):
        return build.name(page, start - 1, start + 1, "时间过半、任务过半，是提法")
    begin = start - (norm[start - 1 : start] == "一")
    left = _HALF_LEFT.search(norm, max(floor, begin - 2), begin)
    right = _HALF_RIGHT.match(norm, start + 1)
    if not (left or right) or norm.startswith(("年", "天", "个", "百", "月"), start + 1):
        return None
    end = start + 1 + norm.startswith("数", start + 1)
    close = max(end, right.end() if right else end)
    word = left["approx"] or "" if left else ""
    after = norm[end:close]
    approx = "…".join(part for part in (word, after) if part)
    number = Number(Decimal(1), over=Decimal(2), written=norm[start:end])
    return build.mention(
        page, build.Place(begin - len(word), begin, end, close), "fraction", claim=True,
        number=number, approx=approx or None,
    )  # fmt: skip


def _flat(page: Page, start: int, floor: int) -> Mention | None:
    """同比持平: a growth of nought."""
    match = _FLAT.match(page.norm, start)
    begin = max(floor, page.clause_start(start), start - 12)
    if match is None or not _FLAT_BEFORE.search(page.norm, begin, start):
        return None
    number = Number(Decimal(0), written=match[0])
    return build.mention(
        page, build.at(start, match.end()), "rate_change", claim=True, number=number,
        unit=unit("%"), implied_unit=True, direction="flat",
    )  # fmt: skip
