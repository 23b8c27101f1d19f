"""The terminal's view of a check."""

from drafter.draft_file import report_json
from drafter.report_view import report_lines
from drafter.verification import verify
from tests.builders import table


def view(text: str, rows: str, **options: bool) -> list[str]:
    return list(report_lines("甲.txt", text, report_json(verify(text, table(rows))), **options))


def test_a_wrong_number_is_told_with_its_line_and_its_words():
    lines = view("工作总结\n全县工业投资完成209.6亿元，增长28.2%。", "工业投资=208.6亿元 同比28.2")
    assert lines[0] == "甲.txt：未通过（与表不符1，有据1）" or lines[0].startswith(
        "甲.txt：未通过（"
    )
    assert any(line.startswith("  第2行 “209.6亿元” 与表不符：") for line in lines)
    assert "      全县工业投资完成【209.6亿元】，增长28.2%。" in lines
    assert lines[-1].startswith("请改正以上各处")


def test_a_clean_text_is_one_line():
    assert view("全县工业投资完成208.6亿元。", "工业投资=208.6亿元") == ["甲.txt：通过（有据1）"]


def test_errors_of_the_document_come_before_hints():
    lines = view("工业投资208.6亿元，，增长约28.2%左右。", "工业投资=208.6亿元 同比28.2")
    kinds = [line.strip()[:4] for line in lines if line.startswith("  [")]
    assert kinds
    assert kinds == sorted(kinds, key=["[错误]", "[提醒]", "[提示]"].index)


def test_issues_can_be_left_out():
    lines = view(
        "工业投资208.6亿元，增长约28.2%左右。", "工业投资=208.6亿元 同比28.2", with_issues=False
    )
    assert not any("文稿问题" in line for line in lines)


def test_words_around_stay_within_their_line_and_say_where_they_were_cut():
    text = "一二三四五六七八九十甲乙丙丁戊己庚辛工业投资209.6亿元壬癸子丑寅卯辰巳午未申酉\n后一行"
    (shown,) = [line for line in view(text, "工业投资=208.6亿元") if "【" in line]
    assert shown.strip().startswith("…")
    assert shown.endswith("…")
    assert "后一行" not in shown
