"""How whole a past summary is, from 0 to 1, and what speaks against it.

The score starts at 1. Each kind of damage takes its share, up to a limit of its own, so that
one frequent slip cannot condemn a text, while several kinds together do:

| damage | each | at most |
|---|---|---|
| running counters of page pieces in the text | – | 0.25 |
| figures with a year put in their place (`20230%`) | 0.05 | 0.25 |
| U+FFFD and typical mojibake | 0.05 | 0.40 |
| placeholders (xx, ××, 某某, 【待…】, ***) | 0.02 | 0.15 |
| words swapped to fool a search (根底设施 for 基础设施) | 0.03 | 0.12 |
| quotation marks and brackets without partner | 0.02 | 0.12 |
| paragraphs without end mark, by their share | 0.50 | 0.20 |
| the last sentence breaks off | – | 0.10 |
| broken entities, tags, control characters | 0.01 | 0.05 |
| the site's own sentences | 0.01 | 0.03 |
| sentences broken over lines (not in fixed-width texts) | 0.005 | 0.05 |
| fewer than 300 characters | – | 0.20 |
| more than 1,500 characters without a heading | – | 0.05 |

Calibrated on real texts: clean reports stay above 0.9, a scraped text with replaced years falls
far below the threshold of 0.6 under which the knowledge base quarantines.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafter.reading.wrapping import ends_properly
from drafter.records.summary import Block, CleaningNote, Quality

QUARANTINE_BELOW = 0.6

_MOJIBAKE = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|ï¼|â€|[ÃÂ][\x80-\xbf]")
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-zＡ-Ｚ])(?:[xX×Ｘｘ]{2,}|[Xx×]市|[Xx×]县)(?![A-Za-z])|某某|〇〇|○○|\*{2,}|_{3,}|【[待请][^】]{0,20}】"
)
# Replacements of article spinners that no official text writes.
_SWAPPED = re.compile(
    r"根底设施|公共效劳|效劳(?:中心|质量|水平|企业|平台|业|站)|为农效劳|平安(?:生产|事故|隐患|责任事故)"
    r"|(?:产业|经济|改革|行业)开展(?=[。，、；]|具有|和)|群众创业|储藏(?:贷款|资金)|强化提升程度|方案工程"
)
_YEAR_SHAPED = re.compile(r"(?:19|20)[0-9]{2}")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# What may follow a year; anything else that counts follows a damaged figure.
_COUNTED = re.compile(r"\s?(?:%|％|余|多[个家人]|人次|千伏|千瓦|公里|万余|基|户次)")


@dataclass(frozen=True, slots=True)
class _Loss:
    points: float
    reason: str


def judge(blocks: Sequence[Block], notes: Sequence[CleaningNote]) -> Quality:
    """The quality of a summary by its cleaned blocks and by what cleaning had to do."""
    text = "\n".join(block.text for block in blocks)
    kinds = Counter(note.kind for note in notes)
    losses = [
        loss
        for found in (
            _pieces(kinds),
            _figures(text),
            _counted(len(_MOJIBAKE.findall(text)), 0.05, 0.40, "处乱码或无法识别的字符"),
            _counted(len(_PLACEHOLDER.findall(text)), 0.02, 0.15, "处占位符（如 xx）"),
            _counted(
                len(set(_SWAPPED.findall(text))), 0.03, 0.12, "种疑似被替换的词语（如“根底设施”）"
            ),
            _counted(kinds["标点不成对"], 0.02, 0.12, "处引号、括号不成对"),
            _unended(blocks),
            _truncated(blocks),
            _counted(_repaired(kinds), 0.01, 0.05, "处残缺实体、网页标签或控制字符"),
            _counted(kinds["网站样板"], 0.01, 0.03, "处网站样板文字"),
            _broken_lines(notes, len(text)),
            _size(blocks, len(text)),
        )
        for loss in found
    ]
    score = max(0.0, 1.0 - sum(loss.points for loss in losses))
    return Quality(round(score, 2), tuple(loss.reason for loss in losses))


def _counted(count: int, each: float, most: float, what: str) -> Iterator[_Loss]:
    if count:
        yield _Loss(min(most, each * count), f"{count}{what}")


def _pieces(kinds: Counter[str]) -> Iterator[_Loss]:
    if kinds["分段标记"]:
        yield _Loss(0.25, f"{kinds['分段标记']}处分段标记插在句中，原文的数字可能已被改动")


def _repaired(kinds: Counter[str]) -> int:
    return sum(
        kinds[kind] for kind in ("残缺实体", "网页标签", "控制字符", "双向控制符", "零宽字符")
    )


def _figures(text: str) -> Iterator[_Loss]:
    damaged = damaged_figures(text)
    if damaged:
        shown = "、".join(dict.fromkeys(damaged))
        points = min(0.25, 0.05 * len(damaged))
        yield _Loss(points, f"{len(damaged)}处数字疑似被年份替换（{shown[:60]}）")


def damaged_figures(text: str) -> list[str]:
    """Figures into which a spinner wrote the text's own year: 20230%, 2023.9%, 12023国道.

    The year is the commonest one of the text; a figure is damaged where that year stands inside
    a longer number, or where it is counted or measured as no year is.
    """
    years = Counter(re.findall(r"(?<![0-9])((?:19|20)[0-9]{2})年", text))
    if not years:
        return []
    year = years.most_common(1)[0][0]
    return [
        match[0] + text[match.end() : match.end() + 1]
        for match in _DIGITS.finditer(text)
        if year in match[0] and _is_damaged(text, match, year)
    ]


def _is_damaged(text: str, match: re.Match[str], year: str) -> bool:
    number = match[0]
    if number == year:
        return bool(_COUNTED.match(text, match.end()))
    whole, _, decimals = number.partition(".")
    if decimals and whole == year:
        # 2023.12.29 and 2023.5月 are dates.
        return bool(_COUNTED.match(text, match.end()))
    is_date = len(whole) in (6, 8) and whole.startswith(year) and whole[4:6] <= "12"
    return not is_date and not decimals and len(whole) <= 7


def _unended(blocks: Sequence[Block]) -> Iterator[_Loss]:
    texts = [block.text for block in blocks if block.kind == "paragraph" and len(block.text) > 40]
    open_ended = sum(1 for text in texts[:-1] if not ends_properly(text))
    if open_ended:
        points = min(0.20, 0.50 * open_ended / len(texts))
        yield _Loss(points, f"{open_ended}个段落没有句末标点")


def _truncated(blocks: Sequence[Block]) -> Iterator[_Loss]:
    last = blocks[-1] if blocks else None
    if last is None or last.kind != "paragraph" or ends_properly(last.text):
        return
    # A short last line without a sentence is a line of an annex, no sentence that breaks off.
    if len(last.text) > 40 or re.search(r"[。！？]", last.text):
        yield _Loss(0.10, f"结尾不完整（止于“{last.text[-12:]}”）")


def _broken_lines(notes: Sequence[CleaningNote], length: int) -> Iterator[_Loss]:
    count = sum(1 for note in notes if note.kind == "断行")
    # A text set at a fixed width breaks every line: layout, no damage.
    if count and count * 100 < length:
        yield _Loss(min(0.05, 0.005 * count), f"{count}处句子被断行")


def _size(blocks: Sequence[Block], length: int) -> Iterator[_Loss]:
    if length < 300:
        yield _Loss(0.20, f"全文仅{length}字，可能不完整")
    if length > 1500 and not any(block.kind == "heading" for block in blocks):
        yield _Loss(0.05, "没有可识别的标题")
