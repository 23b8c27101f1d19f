"""Any copy of any draft keeps every rule of soundness, and every rule can be broken."""

import gc
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal

import pytest

from drafter.errors import OperatorError
from drafter.exporting.attachments import Attachments
from drafter.exporting.page import DEFAULT, PageProfile, load_profile, profile_names
from drafter.exporting.signoff import sheets_of
from drafter.exporting.word import (
    PLAIN,
    Extras,
    clean_copy,
    comparison_copy,
    review_copy,
    signoff_copy,
)
from drafter.marking import marked
from drafter.records.series import SectionSeries, Series
from tests.exporting.breaking import BREAKS, Package
from tests.exporting.generated import Generated, generated, own_numerals
from tests.exporting.opened import Opened, numerals, text
from tests.exporting.sound.rule import Kind
from tests.exporting.soundness import MODULES, RULES, breaches

DOCUMENTS = 200
OTHERS = 20
STRETCHES = 20
"""The documents are shared out over so many tests."""
PLAIN_RUN = 4
"""Of either kind so many tests are in the plain run, the others are heavy."""
RICH = 87
"""A draft with all levels, both kinds of headings, questions, a long title and a dated signature."""


@pytest.fixture(autouse=True, scope="module")
def _no_cycles_are_sought() -> Iterator[None]:
    """Trees of XML hold no cycles; looking for some takes a quarter of the time."""
    gc.disable()
    yield
    gc.enable()


def mostly_heavy(count: int) -> list[Any]:
    """The numbers of the tests, marked."""
    heavy = (pytest.param(number, marks=pytest.mark.heavy) for number in range(PLAIN_RUN, count))
    return [*range(PLAIN_RUN), *heavy]


@cache
def profiles() -> tuple[PageProfile, ...]:
    """Those that come with the drafter, and what an office may change besides."""
    own = replace(DEFAULT, signature=False, blank_lines_above_title=2, line_pitch=Decimal("28.5"))
    loose = replace(DEFAULT, space_between_scripts=True, bold_levels=(1, 2), table_size=Decimal(12))
    return (*map(load_profile, profile_names()), own, loose)


def profile_of(seed: int) -> PageProfile:
    return profiles()[seed % len(profiles())]


def printed_numerals(opened: Opened) -> Counter[str]:
    """What the body says, without the notes of the review and its last part."""
    lines = [text(paragraph, notes=False) for paragraph in opened.body_before_appendix()]
    return Counter(numerals("\n".join(lines)))


def extras_of(seed: int) -> Extras:
    """Nothing for most; a third has the mark of help by a machine, a quarter a table attached."""
    table = generated(seed).sources.table if seed % 4 == 3 else None
    marks: tuple[Literal["off", "text", "property"], ...] = (
        "off",
        "off",
        "off",
        "text",
        "property",
    )
    return Extras(Attachments(table=table), ai_mark=marks[seed % 5])


def copy_of(
    made: Generated, kind: Kind, profile: PageProfile = DEFAULT, extras: Extras = PLAIN
) -> bytes:
    match kind:
        case "clean":
            return clean_copy(made.draft, profile, extras)
        case "review":
            return review_copy(made.draft, made.sources, profile, extras)
        case "signoff":
            sheets = sheets_of(made.draft, made.sources)
            return signoff_copy(made.draft, sheets, made.sources, profile)
    later = generated(2).draft
    comparison = marked(made.draft, later, by="办公室", date=(made.draft.date, later.date))
    return comparison_copy(comparison, later, profile)


@pytest.mark.parametrize("kind", ["clean", "review"])
@pytest.mark.parametrize("stretch", mostly_heavy(STRETCHES))
def test_any_copy_keeps_all_rules_and_says_the_drafts_own_numerals(stretch: int, kind: Kind):
    for seed in range(stretch, DOCUMENTS, STRETCHES):
        made, profile, extras = generated(seed), profile_of(seed), extras_of(seed)
        opened = Opened(copy_of(made, kind, profile, extras))
        assert breaches(opened, kind) == [], f"seed {seed}"
        draft = made.draft if profile.signature else replace(made.draft, date="")
        own, printed = Counter(own_numerals(draft)), printed_numerals(opened)
        # What is attached says more; it never says less.
        assert own <= printed if extras.attachments.table else own == printed, f"seed {seed}"


@pytest.mark.parametrize("kind", ["comparison", "signoff"])
@pytest.mark.parametrize("seed", mostly_heavy(OTHERS))
def test_any_comparison_and_any_sheets_keep_all_rules(seed: int, kind: Kind):
    opened = Opened(copy_of(generated(seed), kind, profile_of(seed)))
    assert breaches(opened, kind) == []


def test_pictures_keep_all_rules():
    years = tuple((year, Decimal("51.20")) for year in (2022, 2023, 2024))
    series = Series("R1", "工业投资", "亿元", "1—11月", years)
    extras = Extras(Attachments(series=(SectionSeries("（一）工业经济", (series, series)),)))
    try:
        content = copy_of(generated(RICH), "clean", extras=extras)
    except OperatorError as error:
        pytest.skip(str(error))  # no Chinese font to draw with
    assert Opened(content).media
    assert breaches(Opened(content), "clean") == []


def test_the_drafts_are_rich():
    drafts = [generated(seed).draft for seed in range(DOCUMENTS)]
    sections = [section for draft in drafts for section in draft.sections]
    assert {section.level for section in sections} == {0, 1, 2, 3, 4}
    assert {section.run_in for section in sections} == {True, False}
    assert {one.verdict for section in sections for one in section.findings} == {
        "supported", "derived", "attested", "contradicted", "unsupported",
    }  # fmt: skip
    assert any(not section.text for section in sections)
    assert any(section.text.count("\n") > 1 for section in sections)
    assert {bool(draft.date) for draft in drafts} == {True, False}
    for held in ("questions", "issues", "left_out", "conflicts", "adverse", "pending", "renamed"):
        assert {bool(getattr(draft, held)) for draft in drafts} == {True, False}, held
    assert max(len(draft.title) for draft in drafts) > 60


def test_the_same_seed_gives_the_same_draft():
    assert generated.__wrapped__(7) == generated(7)
    assert generated(7).draft != generated(8).draft


@cache
def good(kind: Kind) -> tuple[bytes, Opened]:
    content = copy_of(generated(RICH), kind)
    return content, Opened(content)


def test_there_are_many_rules_with_sources_and_each_has_a_way_to_break_it():
    assert len(RULES) >= 60
    assert set(BREAKS) == {rule.name for rule in RULES}
    assert {rule.check.__module__ for rule in RULES} == {module.__name__ for module in MODULES}


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_each_rule_tells_a_broken_file_from_a_good_one(name: str):
    broken = BREAKS[name]
    (rule,) = [one for one in RULES if one.name == name]
    assert broken.kind in rule.kinds
    content, opened = good(broken.kind)
    assert list(rule.check(opened)) == []
    package = Package(content)
    broken.edit(package)
    assert list(rule.check(Opened(package.content))) != []
