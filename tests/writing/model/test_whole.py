"""All sections by a model: at the same time, lead last, and offline wherever it fails."""

import threading
import time
from collections.abc import Sequence

import pytest

from drafter.records.call import Reply
from drafter.records.outline import SectionPlan
from drafter.records.step import Step, Steps
from drafter.writing.model.desk import Ask, Progress
from drafter.writing.model.repetition import MOST_SHARED, shared_grams
from drafter.writing.model.whole import tasks_of, write_all_by_model
from drafter.writing.offline import Writing, WrittenSection
from drafter.writing.rendering import render
from tests.writing.model.scribe import (
    CIRCLE,
    DOWN,
    INVESTMENT,
    MATERIALS,
    NEWCOMERS,
    PROJECT,
    RENEWAL,
    desk,
    plan,
    scribe,
)

TRAINING = "安全培训{{ 安全培训人次.值 }}。"
PLANS = (
    plan("lead", heading="", rows=("r1",), told=()),
    plan("part", heading="工作情况", rows=(), told=()),
    plan(heading="工业经济"),
    plan(heading="安全生产", rows=("r4",), told=()),
)
BY_HEADING = {
    "工业经济": INVESTMENT + RENEWAL + NEWCOMERS + PROJECT + CIRCLE,
    "安全生产": TRAINING,
    "导语": "今年工业投资{{ 工业投资.增长 }}。现将{{ 年份 }}年工作总结如下。",
}


class Author:
    """Answers by the section asked for; keeps who was asked when, and how many at once."""

    def __init__(self, pause: float = 0.0, **other: str | Reply) -> None:
        self.pause, self.other = pause, other
        self.asked: list[str] = []
        self.prompt = ""
        self.at_once = self.most = 0
        self.lock = threading.Lock()

    def __call__(
        self, messages: Sequence[tuple[str, str]], progress: Progress | None = None
    ) -> Reply:
        self.prompt = messages[-1][1]
        asked = next((one for one in BY_HEADING if f"请写板块“{one}”" in self.prompt), "导语")
        with self.lock:
            self.asked.append(asked)
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        if progress:
            progress(12)
        time.sleep(self.pause)
        with self.lock:
            self.at_once -= 1
        said = self.other.get(asked, BY_HEADING[asked])
        return said if isinstance(said, Reply) else Reply(text=said)


def written(
    author: Ask, plans: tuple[SectionPlan, ...] = PLANS, steps: Steps | None = None
) -> tuple[WrittenSection, ...]:
    writing = Writing(materials=MATERIALS)
    tasks = tasks_of(plans, "某局2024年工作总结", writing)
    return write_all_by_model(plans, tasks, writing, desk(author), steps)


def texts(found: tuple[WrittenSection, ...]) -> list[str]:
    return [render(one.template, MATERIALS).text for one in found]


def test_sections_are_asked_for_at_once_and_the_lead_last():
    author = Author(0.2)
    found = written(author)
    assert author.asked[-1] == "导语"
    assert author.most == 2
    assert [one.by_model for one in found] == [True, False, True, True]
    assert [one.id for one in found] == [one.section.id for one in PLANS]


def test_the_lead_sees_what_the_others_say():
    author = Author()
    written(author)
    assert "新增规模工业企业11家" in author.prompt


def test_a_part_and_a_section_without_material_are_not_asked_for():
    author = Author()
    bare = plan(heading="党建工作", rows=(), told=())
    found = written(author, (*PLANS, bare))
    assert len(author.asked) == 3
    assert not found[-1].calls


def test_one_failing_section_leaves_the_others_alone():
    found = written(Author(工业经济=DOWN))
    assert [one.by_model for one in found] == [True, False, False, True]
    assert "208.6亿元" in texts(found)[2]


def test_a_dead_endpoint_gives_the_offline_draft():
    found = written(scribe(DOWN))
    assert not any(one.by_model for one in found)
    assert all(one.template for one in found if one.kind == "achievements")


def test_progress_is_told_by_section():
    heard: list[Step] = []
    written(Author(), steps=heard.append)
    assert "工业经济 12字" in [one.what for one in heard]
    assert max(one.done for one in heard) == len(PLANS)


def test_each_section_is_told_from_its_beginning_to_its_proof():
    heard: list[Step] = []
    written(Author(), steps=heard.append)
    name = next(one.section for one in heard if one.what == "工业经济 12字")
    stages = [one.stage for one in heard if one.section == name and one.stage]
    assert stages[:2] == ["started", "written"]
    assert stages[-1] == "verified"


def test_an_error_of_our_own_is_not_swallowed(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("drafter.writing.model.whole.write_all", broken)
    with pytest.raises(ZeroDivisionError):
        written(Author())


def test_what_the_lead_repeats_word_for_word_is_said_once():
    found = written(Author(导语=INVESTMENT + PROJECT + BY_HEADING["导语"]))
    assert "青杉铜箔" not in texts(found)[0]
    assert texts(found)[0].endswith("现将2024年工作总结如下。")
    assert "青杉铜箔" in texts(found)[2]


def test_shared_runs_are_counted_over_all_sections():
    shared, share = shared_grams(
        ["一二三四五六七八九", "甲一二三四五六七八", "另外的一段文字没有重复"]
    )
    assert shared == {"一二三四五六七八"}
    assert 0 < share < 1
    assert shared_grams(["短", ""])[1] == 0
    assert MOST_SHARED == 0.01
