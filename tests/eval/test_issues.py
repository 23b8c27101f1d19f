"""The labels of document issues stand for issues that are still found."""

from pathlib import Path

from eval.issues import judged

FEW = 3


def test_every_error_and_warning_on_the_invented_texts_is_labelled():
    assert [one for one in judged(None) if one.judgement == "unjudged"] == []


def test_nearly_every_error_on_the_real_texts_is_true(corpus: Path):
    found = list(judged(corpus))
    assert len([one for one in found if one.judgement == "unjudged"]) <= FEW
    errors = [one for one in found if one.issue.level == "error" and one.judgement != "unjudged"]
    assert errors
    assert sum(one.judgement == "true" for one in errors) >= 0.95 * len(errors)
