"""Text and spans of a template."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.errors import TemplateError
from drafter.records.draft import Rendering
from drafter.records.indicator import Conflict, Indicator
from drafter.writing.references import check_template
from drafter.writing.rendering import escape, render
from tests.writing.samples import CELL, fact, materials, row

PROSE = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("{}%#\n"))


def text(template: str, *rows: Indicator | str) -> str:
    return render(template, materials(*rows)).text


@given(PROSE)
def test_escaped_prose_comes_back_exactly(prose: str) -> None:
    assert prose == render(escape(prose), materials()).text


@given(PROSE)
def test_escaped_prose_is_a_template_without_problems(prose: str) -> None:
    assert check_template(escape(prose), materials()) == ()


@given(PROSE, PROSE)
def test_escaped_prose_leaves_a_reference_beside_it_alone(before: str, after: str) -> None:
    template = escape(before) + "{{ 年份 }}" + escape(after)
    assert f"{before}2024{after}" == text(template)


def test_a_sentence_with_its_spans() -> None:
    investment = row(
        "工业投资=208.6亿元", period="2024年1—11月", yoy="28.2", rank="5", rank_scope="全市"
    )
    rendering = render(
        "{{ 工业投资.时期 }}工业投资完成{{ 工业投资.值 }}，{{ 工业投资.增长 }}，排{{ 工业投资.位次 }}。",
        materials(investment),
        origins=[None, (17, 24)],
    )
    assert rendering.text == "1—11月工业投资完成208.6亿元，增长28.2%，排全市第五。"
    seen = [(rendering.text[s.start : s.end], s.kind, s.field, s.origin) for s in rendering.spans]
    assert seen == [
        ("1—11月", "cell", "period", None),
        ("208.6亿元", "cell", "value", (17, 24)),
        ("增长28.2%", "cell", "yoy", None),
        ("全市第五", "cell", "rank", None),
    ]


def test_the_trailing_newline_stays() -> None:
    assert text("投资{{ 工业投资.值 }}。\n", "工业投资=208.6亿元") == "投资208.6亿元。\n"


@pytest.mark.parametrize(
    "reference", ["工业投资.目标", "没有这行.值", "占比(工业投资, 没有这行)", "F99.全称"]
)
def test_what_has_no_cell_is_open(reference: str) -> None:
    rendering = render(f"完成{{{{ {reference} }}}}。", materials("工业投资=208.6亿元"))
    assert rendering.text == "完成【待核实】。"
    assert [span.kind for span in rendering.spans] == ["open"]


def test_a_template_outside_the_grammar_is_refused_with_its_place() -> None:
    with pytest.raises(TemplateError) as caught:
        render("甲{% if x %}", materials())
    assert caught.value.start == 1


class TestEstimates:
    spending = row("研发投入=13.4亿元", status="预计", yoy="12")
    share = row("研发投入占比=3.4%", approx="约", status="预计")

    def text(self, template: str) -> str:
        return text(template, self.spending, self.share)

    def test_stand_before_the_figure(self) -> None:
        assert self.text("研发投入{{ 研发投入.值 }}") == "研发投入预计13.4亿元"

    def test_stand_before_the_verb_where_there_is_one(self) -> None:
        assert self.text("研发投入完成{{ 研发投入.值 }}") == "研发投入预计完成13.4亿元"

    def test_stand_once_in_a_sentence_for_one_row(self) -> None:
        said = self.text("研发投入完成{{ 研发投入.值 }}，{{ 研发投入.增长 }}。")
        assert said == "研发投入预计完成13.4亿元，增长12%。"

    def test_stand_again_for_another_row(self) -> None:
        said = self.text("研发投入{{ 研发投入.值 }}，占GDP比重{{ 研发投入占比.值 }}。")
        assert said == "研发投入预计13.4亿元，占GDP比重预计约3.4%。"

    def test_are_not_repeated_where_the_clause_says_so_already(self) -> None:
        said = self.text("研发投入预计可完成{{ 研发投入.值 }}")
        assert said == "研发投入预计可完成13.4亿元"

    def test_are_silent_within_a_scope(self) -> None:
        said = self.text("研发投入（预计，下同）{{ 研发投入.值 }}。占比{{ 研发投入占比.值 }}。")
        assert said == "研发投入（预计，下同）13.4亿元。占比约3.4%。"

    def test_a_scope_ends_with_its_paragraph(self) -> None:
        said = self.text("甲（预计，下同）。\n占比{{ 研发投入占比.值 }}。")
        assert said.endswith("占比预计约3.4%。")


class TestFacts:
    given = fact("F07", "签约项目14个、金额9亿元", title="对接会", date_written="6月")

    def render(self, template: str) -> Rendering:
        return render(template, materials("甲数=3家", facts=[self.given]))

    def test_fields_and_figures_print_as_written(self) -> None:
        said = self.render("{{ F07.时间 }}举办{{ F07.全称 }}，签约{{ F07.n1 }}。")
        assert said.text == "6月举办对接会，签约14个。"
        assert [span.field for span in said.spans] == ["date", "title", "n1"]

    def test_an_empty_cell_is_open(self) -> None:
        assert self.render("{{ F07.主体 }}").spans[0].kind == "open"

    def test_evidence_prints_nothing_and_spans_its_sentence(self) -> None:
        said = self.render("前一句。举办对接会，成效好{{ 据.F07 }}。后一句{{ 甲数.值 }}。")
        assert said.text == "前一句。举办对接会，成效好。后一句3家。"
        assert (
            said.spans[0].kind,
            said.text[said.spans[0].start : said.spans[0].end],
        ) == ("fact", "举办对接会，成效好。")

    def test_a_sentence_lies_under_the_figures_in_it(self) -> None:
        kinds = [span.kind for span in self.render("{{ 甲数.值 }}成{{ 据.F07 }}。").spans]
        assert kinds == ["fact", "cell"]


def test_a_mark_behind_a_full_stop_belongs_to_the_sentence_before() -> None:
    given_rows = materials("甲数=3家", facts=[fact("F07", "成")])
    rendering = render("前句。{{ 据.F07 }}后句。", given_rows)
    assert (rendering.spans[0].start, rendering.spans[0].end) == (0, 3)


def test_a_carried_measure_spans_its_clause() -> None:
    rendering = render("落实责任，加强排查{{ 据.沿用 }}，抓好整改。", materials())
    (span,) = rendering.spans
    assert (span.kind, rendering.text[span.start : span.end]) == ("carried", "加强排查")


class TestCalculations:
    def test_carry_their_formula(self) -> None:
        rendering = render("占{{ 占比(甲, 乙) }}", materials("甲=1家", "乙=3家"))
        assert rendering.text == "占33.3%"
        assert (
            rendering.spans[0].kind,
            rendering.spans[0].formula,
        ) == ("formula", "甲1家÷乙3家×100%=33.3%")

    @pytest.mark.parametrize(
        ("call", "said"),
        [
            ("占比(丙, 乙)", "5%"),
            ("合计(甲, 乙)", "12.5亿元"),
            ("相差(甲, 乙)", "7.5亿元"),
            ("其余(乙, 甲)", "7.5亿元"),
            ("完成率(丁)", "125%"),
            ("倍数(丁)", "1.9倍"),
        ],
    )
    def test_print_rounded_half_up(self, call: str, said: str) -> None:
        rows: tuple[Indicator | str, ...] = (
            "甲=2.5亿元",
            "乙=10.0亿元",
            "丙=5000万元",
            row("丁=15家", target="12", prior="8"),
        )
        assert said == text(f"{{{{ {call} }}}}", *rows)

    @pytest.mark.parametrize(
        ("call", "reason"),
        [
            ("占比(乙, 甲)", "大于"),
            ("合计(甲, 丙)", "单位不同"),
            ("占比(甲, 企数)", "单位不同类"),
            ("其余(甲, 乙)", "大于"),
            ("倍数(甲)", "没有上年同期"),
            ("倍数(工业投资)", "须引用来源"),
            ("完成率(率)", "目标是比率"),
            ("合计(甲, 约数)", "约数"),
            ("合计(甲, 旧)", "统计期不同"),
        ],
    )
    def test_are_refused_where_they_would_prove_nothing(self, call: str, reason: str) -> None:
        rows: tuple[Indicator | str, ...] = (
            "甲=2.5亿元",
            "乙=10.0亿元",
            "丙=5000万元",
            "企数=9家",
            row("工业投资=9亿元", prior="8"),
            row("率=7.1%", target="8"),
            row("约数=3亿元", approx="近"),
            row("旧=3亿元", period="2023年"),
        )
        (span,) = render(f"{{{{ {call} }}}}", materials(*rows)).spans
        assert span.kind == "open"
        assert reason in (span.formula or "")


def test_a_row_that_lost_a_conflict_gives_way_to_the_one_that_won() -> None:
    lost, won = row("税收=5.96亿元", status="快报"), row("税收=5.93亿元", status="核定")
    cells = (CELL, CELL)
    conflict = Conflict("税收_2", "税收", "value", cells, "核定优先于快报")
    given_rows = materials(lost, won, conflicts=[conflict])
    rendering = render("税收{{ 税收.值 }}", given_rows)
    assert (rendering.text, rendering.spans[0].indicator) == ("税收5.93亿元", "税收_2")
