"""Document-level rules on texts without a table: each fires, and leaves its neighbour alone."""

import pytest

from drafter.verification import verify


def issues(text: str, rule: str) -> list[tuple[str, str]]:
    return [
        (one.level, text[one.start : one.end]) for one in verify(text).issues if one.rule == rule
    ]


FIRES = [
    pytest.param("L09", "error", "占比较上年提高17%。", id="a share changes by points"),
    pytest.param("L09", "error", "规上工业增加值增速比上年回落2.1%。", id="so does a growth rate"),
    pytest.param("L10", "error", "比去年同期同比增长8%。", id="同比 said twice"),
    pytest.param("L10", "error", "完成投资超过30亿元以上。", id="超过 with 以上"),
    pytest.param("L10", "warning", "销售额37多万元。", id="多 behind a digit that is not round"),
    pytest.param("L14", "warning", "甲局2020年工作总结及2020年工作打算\n一、工作打算\n抓好落实。", id="both years of a title alike"),
    pytest.param("L14", "warning", "甲局2023年工作总结\n一、2022年工作情况\n抓好落实。", id="a heading of last year"),
    pytest.param("L14", "warning", "甲局2023年工作总结\n现将2022年工作总结如下。", id="an opening of last year"),
    pytest.param("L14", "warning", "甲局2023年工作总结\n2019年1—11月完成投资3亿元。", id="figures of a year long past"),
    pytest.param("L14", "warning", "甲局2023年工作总结\n2023年1—11月完成投资3亿元。\n2023年10月8日", id="signed before the data"),
    pytest.param("L15", "error", "2月30日召开会议。", id="no such day"),
    pytest.param("L15", "error", "2023年5月1日（星期二）召开会议。", id="another weekday"),
    pytest.param("L15", "error", "该项目2023年12月签约，2023年2月开工建设。", id="begun before it was signed"),
    pytest.param("L16", "error", "重点抓好五个方面：一是甲；二是乙；三是丙。", id="points promised and not made"),
    pytest.param("L17", "warning", "一、工作\n1、抓好落实。\n2、抓好检查。", id="a mark with a comma"),
    pytest.param("L19", "warning", "增速在5～8%之间。", id="a range with one percent sign"),
    pytest.param("L19", "warning", "1-11月完成投资3亿元。", id="a hyphen between months"),
    pytest.param("L19", "warning", "投资２０亿元。", id="full-width digits"),
    pytest.param("L19", "warning", "23年全年完成投资3亿元。", id="a year in two digits"),
    pytest.param("L19", "warning", "5月1号召开会议。", id="号 for 日"),
    pytest.param("L20", "warning", "甲、乙、等单位参加。", id="a mark before 等"),
    pytest.param("L20", "warning", "抓好落实。。抓好检查。", id="a mark twice"),
    pytest.param("L20", "warning", "抓好落实,抓好检查。", id="half-width marks"),
    pytest.param("L28", "warning", "详见内部资料第3期。", id="an internal paper"),
    pytest.param("L31", "error", "第 3 页 共 9 页\n抓好落实。", id="page numbers"),
    pytest.param("L31", "error", "上一篇：甲局动态\n抓好落实。", id="links of a web page"),
    pytest.param("L31", "error", "责任编辑：张三\n抓好落实。", id="who set the page"),
    pytest.param("L31", "error", "字体：大 中 小\n抓好落实。", id="buttons of a web page"),
    pytest.param("L31", "error", "来源：某报\n抓好落实。", id="the source line of a web page"),
    pytest.param("L31", "error", "以下是根据您的要求修改的总结：\n抓好落实。", id="what a writing aid says"),
    pytest.param("L31", "error", "作为一个AI助手，我抓好落实。", id="what a model says of itself"),
    pytest.param("L31", "error", "XX局抓好落实。", id="a name left out"),
    pytest.param("L31", "error", "完成{{ 投资.值 }}。", id="a reference left unset"),
    pytest.param("L31", "error", "**抓好落实。**", id="marks of a text editor"),
    pytest.param("L32", "info", "甲局，2023年工作总结\n抓好落实。", id="a comma in the title"),
    pytest.param("L33", "warning", "甲局2023年工作总结及2024年工作思路\n一、工作情况\n抓好落实。", id="a part the title promises"),
    pytest.param("L33", "info", "甲局2023年工作总结\n一、工作情况\n抓好落实。\n二、下一步工作打算\n抓好检查。", id="a part of which the title is silent"),
    pytest.param("L34", "error", "我局认真抓好各项工作任务的落实，对全县20名安全生产协管和", id="cut off in a phrase"),
    pytest.param("L34", "warning", "我局认真抓好落实。对全县20名安全生产协管员开展了业务知识培训", id="no mark at the end"),
]  # fmt: skip

STANDS = [
    pytest.param("L09", "占比较上年提高17个百分点，投资提高17%。", id="points for a share"),
    pytest.param("L10", "比去年同期增长8%，企业50多家、规模以上企业30家以上。", id="one word each"),
    pytest.param("L14", "甲局2023年工作总结及2024年工作打算\n一、2023年工作情况\n比2022年增长5%。\n二、2024年工作打算\n自2019年以来抓好落实，到2030年见效。", id="years as they should be"),
    pytest.param("L14", "甲局2023年上半年工作总结及下半年工作打算\n二、下半年工作打算\n抓好落实。", id="half-years"),
    pytest.param("L14", "2025年甲市政府工作报告\n一、2024年工作回顾\n抓好落实。", id="a report is of the year before its session"),
    pytest.param("L14", "甲局2023年工作总结\n2023年1—11月完成投资3亿元。\n2023年12月8日", id="signed after the data"),
    pytest.param("L15", "2023年5月1日（星期一）召开会议，2月29日闭幕。", id="the right weekday"),
    pytest.param("L15", "该项目2023年2月签约，2023年12月开工建设。", id="signed, then begun"),
    pytest.param("L15", "甲项目2023年12月签约，乙项目2023年2月开工建设。", id="two things"),
    pytest.param("L15", "生产11月型设备，增长13.5%。", id="no date"),
    pytest.param("L16", "重点抓好三个方面：一是甲；二是乙；三是丙。守牢两条底线，突出三个提升。一要甲。", id="points as promised"),
    pytest.param("L17", "一、工作\n（一）甲\n1.抓好落实。\n（1）抓好检查。", id="marks as they should be"),
    pytest.param("L19", "增速在5%～8%之间，1—11月完成13至17家，电话0735-1234567，2023年5月1日。", id="ranges in full"),
    pytest.param("L20", "甲、乙等单位（含丙）印发《甲》《乙》，“丁”见效。", id="pairs and lists"),
    pytest.param("L28", "做好保密工作，加强内部管理。", id="work on secrecy"),
    pytest.param("L31", "MAX系列产品下线，来源于群众，XXL码服装出口，5*8小时服务。", id="words that look alike"),
    pytest.param("L32", "甲局贯彻《条例》“四联”2023年工作总结\n抓好落实。", id="quotes in a title"),
    pytest.param("L33", "甲局2023年工作总结及2024年工作思路\n一、工作情况\n抓好落实。\n二、2024年工作思路\n抓好检查。", id="both parts there"),
    pytest.param("L33", "甲局2023年工作总结和下步打算\n抓好落实。\n下一步，我局将抓好检查。", id="a part without heading"),
    pytest.param("L34", "我局认真抓好各项工作任务的落实。\n甲局\n2023年12月1日", id="a signature"),
    pytest.param("L34", "我局认真抓好各项工作任务的落实（详见附件）。\n附件：一览表", id="an attachment"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "level", "text"), FIRES)
def test_a_fault_is_named(rule: str, level: str, text: str):
    assert level in [told for told, _ in issues(text, rule)]


@pytest.mark.parametrize(("rule", "text"), STANDS)
def test_what_is_right_is_left_alone(rule: str, text: str):
    assert issues(text, rule) == []


def test_what_repeats_is_told_once_with_a_count():
    text = "XX局抓好落实。XX局抓好检查。XX局抓好整改。"
    (one,) = [one for one in verify(text).issues if one.rule == "L31"]
    assert "共3处" in one.message
    assert len(one.related) == 2


def test_issues_stand_in_the_order_of_the_text():
    text = "截止11月底完成投资3亿，XX局抓好落实。。"
    starts = [one.start for one in verify(text).issues]
    assert starts == sorted(starts)
