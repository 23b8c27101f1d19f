"""Which period scopes a figure: the one before it in its clause, sentence or paragraph.

A day or month of an event scopes its own sentence only; 2022年, 1—11月, 全年 and 截至目前 go on to the
end of the paragraph or to the next period. 比上年, 较去年 compare and scope nothing; a year within a
name (公布2022年度…名单) scopes nothing and is no claim.
"""

import re

from drafter.records.mention import Mention
from drafter.records.period import Period

# What ends a sentence or a line, or opens a period by a word.
_EVENTS = re.compile(
    r"[。！？!?\n]|截[至止]到?(?:目前|当前|现在|今)|(?:今年|本年度?|全年|去年|上年度?|明年)(?:度|以来|来|全年|[底末初内])?(?!同期)"
    r"|年[内初末底](?=[，,]|[^，,。]{0,6}(?:共|累计|完成|实现|达))|目前|当年"
)
_COMPARES = re.compile(r"[比较与同于超和](?:上|前)?\Z")
_BASE_AFTER = re.compile(
    r"(?:同期)?的?[近约超]?[0-9.]+倍|(?:同期)?的[一二两三四五六七八九十][0-9]{0,1}倍"
)
_IN_NAME_BEFORE = re.compile(
    r"(?:进入|列入|入选|纳入|公[布示]|发布|印发|上榜|申报|评为|获评|获得?|荣获|获批|授予|承办|举办|召开|出台|发放|参加|参与|参评|编制|制定|修订|荣登|登上|被列为|作为|下达|争取|启动|推进|签订|关于|做好|组织|开展|落实|安排|实施|认定|成功|通过|兑现|拨付)了?(?:[\u4e00-\u9fff]{0,2}(?:区|市|省|县|国))?\Z"
)
_HEADING_AFTER = re.compile(
    r"(?:年度?)?的?(?:主要|重点)?(?:工作|政府工作|经济社会发展|经济工作)(?:总结|打算|思路|情况|报告|计划|要点|安排|回顾|总体|目标|任务|开展|完成情况|进展|和)"
)
_NAME_AFTER = re.compile(r"[（(]?[^，,。；;：:、\s）)\d]{2}")


class PeriodScope:
    """Walks along with the reader of a text and knows which period holds at each place."""

    def __init__(self, norm: str) -> None:
        self._norm = norm
        self._events = _EVENTS.finditer(norm)
        self._next = next(self._events, None)
        self._paragraph: Period | None = None
        self._sentence: Period | None = None
        self._source_of_paragraph = self._source_of_sentence = -1
        self.used: set[int] = set()
        """Numbers of the date and period mentions that scope a claim."""

    def note(self, mention: Mention, number: int) -> None:
        """A date or period mention begins to hold; `number` is its place among the mentions."""
        self._move(mention.start)
        while self._next is not None and self._next.start() < mention.end:
            self._next = next(self._events, None)  # 今年 within 今年7月
        if mention.span is None or self._compares(mention.start) or self._is_base(mention.end):
            return
        self._sentence, self._source_of_sentence = mention.span, number
        if mention.kind == "period" or mention.span.as_of:
            self._paragraph, self._source_of_paragraph = mention.span, number

    def at(self, place: int) -> Period | None:
        """The period that scopes a claim standing at `place`."""
        self._move(place)
        if self._sentence is not None:
            self.used.add(self._source_of_sentence)
            return self._sentence
        self.used.add(self._source_of_paragraph)
        return self._paragraph

    def _move(self, place: int) -> None:
        while self._next is not None and self._next.start() < place:
            event, self._next = self._next, next(self._events, None)
            word = event[0]
            if len(word) > 1:
                if not self._compares(event.start()):
                    self._paragraph = self._sentence = _period(word)
                    self._source_of_paragraph = self._source_of_sentence = -1
                continue
            self._sentence, self._source_of_sentence = None, -1
            if word == "\n":
                self._paragraph, self._source_of_paragraph = None, -1

    def _is_base(self, end: int) -> bool:
        """是2005年的2.5倍: the year is what one measures by."""
        return bool(_BASE_AFTER.match(self._norm, end))

    def _compares(self, start: int) -> bool:
        """比2021年增长: the year is what one compares with."""
        return bool(_COMPARES.search(self._norm, max(0, start - 2), start))


def in_name(norm: str, mention: Mention) -> bool:
    """A year within the name of a list, a meeting or a heading: 公布2022年度…名单, 2022年工作总结."""
    span = mention.span
    if span is None or span.first is not None or span.as_of or span.open_ended:
        return False
    if _HEADING_AFTER.match(norm, mention.end):
        return True
    return bool(
        _IN_NAME_BEFORE.search(norm, max(0, mention.start - 8), mention.start)
        and _NAME_AFTER.match(norm, mention.end)
    )


def settle(mentions: list[Mention], used: set[int]) -> tuple[Mention, ...]:
    """A year or span of months that scopes no figure is no claim."""
    for number, mention in enumerate(mentions):
        if mention.kind == "period" and mention.claim and number not in used:
            mentions[number] = mention._replace(claim=False, reason="没有管到任何数据的时期")
    return tuple(mentions)


def _period(word: str) -> Period:
    now = "目前" in word or "截" in word
    return Period(as_of=now, open_ended=now or word.endswith("来"), written=word)
