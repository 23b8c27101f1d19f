"""What this year's material proposes: stretches of it, sorted, with file and paragraph."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from drafter.cli import main
from drafter.reading.facts import read_facts
from drafter.reading.summaries import read_summary
from drafter.writing.gathering import gather

HALF_YEAR = """某县科技和工业信息化局2024年上半年工作总结

今年以来，我局坚持“以链聚群、以数提质”的工作思路，各项工作有序推进。
一、工作开展情况
（一）工业经济
1—5月，规模工业增加值增长7.2%，增速排全市第三。举办第四届泵阀产业对接会，到会客商530余人，签约项目14个、金额19.6亿元。云陶公司电子陶瓷基座项目3月18日开工建设，总投资6.2亿元。一是推行设备更新“一企一档”，组织银企对接5次。二是印发《工业数字化转型三年行动方案》，明确18项重点任务。
（二）科技创新
县成果转化试点方案获省科技厅批复。甲泵业、乙流体、丙电子等5家企业进入省“瞪羚”企业培育名单。泵阀产业集群列入国家级特色产业集群公示名单。2023年，我县获评全省科技创新先进县。
二、存在的问题
一是工业投资增速放缓，重大项目进度滞后。二是企业抗风险能力不强。
三、下半年打算
一是加快建设电子陶瓷产业园，力争引进上下游企业6家。
"""
BRIEF = """工作简报
3月18日，云陶公司电子陶瓷基座项目开工建设，总投资6.2亿元，达产后预计年产值9亿元。
周砚清同志任局党组书记、局长。
举办第四届泵阀产业对接会，到会客商530余人，签约项目15个、金额19.6亿元。
"""


@pytest.fixture(autouse=True)
def materials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("半年.txt").write_text(HALF_YEAR, encoding="utf-8")
    Path("简报.txt").write_text(BRIEF, encoding="utf-8")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


def told(capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run("gather", "半年.txt", "简报.txt", "-o", "素材.xlsx", "--year", "2024", "--json") == 0
    found: dict[str, Any] = json.loads(capfd.readouterr().out)
    return found


def kind_of(facts: list[dict[str, str]], words: str) -> str:
    (one,) = [fact for fact in facts if words in fact["要点"]]
    return one["类型"]


def test_every_text_is_a_stretch_of_the_material(capfd: pytest.CaptureFixture[str]):
    whole = HALF_YEAR + BRIEF
    for fact in told(capfd)["facts"]:
        for column in ("要点", "全称", "时间", "主体", "阶段", "板块"):
            assert fact[column] in whole, column


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("以链聚群", "提法"),
        ("530余人，签约项目14个", "活动"),
        ("电子陶瓷基座", "项目"),
        ("三年行动方案", "制度文件"),
        ("省科技厅批复", "获批试点"),
        ("瞪羚", "名单"),
        ("任局党组书记", "人事机构"),
        ("抗风险能力", "问题"),
        ("力争引进", "打算"),
    ],
)
def test_sentences_are_sorted_by_their_cues(
    words: str, kind: str, capfd: pytest.CaptureFixture[str]
):
    assert kind_of(told(capfd)["facts"], words) == kind


def test_the_earliest_stage_and_the_level_are_proposed(capfd: pytest.CaptureFixture[str]):
    facts = told(capfd)["facts"]
    (listed,) = [fact for fact in facts if "公示名单" in fact["要点"]]
    assert (listed["阶段"], listed["级别"]) == ("公示", "国家级")


def test_the_actor_is_a_body_and_no_doing(tmp_path: Path):
    path = tmp_path / "文.txt"
    path.write_text(
        "恒岳泵业公司投产二期项目，总投资2亿元。\n加快和美乡村建设项目开工。\n", encoding="utf-8"
    )
    first, second = gather([read_summary(path)]).proposals
    assert (first.actor, second.actor) == ("恒岳泵业公司", "")


def test_each_names_its_file_and_paragraph_and_repeats_are_one(capfd: pytest.CaptureFixture[str]):
    outcome = told(capfd)
    (project,) = [fact for fact in outcome["facts"] if "陶瓷基座" in fact["要点"]]
    assert project["依据"] == "半年.txt第6段；简报.txt第2段"
    assert "年产值9亿元" in project["要点"]
    assert outcome["merged"] == 1


def test_the_same_with_another_number_is_shown_to_a_person(capfd: pytest.CaptureFixture[str]):
    facts = told(capfd)["facts"]
    (other,) = [fact for fact in facts if "签约项目15个" in fact["要点"]]
    assert "数不同" in other["备注"]


def test_plain_figures_and_other_years_are_not_proposed(capfd: pytest.CaptureFixture[str]):
    reasons = {one["text"]: one["reason"] for one in told(capfd)["skipped"]}
    assert "填入指标表" in reasons["1—5月，规模工业增加值增长7.2%，增速排全市第三"]
    assert reasons["2023年，我县获评全省科技创新先进县"] == "记的是2023年的事"


def test_numbers_become_cells_when_the_list_is_read(capfd: pytest.CaptureFixture[str]):
    told(capfd)
    facts = read_facts(["素材.xlsx"])
    assert facts.facts == ()
    (meeting,) = [one for one in facts.pending if "签约项目14个" in one.text]
    assert {figure.text for figure in meeting.figures} >= {"530余人", "14个", "19.6亿元"}


class TestUnconfirmed:
    TABLE = "指标名称,所属板块,本期,单位\n工业投资,工业经济,208.6,亿元\n"

    def drafted(self, confirmation: str) -> dict[str, Any]:
        Path("表.csv").write_text(self.TABLE, encoding="utf-8")
        Path("素材.csv").write_text(
            f"编号,板块,要点,采用,确认\nF01,工业经济,举办对接会3场,必写,{confirmation}\n",
            encoding="utf-8",
        )
        assert run("draft", "--indicators", "表.csv", "--facts", "素材.csv", "--year", "2024") == 0
        found: dict[str, Any] = json.loads(Path("out/draft.json").read_text(encoding="utf-8"))
        return found

    def test_what_nobody_confirmed_is_not_printed_and_keeps_the_clean_copy_back(self):
        draft = self.drafted("待确认")
        assert "对接会" not in "".join(one["text"] for one in draft["sections"])
        assert not Path("out/draft-clean.docx").exists()
        (pending,) = draft["pending"]
        assert (pending["id"], pending["cell"]["cell"]) == ("F01", "C2")

    @pytest.mark.parametrize("confirmation", ["", "已确认", "张三"])
    def test_what_somebody_confirmed_is_printed(self, confirmation: str):
        draft = self.drafted(confirmation)
        assert "举办对接会3场" in "".join(one["text"] for one in draft["sections"])
        assert Path("out/draft-clean.docx").exists()

    def test_it_proves_no_number(self, capfd: pytest.CaptureFixture[str]):
        self.drafted("待确认")
        Path("文.txt").write_text("举办对接会3场。", encoding="utf-8")
        assert run("check", "文.txt", "--indicators", "表.csv", "--facts", "素材.csv") == 1
        assert "3场" in capfd.readouterr().out


def test_gathering_is_quick_on_a_long_text(tmp_path: Path):
    path = tmp_path / "长.txt"
    path.write_text("\n".join(f"组织第{n}次企业走访活动，协调解决问题{n}个。" for n in range(400)))
    assert gather([read_summary(path)]).proposals


def proposed_from(tmp_path: Path, *lines: str) -> list[Any]:
    path = tmp_path / "料.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(gather([read_summary(path)], year=2024).proposals)


@pytest.mark.parametrize(
    ("sentence", "column", "value"),
    [
        ("局长方立群率队到三家企业走访。", "actor", "局长方立群"),
        ("区市场监管局登记注册科被评为全市青年文明号。", "actor", "区市场监管局登记注册科"),
        ("会议决定成立城镇燃气管网改造专班。", "actor", ""),
        ("8月22日，云河区获批国家知识产权强县，系全市唯一。", "level", "国家级"),
        ("项目方案通过省级初审，待国家知识产权局公示。", "stage", "初审"),
        ("会议要求，各股室倒排工期。", "kind", "打算"),
        ("云桥大桥合龙，比计划提前45天。", "kind", "项目"),
    ],
)
def test_columns_are_read_from_words(tmp_path: Path, sentence: str, column: str, value: str):
    (one,) = proposed_from(tmp_path, sentence)
    assert getattr(one, column) == value


def test_a_doing_without_a_known_cue_is_proposed_and_talk_is_not(tmp_path: Path):
    found = proposed_from(
        tmp_path, "同志们：", "打掉一个诈骗团伙，抓获嫌疑人27名。", "大家要有清醒认识。"
    )
    assert [one.text for one in found] == ["打掉一个诈骗团伙，抓获嫌疑人27名"]


def test_a_day_of_a_chronicle_takes_the_month_above_it(tmp_path: Path):
    (one,) = proposed_from(tmp_path, "2024年大事记", "7月", "19日　杨柳河治理工程竣工。")
    assert one.date == "7月19日"


def test_a_tag_is_the_section_and_an_issue_line_is_not(tmp_path: Path):
    found = proposed_from(
        tmp_path,
        "市场监管信息（第9期）",
        "云河区市场监管局　　2024年9月3日",
        "【食品安全】出台《小餐饮管理规定》。",
        "“你点我检”活动走进5个社区。",
    )
    assert [one.section for one in found] == ["食品安全", "食品安全"]


class TestFromMaterialToDraft:
    """Gathered, two rows confirmed by an officer, drafted; then more material comes."""

    TABLE = "指标名称,所属板块,本期,单位\n工业投资,工业经济,208.6,亿元\n"

    def confirmed(self, *words: str) -> None:
        assert run("gather", "半年.txt", "-o", "素材.xlsx", "--year", "2024") == 0
        book = load_workbook("素材.xlsx")
        sheet = book.worksheets[0]
        columns = {cell.value: number for number, cell in enumerate(sheet[1], start=1)}
        for row in range(2, sheet.max_row + 1):
            if any(word in str(sheet.cell(row, columns["要点"]).value) for word in words):
                sheet.cell(row, columns["确认"]).value = "已确认"
        book.save("素材.xlsx")

    def test_only_what_was_confirmed_is_printed_with_its_numbers_proven(self):
        self.confirmed("对接会", "三年行动方案")
        Path("表.csv").write_text(self.TABLE, encoding="utf-8")
        assert run("draft", "--indicators", "表.csv", "--facts", "素材.xlsx", "--year", "2024") == 0
        draft = json.loads(Path("out/draft.json").read_text(encoding="utf-8"))
        text = "".join(one["text"] for one in draft["sections"])
        assert "客商530余人，签约项目14个" in text
        assert "三年行动方案" in text
        assert "电子陶瓷" not in text
        findings = [one for section in draft["sections"] for one in section["findings"]]
        assert {one["verdict"] for one in findings} <= {"supported", "derived"}
        assert "陶瓷" in " ".join(one["text"] for one in draft["pending"])

    def test_more_material_leaves_confirmed_rows_alone_and_repeats_nothing(
        self, capfd: pytest.CaptureFixture[str]
    ):
        self.confirmed("对接会")
        before = read_facts(["素材.xlsx"])
        capfd.readouterr()
        assert run("gather", "半年.txt", "简报.txt", "-o", "素材.xlsx", "--json") == 0
        outcome = json.loads(capfd.readouterr().out)
        after = read_facts(["素材.xlsx"])
        assert [one.text for one in after.facts] == [one.text for one in before.facts]
        assert outcome["listed"] >= len(before.facts) + len(before.pending) - 1
        texts = [one.text for one in (*after.facts, *after.pending)]
        assert len(texts) == len(set(texts))
        assert any("周砚清" in text for text in texts)

    def test_another_workbook_is_not_written_over(self, capfd: pytest.CaptureFixture[str]):
        Path("素材.xlsx").write_bytes(b"no workbook")
        assert run("gather", "半年.txt", "-o", "素材.xlsx") == 2
        assert "素材.xlsx" in capfd.readouterr().err
