"""Scripted edits of Word copies: the measure itself, and a small run of it."""

from pathlib import Path
from random import Random

import pytest

from eval.returned.edits import EDITS
from eval.returned.measuring import Base, measured, read_back, sample
from eval.returned.paper import Paper, put, sentences, take, text_of


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return sample(tmp_path_factory.mktemp("sample"))


def test_every_kind_of_edit_finds_something_to_do(base: Base):
    for name, edit in EDITS.items():
        paper = Paper.opened(base.copies[0])
        assert any(edit(paper, Random(seed)) for seed in range(5)), name


def test_typing_and_deleting_change_the_text_as_they_say(base: Base):
    paper = Paper.opened(base.copies[0])
    paragraph = paper.texts()[1]
    said = text_of(paragraph)
    put(paragraph, 3, "又", author="甲")
    take(paragraph, 5, 8)
    assert text_of(paragraph) == said[:3] + "又" + said[3:4] + said[7:]
    assert "".join(sentences(paragraph)) == text_of(paragraph)


def test_edited_copies_are_read_back(base: Base, tmp_path: Path):
    score = measured(base, edits=24, seed=3, folder=tmp_path)
    assert score.f1 >= 0.99
    assert score.told == score.numbers > 0
    assert score.added_kept == score.added
    assert score.untouched_told == 0
    assert score.same_kept == score.same == 2


def test_what_came_back_still_knows_which_number_of_last_year_each_one_replaces(
    base: Base, tmp_path: Path
):
    paper = Paper.opened(base.copies[1])
    assert EDITS["reworded"](paper, Random(1))
    assert EDITS["paragraph_moved"](paper, Random(2))
    done = read_back(base, paper.packed(), tmp_path)
    before, after = (
        sorted(span.origin for one in draft.sections for span in one.spans if span.origin)
        for draft in (base.draft, done.draft)
    )
    assert len(before) > 20
    assert len(set(before) - set(after)) <= 2  # of the sentence that was reworded
