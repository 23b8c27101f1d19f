"""Document-level rules on texts without a table: each fires, and leaves its neighbour alone."""

from time import process_time

import pytest

from drafter.numerals import read_mentions
from drafter.records.fact import Fact, FactList
from drafter.verification import Options, verify
from drafter.verification.lint.document import document_issues
from tests.builders import fact, table


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
    pytest.param("L02", "error", "全县工业投资完成208.6亿元。\n全县工业投资完成209.6亿元。", id="one quantity with two values"),
    pytest.param("L02", "warning", "工业投资完成208.6亿元，增长28.2%。\n工业投资完成208.6亿元，增长27.2%。", id="one growth with two rates"),
    pytest.param("L11", "error", "工业投资排全市第五。\n工业投资排全市第三。", id="one quantity with two places"),
    pytest.param("L11", "error", "在11个县市区中排第12位。", id="a place behind the last"),
    pytest.param("L11", "error", "增速居全市第一，低于全市平均水平。", id="first and below the average"),
    pytest.param("L13", "warning", "全年工业投资预计完成14亿元。\n全年工业投资完成14亿元。", id="an estimate and no estimate"),
    pytest.param("L13", "error", "1—11月，工业投资完成15亿元。\n预计全年工业投资完成13亿元。", id="less in the year than in eleven months"),
    pytest.param("L03", "error", "应办180件，办结184件，办结率100%。", id="more done than there was"),
    pytest.param("L03", "error", "甲20家、乙30家，合计51家。", id="a sum that is none"),
    pytest.param("L03", "error", "共有企业30家，分别为甲区10家、乙区21家。", id="parts that are more than the whole"),
    pytest.param("L03", "error", "新增企业30家，其中规上企业31家。", id="a part above its whole"),
    pytest.param("L04", "error", "高企由20家增加到30家，增长45%。", id="growth between two levels"),
    pytest.param("L04", "error", "培训5家，比上年增加1家，增长20%。", id="growth by a difference"),
    pytest.param("L04", "error", "应办188件，办结184件，办结率96.9%。", id="a rate of two counts"),
    pytest.param("L04", "error", "新建企业100家，其中规上30家，占比31%。", id="a share of two counts"),
    pytest.param("L06", "warning", "认定高企15家，完成市定任务的125%，增长37%。", id="no whole number last year"),
    pytest.param("L06", "warning", "研发经费13.4亿元，占GDP比重3.4%。高新产业110亿元，占GDP比重为30%。", id="two wholes implied"),
    pytest.param("L07", "error", "完成105家，完成任务30家的250%。", id="the excess told as completion"),
    pytest.param("L09", "error", "合格率由65%提高到82%，提高17%。", id="a difference of rates in percent"),
    pytest.param("L12", "error", "三次产业结构为6.5∶45.0∶49.5。", id="a structure above a hundred"),
    pytest.param("L12", "error", "企业占比120%。", id="a share above a hundred"),
    pytest.param("L26", "info", "应办188件，办结184件，办结率97.8%。", id="cut off, not rounded"),
    pytest.param("L22", "error", "贯彻书记总书记讲话精神。", id="a name lost"),
    pytest.param("L22", "warning", "落实总书记嘱托。", id="no name all through"),
    pytest.param("L22", "warning", "县长张建国出席。\n县长张建同调研。", id="one post with two names"),
    pytest.param("L22", "warning", "县长张建国出席。\n副县长张建国调研。", id="one name with two posts"),
    pytest.param("L23", "warning", "印发《企业技术改造实施方案》。\n落实《企业技术改选实施方案》。", id="a name in two ways"),
    pytest.param("L23", "warning", "落实“三化”要求。出台三项改革方案（以下简称“三化”）。", id="a short form before it is told"),
    pytest.param("L28", "error", "联系电话13800138000。", id="a telephone number"),
    pytest.param("L28", "error", "身份证11010519491231002X。", id="an identity number"),
    pytest.param("L28", "error", "账号6222021234567890128。", id="a bank card"),
    pytest.param("L28", "info", "云岭矿业公司实现产值3.2亿元。", id="figures of one firm"),
    pytest.param("L29", "info", "建成全省首个示范园。", id="a superlative"),
    pytest.param("L30", "warning", "获批“数字化转型试点城市”。\n“数字化转型试点城市”已公示。", id="applied for and won"),
    pytest.param("L18", "info", "我局认真抓好全县工业经济运行调度各项工作。\n我局认真抓好全县工业经济运行调度各项工作。", id="a sentence twice"),
    pytest.param("L18", "info", "一、总结\n（一）抓运行，稳增长\n（二）抓项目，增后劲\n（三）抓服务，优环境\n（四）安全生产", id="a heading unlike its sisters"),
    pytest.param("L18", "info", "一、总结\n（一）抓运行\n（二）抓运行", id="a heading twice"),
    pytest.param("L24", "error", "粮食、蔬菜、水果产量分别增长3%、4%。", id="fewer values than names"),
    pytest.param("L24", "error", "甲县、乙县、丙县等2家企业获奖。", id="more names than counted"),
    pytest.param("L27", "info", "甲、乙产量分别增长3.1%、4.25%。", id="decimals mixed"),
    pytest.param("L14", "warning", "甲局2023年工作总结\n2023年11月20日召开会议。\n2023年11月8日", id="signed before the day"),
    pytest.param("L02", "warning", "工业投资完成208.6亿元，增长28.2%。\n工业投资完成208.6亿元，下降28.2%。", id="one growth in two directions"),
    pytest.param("L02", "warning", "全县工业投资完成208.6亿元。\n全县工业投资完成30.6亿元。", id="two values far apart"),
    pytest.param("L04", "error", "抽检1120批次，不合格23批次，合格率为95.9%。", id="the rate of the rest, wrong"),
    pytest.param("L04", "error", "应办188件，办结184件，办结率79.9%。", id="a rate far off"),
    pytest.param("L34", "warning", "我局认真抓好各项工作任务的落实，对全县二十名安全生产协管员开展了业务知识培训", id="a long line without a mark"),
    pytest.param("L04", "error", "年度任务30家，完成35家，完成率126.7%。", id="completion of a task"),
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
    pytest.param("L02", "全县工业投资完成208.6亿元。\n全市工业投资完成1209.6亿元。2021年，全县工业投资完成182亿元。", id="other scopes and years"),
    pytest.param("L02", "工业投资完成208.6亿元。\n工业投资完成209亿元。力争工业投资完成230亿元。", id="rounded, or a goal"),
    pytest.param("L02", "甲、乙产量分别增长3%、4%。\n总投资30亿元。总投资18亿元。", id="lists, and names without a bearer"),
    pytest.param("L11", "工业投资排全市第五。\n工业投资增速排全市第三。在11个县市区中排第11位。", id="places by level and by growth"),
    pytest.param("L13", "预计全年工业投资完成14亿元。\n1—11月，工业投资完成13亿元。", id="more in the year than before"),
    pytest.param("L03", "应办188件，办结184件。甲20家、乙30家，合计50家，其中新增60人。", id="sums that are right"),
    pytest.param("L03", "人均收入8893元，其中城镇居民人均可支配收入12948元。", id="averages"),
    pytest.param("L03", "排查隐患512条，其中重大隐患3条，整改到位508条，整改率99.2%。", id="a rate of what stands further back"),
    pytest.param("L04", "高企由20家增加到30家，增长50%。成交额由3.3亿元增加到4.4亿元，增长33%。培训5家，比上年增加1家，增长25%。", id="growth as computed"),
    pytest.param("L04", "工业增加值由20亿元增加到30亿元，增长8%。", id="growth at constant prices"),
    pytest.param("L06", "认定高企15家，增长36.4%。投资57亿元，增长15.3%。", id="a whole number last year"),
    pytest.param("L06", "签约57宗，总投资236.4亿元，增长15.3%。", id="growth of something else"),
    pytest.param("L06", "研发经费13.4亿元，占GDP比重3.4%。高新产业110亿元，占GDP比重为28%。", id="one whole implied"),
    pytest.param("L07", "完成105家，完成任务30家的350%。完成105家，超额完成任务30家的250%。", id="completion and excess"),
    pytest.param("L09", "合格率由65%提高到82%，提高17个百分点。", id="a difference in points"),
    pytest.param("L12", "三次产业结构为6.5∶45.0∶48.5。三次产业结构为6∶45∶48。任务完成率120%。", id="structures that round"),
    pytest.param("L26", "应办188件，办结184件，办结率97.9%。", id="rounded"),
    pytest.param("L22", "习近平总书记考察，总书记强调。县委书记王建国、副书记李建国出席。县长张建国、副县长张建明调研。", id="names in full"),
    pytest.param("L23", "印发《企业技术改造实施方案》。落实《企业技术改造实施方案》和《科技创新行动方案（一期）》《科技创新行动方案（二期）》。", id="one name, two phases"),
    pytest.param("L28", "编号13800138000123，电话0735-1234567，身份证110105194912310021，产值32000000000元。", id="other long numbers"),
    pytest.param("L29", "力争建成全省首个示范园。", id="a goal"),
    pytest.param("L30", "成功申报“数字化转型试点城市”。\n获批“数字化转型试点城市”。申报“智能制造示范工厂”。", id="won, and another applied for"),
    pytest.param("L18", "一、总结\n（一）抓运行，稳增长\n（二）抓项目，增后劲\n二、打算\n（一）抓运行，稳增长", id="sisters alike"),
    pytest.param("L24", "甲、乙产量分别增长3%、4%。货物和集装箱吞吐量分别增长3%、4%。甲县、乙县等8家企业获奖。", id="lists in full"),
    pytest.param("L24", "登记205件、成交额19.3亿元，分别增长12.5%和6.6%。", id="figures with values"),
    pytest.param("L27", "甲、乙、丙产量分别增长3.1%、4.2%、5%。", id="decimals alike"),
    pytest.param("L10", "突破1000家规模以上企业，超过50名处级以上干部、近30个亿元以上项目。", id="以上 of another word"),
    pytest.param("L11", "总量居全市第一，增速低于全市平均水平。", id="first by level, not by growth"),
    pytest.param("L14", "甲局2023年工作总结\n一、自2019年以来的成效\n抓好落实。\n二、2021—2023年工作\n抓好检查。", id="a heading that looks back"),
    pytest.param("L15", "接种24月龄儿童。甲局2023年工作总结。1月5日（周五）召开会议。", id="months of age"),
    pytest.param("L16", "一是抓落实，一要抓实，二要抓细。二是抓检查。", id="points within points"),
    pytest.param("L19", "坚守20年初心，5月1号召职工劳动。", id="no year and no day"),
    pytest.param("L20", "工作如下：1）抓落实；2）抓检查。", id="marks of items"),
    pytest.param("L22", "县委副书记、县长李明出席，党组书记王刚、局长王刚调研，县委副书记李明讲话。", id="one person with two posts at a time"),
    pytest.param("L22", "副县长王建国、副县长王建军出席。", id="two people in posts of one name"),
    pytest.param("L24", "甲、乙（含丙、丁）产量分别增长3%、4%。", id="marks in brackets"),
    pytest.param("L28", "市内参保人数增加，区内参赛企业内部使用。", id="words that hold others"),
    pytest.param("L30", "“数字化转型试点城市”已公示。\n获批“数字化转型试点城市”。", id="applied for, then won"),
    pytest.param("L31", "当然，也要看到不足。不得随意关闭窗口。视频浏览次数达10万次。\n抓好落实。\n抓好检查。\n抓好整改。\n抓好总结。\n来源：县统计局", id="words of plain texts"),
    pytest.param("L33", "甲局2023年工作总结和年度计划执行情况\n抓好落实。", id="no plan promised"),
    pytest.param("L03", "共有企业30家，包括规上企业20家、高新企业15家。", id="parts that overlap"),
    pytest.param("L04", "完成约105家，完成任务30家的340%。", id="about"),
    pytest.param("L09", "合格率由65%提高到82%，提高26.2%。", id="growth of a rate as growth"),
    pytest.param("L04", "应办约188件，办结184件，办结率95%。", id="a rate of about"),
    pytest.param("L14", "甲局2023年工作总结\n2023年11月8日召开会议。\n2023年11月8日", id="signed on the day"),
    pytest.param("L03", "立案318件，结案287件，移送公安机关6件，其中食品类142件、药品类29件。", id="a part of what stands further back"),
    pytest.param("L03", "建设项目6个，其中惠及企业142家。应完成30户，实际完成35户，完成率116.7%。", id="another counter, and more done than due"),
    pytest.param("L03", "新增就业5000人，培训城镇2000人、农村3000人，合计5000人。", id="other counts beside the parts"),
    pytest.param("L04", "抽检1120批次，不合格23批次，合格率为97.9%。", id="the rate of the rest"),
    pytest.param("L24", "省、市级企业技术中心、工程研究中心分别新增3家、4家。", id="two levels of one name"),
    pytest.param("L03", "参评企业60户，其中甲级20户、乙级30户，丙级、丁级合计10户。", id="a sum of some that are named with it"),
    pytest.param("L04", "应办188件，办结184件，办结率增长5%。", id="growth of a rate"),
    pytest.param("L34", "一、工作情况\n供电保障工作组成员名单", id="the entry of a list"),
    pytest.param("L04", "年度任务30家，完成35家，完成率116.7%。", id="completion above the task"),
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


TABLE = table("工业投资=208.6亿元 全市第5 状态预计", "新增企业=12家 状态核定")


def with_table(text: str, rule: str, *stated: Fact) -> list[str]:
    options = Options(fact_points="off")  # a fact point at the place would tell it instead
    report = verify(text, TABLE, FactList(stated), options=options)
    return [one.level for one in report.issues if one.rule == rule]


def test_an_estimate_of_the_table_is_told_as_one():
    assert with_table("工业投资完成208.6亿元。", "L13") == ["error"]
    assert with_table("工业投资208.6亿元，占比预计3%。", "L13") == ["error"]
    assert with_table("工业投资预计完成208.6亿元。", "L13") == []
    assert with_table("工业投资完成208.6亿元（预计）。", "L13") == []


def test_an_approved_figure_is_no_estimate():
    assert with_table("预计新增企业12家。", "L13") == ["warning"]
    assert with_table("新增企业12家。", "L13") == []


def test_how_many_more_is_no_second_value():
    assert with_table("新增企业12家。新增企业增加3家。", "L02") == []


def test_a_superlative_needs_a_fact_or_a_row():
    told = fact("建成全省首个绿色示范园")
    assert with_table("建成全省首个绿色示范园。", "L29") == ["warning"]
    assert with_table("建成全省首个绿色示范园。", "L29", told) == []
    other = fact("全市首个智慧停车平台上线运行")
    assert with_table("建成全省首个绿色示范园。", "L29", other) == ["warning"]


def test_what_a_fact_says_is_applied_for_is_not_won():
    applied = fact("数字化转型试点城市申报工作", title="数字化转型试点城市", stage="申报")
    won = fact("数字化转型试点城市", title="数字化转型试点城市", stage="获批")
    text = "获批国家数字化转型试点城市。"
    assert with_table(text, "L30", applied) == ["error"]
    assert with_table(text, "L30", won) == []
    assert with_table("申报国家数字化转型试点城市。", "L30", applied) == []


@pytest.mark.parametrize(
    "unit",
    [
        "其中5家，",
        "《甲乙丙丁戊己庚》、",
        "首个甲、",
        "甲分别增长3%、4%和",
        "工业投资3亿元、",
        "“（",
    ],
)
def test_the_cost_grows_with_the_length_of_the_text(unit: str):
    def seconds(times: int) -> float:
        text = unit * times
        mentions = read_mentions(text)
        started = process_time()
        document_issues(text, mentions)
        return process_time() - started

    seconds(10)
    assert min(seconds(1200) for _ in range(2)) < 8 * min(seconds(300) for _ in range(3)) + 0.05
