"""An edited text finds its way back to its template: what was left alone keeps its references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.errors import RequestError, TemplateError
from drafter.writing.references import Materials, check_template
from drafter.writing.relinking import relink, unlink
from drafter.writing.rendering import escape, render
from tests.builders import facts, table

MATERIALS = Materials(
    table(
        "工业投资=208.6亿元 同比28.2 全市第5 期2024年1—11月",
        "技改投资=79.8亿元 同比-5.7 期2024年1—11月",
        "新增规模工业企业数=11家",
        "高新技术企业数=11家",
        "研发经费=7.31亿元 同比11.9 状态预计",
    ),
    facts("青杉铜箔二期项目于5月开工建设，总投资12亿元", "举办产业对接会。签约项目14个"),
    2024,
    "某县科工局",
)
FIRST = "{{ 工业投资.时期 }}，工业投资完成{{ 工业投资.值 }}，{{ 工业投资.增长 }}，排{{ 工业投资.位次 }}。"
SECOND = "技改投资{{ 技改投资.值 }}，{{ 技改投资.增长 }}。"
THIRD = "新增规模工业企业{{ 新增规模工业企业数.值 }}。"
TOLD = "{{ F01.要点 }}{{ 据.F01 }}。"
LONG = "{{ F02.要点 }}{{ 据.F02 }}。"
ESTIMATED = "研发经费完成{{ 研发经费.值 }}，{{ 研发经费.增长 }}。"
SECTION = FIRST + SECOND + "\n" + THIRD + TOLD + LONG + ESTIMATED


def printed(template: str) -> str:
    return render(template, MATERIALS).text


def edited(old: str, new: str, template: str = SECTION) -> str:
    """The template after a stretch of its text was replaced by hand."""
    text = printed(template)
    assert old in text
    return relink(template, text.replace(old, new, 1), MATERIALS).template


def test_a_text_that_nobody_touched_is_its_template_byte_for_byte():
    assert relink(SECTION, printed(SECTION), MATERIALS).template == SECTION


def test_other_words_in_a_sentence_leave_its_references_and_the_other_sentences():
    assert edited("排全市第五", "位居全市第五") == SECTION.replace("排{{", "位居{{")


def test_sentences_may_change_places():
    text = printed(SECOND + FIRST)
    assert relink(FIRST + SECOND, text, MATERIALS).template == SECOND + FIRST


def test_a_sentence_taken_out_takes_its_references_along():
    assert edited(printed(THIRD), "") == SECTION.replace(THIRD, "")


def test_a_changed_digit_is_a_literal():
    new = edited("208.6亿元", "209.6亿元")
    assert "209.6亿元" in new
    assert "{{ 工业投资.值 }}" not in new
    assert "{{ 工业投资.增长 }}" in new


def test_a_figure_typed_as_the_table_has_it_becomes_a_reference():
    new = relink(SECOND, printed(SECOND) + "工业投资208.6亿元，增长28.2%。", MATERIALS)
    assert new.template == SECOND + "工业投资{{ 工业投资.值 }}，{{ 工业投资.增长 }}。"
    assert {one.kind for one in new.links} == {"linked"}
    assert all("工业投资" in one.why for one in new.links)


@pytest.mark.parametrize(
    "typed",
    ["工业投资79.8亿元。", "全县共有11家。", "工业投资增长5.7%。", "完成投资208.6亿元。"],
)
def test_an_equal_value_proves_nothing(typed: str):
    new = relink(SECOND, printed(SECOND) + typed, MATERIALS).template
    assert new == SECOND + typed


def test_values_that_change_places_do_not_keep_their_rows():
    text = printed(FIRST + SECOND).replace("208.6亿元", "X").replace("79.8亿元", "208.6亿元")
    new = relink(FIRST + SECOND, text.replace("X", "79.8亿元"), MATERIALS).template
    assert "{{ 工业投资.值 }}" not in new
    assert "{{ 技改投资.值 }}" not in new


def test_an_estimate_keeps_its_mark():
    text = printed(ESTIMATED)
    assert "预计" in text
    new = relink(ESTIMATED, text.replace("研发经费", "全县研发经费"), MATERIALS).template
    assert printed(new) == text.replace("研发经费", "全县研发经费")
    assert "{{ 研发经费.增长 }}" in new


def test_a_sentence_that_tells_another_thing_is_not_tied_to_the_fact_any_more():
    new = relink(TOLD, printed(TOLD).replace("开工建设", "竣工投产"), MATERIALS)
    assert "据.F01" not in new.template
    assert "{{ 据.F01 }}" in new.lost


def test_links_can_be_undone():
    text = printed(FIRST)
    at = text.index("208.6")
    new = unlink(FIRST, at, at + 1, MATERIALS)
    assert new == FIRST.replace("{{ 工业投资.值 }}", "208.6亿元")
    with pytest.raises(RequestError):
        unlink(FIRST, len(text) - 1, len(text), MATERIALS)


def test_braces_that_people_type_are_text():
    new = relink(THIRD, printed(THIRD) + "{{ 工业投资.值 }}{% x %}。", MATERIALS).template
    assert printed(new).endswith("{{ 工业投资.值 }}{% x %}。")
    assert new.startswith(THIRD)


def test_control_characters_and_endless_sentences_are_refused():
    for text in ("工业\x00投资。", "工业" * 5_000):
        with pytest.raises(TemplateError):
            relink(THIRD, text, MATERIALS)


_PIECES = st.sampled_from(
    [
        "",
        "。",
        "\n",
        "，",
        "预计",
        "（预计，下同）",
        "增长",
        "208.6亿元",
        "11家",
        "同比",
        "{{",
        "工业投资",
    ]
)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), _PIECES), max_size=5))
def test_whatever_is_edited_the_template_prints_the_new_text(edits: list[tuple[int, int, str]]):
    text = printed(SECTION)
    for at, length, said in edits:
        text = text[: at % (len(text) + 1)] + said + text[at % (len(text) + 1) + length :]
    found = relink(SECTION, text, MATERIALS)
    assert printed(found.template) == text
    assert not check_template(found.template, MATERIALS)
    for one in found.links:
        assert text[one.start : one.end] == one.text


@given(st.text(max_size=60).filter(lambda text: text.isprintable()))
def test_any_text_comes_back_as_it_is(text: str):
    assert printed(relink(SECTION, text, MATERIALS).template) == text
    assert printed(escape(text)) == text
