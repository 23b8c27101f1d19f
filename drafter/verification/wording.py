"""Slips of wording around numbers: doubled approximators, missing 元, leftovers, pairs."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue, Level
from drafter.records.mention import Mention

_PATTERNS: tuple[tuple[str, Level, re.Pattern[str], str], ...] = (
    ("L10", "error", re.compile(r"[较比][去上]年同?期?同比"), "“较去年同比”重复，写“同比”或“比上年”"),
    ("L10", "error", re.compile(r"超过?[\d.,]+[^，。；\d]{0,6}以上"), "“超过”与“以上”重复"),
    ("L21", "warning", re.compile(r"截止(?=\d|目前|[今去]年|\S{0,4}月)"), "时间点前应写“截至”"),
    ("L21", "warning", re.compile(r"其它|布署|涉及到|帐[户目本款]"), "用字不规范"),
    ("L31", "error", re.compile(r"【(?:待|请补)[^】]*】|\*\*|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|××+|\{\{|\}\}"),
     "模板或占位符残留"),
    ("L31", "error", re.compile(r"版权归|网络整理|仅供参考|免责声明|点击(?:查看|下载|认领|作品)|下载后可|找作者"),
     "网页文字残留"),
    ("L09", "error", re.compile(r"(?:下降|减少|降低|回落)了?[\d.]+(?:倍|番)"), "下降不能用倍或番"),
    ("L15", "error", re.compile(r"(?<!\d)(?:1[3-9]|[2-9]\d)月(?!\w*型)"), "没有这个月份"),
)  # fmt: skip
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕"}


def wording_issues(text: str, mentions: Sequence[Mention]) -> Iterator[Issue]:
    """L08 (元), L09, L10, L15, L20, L21 and L31."""
    for rule, level, pattern, message in _PATTERNS:
        for match in pattern.finditer(text):
            yield Issue(
                rule=rule, level=level, start=match.start(), end=match.end(), message=message
            )
    yield from _numeral_slips(mentions)
    yield from _unpaired(text)


def _numeral_slips(mentions: Sequence[Mention]) -> Iterator[Issue]:
    for mention in mentions:
        if mention.kind == "noise":
            yield Issue(
                rule="L31",
                level="error",
                start=mention.start,
                end=mention.end,
                message=f"数字残缺或夹有杂质：{mention.text}",
            )
        # 达到…以上 is plain usage; 约…左右 says one thing twice.
        if mention.approx and "…" in mention.approx and not mention.approx.startswith("达"):
            yield Issue(
                rule="L10",
                level="error",
                start=mention.start,
                end=mention.end,
                message=f"约数词重复：{mention.text}",
            )
        implied_money = mention.implied_unit and mention.unit and mention.unit.kind == "money"
        if mention.claim and implied_money:
            yield Issue(
                rule="L08",
                level="warning",
                start=mention.start,
                end=mention.end,
                message=f"“{mention.core}”缺“元”",
            )


def _unpaired(text: str) -> Iterator[Issue]:
    """Quotes and brackets open and close within their paragraph (L20)."""
    at = 0
    for paragraph in text.split("\n"):
        for opening, closing in _PAIRS.items():
            if paragraph.count(opening) != paragraph.count(closing):
                place = max(paragraph.find(opening), paragraph.find(closing))
                yield Issue(
                    rule="L20",
                    level="warning",
                    start=at + place,
                    end=at + place + 1,
                    message=f"“{opening}”与“{closing}”不成对",
                )
        at += len(paragraph) + 1
