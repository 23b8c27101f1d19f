"""Sections of a model settled with the whole: what is left open anywhere is the offline section."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import pytest

from drafter import modelling
from drafter.modelling import FELL_BACK, desk_for, how_written, written_by_model
from drafter.pipeline import settle
from drafter.records.call import Reply
from drafter.records.outline import Outline, Plan
from drafter.verification.facts.points import PointKind
from drafter.writing.model.desk import Model
from drafter.writing.offline import Writing, WrittenSection
from drafter.writing.proving import Judged
from tests.writing.model.scribe import BOOK, DOWN, MATERIALS, WHOLE, plan, scribe

PLAN = Plan(Outline("某局2024年工作总结", (plan().section,)), (plan(),))


def model(*answers: str | Reply) -> Model:
    return Model(ask=scribe(*answers), name="试", book=BOOK)


def written(*answers: str | Reply) -> tuple[WrittenSection, Judged]:
    (section,), judged = written_by_model(
        PLAN, "某局2024年工作总结", Writing(materials=MATERIALS), model(*answers)
    )
    return section, judged


def test_a_good_section_stays_the_models():
    section, judged = written(WHOLE)
    assert section.by_model
    assert section.template == WHOLE
    assert not any(one.is_open for one in judged.findings[0])
    assert how_written([section], "试") == "模型“试”写成1个板块"


def test_a_section_that_the_whole_leaves_open_is_the_offline_one(monkeypatch: pytest.MonkeyPatch):

    def with_something_open(*given: Any) -> tuple[Sequence[WrittenSection], Judged]:
        """As if a neighbour made a number read otherwise."""
        settled, judged = settle(*given)
        if not settled[0].by_model:
            return settled, judged
        spoilt = tuple(replace(one, verdict="unsupported") for one in judged.findings[0])
        return settled, replace(judged, findings=(spoilt,))

    monkeypatch.setattr(modelling, "settle", with_something_open)
    section, _ = written(WHOLE)
    assert not section.by_model
    assert section.template != WHOLE
    assert FELL_BACK in str(section.calls[-1]["outcome"])


def test_what_failed_is_told_once():
    section, _ = written(DOWN)
    told = how_written([section], "试")
    assert told == "模型“试”写成0个板块，离线写成1个板块（模型服务已判定不可用，不再调用）"


def test_a_model_is_judged_by_every_kind_of_fact_point():
    strict = desk_for(model(""), MATERIALS, None).strict
    assert strict.fact_points == "all"
    assert strict.blocking_points == set(get_args(PointKind))
    assert strict.open_dates_fail
