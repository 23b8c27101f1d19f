"""Sets a sentence of plain text with references in it, so that it prints just that text.

What a reference prints depends on its surroundings in one thing alone: 预计 stands once in a
sentence, before its verb, unless the paragraph has announced it. So a sentence is set, printed and
compared; where the two differ, the typed 预计 stays, and at last the estimates stay as they were typed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.writing.linking import Place
from drafter.writing.phrases import ESTIMATE
from drafter.writing.references import Materials
from drafter.writing.rendering import SCOPE_OF_ESTIMATE, escape, lay_out

Mark = tuple[int, str]
"""Place and reference of a tie, which prints nothing."""


def set_sentence(
    text: str,
    start: int,
    end: int,
    places: Sequence[Place],
    marks: Sequence[Mark],
    materials: Materials,
) -> tuple[str, tuple[Place, ...]]:
    """The template of a sentence and the references that could stand.

    Args:
        text: The whole text.
        start: Of the sentence.
        end: Likewise.
        places: Its references; they print what stands there and do not overlap.
        marks: Its ties.
        materials: Rows and facts.
    """
    scope = scope_before(text, start)
    wanted = scope + text[start:end]
    for kept in _variants(places):
        said = _joined(text, start, end, kept, marks)
        if _printed(escape(scope) + said, materials) == wanted:
            return said, kept
    return escape(text[start:end]), ()


def prints(template: str, text: str, start: int, end: int, materials: Materials) -> bool:
    """Whether a sentence's template prints a stretch of the text where that stands."""
    scope = scope_before(text, start)
    return _printed(escape(scope) + template, materials) == scope + text[start:end]


def scope_before(text: str, start: int) -> str:
    """（预计，下同） of the paragraph so far, with a full stop; '' where nothing announces it."""
    if "下同" not in text:
        return ""
    found = SCOPE_OF_ESTIMATE.search(text, text.rfind("\n", 0, start) + 1, start)
    return f"{found[0]}。" if found else ""


def _printed(template: str, materials: Materials) -> str:
    return lay_out(template, materials)[0]


def _variants(places: Sequence[Place]) -> Iterator[tuple[Place, ...]]:
    """The references as asked for; without moved 预计; without estimates."""
    yield tuple(places)
    if any(one.is_estimate for one in places):
        yield tuple(replace(one, estimate=None) for one in places)
        yield tuple(one for one in places if not one.is_estimate)


def _joined(text: str, start: int, end: int, places: Sequence[Place], marks: Sequence[Mark]) -> str:
    """Prose, references and ties in order of place."""
    steps = [(one.start, one.end, one.source) for one in places]
    steps += [
        (at, at + len(ESTIMATE), "")
        for at in dict.fromkeys(one.estimate for one in places)
        if at is not None
    ]
    steps += [(at, at, source) for at, source in marks]
    pieces, at = [], start
    for low, high, source in sorted(steps):
        pieces += [escape(text[at:low]), source]
        at = high
    return "".join((*pieces, escape(text[at:end])))
