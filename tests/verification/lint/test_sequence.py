"""Enumerators in order."""

import pytest

from drafter.numerals import read_mentions
from drafter.verification.lint.layout import Layout
from drafter.verification.lint.sequence import sequence_issues


def flagged(text: str) -> list[str]:
    found = sequence_issues(Layout(text, read_mentions(text)))
    return [text[one.start : one.end] for one in found if one.rule == "L16"]


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊",
        "一是甲。二是乙。三是丙。",
        "（一）甲\n一是乙。\n二是丙。\n（二）丁\n一是戊。二是己。",
        "一是甲；二是乙。一是丙；二是丁。",
    ],
)
def test_lists_in_order_are_left_alone(text: str):
    assert flagged(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("（一）甲\n（三）乙", "三"),
        ("（一）甲\n（二）乙\n（二）丙", "二"),
        ("一是甲。三是乙。", "三"),
        ("一、甲\n三、乙", "三"),
    ],
)
def test_gaps_and_repetitions_are_errors(text: str, place: str):
    assert flagged(text) == [place]
