"""The grammar admits what it names and nothing else, and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.writing.references import LONGEST_TEMPLATE, Reference, check_template, parse
from tests.writing.samples import fact, materials

MATERIALS = materials(
    "工业投资=208.6亿元",
    "高新技术企业数=36家",
    facts=[fact("F07", "签约项目14个。"), fact("党-1", "开展活动3次。")],
)


def messages(template: str) -> list[str]:
    return [problem.message for problem in check_template(template, MATERIALS)]


@pytest.mark.parametrize(
    "template",
    [
        "{{ 工业投资.值 }}",
        "{{工业投资.增长}}，{{ 工业投资.值('万元') }}",
        "{{ 占比(高新技术企业数, 工业投资) }}",
        "{{ 年份 }}年{{ 单位 }}",
        "{{ F07.n1 }}{{ 据.F07 }}{{ F07.全称 }}",
        "加强管理{{ 据.沿用 }}，",
        "花括号 } 和 }} 都是字",
        '{{ "{" }}% x %}',
        "末尾的换行留下\n",
    ],
)
def test_what_the_grammar_names_is_admitted(template: str) -> None:
    assert messages(template) == []


@pytest.mark.parametrize(
    "template",
    [
        "{% for x in y %}",
        "{# 注释 #}",
        "{{ 7 * 7 }}",
        "{{ 工业投资.__class__ }}",
        "{{ 工业投资['值'] }}",
        "{{ 工业投资.值.值 }}",
        "{{ 工业投资|upper }}",
        "{{ 工业投资.值(1) }}",
        "{{ 工业投资.位次('亿元') }}",
        "{{ 占比(工业投资) }}",
        "{{ 占比(工业投资, 1) }}",
        "{{ 占比(工业投资, 工业投资) }}",
        "{{ 占比(*工业投资) }}",
        "{{ 合计(工业投资, x=高新技术企业数) }}",
        "{{- 工业投资.值 }}",
        "{{ '文字' }}",
        "{{ }}",
        "{{ 工业投资",
        "{{ ((((工业投资.值)))) }} {{",
        "{% raw %}x{% endraw %}",
        "控制字符\x07",
    ],
)
def test_anything_else_is_a_problem_with_its_place(template: str) -> None:
    problems = check_template(template, MATERIALS)
    assert problems
    assert all(0 <= one.start < one.end <= len(template) for one in problems)


@pytest.mark.parametrize(
    "expression",
    ["(" * 290 + "甲" + ")" * 290, "9" * 599, "not " * 140 + "甲", "-" * 500 + "甲", "甲" * 9000],
)
def test_expressions_made_to_break_a_parser_are_problems(expression: str) -> None:
    assert check_template(f"{{{{ {expression} }}}}", MATERIALS)


def test_the_size_limit_comes_first() -> None:
    assert messages("字" * (LONGEST_TEMPLATE + 1)) == ["模板共100001个字符，超过上限100000个"]


def test_a_misspelt_name_is_answered_with_the_likeliest() -> None:
    (problem,) = check_template("完成{{ 工业投次.值 }}", MATERIALS)
    assert (problem.start, problem.end, problem.near) == (2, 14, ("工业投资",))


def test_a_misspelt_field_is_answered_with_the_likeliest() -> None:
    (problem,) = check_template("{{ 工业投资.增张 }}", MATERIALS)
    assert "增长" in problem.near


def test_a_figure_that_the_fact_lacks_is_a_problem() -> None:
    assert messages("{{ F07.n9 }}") == ["素材“F07”中没有第9个数"]


def test_names_are_folded_as_the_refs_are() -> None:
    (piece,) = parse("{{ ＧＤＰ.值 }}").pieces
    assert isinstance(piece, Reference)
    assert piece.name == "GDP"


def test_a_fact_id_that_is_no_identifier_gets_a_ref() -> None:
    ref = MATERIALS.fact_ref("党-1")
    assert ref.isidentifier()
    assert messages(f"{{{{ 据.{ref} }}}}") == []


def test_a_reference_writes_itself_as_it_is_read() -> None:
    template = '{{ 甲.值("亿元") }}{{ 占比(甲, 乙) }}{{ 年份 }}{{ 据.F07 }}{{ "{" }}'
    pieces = parse(template).pieces
    assert template == "".join(one.source for one in pieces if isinstance(one, Reference))


@given(st.text(alphabet="{}%#()'\"\\.-+* \n甲乙值1x占比", max_size=60))
def test_no_text_makes_the_check_raise(template: str) -> None:
    parsed = parse(template)
    places = [(piece.start, piece.end) for piece in parsed.pieces]
    assert places == sorted(places)
    check_template(template, MATERIALS)
