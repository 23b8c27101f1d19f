"""The whole offline writer on real input: the same year, and a realistic next one.

Nothing of last year's documents, slogans, firms, meetings and honours may stand in the new text,
unless this year's rows or facts name it too.
"""

import re
from pathlib import Path

import pytest

from drafter.reading.facts import read_facts
from drafter.reading.summaries import read_summary
from drafter.reading.tables import read_tables
from drafter.records.fact import FactList
from drafter.verification import verify
from drafter.writing.headings import enumerated
from drafter.writing.offline import WrittenSection, write_section
from drafter.writing.planning import make_plan, outline_from_summary
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from tests.writing.next_year import ZERO, write_facts, write_table

STANDING = {"“小巨人”", "“四上”", "“两员”", "“一岗双责”"}


class Drafted:
    """A draft of the real precedent with a table."""

    def __init__(self, corpus: Path, table: Path, facts: Path | None, year: int) -> None:
        folder = corpus / "seeds"
        (file,) = folder.glob("000_*.txt")
        self.precedent = read_summary(file)
        self.table = read_tables([table])
        self.facts = read_facts([facts]) if facts else FactList()
        self.materials = Materials(self.table, self.facts, year, self.precedent.organisation)
        past = read_tables([folder / "000_indicators.csv"])
        outline = outline_from_summary(self.precedent, year)
        plan = make_plan(outline, self.table, self.facts)
        self.sections: list[WrittenSection] = [
            write_section(one, self.materials, past=past, past_year=2022) for one in plan.sections
        ]
        self.headings = enumerated(plan.outline.sections, [one.heading for one in self.sections])
        self.renderings = [
            render(one.template, self.materials, one.origins) for one in self.sections
        ]
        self.text = "\n".join(
            f"{heading}\n{one.text}"
            for heading, one in zip(self.headings, self.renderings, strict=True)
        )

    @property
    def told(self) -> set[str]:
        return {span.indicator or "" for one in self.renderings for span in one.spans}


@pytest.fixture(scope="module")
def same(corpus: Path) -> Drafted:
    return Drafted(corpus, corpus / "seeds" / "000_indicators.csv", None, 2022)


@pytest.fixture(scope="module")
def coming(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Drafted:
    folder = tmp_path_factory.mktemp("year")
    write_table(corpus / "seeds" / "000_indicators.csv", folder / "表.csv")
    write_facts(folder / "素材.csv")
    return Drafted(corpus, folder / "表.csv", folder / "素材.csv", 2023)


def test_nine_rows_in_ten_are_told_with_the_tables_own_precedent(same: Drafted):
    ids = {row.id for row in same.table.rows}
    assert len(ids & same.told) >= 0.9 * len(ids)


def test_the_precedents_order_is_kept(same: Drafted):
    own = [one.heading.text[:2] for one in same.precedent.walk() if one.heading]
    drafted = [one.heading[:2] for one in same.sections if one.heading]
    assert drafted[: len(own)] == own


def test_every_number_of_the_same_year_is_proven(same: Drafted):
    report = verify(same.text, same.table)
    assert [one.text for one in report.findings if one.is_open] == []


def test_an_origin_lies_on_a_numeral_of_the_precedent(same: Drafted):
    origins = [
        span.origin for one in same.renderings for span in one.spans if span.origin is not None
    ]
    assert len(origins) > 80
    assert all(
        re.search("[0-9一二三四五六七八九十]", same.precedent.source[start:end])
        for start, end in origins
    )


def test_every_row_that_must_be_reported_is(coming: Drafted):
    must = {row.id for row in coming.table.rows if row.weight == "必报"}
    assert must <= coming.told


def test_nothing_is_said_of_nothing(coming: Drafted):
    assert re.search(r"(?<![0-9.])0[家个项件%]", coming.text) is None
    assert not set(ZERO) & coming.told


def test_enumerators_are_continuous(coming: Drafted):
    numbers = re.findall(r"(?m)^（([一二三四五六七八九十])）", coming.text)
    assert "".join(numbers) == "一二三四五六七八九十"[: len(numbers)]
    for paragraph in coming.text.split("\n"):
        items = re.findall(r"(?:^|[。；])([一二三四五六七])是", paragraph)
        assert "".join(items) == "一二三四五六七"[: len(items)]


def stale_names(precedent: str) -> set[str]:
    """Documents, quoted terms, terms of meetings and listed firms of a text."""
    found = set(
        re.findall(
            r"《[^》]+》|“[^”]+”|第[一二三四五]+(?:轮|届|批)|十[一二三四五六七八九]届", precedent
        )
    )
    for listed in re.findall(
        r"((?:[\u4e00-\u9fff]{2}、)+[\u4e00-\u9fff]{2})(?:等|三家)", precedent
    ):
        found |= {name[-2:] for name in listed.split("、")}
    return found - STANDING


def test_no_name_of_last_year_is_left(coming: Drafted):
    this_year = "".join(
        [*(name for row in coming.table.rows for name in row.names)]
        + [fact.text for fact in coming.facts.facts]
    )
    names = {one for one in stale_names(coming.precedent.source) if one not in this_year}
    assert len(names) > 15
    assert sorted(name for name in names if name in coming.text) == []


@pytest.mark.parametrize(
    "word", ["2022", "二十大", "巡察", "真抓实干", "火灾", "12345", "省委", "表彰"]
)
def test_no_event_or_slogan_of_last_year_is_left(coming: Drafted, word: str):
    assert word not in coming.text


def test_what_fell_is_named_for_a_person_to_place(coming: Drafted):
    named = {one.indicator for section in coming.sections for one in section.adverse}
    assert {"ind_invest", "ind_profit", "tc_count", "sme_tech", "fiscal_tech"} <= named


def test_facts_stand_where_they_belong_or_are_held_back(coming: Drafted):
    held = {"F18", "F21"}
    for fact in coming.facts.facts:
        assert (fact.text in coming.text) is (fact.id not in held)


def test_what_is_lacking_is_asked_for_with_masked_numbers(coming: Drafted):
    asked = [one for section in coming.sections for one in section.questions if one.previous]
    assert asked
    assert all(re.search(r"[0-9]{2,}[家个项亿万%]", one.previous) is None for one in asked)


def test_no_number_of_last_year_is_left(coming: Drafted):
    table = " ".join(
        figure.number.written or str(figure.number)
        for row in coming.table.rows
        for name, figure in row.figures()
        if name != "prior"
    )
    numbers = set(re.findall(r"[0-9]+\.[0-9]+|[0-9]{3,}", coming.precedent.source))
    old = {one for one in numbers if one not in table and not one.startswith("20")}
    left = sorted(
        one for one in old if re.search(rf"(?<![0-9.]){re.escape(one)}(?![0-9.])", coming.text)
    )
    assert left == []
    assert len(old) > 40
