"""Verdicts on fact points: supported by what says it, open where nothing or something else does."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.cli import main
from drafter.numerals.periods import read_period
from drafter.reading.facts import figures_of
from drafter.records.claim import Finding
from drafter.records.fact import Fact, FactList
from drafter.records.indicator import IndicatorTable
from drafter.verification import Options, verify
from tests.builders import fact, table

NO_ROWS = IndicatorTable(())


def told(text: str, **fields: str) -> Fact:
    date = fields.pop("date", "")
    one = replace(fact(text), **fields)  # type: ignore[arg-type]
    return replace(one, date=read_period(date), date_written=date) if date else one


def numbered(*given: Fact) -> FactList:
    return FactList(tuple(replace(one, id=f"F{at:02d}") for at, one in enumerate(given, 1)))


FACTS = numbered(
    told(
        "泵阀产业集群列入国家级特色产业集群公示名单",
        title="国家级特色产业集群",
        level="国家级",
        stage="公示",
        kind="获批试点",
    ),
    told("局机关党支部获评县直机关“四强”党支部", level="县级", kind="荣誉", date="2024年6月"),
    told("提请县政府办公室印发《云岭县数字化转型三年行动方案（2024—2026年）》", kind="制度文件"),
    told("举办第四届云岭泵阀产业对接会", date="2024年6月12日", kind="活动"),
    told("周砚清同志任局党组书记、局长", kind="人事机构"),
    told("恒岳泵业、汇澜流体、瑞陶电子3家企业进入省级培育名单", kind="名单", level="省级"),
    told(
        "坚持“以链聚群、以数提质”的工作思路",
        title="以链聚群、以数提质",
        kind="提法",
        supersedes="“强链、育新、提质”",
    ),
    told("瑞陶电子电子陶瓷基座项目开工建设", kind="项目", stage="开工"),
    told("按照云工发〔2024〕12号文件推行企业早餐会制度", kind="举措"),
)


def found(text: str, facts: FactList = FACTS, rows: IndicatorTable = NO_ROWS) -> list[Finding]:
    return [one for one in verify(text, rows, facts).findings if one.kind == "fact"]


def verdicts(text: str, kind: str, rows: IndicatorTable = NO_ROWS) -> set[str]:
    return {one.verdict for one in found(text, rows=rows) if one.field == kind}


@pytest.mark.parametrize("one", FACTS.facts, ids=lambda one: one.id)
def test_a_fact_as_written_is_supported_by_its_cell(one: Fact) -> None:
    judged = found(f"{one.text}。")
    assert {finding.verdict for finding in judged} == {"supported"}
    assert {cell.cell for finding in judged for cell in finding.evidence} <= {one.cell.cell}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("泵阀产业集群获批国家级特色产业集群。", "honour", id="stage raised"),
        pytest.param("泵阀产业集群列入国家级特色产业集群名单。", "honour", id="公示 left out"),
        pytest.param("局机关党支部获评省直机关“四强”党支部。", "honour", id="level raised"),
        pytest.param("局机关党支部获评县直机关“五强”党支部。", "quoted", id="award's name"),
        pytest.param(
            "提请县政府办公室印发《云岭县数字化转型三年行动方案（2025—2027年）》。",
            "title",
            id="year in a name rolled",
        ),
        pytest.param(
            "提请县政府办公室印发《云岭县数字化转型行动方案》。", "title", id="shortened wrongly"
        ),
        pytest.param("举办第五届云岭泵阀产业对接会。", "meeting", id="session rolled"),
        pytest.param("周砚青同志任局党组书记、局长。", "person", id="a name's character"),
        pytest.param("周砚清同志任局党组书记、县长。", "person", id="another post"),
        pytest.param("恒岳泵业、瑞陶电子3家企业进入省级培育名单。", "list", id="list one short"),
        pytest.param(
            "恒岳泵业、博岩机械、瑞陶电子3家企业进入省级培育名单。", "list", id="name in a list"
        ),
        pytest.param("坚持“强链、育新、提质”的工作思路。", "wording", id="old slogan"),
        pytest.param("坚持“以链聚群、以质提数”的工作思路。", "wording", id="slogan changed"),
        pytest.param("瑞陶电子电子陶瓷基座项目竣工投产。", "event", id="project's stage"),
        pytest.param(
            "按照云工发〔2023〕12号文件推行企业早餐会制度。", "document", id="document number"
        ),
    ],
)
def test_what_differs_from_its_fact_is_contradicted(text: str, kind: str) -> None:
    assert "contradicted" in verdicts(text, kind)


@pytest.mark.parametrize(
    "text",
    [
        "今年，泵阀产业集群成功进入国家级特色产业集群公示名单。",
        "6月，局机关党支部荣获县直机关“四强”党支部称号。",
        "6月12日，我县举办了第四届云岭泵阀产业对接会。",
        "提请县政府办公室出台《云岭县数字化转型三年行动方案》。",
        "瑞陶电子、恒岳泵业、汇澜流体3家企业入选省级培育名单。",
        "瑞陶电子电子陶瓷基座项目正式动工。",
    ],
)
def test_a_fact_told_in_other_words_stays_supported(text: str) -> None:
    assert [one for one in found(text) if one.is_open] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我局荣获全国先进集体称号。", "honour"),
        ("印发《云岭县绿色工厂管理细则》。", "title"),
        ("召开全省新型工业化推进大会。", "meeting"),
        ("李国华同志任总工程师。", "person"),
    ],
)
def test_what_nobody_told_is_unsupported_and_fails_the_text(text: str, kind: str) -> None:
    (first, *_) = [one for one in found(text) if one.field == kind]
    assert first.is_open
    assert verify(text, NO_ROWS, FACTS).verdict() == "fail"


def test_a_standing_name_needs_no_fact():
    assert verdicts("落实“一岗双责”。", "quoted") == {"supported"}
    assert verdicts("宣传《安全生产法》。", "title") == {"supported"}


def test_a_bureau_adds_its_own_standing_names(tmp_path: Path):
    own = tmp_path / "常用.yaml"
    own.write_text("names: 137机制\n", encoding="utf-8")
    report = verify("落实“137机制”。", NO_ROWS, FACTS, options=Options(standing=own))
    assert [one.verdict for one in report.findings if one.kind == "fact"] == ["supported"]


def test_a_row_that_holds_the_name_supports_it():
    rows = table("“泵阀贷”授信企业数=52家")
    assert verdicts("“泵阀贷”惠及一批企业。", "quoted", rows) == {"supported"}


def test_a_wrong_date_of_a_fact_is_contradicted():
    (wrong,) = [one for one in found("7月，局机关党支部获评县直机关“四强”党支部。") if one.is_open]
    assert (wrong.text, wrong.expected, wrong.verdict) == ("7月", "2024年6月", "contradicted")


class TestWithoutFacts:
    """Nothing but numbers is judged, and what the rows alone refute."""

    def test_a_text_does_not_drown_in_open_points(self):
        report = verify("我局荣获全国先进集体称号，投资208.6亿元。", table("投资=208.6亿元"))
        assert [one.kind for one in report.findings] == ["number"]
        assert report.verdict() == "pass"

    def test_all_points_are_judged_when_asked(self):
        options = Options(fact_points="all")
        report = verify("我局荣获全国先进集体称号。", table("投资=208.6亿元"), options=options)
        assert report.verdict() == "fail"

    def test_they_can_be_switched_off(self):
        options = Options(fact_points="off")
        assert verify("荣获先进称号。", NO_ROWS, FACTS, options=options).findings == ()


class TestSettings:
    def test_other_kinds_do_not_fail_a_text(self):
        assert verify("“星火”项目开工。", NO_ROWS, FACTS).verdict() == "pass"

    def test_which_kinds_fail_it_can_be_chosen(self):
        options = Options(blocking_points=frozenset({"quoted"}))
        assert verify("“星火”项目开工。", NO_ROWS, FACTS, options=options).verdict() == "fail"

    def test_counts_are_those_of_numbers(self):
        report = verify("投资208.6亿元，荣获先进称号。", table("投资=208.6亿元"), FACTS)
        assert report.counts == {"supported": 1}
        assert report.fact_counts == {"unsupported": 1}


RISING = table("工业投资=208.6亿元 同比28.2 板块工业经济 采用必报")
FALLING = table("工业投资=208.6亿元 同比-5.7 板块工业经济 采用必报")
SLOW = table("工业投资=208.6亿元 同比3.2 板块工业经济 采用必报")
SECOND = table("工业投资=208.6亿元 同比3.2 全市第2 共11 板块工业经济")
EIGHTH = table("工业投资=208.6亿元 同比3.2 全市第8 共11 板块工业经济")
ALL_DONE = table("排查隐患数=17项", "整改隐患数=17项 属排查隐患数")
NOT_ALL = table("排查隐患数=17项", "整改隐患数=16项 属排查隐患数")


class TestConditions:
    @pytest.mark.parametrize(
        ("text", "kind", "rows", "verdict"),
        [
            ("（一）工业经济实现新突破\n", "judgement", RISING, "supported"),
            ("（一）工业经济实现新突破\n", "judgement", FALLING, "contradicted"),
            ("工业投资208.6亿元，大幅增长28.2%。", "judgement", RISING, "supported"),
            ("工业投资208.6亿元，大幅增长3.2%。", "judgement", SLOW, "contradicted"),
            ("工业投资持续增长。", "judgement", FALLING, "contradicted"),
            ("工业投资再创新高。", "judgement", FALLING, "contradicted"),
            ("工业投资总量排全市第二，位居前列。", "judgement", SECOND, "unsupported"),
            ("工业投资总量居全市前列，排第二。", "judgement", SECOND, "supported"),
            ("工业投资总量居全市前列，排第八。", "judgement", EIGHTH, "contradicted"),
            ("排查隐患17项，全部整改隐患17项。", "quantifier", ALL_DONE, "supported"),
            ("排查隐患17项，全部整改隐患16项。", "quantifier", NOT_ALL, "contradicted"),
            ("首次实行新办法。", "quantifier", RISING, "unsupported"),
        ],
    )
    def test_a_word_stays_while_its_condition_holds(
        self, text: str, kind: str, rows: IndicatorTable, verdict: str
    ) -> None:
        assert verdict in verdicts(text, kind, rows)

    def test_a_fitting_substitute_is_offered(self):
        (wrong,) = [one for one in found("工业投资大幅增长。", rows=SLOW) if one.is_open]
        assert "可改为“增长”" in wrong.message

    def test_rows_alone_refute_a_judgement_without_failing_the_text(self):
        report = verify("（一）工业经济实现新突破\n", FALLING)
        (wrong,) = [one for one in report.findings if one.kind == "fact"]
        assert (wrong.verdict, report.verdict()) == ("contradicted", "pass")


def test_the_command_line_tells_fact_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text, facts = tmp_path / "总结.txt", tmp_path / "素材.csv"
    text.write_text("局机关党支部荣获省直机关先进党支部称号。\n", encoding="utf-8")
    with facts.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [["要点", "级别", "类型"], ["局机关党支部获评县直机关先进党支部", "县级", "荣誉"]]
        )
    with pytest.raises(SystemExit) as exit_:
        main(
            [
                "check",
                str(text),
                "--facts",
                str(facts),
                "--indicators",
                str(_rows(tmp_path)),
                "--json",
            ]
        )
    assert exit_.value.code == 1
    assert '"kind": "fact"' in capsys.readouterr().out


def _rows(folder: Path) -> Path:
    path = folder / "表.csv"
    path.write_text("指标名称,本期,单位\n工业投资,208.6,亿元\n", encoding="utf-8")
    return path


def test_a_lone_character_is_named_with_the_words_around_it():
    (message,) = [
        one.message
        for one in found("首次举办第四届云岭泵阀产业对接会。")
        if one.field == "event" and one.is_open
    ]
    assert message.startswith("“首次举办第四届”中的“首”不见于素材F04")


TWO_OF_A_DOING = numbered(
    told("印发《云岭县泵阀产业奖励办法》", kind="制度文件", stage="印发"),
    told("印发《云岭县人才安居实施细则》", kind="制度文件", stage="印发"),
    told("恒岳泵业获评省级“强链行动”示范单位", kind="荣誉", level="省级"),
    told("恒岳泵业获评市级“育新计划”先进集体", kind="荣誉", level="市级"),
    told("汇澜流体获评市级创新标兵企业", kind="荣誉", level="市级"),
)


def open_points(text: str) -> list[Finding]:
    return [one for one in found(text, TWO_OF_A_DOING) if one.is_open]


@pytest.mark.parametrize(
    "text",
    [
        "印发《云岭县泵阀产业奖励办法》和《云岭县人才安居实施细则》。",
        "印发《云岭县人才安居实施细则》《云岭县泵阀产业奖励办法》。",
        "恒岳泵业获评省级“强链行动”示范单位、市级“育新计划”先进集体。",
        "恒岳泵业荣获市级“育新计划”先进集体及省级“强链行动”示范单位。",
    ],
)
def test_a_clause_that_tells_two_facts_is_borne_out_by_both(text: str) -> None:
    assert open_points(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("恒岳泵业获评省级“强链行动”示范单位、市级创新标兵企业。", id="another's"),
        pytest.param(
            "恒岳泵业获评省级“强链行动”示范单位、省级“育新计划”先进集体。", id="level of the other"
        ),
        pytest.param(
            "汇澜流体获评省级“强链行动”示范单位、市级“育新计划”先进集体。", id="another subject"
        ),
        pytest.param(
            "印发《云岭县泵阀产业奖励办法》和《云岭县人才引进实施细则》。", id="a name in one part"
        ),
    ],
)
def test_nothing_passes_from_one_of_two_facts_to_the_other(text: str) -> None:
    assert any(one.blocking for one in open_points(text))


def test_a_date_before_one_doing_is_not_held_against_the_next() -> None:
    facts = numbered(
        told("我县获市政府授予的产业发展流动红旗", kind="荣誉", date="2024年8月"),
        told("县数字化方案入选省级试点", kind="获批试点", level="省级", date="2024年10月"),
    )
    text = "8月，我县获市政府授予的产业发展流动红旗，县数字化方案入选省级试点。"
    assert [one for one in found(text, facts) if one.is_open] == []


@pytest.mark.parametrize(
    ("text", "rule", "kind"),
    [
        ("局长周砚清到企业走访。局长周砚青主持会议。", "L22", "person"),
        ("泵阀产业集群获批国家级特色产业集群。", "L30", "honour"),
        ("建成全省唯一检测中心。", "L29", "quantifier"),
    ],
)
def test_a_place_is_told_once(text: str, rule: str, kind: str) -> None:
    report = verify(text, NO_ROWS, FACTS)
    assert kind in {one.field for one in report.findings if one.is_open}
    assert rule not in {one.rule for one in report.issues}
    alone = verify(text, NO_ROWS, FACTS, options=Options(fact_points="off"))
    assert rule in {one.rule for one in alone.issues}


def test_a_superlative_that_a_fact_bears_out_is_not_doubted() -> None:
    facts = numbered(told("建成全省首个共享车间", kind="项目"))
    report = verify("建成全省首个共享车间。", NO_ROWS, facts)
    assert {one.verdict for one in report.findings} == {"supported"}
    assert report.issues == ()


def test_what_is_only_announced_has_not_become_one() -> None:
    assert "contradicted" in verdicts("泵阀产业集群成为国家级特色产业集群。", "honour")


@pytest.mark.parametrize(
    ("text", "open_number"),
    [
        ("对接会到会客商530余名。", False),
        ("对接会到会客商超530人。", False),
        ("对接会到会客商近530人。", True),
    ],
)
def test_an_approximate_figure_of_a_fact_may_be_told_in_like_words(
    text: str, *, open_number: bool
) -> None:
    said = "对接会到会客商530余人"
    facts = numbered(replace(told(said, kind="活动"), figures=figures_of(said)))
    numbers = [one for one in verify(text, NO_ROWS, facts).findings if one.kind == "number"]
    assert [one.is_open for one in numbers] == [open_number]


MEETINGS = numbered(
    told("举办第四届云岭泵阀产业对接会", kind="活动"),
    told("举办云岭县科技活动周系列活动23场", kind="活动"),
)


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("举办第四届云岭泵阀产业对接会及科技活动周。", False),
        ("第四届泵阀产业对接会举办。", False),
        ("举办第四届云岭泵阀产业对接会及文化活动周。", True),
        ("第四届泵阀对接会举办。", True),
        ("第五届泵阀产业对接会举办。", True),
    ],
)
def test_a_meeting_goes_without_its_place_and_together_with_another(
    text: str, *, is_open: bool
) -> None:
    told_so = [one for one in found(text, MEETINGS) if one.field == "meeting"]
    assert told_so
    assert any(one.is_open for one in told_so) == is_open


def test_the_stage_cell_of_a_fact_outranks_its_text():
    told_too_high = numbered(
        told("县经开区获批国家级绿色工业园区", level="国家级", stage="公示", kind="获批试点")
    )
    judged = found("县经开区获批国家级绿色工业园区。", told_too_high)
    assert [one.verdict for one in judged if one.field == "honour"] == ["contradicted"]
