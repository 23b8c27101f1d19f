"""A check left out is missed where it counts, and only while it is left out."""

import importlib

import pytest

from drafter.verification import verify
from eval.shares import interval
from eval.verifier.ablation import JUDGES, SWITCHES, Switch
from eval.verifier.proof import Wish
from eval.verifier.worth import Worth, lines, weigh
from tests.builders import table
from tests.eval.verifier.scenery import PAIR

TABLE = table("工业投资=208.6亿元 同比28.2 全市第5 期2022年1—11月", "企业=12家 上年9 期2022年")


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda one: one.check)
def test_every_switch_leaves_out_something_that_is_there(switch: Switch):
    module = importlib.import_module(f"drafter.verification.{switch.module}")
    before = getattr(module, switch.name)
    JUDGES[switch.check](PAIR.text, PAIR.table)
    assert getattr(module, switch.name) is before


@pytest.mark.parametrize(
    ("check", "text"),
    [
        ("direction of a rate", "工业投资下降28.2%。"),
        ("percent or points", "工业投资增长28.2个百分点。"),
        ("approximators", "工业投资超300亿元。"),
        ("scope of a rank", "工业投资排全省第五。"),
        ("periods are judged", "2021年，工业投资完成208.6亿元。"),
        ("issue L20", "工业投资完成208.6亿元（现价。"),
    ],
)
def test_without_its_check_a_mistake_goes_unseen(check: str, text: str):
    whole, without = verify(text, TABLE), JUDGES[check](text, TABLE)
    seen = [one.is_open for one in whole.findings], len(whole.issues)
    unseen = [one.is_open for one in without.findings], len(without.issues)
    assert seen != unseen


def test_without_its_derivation_a_true_figure_is_open():
    report = JUDGES["derivation N02"]("企业12家，比上年增加3家。", TABLE)
    assert [one.is_open for one in report.findings] == [False, True]


@pytest.mark.heavy
def test_what_a_check_is_worth_is_counted():
    found = {one.check: one for one in weigh([PAIR], Wish(mutants=24, claims=30))}
    assert set(found) == set(JUDGES) - {""}
    assert found["fields by words"].earns
    assert not found["issue L34"].earns


def test_checks_that_change_nothing_are_named():
    told = list(lines([Worth("甲", 3, 0, 1), Worth("乙", 0, 0, 0)]))
    assert told[-1].endswith("乙")


def test_the_interval_of_nothing_is_everything():
    assert interval(0, 0) == (0.0, 1.0)
