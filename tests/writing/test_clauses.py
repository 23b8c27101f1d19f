"""The whitelist: what of last year's wording may live on."""

import pytest

from drafter.verification.facts.vocabulary import unknown_words
from drafter.verification.facts.wordlists import load_words
from drafter.writing.carrying import Carried, Circumstances, carry
from drafter.writing.clauses import Refusal
from drafter.writing.precedent import read_clauses
from tests.writing.past import block
from tests.writing.samples import materials, row

ROWS = materials(row("工业投资=100亿元", yoy="5"), row("培训企业数=9家"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("工业投资完成80亿元。", "D", id="a figure with a row"),
        pytest.param("加强安全生产监管。", "R", id="a routine measure"),
        pytest.param("严格落实“一岗双责”制度。", "R", id="a standing term in quotes"),
        pytest.param("印发《工业指引》。", "E", id="a document"),
        pytest.param("举办产业对接会。", "E", id="a once-only doing"),
        pytest.param("获评全省先进单位。", "E", id="an honour"),
        pytest.param("开展“春风送岗”活动。", "E", id="a quoted name nobody knows"),
        pytest.param("加强与鑫磊达的合作。", "E", id="a firm that no list knows"),
        pytest.param("参加第三届协会会议。", "E", id="a meeting"),
        pytest.param("认真学习党的二十大精神。", "P", id="a congress"),
        pytest.param("落实县委决策部署。", "P", id="leaders"),
        pytest.param("干部能力有待提升。", "Q", id="a problem"),
        pytest.param("下一步继续抓好服务。", "G", id="a goal"),
        pytest.param("各项工作成效显著。", "J", id="a judgement without a figure"),
        pytest.param("服务企业水平实现提升。", "J", id="a result without its figure"),
        pytest.param("9月，培训企业9家。", "E", id="a month of an event"),
    ],
)
def test_each_clause_has_its_class(text: str, expected: str) -> None:
    clauses = read_clauses("（一）工业经济", (block(text),), ROWS.table)
    around = Circumstances(load_words(), ROWS.table.rows)
    assert carry(clauses[0], around).label == expected


def test_words_of_this_years_row_names_are_known():
    assert unknown_words("泵阀产业\x00", load_words(), "泵阀产业产值") == ""
    assert unknown_words("泵阀产业\x00", load_words(), "") == "泵阀"


def test_a_refusal_names_the_word_that_speaks_against_it():
    (clause,) = read_clauses("", (block("加强与鑫磊达的合作。"),), ROWS.table)
    outcome = carry(clause, Circumstances(load_words(), ROWS.table.rows))
    assert isinstance(outcome, Refusal)
    assert "鑫磊" in outcome.reason


def test_a_claim_without_a_row_takes_its_clause_along():
    (clause,) = read_clauses("", (block("发放创业补贴300万元。"),), ROWS.table)
    outcome = carry(clause, Circumstances(load_words(), ROWS.table.rows))
    assert isinstance(outcome, Refusal)
    assert outcome.label == "D"


def test_a_carried_clause_knows_the_place_of_the_numeral_it_replaces():
    (clause,) = read_clauses("", (block("工业投资完成80亿元。", 500),), ROWS.table)
    outcome = carry(clause, Circumstances(load_words(), ROWS.table.rows))
    assert isinstance(outcome, Carried)
    slots = [piece for piece in outcome.pieces if not isinstance(piece, str)]
    assert [slot.origin for slot in slots] == [(506, 510)]


NAMES = ["华鑫", "天宏源", "新和", "中达", "安信电子", "恒通", "金瑞丰", "宏盛", "和中", "全成"]
MEASURES = ["加强安全生产监管", "严格落实主体责任", "积极协调解决企业困难", "做好用工保障服务"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("measure", MEASURES)
def test_no_name_slips_into_a_routine_measure(measure: str, name: str) -> None:
    for place in range(len(measure) + 1):
        text = measure[:place] + name + measure[place:]
        (clause,) = read_clauses("", (block(f"{text}。"),), ROWS.table)
        outcome = carry(clause, Circumstances(load_words(), ()))
        assert isinstance(outcome, Refusal), text
