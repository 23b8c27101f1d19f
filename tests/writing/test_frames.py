"""Sentences for rows without a precedent, read as an editor would read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.records.indicator import Indicator
from drafter.writing.frames import groups, is_printable, paragraph, sentence
from drafter.writing.references import check_template
from drafter.writing.rendering import render
from tests.writing.samples import materials, row

NOVEMBER = "2024年1—11月"


def say(*rows: Indicator | str, dated: bool = False) -> str:
    given = materials(*rows)
    return render(sentence(given.table.rows, given, dated=dated), given).text


def tell(*rows: Indicator | str) -> str:
    given = materials(*rows)
    return render(paragraph(given.table.rows, given), given).text


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (row("工业投资=79.8亿元", yoy="-5.7"), "工业投资完成79.8亿元，同比下降5.7%。"),
        (row("利润总额=9亿元", yoy="0"), "利润总额实现9亿元，同比持平。"),
        (row("泵阀产业产值=850亿元"), "泵阀产业产值达850亿元。"),
        (row("为企业解决融资额=18.83亿元"), "为企业解决融资18.83亿元。"),
        (row("新增省级专精特新企业数=4家"), "新增省级专精特新企业4家。"),
        (row("向省市财政部门申报项目数=32个"), "向省市财政部门申报项目32个。"),
        (row("基站建设数=175个"), "完成基站建设175个。"),
        (row("高新技术企业总数=36家", approx="突破"), "高新技术企业总数突破36家。"),
        (row("监控点位数=7626个"), "监控点位达7626个。"),
        (row("应用场景数=6个"), "应用场景共6个。"),
        (row("宣教视频收集数=500条", approx="多"), "宣教视频收集500多条。"),
        (row("进入省绿色工厂名单企业数=9家"), "9家企业进入省绿色工厂名单。"),
        (row("进入行业前50强的泵阀企业数=13~17家"), "13至17家泵阀企业进入行业前50强。"),
        (row("全体职工大会组织学习文件次数=12次"), "在全体职工大会上组织学习文件12次。"),
        (row("新闻媒体发表宣传稿件数=23件"), "在新闻媒体发表宣传稿件23件。"),
        (row("问题办结率=96.8%", prior="96.1"), "问题办结率达96.8%，比上年提高0.7个百分点。"),
        (row("研发投入占GDP比重=3.4%", approx="约"), "研发投入占GDP比重约3.4%。"),
        (row("产业产值占全省比重=1/3", approx="以上"), "产业产值占全省三分之一以上。"),
        (row("增速高于全市平均=0.9个百分点"), "增速高于全市平均0.9个百分点。"),
        (row("企业认定完成市定任务比例=125%"), "企业认定完成市定任务的125%。"),
        (
            row("企业入库数=108家", completion="108", target_of="市定任务"),
            "企业入库108家，完成市定任务的108%。",
        ),
        (row("工作获奖等次", unit="等奖", rank="1", rank_scope="全市"), "工作荣获市一等奖。"),
        (row("科技创新大赛获奖等次=2等奖"), "在科技创新大赛中荣获二等奖。"),
        (row("十项指标综合排名", rank="1", rank_scope="全市"), "十项指标综合排名全市第一。"),
        (row("全市科技创新考核", rank="1", rank_scope="全市"), "科技创新考核居全市第一。"),
        (
            row("规模工业增加值", yoy="8.7", rank="2", rank_scope="全市"),
            "规模工业增加值增长8.7%，居全市第二。",
        ),
        (
            row("规模工业增加值", unit="%", yoy="7.9", yoy_rank="2", rank_scope="全市"),
            "规模工业增加值增长7.9%，增速居全市第二。",
        ),
        (row("省公示特色集群名单:全市上榜数=3家"), "省公示特色集群名单，全市上榜3家。"),
        (row("信用贷放款金额:甲公司=300万元"), "信用贷放款金额中，甲公司300万元。"),
    ],
)
def test_a_row_alone(one: Indicator, said: str) -> None:
    assert say(one) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["反馈问题类别数=3类", "反馈问题项数=14项"], "反馈问题3类、14项。"),
        (["发表稿件数=23件", "发表稿件数:其中党建类=11件"], "发表稿件23件，其中党建类11件。"),
        (["合并前党支部数=4个", "合并后党支部数=1个"], "党支部由合并前的4个变为合并后的1个。"),
        (["申报第二批高企数=7家", "第二批高企认定成功数=6家"], "申报第二批高企7家，认定成功6家。"),
        (["新增国家级企业数=1家", "新增省级企业数=4家"], "新增国家级企业1家，省级企业4家。"),
        (["留抵退税户数=140户", "留抵退税金额=1.94亿元"], "留抵退税140户，退税金额1.94亿元。"),
        (["“贷”白名单企业数=40家", "选派干部数=2名"], "“贷”白名单企业达40家，选派干部2名。"),
    ],
)
def test_rows_that_belong_together(rows: list[str], said: str) -> None:
    assert say(*rows) == said


def test_parts_by_their_parent_hold_their_growth() -> None:
    whole = row("工业总产值=281.7亿元", yoy="7.4")
    parts = [
        row("泵阀产业产值=121.6亿元", yoy="12.2", parent="工业总产值"),
        row("竹材产业产值=26.9亿元", yoy="-4.9", parent="工业总产值"),
    ]
    assert say(whole, *parts) == (
        "工业总产值达281.7亿元，同比增长7.4%，"
        "其中泵阀产业产值121.6亿元、增长12.2%，竹材产业产值26.9亿元、下降4.9%。"
    )


def test_a_growth_told_by_its_own_row_is_not_told_twice() -> None:
    total = row("规模工业企业利润总额=13.21亿元", yoy="32.1", rank="6", rank_scope="全市")
    growth = row("规模工业企业利润增速=32.1%", rank="3", rank_scope="全市")
    assert say(total, growth) == (
        "规模工业企业利润总额实现13.21亿元，居全市第六，利润增速32.1%，排全市第三。"
    )


def test_ranks_take_turns_with_their_verbs() -> None:
    rows = [row(f"{name}增加值", yoy="5", rank="2", rank_scope="全市") for name in "甲乙丙"]
    said = say(*rows)
    assert ["居" in said, "排" in said, "列" in said] == [True, True, True]


def test_a_verb_is_not_shared_across_details() -> None:
    rows = [row("新增规模企业数=11家", yoy="-21.4"), row("新增机器人数=136台")]
    assert say(*rows) == "新增规模企业11家，同比下降21.4%；新增机器人136台。"


def test_goals_are_bounds() -> None:
    goals = [
        row("规模工业增加值=7.5%", approx="左右", period="2025年", status="目标"),
        row("工业投资=85亿元", approx="以上", period="2025年", status="目标"),
    ]
    assert say(*goals, dated=True) == (
        "2025年力争规模工业增加值增长7.5%左右，力争工业投资达到85亿元以上。"
    )


@pytest.mark.parametrize(
    ("one", "printable"),
    [
        (row("安全事故起数=0起"), False),
        (row("产业对接会", period="2024年6月"), False),
        (row("泵阀检测中心投用", period="2024年10月"), True),
        (row("全省工业发展十佳县", period="2024年7月"), True),
        (row("只有目标", target="5"), False),
    ],
)
def test_what_cannot_be_said_is_left_to_the_caller(one: Indicator, printable: bool) -> None:
    assert is_printable(one) is printable
    assert bool(say(one)) is printable


class TestParagraphs:
    def test_a_sentence_holds_four_rows_of_one_period(self) -> None:
        rows = [
            row(f"{name}类设备数={size}台")
            for name, size in zip("甲乙丙丁戊", "13542", strict=True)
        ]
        assert [len(group) for group in groups(rows)] == [4, 1]

    def test_the_largest_comes_first(self) -> None:
        assert tell("甲设备数=30台", "乙设备数=50台") == "乙设备达50台，甲设备达30台。"

    def test_the_period_is_named_where_it_changes(self) -> None:
        rows = [
            row("甲投资=5亿元", period=NOVEMBER),
            row("乙集群胜出", period="2024年7月"),
            row("丙设备数=30台", period="2024年7月"),
            row("丁设备数=30台"),
        ]
        assert tell(*rows) == (
            "1—11月，甲投资完成5亿元。7月，乙集群胜出。丙设备达30台。全年，丁设备达30台。"
        )

    def test_the_draft_year_need_not_be_named_at_the_beginning(self) -> None:
        assert tell("丁设备数=30台") == "丁设备达30台。"

    def test_an_estimate_is_named_with_its_year(self) -> None:
        assert tell(row("研发投入=7亿元", status="预计")) == "全年，研发投入预计达7亿元。"

    def test_the_same_rows_give_the_same_text(self) -> None:
        rows = [row(f"{name}设备数=30台") for name in "甲乙丙丁戊己"]
        assert tell(*rows) == tell(*rows)


def test_braces_in_a_name_stay_text() -> None:
    given = materials(row("试点{{ 甲 }}企业数=3家"))
    template = sentence(given.table.rows, given)
    assert check_template(template, given) == ()
    assert "试点{{ 甲 }}企业" in render(template, given).text


NAMES = st.sampled_from(
    [
        "工业投资",
        "新增规模企业数",
        "高新技术企业总数",
        "问题办结率",
        "投入占GDP比重",
        "甲数:其中乙",
        "丙会议学习次数",
        "进入名单企业数",
        "合并前支部数",
        "合并后支部数",
        "获奖等次",
        "综合排名",
        "集群胜出",
        "{",
        "{{",
        "率",
    ]
)
NUMBERS = st.sampled_from([None, "0", "-3", "5", "12.50", "1/3", "13~17", "23000"])
UNITS = st.sampled_from(["亿元", "万元", "家", "%", "等奖", "个百分点", "", "人次"])
CELLS = st.sampled_from([None, "0", "-4.7", "3", "0.5点"])


@st.composite
def rows_of_any_kind(draw: st.DrawFn) -> Indicator:
    """Rows as a careless table might hold them."""
    value = draw(NUMBERS)
    written = draw(UNITS)
    figures = {name: draw(CELLS) for name in ("yoy", "rank", "yoy_rank", "completion", "prior")}
    return row(
        draw(NAMES) + (f"={value}{written}" if value else ""),
        approx=draw(st.sampled_from([None, "近", "多", "以上"])),
        period=draw(st.sampled_from(["2024年", "2023年", "截至目前", ""])),
        status=draw(st.sampled_from(["", "预计", "目标"])),
        **{name: cell for name, cell in figures.items() if cell},
    )


@given(st.lists(rows_of_any_kind(), max_size=7))
def test_whatever_the_rows_the_template_holds_and_nothing_is_open(rows: list[Indicator]) -> None:
    given_rows = materials(*rows)
    template = paragraph(given_rows.table.rows, given_rows)
    assert check_template(template, given_rows) == ()
    spans = render(template, given_rows).spans
    assert [span for span in spans if span.kind == "open"] == []
    printable = {one.id for one in given_rows.table.rows if is_printable(one)}
    assert printable <= {span.indicator for span in spans} | {
        one.id for one in given_rows.table.rows if one.name == "集群胜出"
    }


def test_a_rate_beside_its_count_keeps_what_it_is_a_rate_of():
    assert (
        say("安全隐患整改数=4318条", "安全隐患整改率=99.4%")
        == "安全隐患整改4318条，整改率达99.4%。"
    )
