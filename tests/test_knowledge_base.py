"""The sample bureau is what its README says: whole, consistent, our own words.

Tables are read here with openpyxl alone and numbers with plain patterns, so that the readers and
the verifier of the house meet material that was checked without them.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import yaml

from drafter.reading.facts import read_facts
from drafter.reading.tables import read_tables

SAMPLE = Path(__file__).parent.parent / "knowledge_base"
YEARS = (2021, 2022, 2023)
SECTIONS = ("党建", "工业经济", "产业集群", "科技创新", "信息化", "助企服务", "安全生产", "总述")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
RUN = 12
"""Characters in a row that no sentence of ours may share with a real text."""

Row = defaultdict[str, str]
"""A row by header; a column that a sheet does not have is empty."""


def summary(year: int) -> str:
    """The text of a past summary, one paragraph a line."""
    file = next(SAMPLE.glob(f"summaries/{year}年工作总结.*"))
    if file.suffix == ".txt":
        return file.read_text(encoding="utf-8")
    return "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def seen(cell: Any) -> str:
    """What an officer sees in a cell."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, float) and cell.number_format.endswith("%"):
        return f"{Decimal(str(cell.value)) * 100:.1f}".removesuffix(".0") + "%"
    return str(cell.value).strip("　 ")


def record(heads: list[str], line: list[str]) -> Row:
    return defaultdict(str, zip(heads, line, strict=True))


@lru_cache(maxsize=8)
def table(year: int) -> tuple[Row, ...]:
    """The rows of a year's table by Chinese header; two-row heads are joined to their lower row."""
    book = openpyxl.load_workbook(SAMPLE / f"tables/{year}年指标表.xlsx")
    rows: list[Row] = []
    for sheet in book.worksheets:
        lines = [[seen(cell) for cell in line] for line in sheet.iter_rows()]
        head = next(number for number, line in enumerate(lines) if "指标名称" in line)
        heads = lines[head]
        first = head + 1
        if not lines[first][heads.index("指标名称")]:
            heads = [lower or upper for upper, lower in zip(heads, lines[first], strict=True)]
            first += 1
        rows.extend(record(heads, line) for line in lines[first:] if any(line))
    return tuple(rows)


@lru_cache(maxsize=1)
def facts() -> tuple[Row, ...]:
    sheet = openpyxl.load_workbook(SAMPLE / "facts/2024年素材表.xlsx").worksheets[0]
    lines = [[seen(cell) for cell in line] for line in sheet.iter_rows(min_row=2)]
    return tuple(record(lines[0], line) for line in lines[1:])


def goals(year: int) -> list[Row]:
    return [row for row in table(year) if row["状态"] == "目标"]


def results(year: int) -> list[Row]:
    return [row for row in table(year) if row["状态"] != "目标"]


def amount(written: str) -> Decimal:
    """A cell's number; falls are negative."""
    sign = -1 if written.startswith(("↓", "-")) else 1
    return sign * Decimal(written.lstrip("↑↓-+第").rstrip("%").replace("持平", "0"))


def tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


# --- the texts ------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_a_summary_has_the_length_and_the_sections_of_the_genre(year: int) -> None:
    text = summary(year)
    assert 2_500 <= len(re.findall(r"[\u4e00-\u9fff]", text)) <= 4_000
    assert text.startswith(f"云岭县科技和工业信息化局{year}年工作总结")
    parts = re.findall(r"^([一二三])、", text, re.MULTILINE)
    assert parts == ["一", "二", "三"]
    sections = re.findall(r"^（([一二三四五六七])）", text, re.MULTILINE)
    assert "".join(sections) == "一二三四五六七一二三四五"


@pytest.mark.parametrize("year", YEARS)
def test_a_summary_keeps_the_punctuation_of_an_official_text(year: int) -> None:
    text = summary(year)
    assert not re.search(r"[,;:()?!]", text)
    for left, right in ("（）", "“”", "《》"):
        assert text.count(left) == text.count(right)


def test_summaries_share_few_sentences_from_year_to_year():
    for year in YEARS[1:]:
        sentences = {s for s in re.split(r"[。；\n]", summary(year)) if len(s) > 10}
        before = {s for s in re.split(r"[。；\n]", summary(year - 1)) if len(s) > 10}
        assert len(sentences & before) <= len(sentences) // 10


def squeeze(text: str) -> str:
    """Letters, digits and Chinese characters only, so that punctuation hides no copy."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def runs(text: str) -> set[str]:
    text = squeeze(text)
    return {text[start : start + RUN] for start in range(len(text) - RUN + 1)}


def ours() -> list[str]:
    cells = [value for year in (*YEARS, 2024) for row in table(year) for value in row.values()]
    cells += [value for fact in facts() for value in fact.values()]
    outline = (SAMPLE / "outlines/科工局.yaml").read_text(encoding="utf-8")
    return [*map(summary, YEARS), *cells, outline]


def test_no_sentence_of_the_sample_is_taken_from_a_real_text(corpus: Path) -> None:
    own = {run for text in ours() for run in runs(text)}
    for file in corpus.rglob("*"):
        if file.suffix == ".docx":
            document = docx.Document(str(file))
            text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        elif file.suffix in {".txt", ".csv", ".jsonl"}:
            text = file.read_text(encoding="utf-8", errors="replace")
        else:
            continue
        assert own & runs(text) == set(), file.name


# --- every number of a text stands in the table of its year -------------------------------------


def numbers_of(row: Row) -> set[str]:
    """All numbers a row can prove, amounts in 万元 also in 亿元."""
    found = {
        digits
        for header, cell in row.items()
        if header != "序号"
        for digits in NUMBER.findall(cell)
    }
    if row["单位"] == "万元" and row["本期完成"]:
        found.add(f"{(Decimal(row['本期完成']) / 10_000).normalize():f}")
    return found


def named(row: Row, sentence: str) -> bool:
    """Most characters of the row's name stand in the sentence."""
    name = [sign for sign in row["指标名称"] if sign.isalnum()]
    return sum(sign in sentence for sign in name) >= 0.75 * len(name)


def unproven(text: str, rows: tuple[Row, ...]) -> list[str]:
    """Numbers in digits that no row named in their sentence holds, each with its sentence."""
    missing = []
    for sentence in re.split(r"[。\n]", text):
        bare = re.sub(r"\d+年(\d+月\d+日)?|5G", "", sentence)
        here = [row for row in rows if named(row, sentence)]
        proven = {number for row in here for number in numbers_of(row)}
        missing += [f"{n}：{sentence}" for n in NUMBER.findall(bare) if n not in proven]
    return missing


@pytest.mark.parametrize("year", YEARS)
def test_every_number_of_a_summary_stands_in_a_row_that_its_sentence_names(year: int) -> None:
    assert unproven(summary(year), table(year)) == []


@pytest.mark.parametrize("year", YEARS)
def test_a_changed_digit_is_missed_in_the_table(year: int) -> None:
    changed = summary(year).replace("工业投资完成", "工业投资完成9", 1)
    assert len(unproven(changed, table(year))) == 1


@pytest.mark.parametrize("year", YEARS)
def test_ranks_in_words_stand_in_a_row_that_the_sentence_names(year: int) -> None:
    found = 0
    for sentence in re.split(r"[。\n]", summary(year)):
        here = [row for row in table(year) if named(row, sentence)]
        ranks = {row[kind].lstrip("第") for row in here for kind in ("总量排名", "增速排名")}
        for ordinal in re.findall(r"排(?:全市)?第([一二三四五六七八九])", sentence):
            assert str("一二三四五六七八九".index(ordinal) + 1) in ranks, sentence
            found += 1
    assert found >= 4


@pytest.mark.parametrize("year", YEARS)
def test_months_and_days_of_events_are_dates_of_rows(year: int) -> None:
    body = summary(year).rsplit("云岭县科技和工业信息化局", 1)[0]
    dates = set(re.findall(r"(?<![—至\d])\d+月(?:\d+日)?(?!底)", body))
    known = {row["统计期"].removeprefix(f"{year}年") for row in table(year)}
    assert dates <= known
    assert dates


# --- the tables ------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "least"), [(2021, 40), (2022, 40), (2023, 40), (2024, 65)])
def test_a_table_has_rows_enough_and_known_sections(year: int, least: int) -> None:
    assert len(results(year)) >= least
    assert {row["所属板块"] for row in table(year)} <= set(SECTIONS)
    assert {row["采用"] for row in table(year)} <= {"必报", "可报", "备查"}
    assert all(row["责任股室"] and row["来源"] and row["状态"] for row in table(year))


@pytest.mark.parametrize("year", [*YEARS, 2024])
def test_growth_completion_and_change_follow_from_their_row(year: int) -> None:
    for row in results(year):
        value, prior = row["本期完成"], row["上年同期"]
        if row["同比(%)"] and prior and row["口径"] != "可比价":
            assert tenth((amount(value) / amount(prior) - 1) * 100) == amount(row["同比(%)"]), row
        if row["完成率(%)"]:
            completion = tenth(amount(value) / amount(row["年度目标"]) * 100)
            assert completion == amount(row["完成率(%)"]), row
        if row["增减额"]:
            assert amount(value) - amount(prior) == amount(row["增减额"]), row


@pytest.mark.parametrize("year", [*YEARS, 2024])
def test_shares_and_parts_agree_with_their_wholes(year: int) -> None:
    by_name = {row["指标名称"]: row["本期完成"] for row in results(year)}
    for row in results(year):
        if row["占比(%)"]:
            share = tenth(amount(row["本期完成"]) / amount(by_name[row["占何指标"]]) * 100)
            assert share == amount(row["占比(%)"]), row
        if row["所属指标"]:
            assert amount(row["本期完成"]) <= amount(by_name[row["所属指标"]]), row
    done, still, all_ = (amount(by_name[f"{k}企业问题数"]) for k in ("办结", "正在办理", "收集"))
    assert done + still == all_
    assert tenth(done / all_ * 100) == amount(by_name["企业问题办结率"])


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_last_year_s_values_are_this_year_s_priors(year: int) -> None:
    before = {row["指标名称"]: row["本期完成"] for row in results(year - 1)}
    checked = 0
    for row in results(year):
        old = row["别名"] or row["指标名称"]
        if row["上年同期"] and before.get(old):
            assert row["上年同期"] == before[old], old
            checked += 1
    assert checked >= 30


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_last_year_s_goals_reach_the_targets_judged_this_year(year: int) -> None:
    """The city sets the targets; the bureau's own goal of the year before is at least as high."""
    goal = {row["指标名称"]: row["本期完成"] for row in goals(year - 1) if row["本期完成"]}
    judged = [row for row in results(year) if row["年度目标"] and row["指标名称"] in goal]
    assert judged
    for row in judged:
        assert amount(goal[row["指标名称"]]) >= amount(row["年度目标"]), row


@pytest.mark.parametrize("year", [*YEARS, 2024])
def test_ranks_lie_within_the_number_of_units_ranked(year: int) -> None:
    for row in table(year):
        for kind in ("总量排名", "增速排名"):
            if row[kind]:
                assert row["排名范围"]
                assert int(row[kind].lstrip("第")) <= int(row["参排单位数"])


@pytest.mark.parametrize("year", [*YEARS, 2024])
def test_goals_belong_to_the_next_year(year: int) -> None:
    assert len(goals(year)) >= 5
    assert {row["统计期"] for row in goals(year)} == {f"{year + 1}年"}


@pytest.mark.parametrize("year", [*YEARS, 2024])
def test_two_indicators_never_carry_the_same_long_value(year: int) -> None:
    values = Counter(row["本期完成"] for row in table(year))
    assert [v for v, count in values.items() if count > 1 and len(v.replace(".", "")) > 2] == []


# --- what was planted in the new year's table ---------------------------------------------------


def test_six_indicators_have_fallen_in_2024():
    growth = {row["指标名称"]: row["同比(%)"] for row in results(2024) if row["同比(%)"]}
    by_growth = {name for name, written in growth.items() if amount(written) < 0}
    by_value = {
        row["指标名称"]
        for row in results(2024)
        if row["上年同期"] and amount(row["本期完成"]) < amount(row["上年同期"])
    }
    assert by_growth == by_value
    assert len(by_growth) == 6


def test_two_indicators_are_zero_in_2024():
    assert [r["指标名称"] for r in results(2024) if r["本期完成"] == "0"] == [
        "新增国家专精特新“小巨人”企业数",
        "较大及以上生产安全事故起数",
    ]


def test_one_indicator_was_renamed_in_2024():
    old = {row["指标名称"] for row in results(2023)}
    renamed = [(r["指标名称"], r["别名"]) for r in results(2024) if r["别名"] in old]
    assert renamed == [("科技型中小企业评价入库数", "科技型中小企业入库数")]


def test_exactly_one_quantity_has_two_values_in_2024():
    keys: dict[tuple[str, str], set[str]] = {}
    for row in results(2024):
        keys.setdefault((row["指标名称"], row["统计期"]), set()).add(row["本期完成"])
    assert {key: v for key, v in keys.items() if len(v) > 1} == {
        ("工业税收", "2024年1—11月"): {"5.96", "5.93"}
    }


def test_indicators_have_gone_and_come_since_last_year():
    old = {row["指标名称"] for row in results(2023)}
    new = {row["别名"] or row["指标名称"] for row in results(2024)}
    assert len(old - new) >= 12
    assert len(new - old) >= 12


def test_the_new_table_has_periods_with_and_without_a_year():
    periods = {row["统计期"] for row in results(2024)}
    assert {"1—11月", "全年", "截至11月底", "2024年1—11月", "截至2024年11月底"} <= periods


# --- facts and outline ------------------------------------------------------------------------


def test_twenty_five_facts_of_all_kinds():
    assert [fact["编号"] for fact in facts()] == [f"F{n:02d}" for n in range(1, 26)]
    assert {fact["类型"] for fact in facts()} == {
        "举措",
        "活动",
        "荣誉",
        "获批试点",
        "项目",
        "制度文件",
        "案例",
        "名单",
        "人事机构",
        "问题",
        "打算",
        "提法",
    }
    assert {fact["板块"] for fact in facts()} == set(SECTIONS)


def test_facts_carry_stages_weights_levels_and_one_that_stays_inside():
    assert {"公示", "获批", "开工"} <= {fact["阶段"] for fact in facts()}
    assert {"亮点", "必写", "可写", "备查"} == {fact["采用"] for fact in facts()}
    assert {"国家级", "省级", "县级"} <= {fact["级别"] for fact in facts()}
    assert Counter(fact["公开"] for fact in facts())["内部"] == 1


def test_a_new_wording_replaces_one_that_last_year_s_text_still_has():
    old = [fact["替代"] for fact in facts() if fact["类型"] == "提法"]
    assert old == ["“强链、育新、提质”", "县委“工业强基、三年跃升”行动"]
    assert all(wording in summary(2023) for wording in old)


def test_the_outline_names_every_section_once():
    outline = yaml.safe_load((SAMPLE / "outlines/科工局.yaml").read_text(encoding="utf-8"))
    themes = [theme for section in outline["sections"] for theme in section.get("themes", ())]
    assert sorted(themes) == sorted(SECTIONS)
    assert {section["kind"] for section in outline["sections"]} == {
        "lead",
        "part",
        "achievements",
        "problems",
        "plan",
    }


def test_the_readme_says_that_all_is_invented():
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "虚构" in text
    assert "invented" in text


def test_there_is_no_program_in_the_sample():
    assert list(SAMPLE.rglob("*.py")) == []


# --- the house reads all of it --------------------------------------------------------------


def test_the_readers_take_every_table_whole() -> None:
    for year in YEARS:
        read = read_tables([SAMPLE / f"tables/{year}年指标表.xlsx"])
        assert [row.name for row in read.rows] == [row["指标名称"] for row in table(year)]
        assert read.conflicts == ()


def test_the_readers_find_the_one_conflict_and_prefer_the_approved_figure() -> None:
    read = read_tables([SAMPLE / "tables/2024年指标表.xlsx"])
    assert len(read.rows) == len(table(2024))
    (conflict,) = read.conflicts
    chosen, other = (read.by_id(identifier) for identifier in (conflict.chosen, conflict.other))
    assert chosen is not None
    assert other is not None
    assert (chosen.name, chosen.status) == ("工业税收", "核定")
    assert (other.name, other.status) == ("工业税收", "快报")


def test_the_readers_take_every_fact_with_its_figures() -> None:
    read = read_facts([SAMPLE / "facts/2024年素材表.xlsx"])
    assert [fact.id for fact in read.facts] == [fact["编号"] for fact in facts()]
    meeting = read.by_id("F12")
    assert meeting is not None
    assert [figure.text for figure in meeting.figures][-3:] == ["530余人", "14个", "19.6亿元"]
