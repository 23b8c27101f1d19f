"""Each sentence of a draft is said to be carried by a row, a fact, routine or a condition."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from drafter.assembly import DraftRequest, draft_summary
from drafter.cli import main
from drafter.drafting import Assignment, write_draft
from drafter.explaining import Explained, explained
from drafter.records.draft import Draft
from drafter.records.outline import Outline, OutlineSection
from drafter.upkeep import explain_draft
from drafter.verification.facts.lexicon import load_lexicon
from eval.canaries.measuring import Precedent, drafted_from, precedents
from tests.builders import facts, table
from tests.writing.next_year import write_facts, write_table
from tests.writing.past import block

ROWS = table(
    "工业投资=208.6亿元 同比28.2 全市第2 共11 采用必报 板块工业经济",
    "技改投资=79.8亿元 同比5.7 板块工业经济",
)
FACTS = facts("青杉铜箔二期项目于5月开工建设，总投资12亿元", section="工业经济")


def drafted(past: str = "", heading: str = "工业经济稳中有进") -> Draft:
    sections = (
        OutlineSection("s0", "", 0, "lead"),
        OutlineSection(
            "s1", heading, 1, "achievements", "一、", source=(block(past),), inherited=True
        ),
    )
    outline = Outline("某局2024年工作总结", sections)
    return write_draft(
        Assignment(
            outline=outline, table=ROWS, facts=FACTS, year=2024, organisation="某县某局",
            title=outline.title, settings={},
        )
    )  # fmt: skip


def told(draft: Draft) -> dict[str, Explained]:
    return {one.text: one for one in explained(draft, ROWS, FACTS, load_lexicon())}


PAST = "加强企业服务，深入开展走访。工业投资完成150亿元，增长9%。技改投资60亿元。"


def test_every_kind_of_sentence_names_its_carrier():
    found = told(drafted(PAST))
    assert found["加强企业服务，深入开展走访"].kind == "沿用"
    data = found["工业投资完成208.6亿元，增长28.2%"]
    assert (data.kind, "工业投资（" in data.by) == ("数据", True)
    fact = found["青杉铜箔二期项目于5月开工建设，总投资12亿元"]
    assert (fact.kind, "素材F01（素材.xlsx Sheet1 D2" in fact.by) == ("素材", True)
    heading = found["一、工业经济稳中有进"]
    assert (heading.kind, "工业投资" in heading.by) == ("标题", True)
    assert {one.kind for one in found.values()} == {"沿用", "数据", "素材", "标题", "套语", "评价"}


def test_a_sentence_that_nobody_carries_is_named():
    draft = drafted(PAST)
    first, second = draft.sections
    planted = replace(second, text=second.text + "松涛电子项目建成投产。")
    found = told(replace(draft, sections=(first, planted)))
    assert found["松涛电子项目建成投产"].kind == "未说明"


def test_a_heading_that_this_year_does_not_bear_out_is_named():
    draft = drafted(PAST)
    first, second = draft.sections
    for heading in ("一、松涛突围，工业经济稳中有进", "一、工业经济名列前茅，再创历史新高"):
        found = told(replace(draft, sections=(first, replace(second, heading=heading))))
        assert found[heading].kind == "未说明", heading


def test_the_stretches_are_those_of_the_text():
    draft = drafted(PAST)
    texts = {one.id: one.text for one in draft.sections}
    for one in explained(draft, ROWS, FACTS, load_lexicon()):
        if not one.heading:
            assert texts[one.section][one.start : one.end] == one.text


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own, out = Path("knowledge_base"), tmp_path_factory.mktemp("草稿")
    with pytest.raises(SystemExit):
        main(
            [
                *("draft", "--indicators", str(own / "tables" / "2024年指标表.xlsx")),
                *("--facts", str(own / "facts" / "2024年素材表.xlsx")),
                *("--precedent", str(next((own / "summaries").glob("*2023*")))),
                *("--org", "云岭县科技和工业信息化局", "--knowledge", str(out / "库")),
                *("--out", str(out)),
            ]
        )
    return out / "draft.json"


def test_in_the_sample_bureaus_draft_nothing_is_unexplained(sample: Path):
    _, found = explain_draft(sample, (), ())
    counts = Counter(one.kind for one in found)
    assert [one for one in found if one.kind == "未说明"] == []
    assert counts["数据"] > 60
    assert counts["素材"] > 20


def test_the_command_tells_it_and_fails_where_something_is_unexplained(
    sample: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended:
        main(["explain", str(sample)])
    assert ended.value.code == 0
    assert "[素材]" in capfd.readouterr().out
    content = json.loads(sample.read_text(encoding="utf-8"))
    content["sections"][2]["text"] += "松涛电子项目建成投产。"
    changed = tmp_path / "draft.json"
    changed.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["explain", str(changed), "--json"])
    assert ended.value.code == 1
    (line,) = capfd.readouterr().out.splitlines()
    assert any(one["kind"] == "未说明" for one in json.loads(line)["explained"])


def test_a_routine_measure_names_the_past_clause_that_it_stems_from(sample: Path):
    _, found = explain_draft(sample, (), ())
    routine = [one.by for one in found if one.kind == "沿用"]
    assert routine
    assert all("字“" in by or "知识库“" in by for by in routine)


def test_a_measure_called_carried_that_no_past_clause_holds_is_named():
    draft = drafted(PAST)
    first, second = draft.sections
    said = "深入开展走访"
    assert said in second.text
    text = second.text.replace(said, "深入开展调研")
    found = told(replace(draft, sections=(first, replace(second, text=text))))
    assert [one.kind for text, one in found.items() if "深入开展调研" in text] == ["未说明"]


def test_in_a_real_texts_next_year_nothing_is_unexplained(corpus: Path, tmp_path: Path):
    seeds = corpus / "seeds"
    write_table(seeds / "000_indicators.csv", tmp_path / "表.csv")
    write_facts(tmp_path / "素材.csv")
    (precedent,) = seeds.glob("000_*.txt")
    request = DraftRequest(
        indicators=(tmp_path / "表.csv",),
        facts=(tmp_path / "素材.csv",),
        precedent=precedent,
        year=2023,
        out=tmp_path,
    )
    _, found = explain_draft(draft_summary(request).data, (), ())
    assert [(one.text, one.by) for one in found if one.kind == "未说明"] == []
    assert len(found) > 70


@pytest.mark.parametrize(
    ("growth", "printed"), [("5.7", "一、全县运行稳中有进"), ("-5.7", "一、全县运行承压前行")]
)
def test_what_the_heading_of_a_part_judges_must_hold_for_the_whole_table(growth: str, printed: str):
    rows = table(f"技改投资=79.8亿元 同比{growth} 采用必报 板块工业经济")
    part = OutlineSection("s1", "全县运行稳中有进", 1, "part", "一、", inherited=True)
    draft = write_draft(
        Assignment(
            outline=Outline("某局2024年工作总结", (part,)), table=rows, facts=facts(), year=2024,
            organisation="某县某局", title="某局2024年工作总结", settings={},
        )
    )  # fmt: skip
    assert draft.sections[0].heading == printed


@pytest.mark.parametrize("one", tuple(precedents())[1::4], ids=lambda one: one.name)
def test_in_drafts_of_other_trades_nothing_is_unexplained(one: Precedent):
    found = explained(drafted_from(one, one.text), one.table, one.facts, load_lexicon())
    assert [(part.text, part.by) for part in found if part.kind == "未说明"] == []
