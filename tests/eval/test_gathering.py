"""What `gather` proposes from invented material, beside a reader's labels."""

from pathlib import Path

import pytest

from eval.gathering import GOLD, Outcome, measured, places_right, read_labels

BATCHES = ("first", "second", "third", "fourth")
# The rules were mended on the first three; the fourth shows what they do on material not seen.
FLOORS = {"first": 0.98, "second": 0.96, "third": 0.94, "fourth": 0.85}


@pytest.fixture(scope="module", params=BATCHES)
def batch(request: pytest.FixtureRequest) -> tuple[str, tuple[Outcome, ...]]:
    return request.param, measured(GOLD / request.param)


def test_most_facts_are_proposed(batch: tuple[str, tuple[Outcome, ...]]):
    name, outcomes = batch
    due = [one for one in outcomes if one.label.kinds and not one.label.optional]
    assert sum(bool(one.proposals) for one in due) >= FLOORS[name] * len(due)


def test_what_is_proposed_is_a_fact(batch: tuple[str, tuple[Outcome, ...]]):
    _, outcomes = batch
    proposed = [one for one in outcomes if one.proposals]
    assert sum(bool(one.label.kinds) for one in proposed) >= 0.95 * len(proposed)


def test_file_and_paragraph_are_right_and_nothing_is_proposed_twice(
    batch: tuple[str, tuple[Outcome, ...]],
):
    proposed = [one for one in batch[1] if one.proposals]
    assert all(map(places_right, proposed))
    assert all(len(one.proposals) == 1 for one in proposed)


def test_a_label_is_read_with_its_paragraph(tmp_path: Path):
    path = tmp_path / "文.txt"
    path.write_text(
        "一、工业 ## 题\n\n甲园开工。 ## 项目; 阶=开工\n增长5%。 ## 不列\n", encoding="utf-8"
    )
    text, (_, project, figure) = read_labels(path)
    assert text == "一、工业\n甲园开工。增长5%。\n"
    assert (project.paragraph, project.columns["阶段"], figure.kinds) == (2, ("开工",), ())
