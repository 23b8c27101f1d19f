"""Last year beside this year: what was left standing."""

from drafter.verification.previous import Likelihood, Part, Writing, compare


def writing(text: str, year: int, *headings: str) -> Writing:
    starts = [text.index(heading) for heading in headings]
    ends = [*starts[1:], len(text)][: len(starts)]
    parts = tuple(
        Part(heading, start + len(heading), end, (heading,), (start, start + len(heading)))
        for heading, start, end in zip(headings, starts, ends, strict=True)
    )
    return Writing(text, parts or (Part("", 0, len(text), ()),), year)


def found(new: str, old: str) -> list[tuple[str, str]]:
    compared = compare(writing(new, 2024), writing(old, 2023))
    return [(one.rule, new[one.start : one.end]) for one in compared.issues]


OLD = "工业投资完成180.5亿元，增长12.3%，排全市第五。新增规模工业企业9家。"


def test_a_number_of_last_year_in_a_like_sentence_is_named():
    new = "工业投资完成180.5亿元，增长15.1%，排全市第二。新增规模工业企业14家。"
    assert ("P01", "180.5亿元") in found(new, OLD)


def test_new_numbers_in_last_years_sentence_are_left_alone():
    new = "工业投资完成199.2亿元，增长15.1%，排全市第二。新增规模工业企业14家。"
    assert [rule for rule, _ in found(new, OLD) if rule == "P01"] == []


def test_a_number_that_the_table_bears_out_is_not_asked_about_again():
    new = "工业投资完成180.5亿元，增长15.1%，排全市第二。"
    start = new.index("180.5")
    proven = [(start, start + len("180.5亿元"))]
    compared = compare(writing(new, 2024), writing(OLD, 2023), proven=proven)
    assert [one for one in compared.issues if one.rule == "P01"] == []


def test_an_unchanged_problem_is_a_warning():
    heading = "二、存在的问题"
    problem = "一是企业自主创新能力不强，研发投入意愿偏低，缺少领军人才。"
    old = f"{heading}\n{problem}\n"
    new = f"{heading}\n{problem}\n"
    compared = compare(writing(new, 2024, heading), writing(old, 2023, heading))
    assert [(one.rule, one.level) for one in compared.issues if one.rule == "P02"] == [
        ("P02", "warning")
    ]


def test_likeness_is_told_for_each_section():
    compared = compare(writing(OLD, 2024), writing(OLD, 2023))
    assert [one.likeness for one in compared.sections] == [1.0]


PLAN = "二、下一步打算"
GOAL = "围绕产业倍增目标，着力培育龙头骨干企业，完善上下游配套体系。"
ROUTINE = "坚持每月召开一次调度会议，及时协调解决企业生产经营中的困难。"


def told(new: str, old: str, *headings: str) -> list[tuple[str, str]]:
    compared = compare(writing(new, 2024, *headings), writing(old, 2023, *headings))
    return [(one.rule, one.level) for one in compared.issues]


def test_a_new_problem_under_the_old_heading_is_left_alone():
    heading = "二、存在的问题"
    old = f"{heading}\n一是企业自主创新能力不强，研发投入意愿偏低，缺少领军人才。\n"
    new = f"{heading}\n一是重大项目储备不足，园区承载能力有限，要素保障压力较大。\n"
    assert [rule for rule, _ in told(new, old, heading) if rule == "P02"] == []


def test_an_unchanged_plan_is_a_warning():
    assert ("P03", "warning") in told(f"{PLAN}\n{GOAL}\n", f"{PLAN}\n{GOAL}\n", PLAN)


def test_a_plan_with_a_new_goal_is_left_alone():
    new = "聚焦数字经济新赛道，加快建设算力中心，推动企业上云用数赋智。"
    assert "P03" not in [rule for rule, _ in told(f"{PLAN}\n{new}\n", f"{PLAN}\n{GOAL}\n", PLAN)]


def test_a_heading_with_a_wording_of_its_own_is_named_when_it_stays():
    own = "（一）工业经济迈上新台阶"
    assert ("P04", "info") in told(f"{own}\n{OLD}\n", f"{own}\n{OLD}\n", own)


def test_a_plain_heading_may_stay():
    plain = "一、主要工作情况"
    assert "P04" not in [rule for rule, _ in told(f"{plain}\n{OLD}\n", f"{plain}\n{OLD}\n", plain)]


def test_standing_measures_in_old_words_are_mentioned_as_one():
    second = "健全首席服务员制度，主动上门为企业送政策、解难题、办实事。"
    assert told(ROUTINE + second, ROUTINE + second).count(("P05", "info")) == 1


def test_a_measure_in_new_words_is_left_alone():
    new = "组织银企对接活动，引导金融机构加大对中小企业的信贷支持。"
    assert "P05" not in [rule for rule, _ in told(new, ROUTINE)]


def test_a_section_that_is_mostly_old_is_listed():
    long = ROUTINE + "健全首席服务员制度，主动上门为企业送政策、解难题、办实事，全力稳定企业生产。"
    assert ("P06", "info") in told(long, long)
    assert "P06" not in [rule for rule, _ in told(long, OLD * 3)]


def test_a_year_that_stayed_in_its_sentence_is_asked_about():
    sentence = "{}年召开全县工业经济高质量发展大会，部署全年重点工作。"
    assert ("L14", "warning") in told(sentence.format(2023), sentence.format(2023))
    assert "L14" not in [rule for rule, _ in told(sentence.format(2024), sentence.format(2023))]


def test_the_thresholds_decide_what_is_unchanged():
    changed = ROUTINE.replace("每月召开一次", "每季度召开一次")
    strict, loose = Likelihood(unchanged=1.0), Likelihood(unchanged=0.7)
    for likelihood, expected in ((strict, 0), (loose, 1)):
        compared = compare(writing(changed, 2024), writing(ROUTINE, 2023), likelihood=likelihood)
        assert [one.rule for one in compared.issues].count("P05") == expected
