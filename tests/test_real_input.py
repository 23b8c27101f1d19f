"""The main job on a real summary: with its own table, with every value changed, a year on."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from drafter.assembly import DraftRequest, draft_summary
from drafter.explaining import explained
from drafter.numerals import read_mentions
from drafter.records.draft import Draft
from drafter.upkeep import materials_of
from drafter.verification.facts.lexicon import load_lexicon
from tests.next_year import REQUIRED, changed, next_year_facts, next_year_table

GOLD = Path(__file__).parent / "gold" / "seed_000_bindings.json"


def drafted(corpus: Path, folder: Path, table: Path, *facts: Path) -> Draft:
    (precedent,) = (corpus / "seeds").glob("000_5*.txt")
    request = DraftRequest(
        indicators=(table,),
        facts=facts,
        precedent=precedent,
        out=folder / "out",
        knowledge=folder / "knowledge",
    )
    return draft_summary(request).draft


def text_of(draft: Draft) -> str:
    return "\n".join(f"{one.heading}\n{one.text}" for one in draft.sections)


def open_claims(draft: Draft) -> list[str]:
    return [
        f"{finding.text}：{finding.message}"
        for one in draft.sections
        for finding in one.findings
        if finding.is_open and finding.blocking
    ]


def bindings_by_origin(draft: Draft) -> tuple[int, list[str]]:
    """Numerals of the precedent that were replaced: how many rightly, and the wrong ones."""
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    right, wrong = 0, []
    for one in draft.sections:
        for span in one.spans:
            if span.origin is None or span.field in ("period", "status"):
                continue
            for known in gold:
                if span.origin[0] < known["end"] and span.origin[1] > known["start"]:
                    if span.indicator in known["ids"]:
                        right += 1
                    else:
                        wrong.append(f"{one.text[span.start : span.end]} {span.indicator} {known}")
    return right, wrong


@pytest.fixture(scope="module")
def own(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    return drafted(corpus, tmp_path_factory.mktemp("own"), corpus / "seeds" / "000_indicators.csv")


class TestWithItsOwnTable:
    def test_every_number_is_supported_or_derived(self, own: Draft):
        assert open_claims(own) == []

    def test_nine_rows_in_ten_are_reported(self, own: Draft, corpus: Path):
        with (corpus / "seeds" / "000_indicators.csv").open(encoding="utf-8-sig") as stream:
            rows = len(list(csv.DictReader(stream)))
        assert len(own.unused_indicators) <= rows * 0.1

    def test_the_sections_keep_their_order(self, own: Draft):
        themes = ("党建", "工业经济", "产业集群", "科技创新", "信息化", "两员", "安全生产")
        headings = [one.heading for one in own.sections if one.heading.startswith("（")]
        assert [
            theme for theme, heading in zip(themes, headings, strict=True) if theme in heading
        ] == list(themes)

    def test_bindings_by_origin_are_right(self, own: Draft):
        right, wrong = bindings_by_origin(own)
        assert right >= 80
        assert right / (right + len(wrong)) >= 0.98, wrong


@pytest.fixture(scope="module")
def moved(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    folder = tmp_path_factory.mktemp("moved")
    with (corpus / "seeds" / "000_indicators.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    for position, row in enumerate(rows):
        for name in ("value", "yoy", "rank", "target"):
            row[name] = changed(row[name], position)
    table = folder / "表.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return drafted(corpus, folder, table)


class TestWithEveryValueChanged:
    def test_no_old_number_is_left(self, moved: Draft, corpus: Path):
        (precedent,) = (corpus / "seeds").glob("000_5*.txt")
        old = {
            one.core
            for one in read_mentions(precedent.read_text(encoding="utf-8"))
            if one.claim and one.kind in ("quantity", "percent", "rate_change") and "." in one.core
        }
        new = {one.core for one in read_mentions(text_of(moved)) if one.claim}
        assert old & new == set()

    def test_every_number_is_supported_or_derived(self, moved: Draft):
        assert open_claims(moved) == []

    def test_bindings_by_origin_are_right(self, moved: Draft):
        right, wrong = bindings_by_origin(moved)
        assert right / (right + len(wrong)) >= 0.98, wrong


@pytest.fixture(scope="module")
def next_year(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Draft:
    folder = tmp_path_factory.mktemp("next")
    table = next_year_table(corpus / "seeds" / "000_indicators.csv", folder / "表.csv")
    return drafted(corpus, folder, table, next_year_facts(folder / "素材.csv"))


def stale_names(precedent: str) -> set[str]:
    """Titles, quoted tokens, meetings and firms of last year's text."""
    found = set(re.findall(r"《[^》]{3,}》", precedent))
    found |= set(re.findall(r"“([^”]{2,})”", precedent))
    found |= set(re.findall(r"[一二三四五六七八九十]+届", precedent))
    for listed in re.findall(
        r"(?:指导|推荐|；|;|,|，)((?:[\u4e00-\u9fff]{2}、)+[\u4e00-\u9fff]{2})(?=等|三家)",
        precedent,
    ):
        found |= set(listed.split("、"))
    return found


class TestAYearOn:
    def test_every_number_is_supported_or_derived(self, next_year: Draft):
        assert open_claims(next_year) == []

    def test_no_sentence_is_unexplained(self, next_year: Draft):
        table, facts = materials_of(next_year, (), ())
        found = explained(next_year, table, facts, load_lexicon())
        assert [(one.text, one.by) for one in found if one.kind == "未说明"] == []
        assert {"数据", "素材", "沿用", "标题"} <= {one.kind for one in found}

    def test_all_required_rows_are_reported(self, next_year: Draft):
        assert not set(REQUIRED) & set(next_year.unused_indicators)

    def test_enumerators_are_continuous(self, next_year: Draft):
        assert [one.message for one in next_year.issues if one.rule == "L16"] == []

    def test_no_zero_is_printed(self, next_year: Draft):
        assert not re.search(r"(?<![\d.])0[家个件项亿万]", text_of(next_year))

    def test_falls_are_told_as_falls(self, next_year: Draft):
        text = text_of(next_year)
        assert "下降" in text
        assert "增长-" not in text
        assert "增长下降" not in text

    def test_nothing_of_last_years_names_is_left(self, next_year: Draft, corpus: Path):
        (precedent,) = (corpus / "seeds").glob("000_5*.txt")
        with (corpus / "seeds" / "000_indicators.csv").open(encoding="utf-8-sig") as stream:
            rows = "".join(row["name"] + row["section"] for row in csv.DictReader(stream))
        rows += "一岗双责"  # a standing duty by name, not an event of one year
        text = text_of(next_year)
        stale = stale_names(precedent.read_text(encoding="utf-8"))
        assert {name for name in stale if name in text and name not in rows} == set()

    def test_facts_stand_as_written(self, next_year: Draft):
        assert "总投资12亿元的青禾新材料项目于6月开工" in text_of(next_year)

    def test_what_is_lacking_is_asked_for(self, next_year: Draft):
        assert next_year.questions


def test_a_draft_is_the_same_twice(corpus: Path, own: Draft, tmp_path: Path):
    again: Any = drafted(corpus, tmp_path, corpus / "seeds" / "000_indicators.csv")
    assert again.sections == own.sections
