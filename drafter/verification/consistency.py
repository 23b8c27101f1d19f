"""One quantity said twice: two values or two ranks of one row in one text."""

from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue
from drafter.verification.candidates import Binding

_SURE = 0.8


def consistency_issues(bound: Sequence[Binding]) -> Iterator[Issue]:
    """L02 and L11: claims surely bound to one field of one row that say different things."""
    first: dict[tuple[str, str, str], Binding] = {}
    for binding in bound:
        best = binding.best
        mention = binding.mention
        if best is None or best.score < _SURE or binding.tied or mention.number is None:
            continue
        key = (best.indicator, best.field, str(mention.period and mention.period.iso))
        earlier = first.setdefault(key, binding)
        other = earlier.mention
        if earlier is binding or other.number is None or other.unit != mention.unit:
            continue
        # Two clauses about one row may still name different parts of it (其中超亿元项目).
        alike = set(binding.context.own) == set(earlier.context.own)
        if alike and other.number != mention.number and other.approx == mention.approx:
            is_rank = mention.kind == "rank"
            yield Issue(
                rule="L11" if is_rank else "L02",
                level="error",
                start=mention.start,
                end=mention.end,
                message=f"同一指标前后不一：前文为{other.text}，此处为{mention.text}",
                related=((other.start, other.end),),
            )
