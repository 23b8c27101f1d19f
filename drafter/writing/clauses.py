"""Whether a clause of the precedent may live on: a whitelist, clause by clause (DESIGN §5).

    D data    all its claims have a row this year        carried
    R routine every word of it is a routine word         carried
    J judgement  E event or name  P policy  Q problem  G goal   not carried

The lists of cues only say why a clause is refused. What admits one is that nothing in it is
unknown: the words around its figures must be routine words or parts of this year's row names.
A firm, a slogan or a meeting that no list knows is therefore refused like a known one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from drafter.records.indicator import Indicator
from drafter.verification.facts.judgements import places
from drafter.verification.facts.wordlists import Words
from drafter.writing.precedent import Clause

Label = Literal["D", "R", "E", "P", "Q", "G", "J"]

_QUOTED: Final = re.compile(r"“[^“”]{1,60}”|\"[^\"]{1,60}\"|「[^「」]{1,60}」|‘[^‘’]{1,60}’")
_TITLED: Final = re.compile(r"《")
_NUMBERED: Final = re.compile(
    r"第[一二三四五六七八九十0-9]{1,3}(?:届|轮|批|次|期)|[一二三四五六七八九十]+届"
)
_FIRM: Final = re.compile(
    r"[^，、]{2}(?:公司|集团|股份|有限|厂(?!房|区|务)|银行|大学|学院|医院|中学|小学)"
)
_PERSON: Final = re.compile(r"同志|先生|女士|教授|院士(?!工作站)")
# 健康北京建设: a campaign of the place, while 法治政府建设 is routine.
_CAMPAIGN: Final = re.compile(
    r"(?:健康|平安|美丽|幸福|清廉|数字|智慧|法治|质量|品质|活力|文明|诚信)([\u4e00-\u9fff]{2,4})(?=建设|创建)"
)
_AMBITION: Final = re.compile(
    r"(?:全国|国家|世界|国际|区域)[^，、]{0,8}(?:中心|高地|枢纽)|(?:示范|先行|试验|协同|创新)区(?=建设)"
)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a clause is not carried, in Chinese, with its class."""

    label: Label
    reason: str
    vague: bool = False
    """Only unknown words speak against it, no name, event or policy that a list knows."""
    dated: bool = False
    """A date speaks against it, and nothing before that."""


def licence_of(rows: Sequence[Indicator]) -> str:
    """This year's own words: names, aliases, sections and scopes of rows, set apart."""
    parts: list[str] = []
    for row in rows:
        parts += [*row.names, row.section, row.scope, row.rank_scope, row.target_of, row.share_of]
    return "\n".join(part for part in parts if part)


def objection(clause: Clause, words: Words, licence: str) -> Refusal | None:
    """What in a clause's words forbids carrying it; None where no cue was found.

    Args:
        clause: A clause with its mentions.
        words: The lists.
        licence: `licence_of` the rows that it reports this year.
    """
    text = clause.text
    for label, cues, reason in (
        ("Q", words.problems, "谈问题和不足"),
        ("G", words.goals, "谈目标和打算"),
        ("E", words.events, "记事件、荣誉或一次性工作"),
        ("P", words.policy, "属提法或政策表述"),
    ):
        for cue in cues:
            if cue in text and any(True for _ in places(text, cue, words, licence)):
                return Refusal(_label(label), f"{reason}（{cue}）")
    return _named(clause, words, licence)


def _label(letter: str) -> Label:
    labels: dict[str, Label] = {"Q": "Q", "G": "G", "E": "E", "P": "P"}
    return labels[letter]


def _named(clause: Clause, words: Words, licence: str) -> Refusal | None:
    """Titles, quoted terms, terms of meetings, firms, persons, dates."""
    text = clause.text
    if _TITLED.search(text):
        return Refusal("E", "含有文件、作品名称")
    for quoted in _QUOTED.finditer(text):
        if quoted[0] not in words.standing and quoted[0] not in licence:
            return Refusal("E", f"含有引用名称{quoted[0]}")
    for pattern, what in ((_NUMBERED, "届次、批次"), (_FIRM, "单位名称"), (_PERSON, "人员")):
        found = pattern.search(text)
        routine = found and (found[0] in licence or found[0][2:] in words.vocabulary)
        if found and not routine:
            return Refusal("E", f"含有{what}（{found[0]}）")
    campaign = _CAMPAIGN.search(text)
    named = campaign if campaign and campaign[1] not in words.vocabulary else None
    if named := named or _AMBITION.search(text):
        return Refusal("P", f"属提法或政策表述（{named[0]}）")
    return _dated(clause)


def _dated(clause: Clause) -> Refusal | None:
    for mention in clause.others:
        if mention.kind == "noise":
            return Refusal("E", f"数字残缺（{mention.text}）")
        span = mention.span
        is_day = span is not None and (span.day is not None or _single_month(mention.text))
        if mention.kind == "date" and is_day:
            return Refusal("E", f"记某日某月的事（{mention.text}）", dated=True)
    return None


def _single_month(text: str) -> bool:
    return not text.startswith("截") and "底" not in text and "末" not in text


def has_year(text: str) -> bool:
    """A calendar year in digits stands in it."""
    return bool(_YEAR.search(text))
