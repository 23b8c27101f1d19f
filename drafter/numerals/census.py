"""The census: walks a text once and asks of each numeral, in a fixed order, what it is."""

import re

from drafter.numerals import build
from drafter.numerals.classify import classify
from drafter.numerals.figures import CHINESE_RUN, read_figure
from drafter.numerals.lexicon import Lexicon, load_lexicon
from drafter.numerals.marks import read_mark
from drafter.numerals.ordinals import read_ordinal
from drafter.numerals.page import Page, open_page
from drafter.numerals.scoping import in_name, settle
from drafter.numerals.times import read_time
from drafter.numerals.worded import read_half, read_word
from drafter.records.mention import Mention

# One class and no alternative: the search then leaps over everything else.
_START = re.compile(r"[0-9零〇○一二两三四五六七八九十百千万亿几半翻首榜持Ⅰ-ⅻ①-⑳⑴-⒛㈠-㈩❶-❿]")
_PLAIN = re.compile(r"[0-9]++(?:\.[0-9]++)?+(?:[%‰万亿元家户项件人名台套亩吨倍]|个(?!季))")
_NOT_PLAIN_AFTER = frozenset("第前（([〔【〈<")
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


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
        mention = read_word(page, start, floor)
        if mention is not None or character != "零":
            return (_within_quotes(page, mention), mention.end) if mention else (None, start + 1)
    if character == "一" and norm.startswith("半", start + 1):
        mention = read_half(page, start + 1, floor)
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


_WORDS = frozenset("半翻首榜持零")


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
    """三分之一 is a fraction, whatever begins like it; in 未发生一起 and 提前一年 the 一 counts."""
    norm = page.norm
    if "分之" in norm[start : start + 6]:
        figure = read_figure(norm, start)
        if figure is not None and "分之" in figure.numeral:
            return True
    left = norm[max(floor, start - 4) : start]
    return norm[start] == "一" and left.endswith(
        (
            "未发生",
            "没有发生",
            "未发现",
            "未出现",
            "无",
            "未接到",
            "没发生",
            "提前",
            "历时",
            "为期",
            "缩短",
        )
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
