"""Headings of a new year: years roll, judgements stay only while they hold, numbers are made anew.

A heading that this year's rows do not bear out gets a substitute of the same build, so that its
neighbours stay parallel (实现了新突破 becomes 经受了新考验). Slogans of last year go.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Final

from drafter.records.indicator import Indicator
from drafter.records.outline import OutlineSection
from drafter.verification.facts.judgements import holds, judging, places
from drafter.verification.facts.trends import falls
from drafter.verification.facts.vocabulary import SLOT, unknown_words
from drafter.verification.facts.wordlists import Words
from drafter.writing.assembling import chinese

_NEW_OBJECT: Final = re.compile(r"[\u4e00-\u9fff]{2}了新[\u4e00-\u9fff]{1,2}$")
_PARALLEL: Final = {
    "稳中有进": "承压前行",
    "稳中向好": "承压前行",
    "量质齐升": "蓄势前行",
    "提档升级": "有序推进",
    "逆势上扬": "承压前行",
    "稳步攀升": "承压前行",
    "名列前茅": "奋力追赶",
    "成效显著": "有序推进",
    "平稳较快增长": "总体运行有序",
    "硕果累累": "有序推进",
    "平稳有序": "常抓不懈",
    "总体平稳": "常抓不懈",
    "平稳": "有序",
    "新成效": "新进展",
    "新成绩": "新进展",
    "突破": "进展",
    "跃升": "进展",
}
_PREDICATE: Final = re.compile(
    r"(?:进一步|不断|持续|显著|明显|稳步|全面|更加|日益|逐步|实现|取得|得到|呈现|迈上|迈出|跃上|再创|保持|[了着有])*$"
)
_MEASURED: Final = re.compile(r"(?<=..)(?:水平|成效|效果|效应|增势|态势|势头|优势)+$")
_LEAST_THEME: Final = 4
_ROUNDS: Final = 4
"""A heading has few judging words."""
_QUOTED: Final = re.compile(r"“[^“”]{1,40}”")
_PARTS: Final = re.compile("[，,：:；;。—]+")
_FIGURES: Final = re.compile(
    r"[0-9]+(?:年度?|季度|月)?|(?:[一二三四]、)?[一二三四]季度|[一二三四五六七八九十]{1,2}年(?!行动)"
    r"|[（）()、 ]|“十[一二三四五六七八九]五”"
)
_NUMBERING: Final = re.compile(r"^[(（]?[一二三四五六七八九十0-9]{1,3}[)）、.．]?\s*")
_TITLE: Final = re.compile("总结|报告|汇报|工作情况|工作回顾")
_YEAR_OF: Final = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:攻坚|提升|突破|落实|见效|服务|项目|作风|创新|招商|管理|质量|建设|改革|行动)年(?!度)"
)
"""作风建设年: a motto that a year was given."""
_CAMPAIGN: Final = re.compile(
    "[\u4e00-\u9fff]{2,8}(?:行动|战略(?!性)|精神(?!文明)|革命|大会战|大讨论)"
    "|[\u4e00-\u9fff]{0,4}(?:提升|攻坚|倍增|强基|培育|振兴|惠民|引领|升级)工程"
    "|[\u4e00-\u9fff]{0,4}[强立富兴](?:省|市|州|县|区|镇)(?!域)"
)
"""质量提升行动, 工业立县: words of any year joined to what only some years had."""
_STATUS: Final = re.compile(
    "(?:示范|先进|先行|文明|试点|模范|标杆|典型|优秀|优胜|红旗)"
    "(?:省|市|县|区|镇|乡|村|社区|城市|单位|窗口|岗|基地|案例|集体|园区|企业|个人)"
)
"""文明窗口, 示范县: a title that somebody was given."""
_NAMED_SHAPES: Final = (_YEAR_OF, _CAMPAIGN, _STATUS)
_LONE: Final = "# Single characters, of which no two"
_SHORTEST_PART: Final = 4
_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_NARROW: Final = str.maketrans("０１２３４５６７８９", "0123456789")
_ONLY_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年(?:度)?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading to print, and what was wrong with the precedent's."""

    text: str
    reason: str = ""
    """In Chinese; '' where it was taken over."""

    def then(self, later: "Heading") -> "Heading":
        """The later one, with both reasons."""
        reasons = [one for one in (self.reason, later.reason) if one]
        return Heading(later.text, "；".join(reasons))


def rolled(text: str, past_year: int | None, year: int | None) -> str:
    """The document's own year and the next one move on; other years stay.

    >>> rolled("2022年工作总结及2023年工作思路", 2022, 2024)
    '2024年工作总结及2025年工作思路'
    """
    if past_year is None or year is None:
        return text
    text = narrow(text)
    moved = {str(past_year): str(year), str(past_year + 1): str(year + 1)}
    return _YEAR.sub(lambda found: moved.get(found[0], found[0]), text)


def without_motto(title: str) -> str:
    """A title without the motto of its year: 奋楫争先——某局2023年工作总结 loses the first half."""
    parts = [part.strip() for part in re.split("——|—|[：:|｜]", title) if part.strip()]
    named = [part for part in parts if _TITLE.search(part)]
    return named[0] if len(parts) > 1 and named else title


def narrow(text: str) -> str:
    """Full-width digits as half-width ones: ２００９年 is a year like any other."""
    return text.translate(_NARROW)


def known_heading(text: str, words: Words, licence: str, *, instead: str) -> Heading:
    """A heading of last year without parts that hold a word which nobody vouches for.

    Headings are figures of speech, so that the words of routine clauses do not do; a list of what
    headings are made of in any year stands beside them. A firm, a place or a campaign that no list
    knows goes like a known one.

    Args:
        text: Without enumerator, years rolled.
        words: The lists.
        licence: This year's names, and headings of older years.
        instead: What the section is called when every part has such a word.
    """
    strange = {part: _strange(part, words, licence) for part in _PARTS.split(text)}
    found = next((word for word in strange.values() if word), "")
    if not found:
        return Heading(text)
    left = [part for part, word in strange.items() if not word and len(part) >= _SHORTEST_PART]
    reason = f"“{found}”不见于今年的材料和历年标题，需沿用请写入提纲"
    return Heading("，".join(left) or instead, reason)


def _strange(part: str, words: Words, licence: str) -> str:
    """A motto, campaign or title of known words, or the first unknown word of a part."""
    for shape in _NAMED_SHAPES:
        named = shape.search(part)
        if named and named[0] not in licence:
            return named[0]
    return unknown_words(_FIGURES.sub(SLOT, narrow(part)), _heading_lists(words), licence)


def _heading_lists(words: Words) -> Words:
    """The lists with what headings are made of; two lone characters side by side may be a name."""
    told, lone = _heading_words()
    return replace(words.with_vocabulary(told | lone), adjuncts=words.adjuncts | (lone - told))


@lru_cache(maxsize=1)
def _heading_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words and joining characters; then the characters that no other may stand beside."""
    text = files("drafter.writing").joinpath("data/heading_words.txt").read_text("utf-8")
    told, _, lone = text.partition(_LONE)
    return _listed(told), _listed(lone.partition("\n")[2])


def _listed(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def bare_theme(theme: str) -> str:
    """A 板块 value without its numbering."""
    return _NUMBERING.sub("", theme).strip()


def part_heading(text: str) -> Heading:
    """A part's heading without its slogan: 2023年:迎难而上 becomes 2023年工作情况."""
    head, mark, tail = text.partition("：") if "：" in text else text.partition(":")
    if not mark or not tail:
        return Heading(text)
    neutral = f"{head.strip()}工作情况" if _ONLY_YEAR.search(head.strip()) else head.strip()
    return Heading(neutral, f"“{tail.strip()}”是往年的口号")


def section_heading(text: str, rows: Sequence[Indicator], words: Words, licence: str) -> Heading:
    """A section's heading if this year bears it out, else a parallel substitute.

    Args:
        text: Without enumerator, years rolled.
        rows: This year's rows of the section.
        words: The lists.
        licence: This year's names; what stands in them is no slogan.
    """
    for quoted in _QUOTED.findall(text):
        if quoted not in words.standing and quoted not in licence:
            rest = section_heading(_without(text, quoted), rows, words, licence)
            return Heading(rest.text, f"{quoted}是往年的提法")
    unproven = _unproven(text, rows, words, licence)
    if unproven:
        parts = re.split("[，,]", text)
        lost = all(_unproven(part, rows, words, licence) for part in parts)
        substitute = parts[0] if lost else text
        left = _unproven(substitute, rows, words, licence)
        for _ in range(_ROUNDS):
            substitute = _substitute(substitute, left, fell=any(falls(row) for row in rows))
            left = _unproven(substitute, rows, words, licence)
            if not left:
                break
        return Heading(substitute, f"评价“{unproven}”没有今年的数据支持")
    lists = _heading_lists(words)
    stale = [
        cue
        for cue in (*words.events, *words.policy)
        # 部署 and 收获 are what headings of any year are made of.
        if cue not in lists.vocabulary and any(True for _ in places(text, cue, lists, licence))
    ]
    if stale:
        return Heading(_clean_part(text, stale[0]), f"“{stale[0]}”须由今年的素材确定")
    return Heading(text)


def _unproven(text: str, rows: Sequence[Indicator], words: Words, licence: str) -> str:
    """A judging word of the heading that this year's rows do not bear out; '' if there is none."""
    judgements = (judgement for _, judgement in judging(text, words, licence))
    return next((one.word for one in judgements if not holds(one.needs, (), rows)), "")


def _without(text: str, quoted: str) -> str:
    """The heading's part that has no slogan; the words within where there is no other."""
    for part in re.split("[，,]", text):
        if quoted not in part and len(part) > 3:
            return part
    return text.replace(quoted, quoted.strip("“”"))


def _substitute(text: str, word: str, *, fell: bool) -> str:
    if _NEW_OBJECT.search(text):
        return _NEW_OBJECT.sub("经受了新考验" if fell else "得到了新加强", text)
    for old, new in sorted(_PARALLEL.items(), key=lambda pair: -len(pair[0])):
        if word in old and old in text:
            return text.replace(old, new)
    return _clean_part(text, word)


def _clean_part(text: str, word: str) -> str:
    parts = [part for part in re.split("[，,]", text) if word not in part]
    return parts[-1] if parts and len(parts[-1]) > 3 else _theme(text, word)


def _theme(text: str, word: str) -> str:
    """What the part that judges speaks of: 生态建设再创佳绩 becomes 生态建设.

    A heading that is nothing but its judgement stays as it is.
    """
    said = next((part for part in re.split("[，,]", text) if word in part), text)
    theme = _MEASURED.sub("", _PREDICATE.sub("", said[: said.find(word)]))
    return theme if len(theme) >= _LEAST_THEME else text


_HALF_BRACKETS = re.compile(r"^[(（]")


def enumerated(sections: Sequence[OutlineSection], headings: Sequence[str]) -> tuple[str, ...]:
    """Headings with enumerators counted anew, in the precedent's style.

    Args:
        sections: In order; those without heading keep ''.
        headings: Their headings without enumerator.

    Returns:
        一、… and （一）… in one run for each level; deeper levels begin again below each higher
        one. Brackets become full-width as the standard wants. A heading that had no enumerator
        in the precedent gets none.
    """
    counts: dict[int, int] = {}
    printed = []
    for section, heading in zip(sections, headings, strict=True):
        if not heading:
            printed.append("")
            continue
        for deeper in [level for level in counts if level > section.level]:
            del counts[deeper]
        if not section.marker:
            printed.append(heading)
            continue
        counts[section.level] = counts.get(section.level, 0) + 1
        printed.append(_marker(section.marker, counts[section.level]) + heading)
    return tuple(printed)


def _marker(sample: str, number: int) -> str:
    digits = bool(re.search("[0-9]", sample))
    count = str(number) if digits else chinese(number)
    if _HALF_BRACKETS.match(sample):
        return f"（{count}）"
    if sample.startswith("第"):
        tail = re.sub(r"^第[一二三四五六七八九十0-9]+", "", sample)
        return f"第{count}{tail}"
    if digits:
        return f"{count}."
    return f"{count}、" if "是" not in sample else f"{count}是"
