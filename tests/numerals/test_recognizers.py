"""Recognizers-Text's own specifications as a second opinion: where we make a claim, we agree.

A number that we do not claim is no disagreement: bare numbers without a unit are names to us by
design. Every claim of ours that differs is listed in `disagreements.yaml` by the number of its case,
with the reason; a case that agrees must not be listed.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from drafter.numerals import read_mentions
from drafter.records.mention import Mention

SPECS = Path(__file__).parents[2].parent / "shared" / "peers" / "recognizers-text"
LISTED = yaml.safe_load(Path(__file__).with_name("disagreements.yaml").read_text(encoding="utf-8"))
BOUND = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?")


def cases(model: str) -> Iterator[tuple[int, dict[str, Any]]]:
    path = SPECS / model
    if not path.is_file():
        pytest.skip(f"no specifications at {SPECS}")
    yield from enumerate(json.loads(path.read_text(encoding="utf-8-sig")))


def readings(mention: Mention) -> list[set[Decimal]]:
    """The values that a mention may stand for: as written, and as a share of one."""
    number = mention.number
    if number is None:
        return []
    factor = mention.unit.factor if mention.unit else Decimal(1)
    ends = [number.value, number.upto] if number.upto is not None else [number.value]
    values = {end * factor / (number.over or 1) for end in ends}
    # Theirs are shares of one, or percentages where they say so; ours are as written.
    base = mention.unit.base if mention.unit else ""
    scales = {"%": ("1", "0.01"), "‰": ("0.1", "0.001")}.get(base, ("1", "100"))
    return [{value * Decimal(scale) for value in values} for scale in scales]


def agrees(mention: Mention, value: str) -> bool:
    """Each of our values is a bound of theirs (`[5,10)`, `8.7%`, `12`)."""
    theirs = [Decimal(bound) for bound in BOUND.findall(value)]
    return any(
        all(any(abs(ours - bound) <= abs(bound) * Decimal("1e-12") for bound in theirs) for ours in reading)
        for reading in readings(mention)
    )  # fmt: skip


def differing(model: str) -> set[int]:
    found = set()
    for index, case in cases(model):
        text = case["Input"]
        claims = [m for m in read_mentions(text) if m.claim and m.number and m.kind != "rank"]
        for result in case["Results"]:
            start, end = result["Start"], result["End"] + 1
            value = result.get("Resolution", {}).get("value")
            if value and any(
                start <= mention.core_start < end and not agrees(mention, value)
                for mention in claims
            ):
                found.add(index)
    return found


@pytest.mark.parametrize(
    "model", ["NumberModel.json", "PercentModel.json", "NumberRangeModel.json"]
)
def test_every_claim_that_differs_from_theirs_is_listed_with_its_reason(model: str):
    assert differing(model) == set(LISTED[model])


def test_we_claim_most_of_what_they_read_before_a_unit():
    both = missed = 0
    for _, case in cases("PercentModel.json"):
        claims = {mention.core_start for mention in read_mentions(case["Input"]) if mention.claim}
        for result in case["Results"]:
            hit = result["Start"] in claims or result["Start"] + 1 in claims
            both, missed = both + hit, missed + (not hit)
    assert both > missed
