"""Marks as GB/T 15834 and 15835 have them: ranges, pairs, full width (L19, L20, L34)."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue, Level
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout

_DASH = "[-－–—─~～至]"
_RULES: tuple[tuple[str, Level, str, re.Pattern[str]], ...] = (
    (
        "L19",
        "warning",
        "数值范围两端都要带“%”或“万”“亿”，如“5%～8%”",
        re.compile(
            r"(?<![0-9.:：∶%-])[0-9]{1,6}(?:\.[0-9]{1,4})?[-－–—~～]{1,2}"
            r"[0-9]{1,6}(?:\.[0-9]{1,4})?(?:[%％]|[万亿](?=[元人户亩吨]))"
        ),
    ),
    (
        "L19",
        "warning",
        "起止时间之间用一字线“—”，不用短横线",
        re.compile(r"(?<![0-9-])[0-9]{1,4}年?(?:[0-9]{1,2}月)?[-－][0-9]{1,4}[年月](?!产)"),
    ),
    ("L19", "warning", "数字用半角", re.compile(r"[０-９．％]{2,}|[０-９]")),
    (
        "L19",
        "warning",
        "年份写全四位，如“2023年”",
        re.compile(
            r"(?<![0-9.])(?:1[5-9]|2[0-9])年(?=(?:[0-9]{1,2}月|全年|年?[底末]|年初|[上下]半年))"
        ),
    ),
    (
        "L19",
        "warning",
        "日期写“日”不写“号”，月日前不补“0”",
        re.compile(
            r"[0-9]{1,2}月[0-9]{1,2}号(?![线楼院文令码机]|召(?!开))|(?<![0-9])0[1-9]月|(?<=月)0[1-9]日"
        ),
    ),
    (
        "L19",
        "warning",
        "阿拉伯数字后不用“千”“百”“十”作单位，改写为全数或以“万”“亿”计",
        re.compile(r"[0-9](?:千万|百万|千|百|十)(?=[元人户个家亩])"),
    ),
    ("L20", "info", "并列的书名号、引号之间一般不用顿号", re.compile(r"(?<=[》”])、(?=[《“])")),
    ("L20", "warning", "“等”前不用顿号", re.compile(r"、(?=等(?![级次待同边温额效]))")),
    (
        "L20",
        "warning",
        "标点重复",
        re.compile(r"[，、；。：]{2,}(?<!。。。)|[，、；：][。！？]|。{3,}"),
    ),
    ("L20", "warning", "中文句子用全角标点", re.compile(r"(?<=[一-鿿])[,;:?!](?=[一-鿿“《（])")),
)
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_ITEM = re.compile(r"(?:^|[\s。；;：:，,])[0-9一二三四五六七八九十]{1,2}$")
_FULL_STOPS = "。！？!?…"
_CLOSERS = "”’）)》】」"
_CUT = "，,、；;：:（(《“和与及或的在将对为"
_BACK_MATTER = re.compile(
    r"附件|附[：:]|注[：:]|抄送|联系人|来源|版权|责任编辑|（此件|20[0-9]{2}年[0-9]{1,2}月"
)
_SHORTEST_BODY = 16
_SHORTEST_PROSE = 30
"""Characters; shorter lines without a mark are entries of a list or cells of a table."""


def punctuation_issues(layout: Layout) -> Iterator[Issue]:
    """L19, L20 and L34."""
    for rule, level, message, pattern in _RULES:
        for match in pattern.finditer(layout.text):
            yield issue(rule, level, match.span(), message)
    for start, end in layout.paragraphs:
        yield from _unpaired(layout.text, start, end)
    yield from _cut_off(layout)


def _unpaired(text: str, start: int, end: int) -> Iterator[Issue]:
    """Quotes and brackets open and close within their paragraph (L20)."""
    paragraph = text[start:end]
    for opening, closing in _PAIRS:
        in_order = paragraph.find(opening) <= paragraph.find(closing)
        if in_order and paragraph.count(opening) == paragraph.count(closing):
            continue
        for at in _loose(paragraph, opening, closing):
            yield issue("L20", "warning", (start + at, start + at + 1), "引号、括号或书名号不成对")


def _loose(paragraph: str, opening: str, closing: str) -> Sequence[int]:
    """Marks of a pair that lack the other one; brackets may stand in brackets."""
    waiting, lost = [], []
    for at, character in enumerate(paragraph):
        if character == opening:
            waiting.append(at)
        elif character == closing and not _ITEM.search(paragraph[max(0, at - 4) : at]):
            if waiting:
                waiting.pop()
            else:
                lost.append(at)
    return sorted([*waiting, *lost])


def _cut_off(layout: Layout) -> Iterator[Issue]:
    """L34: the last paragraph of the text does not end as a sentence does."""
    body = _last_of_body(layout)
    if body is None:
        return
    start, end = body
    text = layout.text
    last = end - 1
    while last > start and text[last] in _CLOSERS:
        last -= 1
    if text[last] in _FULL_STOPS:
        return
    tail = (max(start, end - 8), end)
    if text[end - 1] in _CUT or any(_loose(text[start:end], *pair) for pair in _PAIRS[:3]):
        yield issue("L34", "error", tail, "全文在此中断，句子没有写完，请对照原件补全")
    elif end - start >= _SHORTEST_PROSE or "。" in text[start:end]:
        yield issue("L34", "warning", tail, "全文结尾没有句末标点，请看是否缺了内容")


def _last_of_body(layout: Layout) -> tuple[int, int] | None:
    """The last paragraph above signature, date and notes; None for a text of headings alone."""
    for start, end in reversed(layout.paragraphs):
        line = layout.text[start:end]
        if _BACK_MATTER.match(line):
            continue
        stands_alone = len(line) < _SHORTEST_BODY and not line.endswith(tuple(_CUT))
        if not stands_alone:
            return start, end
        if line.endswith(tuple(_FULL_STOPS)):
            return None
    return None
