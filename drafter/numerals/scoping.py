"""Which period scopes a figure: the one before it in its clause, sentence or paragraph.

A day or month of an event scopes its own sentence only; 2022年, 1—11月, 全年 and 截至目前 go on to the
end of the paragraph or to the next period. 比上年, 较去年 compare and scope nothing.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from drafter.numerals.page import Page
from drafter.numerals.segments import sentences
from drafter.records.mention import Mention
from drafter.records.period import Period

_WORDS = re.compile(
    r"截[至止]到?(?:目前|当前|现在|今)|(?:今年|本年度?|全年|去年|上年度?|明年)(?:度|以来|来|全年|[底末初内])?(?!同期)|年[内初末底](?=[，,]|[^，,。]{0,6}(?:共|累计|完成|实现|达))|目前|当年"
)
_COMPARES = re.compile(r"[比较与同于超和](?:上|前)?\Z")
_FIGURES = frozenset(
    ["quantity", "percent", "rate_change", "points", "multiple", "fraction", "range", "rank"]
)


def scope_periods(page: Page, mentions: list[Mention]) -> tuple[Mention, ...]:
    """Gives each claim the period that scopes it, and asks of each period whether it scopes any.

    A year or span of months that scopes no figure (in a heading, in a plan's name) is no claim.
    """
    words = _period_words(page, mentions)
    ends = [end for _, end in sentences(page.norm)]
    paragraph: Period | None = None
    sentence: Period | None = None
    paragraph_source = sentence_source = -1
    last_sentence = last_line = -1
    used: set[int] = set()
    result = list(mentions)
    events: list[tuple[int, int]] = [(start, -1 - index) for index, (start, _) in enumerate(words)]
    events += [(mention.start, index) for index, mention in enumerate(mentions)]
    events.sort()
    lines = [match.start() for match in re.finditer("\n", page.norm)]
    for place, index in events:
        number, line = bisect_right(ends, place), bisect_right(lines, place)
        if line != last_line:
            paragraph, paragraph_source = None, -1
        if number != last_sentence:
            sentence, sentence_source = None, -1
        last_sentence, last_line = number, line
        if index < 0:
            paragraph = sentence = words[-1 - index][1]
            paragraph_source = sentence_source = -1
            continue
        mention = mentions[index]
        if mention.kind in ("date", "period"):
            if not mention.claim or mention.span is None or _compares(page, mention):
                continue
            sentence, sentence_source = mention.span, index
            if mention.kind == "period" or mention.span.as_of:
                paragraph, paragraph_source = mention.span, index
        elif mention.claim and mention.kind in _FIGURES:
            period = sentence or paragraph
            used.add(sentence_source if sentence else paragraph_source)
            if period is not None:
                result[index] = replace(mention, period=period)
    for index, mention in enumerate(mentions):
        if mention.kind == "period" and mention.claim and index not in used:
            result[index] = replace(mention, claim=False, reason="没有管到任何数据的时期")
    return tuple(result)


def _compares(page: Page, mention: Mention) -> bool:
    """比2021年增长: the year is what one compares with."""
    return bool(_COMPARES.search(page.norm, max(0, mention.start - 2), mention.start))


def _period_words(page: Page, mentions: list[Mention]) -> list[tuple[int, Period]]:
    """全年, 今年以来, 截至目前: periods without a numeral, where no mention holds them."""
    starts = [mention.start for mention in mentions]
    found: list[tuple[int, Period]] = []
    for match in _WORDS.finditer(page.norm):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and mentions[index].end > match.start():
            continue
        if _COMPARES.search(page.norm, max(0, match.start() - 2), match.start()):
            continue
        word = match[0]
        now = "目前" in word or "截" in word
        found.append(
            (match.start(), Period(as_of=now, open_ended=now or word.endswith("来"), written=word))
        )
    return found
