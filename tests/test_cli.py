"""The command line as a user meets it: what it prints, and its exit codes."""

import json
import zipfile
from pathlib import Path

import pytest

from drafter.arguments import spread
from drafter.cli import main

TABLE = "指标名称,本期,单位,同比(%)\n工业投资,208.6,亿元,28.2\n新增规模工业企业数,12,家,\n"
RIGHT = "工业投资完成208.6亿元，增长28.2%。新增规模工业企业12家。\n"
WRONG = RIGHT.replace("208.6", "208.7")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "总结.txt").write_text(RIGHT, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    code = ended.value.code
    return code if isinstance(code, int) else 0


def printed(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_a_right_text_passes(capfd: pytest.CaptureFixture[str]):
    assert run("check", "总结.txt", "--indicators", "表.csv") == 0
    assert "通过" in capfd.readouterr().out


def test_a_wrong_digit_fails_and_is_pointed_at(capfd: pytest.CaptureFixture[str]):
    Path("错.txt").write_text(WRONG, encoding="utf-8")
    assert run("check", "错.txt", "--indicators", "表.csv", "--json") == 1
    (report,) = printed(capfd)
    findings = report["findings"]
    assert isinstance(findings, list)
    (bad,) = [one for one in findings if one["verdict"] == "contradicted"]
    assert WRONG[bad["start"] : bad["end"]] == "208.7亿元"
    assert bad["expected"] == "208.6亿元"
    assert bad["evidence"] == [{"file": "表.csv", "sheet": None, "cell": "B2", "value": "208.6"}]


def test_several_files_print_a_line_each(capfd: pytest.CaptureFixture[str]):
    Path("二.txt").write_text("没有数字。", encoding="utf-8")
    assert run("numbers", "总结.txt", "二.txt", "--json") == 0
    first, second = printed(capfd)
    assert first["characters"] == len(RIGHT)
    assert second["mentions"] == []


def test_an_unreadable_file_does_not_stop_the_others(capfd: pytest.CaptureFixture[str]):
    assert run("numbers", "没有.txt", "总结.txt", "--json") == 2
    failed, read = printed(capfd)
    assert failed["error"] == {
        "code": "material.unreadable",
        "message": "无法读取“没有.txt”：文件不存在，请检查路径和文件名",
    }
    assert read["file"] == "总结.txt"


def test_several_tables_may_follow_one_option():
    assert spread(["check", "a.txt", "--indicators", "x.csv", "y.xlsx", "--json"]) == [
        "check", "a.txt", "--indicators", "x.csv", "--indicators", "y.xlsx", "--json",
    ]  # fmt: skip


def test_a_text_behind_the_tables_stays_an_argument():
    assert spread(["check", "--indicators", "x.csv", "a.txt"])[-1] == "a.txt"


def test_a_table_alone_is_checked(capfd: pytest.CaptureFixture[str]):
    Path("表.csv").write_text(
        "指标名称,本期,单位,年度目标,完成率\n企业,105,家,30,250\n", encoding="utf-8"
    )
    assert run("check", "--indicators", "表.csv") == 1
    assert "350%" in capfd.readouterr().out


def test_without_a_table_only_the_document_is_judged(capfd: pytest.CaptureFixture[str]):
    assert run("check", "总结.txt", "--json") == 0
    (report,) = printed(capfd)
    assert report["findings"] == []


def test_an_empty_template_takes_last_years_names():
    assert run("template", "--from", "表.csv", "-o", "新表.xlsx") == 0
    assert Path("新表.xlsx").exists()


def test_figures_are_extracted_as_a_table_that_reads_back():
    assert run("extract", "总结.txt", "-o", "摘.csv") == 0
    assert run("check", "总结.txt", "--indicators", "摘.csv") == 0


def test_programs_are_told_what_was_written(capfd: pytest.CaptureFixture[str]):
    assert run("template", "--from", "表.csv", "-o", "新表.xlsx", "--json") == 0
    assert run("extract", "总结.txt", "-o", "摘.csv", "--json") == 0
    first, second = printed(capfd)
    assert first == {"file": "新表.xlsx", "indicators": 2}
    assert second == {"file": "摘.csv", "indicators": 2}


BAD_OUTLINES = {
    "空.yaml": b"",
    "目录.yaml": b"a: [",
    "引用.yaml": b"a: &x [1]\nsections: [*x]\n",
    "深.yaml": b"[" * 90_000,
    "大.yaml": b"#" * 900_000,
    "日期.yaml": b"sections: [2024-13-45]\n",
    "乱码.yaml": bytes(range(128, 256)) * 3,
    "没有.yaml": None,
}


@pytest.mark.parametrize("name", BAD_OUTLINES)
def test_a_bad_outline_is_one_clear_message_and_exit_two(
    name: str, capfd: pytest.CaptureFixture[str]
):
    content = BAD_OUTLINES[name]
    if content is not None:
        Path(name).write_bytes(content)
    assert run("draft", "--indicators", "表.csv", "--outline", name, "--year", "2024") == 2
    error = capfd.readouterr().err
    assert "提纲" in error or name in error
    assert "Traceback" not in error
    assert not Path("out").exists()


def test_an_outline_in_an_office_encoding_is_read():
    text = "title: 某局工作总结\nsections:\n  - {heading: 工业经济, level: 1}\n"
    Path("提纲.yaml").write_bytes(text.encode("gb18030"))
    arguments = ["--indicators", "表.csv", "--outline", "提纲.yaml", "--year", "2024"]
    assert run("draft", *arguments) == 0
    drafted = json.loads(Path("out/draft.json").read_text(encoding="utf-8"))
    assert "工业经济" in drafted["sections"][0]["heading"]


def test_a_refresh_may_set_bad_rows_aside(capfd: pytest.CaptureFixture[str]):
    assert run("draft", "--indicators", "表.csv", "--year", "2024") == 0
    Path("新.csv").write_text(TABLE + "坏,多少,家,\n", encoding="utf-8")
    assert run("refresh", "out/draft.json", "--indicators", "新.csv") == 2
    assert run("refresh", "out/draft.json", "--indicators", "新.csv", "--lenient") == 0
    assert run("export", "out/draft.json", "--review", "--json") == 0
    assert json.loads(capfd.readouterr().out.splitlines()[-1])["kind"] == "review"


BAD_TABLES = {
    "空.xlsx": b"",
    "截断.xlsx": b"PK\x03\x04" + b"\0" * 40,
    "没有表头.csv": "甲,乙\n1,2\n".encode(),
    "冒充.xlsx": "这不是表格".encode(),
}


@pytest.mark.parametrize("name", BAD_TABLES)
def test_a_bad_table_is_one_clear_message_and_exit_two(
    name: str, capfd: pytest.CaptureFixture[str]
):
    Path(name).write_bytes(BAD_TABLES[name])
    before = sorted(Path().rglob("*"))
    assert run("draft", "--indicators", name, "--out", "out") == 2
    error = capfd.readouterr().err
    assert name in error
    assert "Traceback" not in error
    assert sorted(Path().rglob("*")) == before


def test_a_zip_bomb_is_refused(capfd: pytest.CaptureFixture[str]):
    with zipfile.ZipFile("炸弹.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000_000)
    assert run("numbers", "炸弹.docx") == 2
    assert "炸弹.docx" in capfd.readouterr().err


def test_a_huge_file_is_refused_unread(capfd: pytest.CaptureFixture[str]):
    with Path("大.txt").open("wb") as stream:
        stream.truncate(50_000_000)
    assert run("numbers", "大.txt") == 2
    assert "大.txt" in capfd.readouterr().err


def test_all_bad_cells_are_reported_together(capfd: pytest.CaptureFixture[str]):
    Path("坏.csv").write_text(
        "指标名称,本期,单位\n投资,多少,亿元\n企业,几家,家\n", encoding="utf-8"
    )
    assert run("check", "--indicators", "坏.csv", "--json") == 2
    (line,) = printed(capfd)
    error = line["error"]
    assert isinstance(error, dict)
    assert len(error["problems"]) == 2


def test_the_check_can_be_written_as_a_page():
    assert run("check", "总结.txt", "--indicators", "表.csv", "--html", "核对.html") == 0
    assert "208.6亿元" in Path("核对.html").read_text(encoding="utf-8")


def test_last_year_stands_beside_this_year(capfd: pytest.CaptureFixture[str]):
    Path("去年.txt").write_text(RIGHT, encoding="utf-8")
    assert run("check", "总结.txt", "--previous", "去年.txt", "--json") == 0
    (report,) = printed(capfd)
    previous = report["previous"]
    assert isinstance(previous, dict)
    assert previous["file"] == "去年.txt"
    assert previous["sections"]


def test_what_a_model_would_be_sent_is_shown_and_nothing_is_written(
    in_folder: Path, capfd: pytest.CaptureFixture[str]
):
    before = sorted(in_folder.iterdir())
    asked = ("--indicators", "表.csv", "--year", "2024", "--section", "3")
    assert run("prompt", *asked, "--instruction", "写得短些") == 0
    shown = capfd.readouterr().out
    assert "{{ 工业投资.值 }}：208.6亿元" in shown
    assert "写得短些" in shown
    assert [one for one in sorted(in_folder.iterdir()) if one.name != ".drafter"] == before


def test_a_section_that_there_is_not_is_named_with_those_that_there_are(
    capfd: pytest.CaptureFixture[str],
):
    assert run("prompt", "--indicators", "表.csv", "--year", "2024", "--section", "99") == 2
    assert "没有第99个板块，共有：1" in capfd.readouterr().err


def test_sheets_to_sign_stand_beside_the_draft_and_an_unknown_office_is_told_which_there_are(
    capfd: pytest.CaptureFixture[str],
):
    Path("表.csv").write_text(
        "指标名称,本期,单位,同比(%),责任股室\n工业投资,208.6,亿元,28.2,投资股\n", encoding="utf-8"
    )
    assert run("draft", "--indicators", "表.csv", "--year", "2024", "--json") == 0
    capfd.readouterr()
    assert run("signoff", "out/draft.json", "--json") == 0
    (told,) = printed(capfd)
    assert told["file"] == str(Path("out/核对单.docx"))
    departments = told["departments"]
    assert isinstance(departments, dict)
    assert departments["投资股"]
    assert Path("out/核对单.docx").exists()
    assert run("signoff", "out/draft.json", "--department", "外事股") == 2
    assert "投资股" in capfd.readouterr().err
