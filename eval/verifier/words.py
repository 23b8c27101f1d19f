"""Corruptions of the words around a number: indicator, direction, period, order, completion."""

import re
from collections.abc import Sequence
from fractions import Fraction

from drafter.records.indicator import Indicator
from eval.verifier.falsity import (
    PERCENT_FIELDS,
    RANK_FIELDS,
    cell_says,
    interval,
    is_true_of,
    named_in,
)
from eval.verifier.mutation import Change, Mutation, from_before, replaced
from eval.verifier.quantities import read_claim
from eval.verifier.scenes import Case, Claim, spoken_name

_OPPOSITES = (
    ("净增加", "净减少"), ("净增", "净减"), ("增长", "下降"), ("增加", "减少"), ("提高", "降低"), ("提升", "下降"),
    ("上升", "下降"), ("回升", "回落"), ("高于", "低于"), ("快于", "慢于"), ("高出", "低于"), ("领先", "落后"),
    ("扩大", "缩小"), ("多", "少"), ("增", "降"),
)  # fmt: skip


def direction(case: Case) -> Mutation | None:
    """A fall told as growth and the reverse."""
    if case.claim.field not in ("yoy", "change", "") or case.claim.said is None:
        return None
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            found = re.search(rf"{one}(了|约|近|超|达)?$", case.lead)
            if found:
                at = case.claim.start - len(found[0])
                words = other + case.text[at + len(one) : case.claim.end]
                return from_before(case, at, words, false=_moved(case))
    return None


def _moved(case: Case) -> bool:
    """Something did rise or fall: what was told truly is false the other way round."""
    row, said = case.claim.row, case.claim.said
    if said is None or not said.number:
        return False
    figure = row.yoy if case.claim.field == "yoy" else row.change
    return not case.claim.field or (figure is not None and figure.number.value != 0)


def _same_make(row: Indicator, other: Indicator, field: str) -> bool:
    """The other row could stand in the claim's place."""
    if field == "value":
        return other.value is not None and other.unit == row.unit
    return any(name == field for name, _ in other.figures())


def _swap_name(case: Case, others: Sequence[Indicator]) -> Mutation | None:
    row, field = case.claim.row, case.claim.field
    name = next(
        (name for one in row.names if (name := spoken_name(one)) and name in case.lead), None
    )
    others = [
        one
        for one in others
        if one.id != row.id
        and _same_make(row, one, field)
        and spoken_name(one.name) not in case.before
    ]
    if name is None or not others or case.claim.said is None:
        return None
    other = case.chance.choice(others)
    at = case.claim.start - len(case.lead) + case.lead.rfind(name)
    words = spoken_name(other.name) + case.text[at + len(name) : case.claim.end]
    clause = case.text[at - 12 : at] + words + case.after
    false = not is_true_of(case.claim.said, other) and not _true_elsewhere(case, clause, row)
    return from_before(case, at, words, false=false)


def _true_elsewhere(case: Case, clause: str, spoken_of: Indicator) -> bool:
    """Some row that the new clause might be naming has this figure."""
    return any(
        cell_says(case.claim.said, one, name, figure)
        for one in case.scene.table.rows
        if case.claim.said is not None and one.id != spoken_of.id and named_in(clause, one)
        for name, figure in one.figures()
    )


def _named(case: Case) -> bool:
    return case.claim.field in ("value", *PERCENT_FIELDS, *RANK_FIELDS)


def swapped_name(case: Case) -> Mutation | None:
    """The figure said of another indicator of the same make."""
    if not _named(case) or case.claim.row.status == "目标" or "分别" in case.before:
        return None
    return _swap_name(case, [one for one in case.scene.table.rows if one.status != "目标"])


def swapped_goal(case: Case) -> Mutation | None:
    """A goal said of another indicator that has a goal of its own."""
    if not _named(case) or case.claim.row.status != "目标":
        return None
    return _swap_name(case, [one for one in case.scene.table.rows if one.status == "目标"])


def _list(case: Case) -> list[Claim]:
    """The claims that follow a 分别 one after another, of which this is the first."""
    if "分别" not in case.lead:
        return []
    found = [case.claim]
    for one in case.scene.claims:
        between = case.text[found[-1].end : one.start]
        if one.start >= found[-1].end and re.fullmatch(r"[、，和及与][^，。；、\d]{0,4}", between):
            found.append(one)
    return found if len(found) > 1 and len({one.field for one in found}) == 1 else []


def pair_order(case: Case) -> Mutation | None:
    """Two figures of a 分别-list change places."""
    listed = _list(case)
    if not listed:
        return None
    one, other = sorted(case.chance.sample(listed, 2), key=lambda claim: claim.start)
    text = case.text
    words = text[other.start : other.end] + text[one.end : other.start] + text[one.start : one.end]
    false = _not_said(other, one) and _not_said(one, other)
    return Mutation(Change(one.start, other.end, words), false)


def _not_said(one: Claim, other: Claim) -> bool:
    """The figure of one claim is not true of the row of the other."""
    return one.said is not None and other.said is not None and not is_true_of(one.said, other.row)


def swapped_in_list(case: Case) -> Mutation | None:
    """Two names in front of 分别 change places."""
    listed = _list(case)
    start = case.claim.start - len(case.before)
    names = list(re.finditer(r"[^、和及与，]{2,}", case.before.partition("分别")[0]))
    if not listed or len(names) != len(listed):
        return None
    first, second = sorted(case.chance.sample(range(len(listed)), 2))
    one, other = names[first], names[second]
    text = case.text
    words = (
        other[0]
        + text[start + one.end() : start + other.start()]
        + one[0]
        + text[start + other.end() : listed[-1].end]
    )
    false = _not_said(listed[first], listed[second]) and _not_said(listed[second], listed[first])
    return Mutation(Change(start + one.start(), listed[-1].end, words), false)


def rank_kind(case: Case) -> Mutation | None:
    """The place by growth told as the place by amount and the reverse."""
    row = case.claim.row
    for word, other, field, figure in (
        ("增速", "总量", "yoy_rank", row.rank),
        ("总量", "增速", "rank", row.yoy_rank),
        ("总额", "增速", "rank", row.yoy_rank),
    ):
        at = case.lead.rfind(word)
        if case.claim.field == field and at >= 0 and case.claim.said is not None:
            place = case.claim.start - len(case.lead) + at
            words = other + case.text[place + len(word) : case.claim.end]
            false = figure is None or Fraction(figure.number.value) != case.claim.said.number
            # A table with one column of places, or a row without an amount, leaves open which.
            if other == "增速" and (row.value is None or not _keeps_both(case)):
                false = False
            return from_before(case, place, words, false=false)
    return None


def _keeps_both(case: Case) -> bool:
    return any(row.yoy_rank is not None for row in case.scene.table.rows)


_MONTHS = re.compile(r"(\d{1,2})\s*[—–\-~～至到]+\s*(\d{1,2})月|(\d{1,2})月")


def span_of(words: str) -> tuple[int, int] | None:
    """First and last month that a period's words name; None where they name none."""
    for name, span in (
        ("上半年", (1, 6)),
        ("前三季度", (1, 9)),
        ("一季度", (1, 3)),
        ("全年", (1, 12)),
    ):
        if name in words:
            return span
    found = _MONTHS.search(words)
    if found is None:
        return None
    return (int(found[1]), int(found[2])) if found[1] else (int(found[3]), int(found[3]))


def _scoped(case: Case) -> int:
    """End of the first figure behind the period in its sentence, else of the period itself."""
    stop = case.scene.sentence(case.claim.start)[1]
    behind = [one.end for one in case.scene.claims if case.claim.end <= one.start < stop]
    return min(behind, default=case.claim.end)


def period(case: Case) -> Mutation | None:
    """Other months than those of the table: 1—11月 told as 全年 or 1—10月, 全年 as 1—11月."""
    if case.claim.field != "period":
        return None
    spoken, kept = span_of(case.words), span_of(case.claim.row.period_written)
    if spoken is None:
        return None
    words = case.chance.choice(_other_spans(case.words, spoken))
    new = span_of(words)
    if kept in (None, (1, 12)):  # a figure of the year may be told as of its closing day
        false = new != (1, 12) and "截至" not in words and spoken == (1, 12)
    else:
        false = new is not None and new[1] != kept[1]
    return _period_changed(case, words, false=false)


def _other_spans(words: str, spoken: tuple[int, int]) -> list[str]:
    """Spans of the same make: an event of 9月 is told of another month, 1—11月 of another span."""
    if "截至" in words:
        return [f"截至{month}月底" for month in (6, 9, 10, 11) if month != spoken[1]]
    if spoken[0] == spoken[1]:
        return [f"{month}月" for month in range(1, 13) if month != spoken[1]]
    spans = [f"1—{month}月" for month in (6, 9, 10, 11) if month != spoken[1]]
    return spans if spoken == (1, 12) else [*spans, "全年"]


def _period_changed(case: Case, words: str, *, false: bool) -> Mutation:
    end = _scoped(case)
    return Mutation(Change(case.claim.start, end, words + case.text[case.claim.end : end]), false)


def year(case: Case) -> Mutation | None:
    """A figure of this year told as one of another."""
    found = re.search(r"20\d\d(?=年)", case.words)
    kept = re.search(r"20\d\d", case.claim.row.period_written)
    if case.claim.field != "period" or found is None or kept is None:
        return None
    other = str(int(found[0]) + case.chance.choice((-2, -1, 1)))
    return _period_changed(case, case.words.replace(found[0], other), false=other != kept[0])


def completion_excess(case: Case) -> Mutation | None:
    """完成87.5% told as 超额完成87.5%, 超额3.3% as 完成3.3%, and either number for the other."""
    rate = _completion(case)
    said = case.claim.said
    if rate is None or said is None or said.measure != "%":
        return None
    exceeds = re.search("超额?(?:完成)?", case.lead)
    done = re.search("完成", case.lead)
    if exceeds:
        true = rate[0] - 100, rate[1] - 100
        place = case.claim.start - len(case.lead) + exceeds.start()
        words = "完成" + case.text[place + len(exceeds[0]) : case.claim.end]
        told = rate
    elif done:
        true = rate
        place = case.claim.start - len(case.lead) + done.start()
        words = "超额" + case.text[place : case.claim.end]
        told = rate[0] - 100, rate[1] - 100
    else:
        return None
    if case.chance.random() < 0.5:
        return _other_number(case, true)
    false = not told[0] - said.half <= said.number <= told[1] + said.half
    return from_before(case, place, words, false=false)


def _other_number(case: Case, true: tuple[Fraction, Fraction]) -> Mutation | None:
    """A hundred more or less in the number itself."""
    found = re.search(r"(\d+)(\.\d+)?", case.words)
    if found is None:
        return None
    value = int(found[1]) + (100 if int(found[1]) < 100 else -100)
    words = case.words[: found.start()] + f"{value}{found[2] or ''}" + case.words[found.end() :]
    said = read_claim(words)
    false = said is not None and not true[0] - said.half <= said.number <= true[1] + said.half
    return replaced(case, words, false=false)


def _completion(case: Case) -> tuple[Fraction, Fraction] | None:
    """Completion of the claim's row in percent: its own column, else value against target."""
    row = case.claim.row
    if case.claim.field not in ("completion", ""):
        return None
    if row.completion is not None and row.completion.number.over is None:
        return interval(row, "completion", row.completion)[1:]
    if row.value is None or row.target is None:
        return None
    _, low, high = interval(row, "value", row.value)
    _, base, top = interval(row, "target", row.target)
    return (low / top * 100, high / base * 100) if base > 0 else None


def forecast(case: Case) -> Mutation | None:
    """预计 dropped: an estimate told as a result."""
    if case.claim.row.status != "预计" or case.claim.field != "value":
        return None
    at = case.before.rfind("预计")
    if at < 0:
        return None
    place = case.claim.start - len(case.before) + at
    start = case.scene.sentence(place)[0]
    earlier = case.text[start:place]  # said once, it holds for the sentence
    false = not re.search("预计|预期|预测", earlier) and "下同" not in case.text
    return from_before(case, place, case.text[place + 2 : case.claim.end], false=false)
