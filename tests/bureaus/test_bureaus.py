"""Bureaus other than the sample's: every numeral read, nearly every claim proved, none accused."""

from collections.abc import Callable

import pytest

from tests.bureaus.scoring import (
    NAMES,
    Tally,
    score_binding,
    score_census,
    score_mutants,
    score_verdicts,
)


def over_all(score: Callable[[str], dict[str, Tally]], key: str) -> Tally:
    whole = Tally()
    for name in NAMES:
        tally = score(name)[key]
        whole.right += tally.right
        whole.wrong += [f"{name}: {told}" for told in tally.wrong]
    return whole


@pytest.mark.parametrize("key", ["recall", "precision", "kinds", "units"])
def test_every_numeral_is_read_as_a_person_reads_it(key: str):
    assert over_all(score_census, key).wrong == []


def test_claims_are_bound_to_the_row_and_field_a_person_names():
    tally = over_all(lambda name: {"bound": score_binding(name)}, "bound")
    assert tally.rate >= 0.95, tally.wrong


def test_true_claims_are_proved():
    tally = over_all(score_verdicts, "proved")
    assert tally.rate >= 0.95, tally.wrong


@pytest.mark.parametrize("key", ["not_contradicted", "open_stays_open", "issues"])
def test_no_true_claim_is_accused_and_no_other_is_waved_through(key: str):
    assert over_all(score_verdicts, key).wrong == []


@pytest.mark.parametrize(
    "name",
    [
        *NAMES[:3],
        *(pytest.param(name, marks=pytest.mark.heavy) for name in NAMES[3:]),
    ],
)
def test_a_changed_digit_is_seen(name: str):
    tally = score_mutants(name)
    assert tally.rate >= 0.97, tally.wrong
