"""P02, P03, P05: problems, plans and other sentences that stand in last year's words."""

from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue, Level
from drafter.verification.previous.likeness import alike
from drafter.verification.previous.pages import Sentence
from drafter.verification.previous.writings import Likelihood, Topic


def is_kept(sentence: Sentence, older: Sentence, likeness: float, chosen: Likelihood) -> bool:
    """In last year's words and with last year's numbers (rolled dates are no change)."""
    return likeness >= chosen.unchanged and sentence.numbers == older.numbers


def is_plan_kept(sentence: Sentence, older: Sentence, chosen: Likelihood) -> bool:
    """A plan that stands in last year's words and numbers: told as a whole, by P03."""
    likeness = alike(sentence.shingles, older.shingles)
    return sentence.topic == "plans" and is_kept(sentence, older, likeness, chosen)


_KEPT: dict[Topic, tuple[str, Level, str]] = {
    "problems": ("P02", "warning", "问题与上年总结写法相同，请确认今年仍然存在并更新表述"),
    "plans": ("P03", "warning", "打算与上年总结写法相同，请确认不是上年未改的内容"),
    "": ("P05", "info", "与上年总结写法相同；常规工作可以沿用，请看是否需要更新"),
}


def unchanged(
    pairs: Sequence[tuple[Sentence, Sentence, float]], text: str, chosen: Likelihood
) -> Iterator[Issue]:
    """P02, P03, P05: sentences that stayed; neighbours of one kind are reported together.

    What was done and holds numbers is left to P01, which looks at each number.
    """
    kept = [
        one
        for one, older, likeness in pairs
        if is_kept(one, older, likeness, chosen) and (one.topic or not one.claims)
    ]
    run: list[Sentence] = []
    for sentence in kept:
        goes_on = run and sentence.topic == run[-1].topic == ""
        if goes_on and not text[run[-1].end : sentence.start].strip():
            run.append(sentence)
            continue
        yield from _of_run(run)
        run = [sentence]
    yield from _of_run(run)


def _of_run(run: Sequence[Sentence]) -> Iterator[Issue]:
    if not run:
        return
    rule, level, message = _KEPT[run[0].topic]
    count = f"（连续{len(run)}句）" if len(run) > 1 else ""
    yield Issue(
        rule=rule, level=level, start=run[0].start, end=run[-1].end, message=message + count
    )
