"""Title, date, signature, and what they tell."""

from pathlib import Path

import pytest

from drafter.reading.summaries import parse_summary
from tests.reading.builders import BODY, paragraphs, source, summary


def frame(text: str, name: str = "总结.txt"):
    read = summary(text, name)
    return [(b.kind, b.text) for b in read.blocks if b.kind in ("title", "signature", "date")]


def test_a_title_of_three_lines_is_one_title():
    read = summary(f"云岭县科工局\n2021年工作总结\n及2022年工作打算\n{BODY}\n一、主要工作\n{BODY}")
    assert read.title == "云岭县科工局2021年工作总结及2022年工作打算"
    assert (read.year, read.organisation) == (2021, "云岭县科工局")


def test_a_speaker_line_that_ends_like_a_title_does_no_harm():
    assert summary(f"汇报人：林小河 工作汇报\n{BODY}").title == "汇报人：林小河 工作汇报"


def test_a_spaced_out_title_is_closed_up():
    read = summary(
        f"政 府 工 作 报 告\n——2016年2月9日在云岭县第八届人民代表大会第五次会议上\n县长　林小河\n各位代表：\n{BODY}"
    )
    assert read.title == "政府工作报告"
    assert [block.kind for block in read.blocks] == [
        "title",
        "date",
        "signature",
        "paragraph",
        "paragraph",
    ]
    assert read.year == 2016


def test_a_title_that_lost_its_line_break_is_set_apart():
    read = summary(f"云岭县科技局2019年工作总结暨2020年工作打算 {BODY}{BODY}")
    assert read.title == "云岭县科技局2019年工作总结暨2020年工作打算"
    assert paragraphs(read) == [BODY + BODY]


def test_without_a_title_the_file_name_serves():
    read = summary(f"各位代表：\n{BODY}\n一、主要工作\n{BODY}", "云岭县_2017.txt")
    assert (read.title, read.year, read.organisation) == ("云岭县_2017", 2017, "云岭县")


def test_signature_and_date_stand_at_the_end():
    text = f"云岭县科工局2021年工作总结\n{BODY}\n"
    expected = [
        ("title", "云岭县科工局2021年工作总结"),
        ("signature", "云岭县科技和工业信息化局"),
        ("date", "2021年12月20日"),
    ]
    assert frame(f"{text}　　　云岭县科技和工业信息化局\n　　　　2021年12月20日\n") == expected
    assert frame(f"{text}　　　云岭县科技和工业信息化局　2021年12月20日\n") == expected


def test_annexes_and_contacts_belong_to_no_section():
    text = "附件：1.指标表\n2.项目清单\n云岭县科工局\n2022年12月28日\n（联系人：小林）"
    read = summary(f"县科工局2022年工作总结\n一、打算\n{BODY}\n{text}")
    assert [block.kind for block in read.blocks[-5:]] == [
        "paragraph",
        "paragraph",
        "signature",
        "date",
        "paragraph",
    ]
    assert [len(section.paragraphs) for section in read.walk()] == [1]
    assert read.organisation == "县科工局"


def test_the_signature_names_the_organisation_where_the_title_does_not():
    read = summary(f"关于2022年工作总结的报告\n{BODY}\n云岭县科工局\n2022年12月28日")
    assert read.organisation == "云岭县科工局"


def test_a_last_paragraph_is_no_signature():
    read = summary(f"云岭县科工局2021年工作总结\n{BODY}\n推动全县工业再上新台阶。")
    assert paragraphs(read)[-1] == "推动全县工业再上新台阶。"


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("县局2022年工作总结及2023年工作思路", "a.txt", 2022),
        ("县局２０２２年度工作总结", "a.txt", 2022),
        ("县局工作总结", "县局2020年总结.txt", 2020),
        ("县局工作总结", "000_5deeca2021d0029.txt", 2023),
        ("二〇二一年工作总结", "a.txt", 2021),
    ],
)
def test_the_year_by_title_then_file_name_then_text(text: str, name: str, year: int):
    assert summary(f"{text}\n现将2023年工作情况报告如下。{BODY}", name).year == year


@pytest.mark.parametrize(
    ("title", "organisation"),
    [
        ("云岭县科技和工业信息化局2022年工作总结", "云岭县科技和工业信息化局"),
        ("2025年云岭县政府工作报告", "云岭县政府"),
        ("中共云岭县委办公室2022年工作总结", "中共云岭县委办公室"),
        ("云岭县商务局工作总结", "云岭县商务局"),
        ("云岭县科工局 2023 年工作总结", "云岭县科工局"),
        ("2022年工作总结", ""),
    ],
)
def test_the_organisation_by_title(title: str, organisation: str):
    assert summary(f"{title}\n{BODY}").organisation == organisation


def test_the_fuller_name_in_the_text_completes_the_titles():
    read = summary(f"科技局XX年工作总结\n{BODY}现将区商务和经信科技局2023年工作总结如下。")
    assert read.organisation == "区商务和经信科技局"


def test_what_the_caller_knows_goes_before():
    read = parse_summary(
        source(f"工作总结\n{BODY}"), Path("a.txt"), organisation="云岭县局", year=2019
    )
    assert (read.organisation, read.year) == ("云岭县局", 2019)
