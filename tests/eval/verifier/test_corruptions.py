"""Every corruption applies, is false by the table alone, and is caught by the verifier."""

import random

import pytest

from drafter.verification import verify
from eval.verifier import numbers, words
from eval.verifier.judging import caught_by
from eval.verifier.mutation import Corruption
from eval.verifier.operators import CORRUPTIONS, SLIPS
from eval.verifier.sampling import draw_mutants, draw_random
from tests.eval.verifier.scenery import PAIR, changed, mutations, scene


@pytest.mark.parametrize("operator", [*CORRUPTIONS, *SLIPS], ids=lambda one: one.__name__)
def test_every_operator_applies_to_a_small_text(operator: Corruption):
    assert any(one.false for one in mutations(operator, scene()))


@pytest.mark.parametrize("operator", CORRUPTIONS, ids=lambda one: one.__name__)
def test_every_false_mutant_of_a_small_text_is_caught(operator: Corruption):
    clean = verify(PAIR.text, PAIR.table)
    false = {one.change for one in mutations(operator, scene(), draws=4) if one.false}
    for change in false:
        report = verify(change.apply(PAIR.text), PAIR.table)
        assert caught_by(report, clean, change) != "escaped", change


def test_a_swap_of_equal_values_is_no_mutant():
    rows = ("新增企业数=3家", "新增项目数=3家", "新增平台数=4家")
    found = changed(words.swapped_name, "全年新增企业3家。", *rows)
    assert ("全年新增项目3家。", False) in found
    assert ("全年新增平台3家。", True) in found


def test_an_approximator_that_the_exact_value_keeps_is_no_mutant():
    found = dict(changed(numbers.approximator, "整改率96.1%。", "整改率=96.11%"))
    assert found["整改率超96.1%。"] is False
    assert found["整改率近96.1%。"] is True


def test_the_derived_value_beside_the_cell_is_no_mutant():
    found = dict(changed(numbers.digit, "新增企业15家。", "新增企业数=15家 上年10 目标18"))
    assert found["新增企业10家。"] is False
    assert found["新增企业18家。"] is False
    assert found["新增企业17家。"] is True


def test_a_shift_that_a_rounding_would_give_is_told_by_the_table_alone():
    found = dict(changed(numbers.scale, "产值1.56亿元。", "产值=15600万元"))
    assert found["产值1.56万元。"] is True


def test_completion_told_as_excess_is_false_only_where_the_numbers_differ():
    told = dict(changed(words.completion_excess, "完成任务的120%。", "任务=12家 目标10 完成率120"))
    assert told["超额完成任务的120%。"] is True
    assert told["完成任务的20%。"] is True


def test_a_whole_year_is_false_of_eleven_months_but_a_closing_day_is_not_of_a_year():
    found = changed(words.period, "1—11月，产值5亿元。", "产值=5亿元 期2023年1—11月")
    assert ("全年，产值5亿元。", True) in found


def test_the_same_seed_draws_the_same_mutants():
    at = (scene(),)
    one, other = (draw_mutants(at, 40, random.Random(3)) for _ in range(2))
    assert one == other
    assert len({drawn.task.changes for drawn in one.drawn if drawn.task.kind == "mutant"}) >= 38


def test_random_values_are_never_true_ones():
    sample = draw_random((scene(),), 60, random.Random(1))
    texts = {drawn.task.changes[0].words for drawn in sample.drawn}
    assert len(texts) == 60
    assert not texts & {"208.6亿元", "14家"}
