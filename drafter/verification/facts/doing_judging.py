"""Verdicts on honours and once-only doings: which fact a clause tells, and what it tells otherwise."""

from collections.abc import Iterator

from drafter.records.claim import Finding
from drafter.records.mention import Mention
from drafter.records.period import Period
from drafter.verification.facts.objections import Objection, Telling, objections, unlicensed
from drafter.verification.facts.points import FactPoint
from drafter.verification.facts.sources import Source, fold_lines, licence_of
from drafter.verification.facts.surroundings import Surroundings, judged
from drafter.verification.facts.unions import union_of

_TELLS = 0.35
"""Likeness below which routine words alone would be all that a clause has of a source."""
_MEANT = 0.5
"""Likeness of a clause to a source from which on it is meant, so that a difference contradicts."""
_SURELY_MEANT = 0.7


def judge_doing(point: FactPoint, around: Surroundings) -> Finding:
    """An honour or a doing, held against the sources that its clause may tell."""
    start, end = point.clause
    clause, masked = around.text[start:end], around.masked(start, end)
    licence = _row_licence(point, around)
    if licence and not unlicensed(masked, licence, around.lexicon):
        row = around.rows_in(start, end)[0]
        message = f"与指标“{row.name}”一致"
        return judged(point, "supported", message, source=around.sources.by_id.get(row.id))
    telling = Telling(
        clause=clause,
        sentence=around.text[around.sentence(max(0, around.sentence(start)[0] - 1))[0] : end],
        masked=masked,
        award=around.masked(point.start, point.end) if point.kind == "honour" else "",
        licence=licence,
    )
    weighed = [
        (around.likeness(masked, one), one, objections(telling, one, around.lexicon))
        for one in _candidates(point, around)
    ]
    agreeing = [
        (likeness, one)
        for likeness, one, against in weighed
        if not against and (likeness >= _TELLS or point.kind == "honour")
    ]
    if agreeing:
        _, source = max(agreeing, key=lambda pair: pair[0])
        return judged(point, "supported", f"与{source.label}一致", source=source)
    together = union_of(point, [one for _, one, _ in weighed], around)
    if together:
        labels = "、".join(one.label for one in together)
        cells = tuple(one.cell for one in together)
        return judged(point, "supported", f"与{labels}一致", source=together[0], evidence=cells)
    if not weighed:
        return judged(point, "unsupported", "素材中没有此事", rule="L01")
    weighed = [one for one in weighed if one[2]]
    if not weighed:
        return judged(point, "unsupported", "素材中没有此事", rule="L01")
    likeness, source, against = max(weighed, key=lambda one: (one[0], -len(one[2])))
    return _refuted(point, likeness, source, against, around)


def _refuted(
    point: FactPoint,
    likeness: float,
    source: Source,
    against: tuple[Objection, ...],
    around: Surroundings,
) -> Finding:
    first = next((one for one in against if one.grave), against[0])
    meant = likeness >= (_MEANT if first.grave else _SURELY_MEANT)
    if not meant:
        return judged(point, "unsupported", "素材中没有此事", rule="L01")
    at = around.text.find(first.said, *point.clause) if first.said else -1
    place = (at, at + len(first.said)) if at >= 0 else None
    return judged(
        point,
        "contradicted",
        first.message,
        source=source,
        rule=first.rule,
        expected=first.expected or None,
        place=place,
        text=first.said if place else None,
    )


def _row_licence(point: FactPoint, around: Surroundings) -> str:
    """Words of the rows that proven numbers of the clause speak of."""
    said = [
        around.sources.by_id[row.id].folded
        for row in around.rows_in(*point.clause)
        if row.id in around.sources.by_id
    ]
    return licence_of(fold_lines("\n".join(said)), around.lexicon) if said else ""


def _candidates(point: FactPoint, around: Surroundings) -> list[Source]:
    """Sources that the clause's words or its proven numbers point to, then the sentence's."""
    start, end = point.clause
    numbers = around.numbers_in(start, end)
    by_number = [around.sources.by_id.get(one.indicator or "") for one in numbers]
    found = {one.id: one for one in by_number if one is not None and one.fact is not None}
    sentence = around.text[slice(*around.sentence(point.start))]
    for stretch in (around.text[start:end], sentence):
        found |= {one.id: one for _, one in around.sources.near(stretch)}
    return list(found.values())


def judge_date(point: FactPoint, finding: Finding, around: Surroundings) -> Iterator[Finding]:
    """The date that a supported doing is given, against the date of its fact."""
    source = around.sources.by_id.get(finding.indicator or "")
    fact = source.fact if source else None
    if fact is None or source is None or fact.date is None or finding.is_open:
        return
    for mention in _dates_before(point, around):
        if mention.span is None or _meets(mention.span, fact.date) or mention.text in fact.text:
            continue
        message = f"{source.label}的时间为{fact.date_written}，文中写作{mention.text}"
        wrong = judged(
            point,
            "contradicted",
            message,
            source=source,
            rule="L13",
            expected=fact.date_written,
            place=(mention.start, mention.end),
            text=mention.text,
        )
        yield wrong


def _dates_before(point: FactPoint, around: Surroundings) -> list[Mention]:
    """The nearest date before a doing in its sentence that no figure's row explains."""
    start, _ = around.sentence(point.start)
    proven = {one.start for one in around.numbers_in(start, point.clause[1]) if not one.is_open}
    dates = [
        mention
        for mention in around.mentions
        if start <= mention.start < point.end
        and mention.kind in ("date", "period")
        and mention.span is not None
        and _is_single(mention.span)
        and mention.start not in proven
    ]
    return [one for one in dates[-1:] if not _is_explained(one, point, around)]


def _is_explained(date: Mention, point: FactPoint, around: Surroundings) -> bool:
    """Another doing of the sentence stands nearer to the date, and a fact gives it that date."""
    between = around.points_in(date.end, point.clause[0])
    clauses = {one.clause for one in between if one.kind in ("honour", "event")}
    return any(
        source.fact is not None
        and source.fact.date is not None
        and date.span is not None
        and _meets(date.span, source.fact.date)
        for clause in clauses
        for likeness, source in around.sources.near(around.masked(*clause), 1)
        if likeness >= _MEANT
    )


def _is_single(span: Period) -> bool:
    """A day or a month, no span of months and no closing day of figures."""
    return span.first is not None and span.first == span.last and not span.as_of


def _meets(said: Period, kept: Period) -> bool:
    """The two may be the same time: every part that both name agrees."""
    if said.year is not None and kept.year is not None and said.year != kept.year:
        return False
    if said.first is None or kept.first is None or kept.last is None:
        return True
    if not kept.first <= said.first <= kept.last:
        return False
    return said.day is None or kept.day is None or said.day == kept.day
