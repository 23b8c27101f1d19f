"""Real texts: structure only, none of their words."""

from functools import lru_cache
from pathlib import Path

import pytest

from drafter.reading.enumerators import enumerator
from drafter.reading.quality import QUARANTINE_BELOW
from drafter.reading.summaries import read_summary
from drafter.records.summary import PastSummary

# File -> the sections as a reader would list them: `1` a first-level heading, `(n)` its
# second-level headings counted, `-` a closing section without heading.
SHAPES = {
    "seeds/000*.txt": "1(7) -",
    "cities/金华市_2008*": "1(6) - - 1 1(1)",
    "cities/金华市_2011*": "1(5) -",
    "cities/铜仁市_2013*": "1",
    "cities/长沙市_2017*": "1(6)",
    "cities/防城港市_2009*": "1 1 1(1)",
    "cities/防城港市_2010*": "1",
    "cities/防城港市_2011*": "1(6)",
    "cities/鹤壁市_2009*": "1",
    "cities/鹤壁市_2019*": "1 1(1)",
    "county/海拉尔区_2012*": "1(8) - - 1(10) -",
    "county/海拉尔区_2013*": "1 1(4) -",
    "county/海拉尔区_2014*": "1(4) - - 1(5) -",
    "county/海拉尔区_2015*": "1(5) - - 1(10) -",
    "county/海拉尔区_2016*": "1(4) - - 1 1(8) -",
    "provinces_docx/上海市*": "1(6) - - 1(9) - 1(4) -",
    "provinces_docx/云南省*": "1(8) - - - 1(5) 1(9) - 1 1 1(10)",
    "provinces_docx/四川省*": "1(6) - - - 1(9) 1(4) - 1",
    "provinces_docx/浙江省*": "1(11) - - - 1(11) - -",
    "provinces_docx/北京市*": "1 1(11) -",
    "provinces_docx/吉林省*": "1 1(8) 1",
    "provinces_docx/天津市*": "1(5) - - - 1(7) 1",
    "provinces_docx/湖南省*": "1 1(10) 1",
}

_ENUMERATORS = "一二三四五六七八九十0123456789（）()、。.． \u3000\u2003\xa0\n\r\t"


@lru_cache
def read(path: Path):
    return read_summary(path)


def shape(summary: PastSummary):
    parts = []
    for section in summary.sections:
        if section.level == 0:
            continue
        children = [child for child in section.children if child.level == 2]
        count = f"({len(children)})" if children else ""
        parts.append(f"{'1' if section.heading else '-'}{count}")
    return " ".join(parts)


def texts(corpus: Path):
    return sorted([*corpus.rglob("*.txt"), *corpus.rglob("*.docx")])


@pytest.mark.parametrize(("pattern", "expected"), SHAPES.items())
def test_the_tree_is_the_one_a_reader_sees(corpus: Path, pattern: str, expected: str):
    (path,) = corpus.glob(pattern)
    assert shape(read(path)) == expected


def test_counts_go_on_without_gap_in_every_section(corpus: Path):
    for path in texts(corpus):
        for section in read(path).walk():
            marks = [enumerator(f"{c.heading.marker} ") for c in section.children if c.heading]
            numbers = [mark.number for mark in marks if mark is not None]
            assert numbers == list(range(1, len(numbers) + 1)), (path.name, section.path)


def test_run_in_headings_are_told_from_whole_lines(corpus: Path):
    (path,) = corpus.glob("seeds/000*.txt")
    run_in = [b.run_in for b in read(path).blocks if b.kind == "heading"]
    assert run_in == [False] + [True] * 7


def test_the_scraped_text_keeps_its_two_parts_with_their_items(corpus: Path):
    (path,) = corpus.glob("seeds/004*")
    (first,) = [section for section in read(path).sections if section.level == 1]
    assert [len(child.children) for child in first.children] == [4, 6]
    notes = [note.kind for note in read(path).cleaning]
    assert notes.count("分段标记") == 16
    assert notes.count("残缺实体") == 2


def test_sites_sentences_at_the_end_are_gone(corpus: Path):
    (path,) = corpus.glob("seeds/000*.txt")
    assert [note.kind for note in read(path).cleaning] == ["网站样板"] * 3


def test_quality_tells_the_damaged_text_from_the_clean_ones(corpus: Path):
    scores = {path.name[:3]: read(path).quality.score for path in texts(corpus)}
    assert scores.pop("004") < QUARANTINE_BELOW
    assert scores["000"] >= 0.9
    assert min(scores.values()) >= 0.8


def test_titles_years_and_organisations(corpus: Path):
    years = {path.stem: read(path).year for path in texts(corpus)}
    for stem, year in years.items():
        named = stem.rpartition("_")[2]
        if named.isdigit():
            assert str(year) == named
    (path,) = corpus.glob("seeds/000*.txt")
    assert (read(path).year, read(path).organisation) == (2022, "县科工局")
    county = {read(path).organisation for path in corpus.glob("county/*.txt")}
    assert len(county) == 1


def test_every_character_is_kept_or_noted(corpus: Path):
    for path in texts(corpus):
        summary = read(path)
        kept = {place for block in summary.blocks for place in block.offsets}
        noted = {place for note in summary.cleaning for place in range(note.start, note.end)}
        seen = kept | noted
        lost = "".join(c for place, c in enumerate(summary.source) if place not in seen)
        assert not set(lost) - set(_ENUMERATORS)


def test_blocks_are_the_files_own_text_but_for_reported_replacements(corpus: Path):
    for path in texts(corpus):
        summary = read(path)
        replaced = {note.start: note.replacement for note in summary.cleaning}
        for block in summary.blocks:
            for character, place in zip(block.text, block.offsets, strict=True):
                assert character in (summary.source[place], replaced.get(place))
