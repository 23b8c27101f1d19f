"""The real text and its table: which row each number belongs to was settled by hand once."""

import json
from pathlib import Path

import pytest

from drafter.numerals import read_mentions
from drafter.reading.tables import read_tables
from drafter.reading.texts import read_text
from drafter.records.indicator import IndicatorTable
from drafter.verification import bind, verify

GOLD = Path(__file__).parent.parent / "gold" / "seed_000_bindings.json"


@pytest.fixture(scope="module")
def seed(corpus: Path) -> tuple[str, IndicatorTable]:
    (text,) = (corpus / "seeds").glob("000_5*.txt")
    return read_text(text), read_tables([corpus / "seeds" / "000_indicators.csv"])


def test_claims_bind_to_their_rows_by_name_alone(seed: tuple[str, IndicatorTable]):
    text, rows = seed
    bound = bind(text, read_mentions(text), rows)
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    right = 0
    for one in gold:
        hit = [x for x in bound if x.mention.start < one["end"] and x.mention.end > one["start"]]
        best = hit[0].best if hit else None
        right += best is not None and best.indicator in one["ids"] and best.field in one["fields"]
    assert right / len(gold) >= 0.98


def test_every_claim_of_the_real_text_is_supported(seed: tuple[str, IndicatorTable]):
    report = verify(*seed)
    assert [one.text for one in report.findings if one.is_open] == []


def test_the_completion_that_is_an_excess_is_named(seed: tuple[str, IndicatorTable]):
    text, _ = seed
    issues = verify(*seed).issues
    assert [text[one.start : one.end] for one in issues if one.rule == "L07"] == ["250%"]
