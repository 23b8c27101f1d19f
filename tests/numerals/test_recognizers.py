"""Recognizers-Text's own specifications as a second opinion: where we make a claim, we agree.

Numbers that we do not claim are no disagreement: bare numbers without a unit are names to us by
design, and traditional characters, spelled-out gaps, powers and k are not written in 公文.
"""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from drafter.numerals import read_mentions
from drafter.records.mention import Mention

SPECS = Path(__file__).parents[2].parent / "shared" / "peers" / "recognizers-text"
NOT_OURS = re.compile(
    r"[萬億點個兩貳壹負雙對時幾折打兆柒仟捌佰伍拾]|[0-9][kKmMeE^]|[0-9] (?=[万千百])|(?<=[一-鿿]) |  |万万|亿亿"
)
REASONS = {
    "半成": "half a tenth: not used in reports",
    "一点两小时": "slip of speech for 一点二小时",
    "两百点两": "likewise",
    "又": "mixed numbers such as 二又三分之一 are not used in reports",
    "3万4000": "read where a unit follows: 3万4000元",
    "10成": "more than nine tenths is written 全部",
}


def cases(model: str) -> list[tuple[str, str, str]]:
    path = SPECS / model
    if not path.is_file():
        return []
    return [
        (case["Input"], result["Text"], result["Resolution"]["value"])
        for case in json.loads(path.read_text(encoding="utf-8-sig"))
        for result in case["Results"]
        if result.get("Resolution", {}).get("value")
    ]


def value_of(mention: Mention) -> Decimal | None:
    number = mention.number
    if number is None or number.upto is not None:
        return None
    factor = mention.unit.factor if mention.unit else Decimal(1)
    return number.value * factor / (number.over or 1)


def agrees(mention: Mention, value: str) -> bool:
    ours, theirs = value_of(mention), Decimal(value.rstrip("%"))
    if ours is None:
        return True
    # Theirs are fractions of one, or percentages where they say so; ours as written.
    share = {"%": Decimal("0.01"), "‰": Decimal("0.001")}.get(
        mention.unit.base if mention.unit else ""
    )
    readings = [ours, ours * 100] if share is None else [ours * share, ours * share * 100]
    return any(abs(reading - theirs) <= abs(theirs) * Decimal("1e-12") for reading in readings)


@pytest.mark.parametrize("model", ["NumberModel.json", "PercentModel.json"])
def test_where_both_read_a_number_and_we_claim_it_the_values_agree(model: str):
    if not (SPECS / model).is_file():
        pytest.skip(f"no specifications at {SPECS}")
    wrong = []
    for text, written, value in cases(model):
        start = text.find(written)
        if NOT_OURS.search(text) or start < 0 or any(reason in text for reason in REASONS):
            continue
        for mention in read_mentions(text):
            same_start = mention.core_start == start
            if (
                same_start
                and mention.claim
                and mention.kind != "rank"
                and not agrees(mention, value)
            ):
                wrong.append((text[:30], written, value, mention.text, str(mention.number)))
    assert not wrong
