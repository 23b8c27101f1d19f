"""What is found, in which order, and what must never be found."""

from pathlib import Path

import pytest

from drafter.knowledge.base import KnowledgeBase
from drafter.knowledge.retrieval import fuse, verbatim
from tests.knowledge.samples import POWER, summary

OTHER = """# 工业经济发展
规模工业增加值稳步增长，工业用电量稳定，技改投资扎实推进。
# 文化旅游
接待游客120万人次，旅游收入8.5亿元。"""


@pytest.fixture
def base(tmp_path: Path):
    with KnowledgeBase.open(tmp_path / "base", wait=0) as opened:
        opened.ingest(
            [
                summary(tmp_path / "2021.txt", POWER, year=2021),
                summary(tmp_path / "2022.txt", f"{POWER}\n首批数字车间建成。", year=2022),
                summary(tmp_path / "青禾.txt", OTHER, organisation="青禾区工信局", year=2022),
                summary(tmp_path / "无年份.txt", "# 工业经济\n工业经济运行平稳。", year=None),
            ]
        )
        yield opened


def test_the_best_passage_comes_first(base: KnowledgeBase):
    found = base.search("安全隐患整改", k=1)
    assert [passage.section for passage in found] == ["安全生产"]


def test_scores_fall(base: KnowledgeBase):
    scores = [passage.score for passage in base.search("工业用电量", k=5)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_a_heading_finds_its_section(base: KnowledgeBase):
    assert {"信息化建设"} == {passage.section for passage in base.search("信息化建设", k=1)}


def test_the_text_comes_back_whole_and_masked(base: KnowledgeBase):
    (found,) = base.search("建成通信基站", k=1)
    assert "175个" in found.text
    assert "175" not in found.masked


def test_figures_of_the_query_play_no_part(base: KnowledgeBase):
    one, other = base.search("完成技改投资6.5亿元"), base.search("完成技改投资91.3亿元")
    assert one == other


def test_of_texts_that_read_alike_only_the_newest_is_given(base: KnowledgeBase):
    found = base.search("支部建设更加规范，发展党员", k=5)
    assert [passage.year for passage in found if passage.text.startswith("支部建设")] == [2022]


def test_only_earlier_years_are_found_before_a_year(base: KnowledgeBase):
    found = base.search("工业经济", before=2022, k=20)
    assert {2021} == {passage.year for passage in found}


def test_nothing_is_found_before_the_first_year(base: KnowledgeBase):
    assert base.search("工业经济", before=2021) == ()


@pytest.mark.parametrize("organisation", ["云岭县工信局", "青禾区工信局"])
def test_the_own_organisation_is_preferred(base: KnowledgeBase, organisation: str):
    first = base.search("规模工业增加值 工业用电量", organisation=organisation, k=1)[0]
    assert organisation == first.organisation


def test_a_preference_does_not_shut_out_others(base: KnowledgeBase):
    found = base.search("旅游收入", organisation="云岭县工信局", k=5)
    assert "文化旅游" in {passage.section for passage in found}


def test_blanks_and_full_width_forms_of_a_name_do_not_matter(base: KnowledgeBase):
    one = base.search("工业经济", organisation="云岭县 工信局")
    assert one == base.search("工业经济", organisation="云岭县工信局")


@pytest.mark.parametrize("query", ["", "。。。", "xyz", "2022年", "\u0000"])
def test_a_query_of_which_nothing_is_known_finds_nothing(base: KnowledgeBase, query: str):
    assert base.search(query) == ()


@pytest.mark.parametrize("k", [0, 1, 3, 50])
def test_never_more_than_asked_for(base: KnowledgeBase, k: int):
    assert len(base.search("工业经济", k=k)) <= k


def test_ranks_are_fused_by_their_reciprocals():
    scores = fuse([(1.0, [7, 8]), (0.5, [8, 9])])
    assert scores[8] == pytest.approx(1 / 12 + 0.5 / 11)
    assert sorted(scores, key=lambda place: -scores[place]) == [8, 7, 9]


def test_what_holds_the_very_words_has_a_third_vote():
    assert verbatim(" 技改投资", [2, 0, 1], ["完成技改投资", "投资技改", "技改投资增长"]) == [2, 0]
