"""Texts written without sight of the code: what the tool does on a bureau it never met.

The floors are what was measured; a change that falls below one has cost readers something, and
one that rises well above it should raise it. The first, blind figures stand in the docs.
"""

import pytest

from tests.bureaus.scoring import (
    UNSEEN,
    Tally,
    score_binding,
    score_census,
    score_mutants,
    score_verdicts,
)

pytestmark = pytest.mark.heavy

FLOORS = {
    "recall": 0.995,
    "precision": 0.99,
    "kinds": 0.99,
    "units": 0.99,
    "bound": 0.89,
    "proved": 0.83,
    "not_contradicted": 0.99,
    "open_stays_open": 0.97,
    "mutants": 0.995,
}


def tallies(name: str) -> dict[str, Tally]:
    return (
        score_census(name)
        | score_verdicts(name)
        | {"bound": score_binding(name), "mutants": score_mutants(name)}
    )


@pytest.fixture(scope="module")
def measured() -> dict[str, Tally]:
    whole: dict[str, Tally] = {}
    for name in UNSEEN:
        for key, tally in tallies(name).items():
            mine = whole.setdefault(key, Tally())
            mine.right += tally.right
            mine.wrong += [f"{name}: {told}" for told in tally.wrong]
    return whole


@pytest.mark.parametrize("key", sorted(FLOORS))
def test_unseen_texts_keep_what_was_measured(measured: dict[str, Tally], key: str):
    tally = measured[key]
    assert tally.rate >= FLOORS[key], tally.wrong
