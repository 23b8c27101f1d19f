"""The proof of fact points: its worlds are clean, its mutants false, its rewritings true."""

import random

import pytest

from drafter.verification import verify
from eval.facts.changes import (
    CORRUPTIONS,
    REWRITINGS,
    Case,
    Operator,
    level_raised,
    list_short,
    stage_raised,
)
from eval.facts.falsity import is_false
from eval.facts.measuring import report
from eval.facts.worlds import World, invented_worlds

WORLDS = invented_worlds(3, seed=7)


def cases(world: World) -> list[Case]:
    return [Case(world, fact, at, random.Random(1)) for fact, at in world.told()]


@pytest.mark.parametrize("world", WORLDS, ids=lambda one: one.name)
def test_an_invented_year_is_told_whole_and_stands_clean(world: World) -> None:
    assert len(world.told()) == len(world.facts.facts)
    report = verify(world.text, world.table, world.facts)
    assert [one.message for one in report.findings if one.is_open and one.kind == "fact"] == []


def test_an_invented_year_can_be_made_again():
    assert invented_worlds(2, seed=7)[1].text == WORLDS[1].text


@pytest.mark.parametrize("operator", CORRUPTIONS, ids=lambda one: one.__name__)
def test_a_corruption_changes_what_it_touches_or_says_nothing(operator: Operator) -> None:
    changed = [(case, operator(case)) for world in WORLDS for case in cases(world)]
    assert all(new != case.said for case, new in changed if new is not None)


def test_a_telling_as_written_is_not_false():
    assert not any(is_false(case, case.said) for world in WORLDS for case in cases(world))


@pytest.mark.parametrize("operator", [stage_raised, level_raised, list_short])
def test_a_mutant_is_false_by_the_facts_own_fields(operator: Operator) -> None:
    changed = [(case, operator(case)) for world in WORLDS for case in cases(world)]
    mutants = [(case, new) for case, new in changed if new is not None]
    assert mutants
    assert all(is_false(case, new) for case, new in mutants)


def test_there_are_enough_operators():
    assert len(CORRUPTIONS) >= 11
    assert len(REWRITINGS) >= 8


@pytest.mark.heavy
def test_the_report_counts_escapes_and_false_alarms():
    lines = list(report(mutants=60, invented=2, seed=3))
    totals = [line.split() for line in lines if line.strip().startswith("all ")]
    assert [line[:2] for line in totals] == [["all", "0"], ["all", "0"]]
