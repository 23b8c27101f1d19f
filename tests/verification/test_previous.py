"""Last year beside this year: what was left standing."""

from drafter.verification.previous import Part, Writing, compare


def writing(text: str, year: int, *headings: str) -> Writing:
    starts = [text.index(heading) for heading in headings]
    ends = [*starts[1:], len(text)][: len(starts)]
    parts = tuple(
        Part(heading, start, end, (heading,))
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
