"""Slips of wording: what a pattern finds (`data/wording.yaml`), and units and words of numerals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

import yaml

from drafter.records.claim import Issue, Level
from drafter.records.mention import Mention
from drafter.verification.lint.issues import issue


@dataclass(frozen=True, slots=True)
class WordingRule:
    """One entry of the data file, its patterns joined."""

    rule: str
    level: Level
    message: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def wording_rules() -> tuple[WordingRule, ...]:
    """The rules of the package's own data file."""
    data = yaml.safe_load(
        files("drafter.verification").joinpath("data/wording.yaml").read_text(encoding="utf-8")
    )
    return tuple(
        WordingRule(
            rule=one["rule"],
            level=cast("Level", one["level"]),
            message=one["message"],
            pattern=re.compile("|".join(one["patterns"]), re.MULTILINE),
        )
        for one in data
    )


def wording_issues(text: str, mentions: Sequence[Mention]) -> Iterator[Issue]:
    """What the patterns find (L09, L10, L21, L28, L31), L08 (元), L10 and L31 of numerals."""
    for rule in wording_rules():
        for match in rule.pattern.finditer(text):
            if match[0].strip():
                yield issue(rule.rule, rule.level, match.span(), rule.message)
    for mention in mentions:
        yield from _numeral_slips(mention)


def _numeral_slips(mention: Mention) -> Iterator[Issue]:
    place = (mention.start, mention.end)
    if mention.kind == "noise":
        yield issue("L31", "error", place, "数字残缺或夹有杂质，请对照原件改正")
    # 达到…以上 is plain usage; 约…左右 says one thing twice.
    if mention.approx and "…" in mention.approx and not mention.approx.startswith("达"):
        yield issue("L10", "error", place, "约数词重复，前后只留一个")
    implied_money = mention.implied_unit and mention.unit and mention.unit.kind == "money"
    # 突破百亿 is a round mark by itself; only figures in digits lack their unit.
    if mention.claim and implied_money and re.search(r"[0-9]", mention.core):
        yield issue("L08", "warning", place, "金额缺少单位“元”")
