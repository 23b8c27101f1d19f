"""The census of fact points: what asserts a fact beside numbers."""

import time

import pytest

from drafter.verification.facts.lexicon import load_lexicon
from drafter.verification.facts.points import census


def points(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in census(text, load_lexicon())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我局印发《云岭县办法》。", ("title", "《云岭县办法》")),
        ("按照云政办发〔2024〕12号要求抓落实。", ("document", "按照云政办发〔2024〕12号")),
        ("推行“一县一院”合作。", ("quoted", "“一县一院”")),
        ("恒岳泵业、汇澜流体等9家企业投保。", ("list", "恒岳泵业、汇澜流体等9家")),
        ("机关支部荣获先进党支部称号。", ("honour", "荣获先进党支部称号")),
        ("我县获市政府授予的流动红旗。", ("honour", "获市政府授予的流动红旗")),
        ("泵阀集群列入国家级集群公示名单。", ("honour", "列入国家级集群公示名单")),
        ("举办第四届云岭对接会。", ("meeting", "第四届云岭对接会")),
        ("学习党的二十届三中全会精神。", ("meeting", "二十届三中全会")),
        ("周砚清同志任局长。", ("person", "周砚清同志")),
        ("县长周砚清一行到企业走访。", ("person", "县长周砚清")),
        ("新项目竣工投产。", ("event", "竣工投产")),
        ("首次实行新办法。", ("quantifier", "首次")),
        ("隐患全部整改。", ("quantifier", "全部")),
        ("工业投资大幅增长。", ("judgement", "大幅")),
    ],
)
def test_a_point_is_found_with_its_kind(text: str, expected: tuple[str, str]) -> None:
    assert expected in points(text)


@pytest.mark.parametrize(
    "text",
    [
        "加强安全检查，落实主体责任。",
        "开展安全检查3次。",
        "加强业务培训、现场指导等3项工作。",
        "攻坚突破10亿元。",
        "我代表区政府向大会报告工作。",
    ],
)
def test_routine_words_assert_nothing(text: str) -> None:
    assert points(text) == []


def test_a_cue_within_a_title_is_no_doing():
    assert points("落实《成立奖励办法》。") == [("title", "《成立奖励办法》")]


def test_plans_do_nothing_yet_but_their_names_count():
    text = "三、下一步打算\n力争“星火”项目开工。\n印发《新办法》。"
    assert [kind for kind, _ in points(text)] == ["quoted", "title"]


def test_a_heading_that_runs_into_its_paragraph_is_a_heading():
    (point,) = census("（一）经济实现新突破。全力抓调度。", load_lexicon())
    assert (point.kind, point.line.is_heading) == ("judgement", True)


def test_time_is_linear_in_the_text():
    text = "我局印发《云岭县办法》，恒岳泵业、汇澜流体等9家企业荣获先进称号。" * 20
    load_lexicon()

    def seconds(times: int) -> float:
        start = time.process_time()
        census(text * times, load_lexicon())
        return time.process_time() - start

    seconds(1)
    assert seconds(8) < 20 * max(seconds(1), 0.004)


@pytest.mark.parametrize("text", ["、" * 3000, "“" * 3000, "第一届" * 1000, "甲、乙" * 1000])
def test_a_damaged_text_takes_no_time(text: str) -> None:
    start = time.process_time()
    census(text, load_lexicon())
    assert time.process_time() - start < 2
