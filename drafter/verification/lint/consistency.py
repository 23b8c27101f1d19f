"""One quantity said twice, by the rows that claims are bound to: L02, L11, and L13 by status."""

import re
from collections.abc import Iterator, Sequence

from drafter.records.claim import Issue
from drafter.records.indicator import IndicatorTable
from drafter.verification.binding.candidates import Binding
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout

_SURE = 0.8
_REACH = 160
_EXPECTED = re.compile(r"预计|预测|预期|测算|力争|目标")
_OF_THE_ROW = frozenset({"value", "yoy"})


def consistency_issues(
    layout: Layout, bound: Sequence[Binding], table: IndicatorTable | None = None
) -> Iterator[Issue]:
    """Claims surely bound to one field of one row that say different things; lost 预计."""
    first: dict[tuple[str, str, str], Binding] = {}
    for binding in bound:
        best = binding.best
        mention = binding.mention
        if best is None or best.score < _SURE or binding.tied or mention.number is None:
            continue
        if table is not None:
            yield from _status(layout, binding, table)
        key = (best.indicator, best.field, str(mention.period and mention.period.iso))
        earlier = first.setdefault(key, binding)
        other = earlier.mention
        if earlier is binding or other.number is None or other.unit != mention.unit:
            continue
        if other.direction != mention.direction:
            continue  # 增加7家 tells how many more, not how many
        # Two clauses about one row may still name different parts of it (其中超亿元项目).
        alike = set(binding.context.own) == set(earlier.context.own)
        if alike and other.number != mention.number and other.approx == mention.approx:
            rule = "L11" if mention.kind == "rank" else "L02"
            message = f"同一指标前后不一：前文为{other.text}，此处为{mention.text}"
            place = (mention.start, mention.end)
            yield issue(rule, "error", place, message, [(other.start, other.end)])


_BEHIND = re.compile(r"\s*[（(][^（()）]{0,4}(?:预计|预测|预估)")
"""5.02亿元（预计）; a 预计 before the next figure says nothing of this one."""


def _status(layout: Layout, binding: Binding, table: IndicatorTable) -> Iterator[Issue]:
    """An estimate is told as one, and an approved figure is not told as an estimate (N22).

    预计 said once holds for the figures that follow in its sentence.
    """
    best, mention = binding.best, binding.mention
    row = table.by_id(best.indicator) if best else None
    if best is None or row is None or best.field not in _OF_THE_ROW or binding.context.in_plan:
        return
    start, end = layout.sentence_at(mention.start)
    start, end = max(start, mention.start - _REACH), min(end, mention.end + _REACH)
    place = (mention.start, mention.end)
    told = _EXPECTED.search(layout.text, start, mention.start) or _BEHIND.match(
        layout.text, mention.end, end
    )
    if "预计" in row.status and not told:
        yield issue("L13", "error", place, f"“{row.name}”在表中是预计数，文中没有写“预计”")
    elif "核定" in row.status and "预计" in binding.context.clause:
        yield issue("L13", "warning", place, f"“{row.name}”表中已有核定数，不再写“预计”")
