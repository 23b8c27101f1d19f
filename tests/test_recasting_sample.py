"""The sample bureau's draft recast in many ways: it reads, it proves, it loses nothing that must stay."""

import re
from pathlib import Path

import pytest

from drafter.assembly import DraftRequest, draft_summary
from drafter.recasting import RecastRequest, recast, restored
from drafter.records.draft import Draft
from drafter.upkeep import materials_of
from drafter.writing.references import Materials

SAMPLE = Path(__file__).parent.parent / "knowledge_base"
WISHES = (
    *(RecastRequest(length=length) for length in (1300, 1700, 2100, 2500)),
    RecastRequest(drop=("可报", "沿用")),
    RecastRequest(drop=("可写",), first="从严从细"),
    RecastRequest(merge=("创新引领+数实融合",), length=2200),
)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    folder = tmp_path_factory.mktemp("recast")
    request = DraftRequest(
        indicators=(SAMPLE / "tables" / "2024年指标表.xlsx",),
        facts=(SAMPLE / "facts" / "2024年素材表.xlsx",),
        precedent=SAMPLE / "summaries" / "2023年工作总结.docx",
        knowledge=folder / "knowledge",
        out=folder / "out",
    )
    return draft_summary(request).draft


@pytest.fixture(scope="module")
def materials(draft: Draft) -> Materials:
    table, facts = materials_of(draft, (), ())
    return Materials(table, facts, draft.year, draft.organisation)


@pytest.mark.parametrize("wish", WISHES, ids=RecastRequest.in_words)
class TestEachWish:
    def test_nothing_is_open_and_nothing_required_is_lost(
        self, wish: RecastRequest, draft: Draft, materials: Materials
    ):
        result = recast(draft, materials, wish).draft
        assert set(result.open_points) <= set(draft.open_points)
        required = {row.id for row in materials.table.rows if row.weight == "必报"}
        assert not required & (set(result.unused_indicators) - set(draft.unused_indicators))
        text = "".join(one.text for one in result.sections)
        assert all(
            fact.text.rstrip("。") in text
            for fact in materials.facts.facts
            if fact.weight == "必写"
            and fact.text.rstrip("。") in "".join(s.text for s in draft.sections)
        )

    def test_marks_and_numbers_come_out_right(
        self, wish: RecastRequest, draft: Draft, materials: Materials
    ):
        sections = recast(draft, materials, wish).draft.sections
        text = "\n".join(f"{one.heading}\n{one.text}" for one in sections)
        assert not re.findall(r"[，；。：][，；。：]|^[，；。]|是。", text, re.MULTILINE)
        counted = re.findall(r"^（([一二三四五六七八九])）", text, re.MULTILINE)
        assert "".join(counted) == "一二三四五六七八九"[: len(counted)]

    def test_it_can_be_put_back(self, wish: RecastRequest, draft: Draft, materials: Materials):
        back = restored(recast(draft, materials, wish).draft, materials).draft
        assert [(one.heading, one.text, one.spans) for one in back.sections] == [
            (one.heading, one.text, one.spans) for one in draft.sections
        ]
        assert back.left_out == draft.left_out
