"""What is said to be won, first or only, against what the text and the facts know (L29, L30)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from drafter.records.claim import Finding, Issue
from drafter.records.fact import Fact, FactList
from drafter.verification.binding.names import normalise, pairs
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout, Stretch

_SUPERLATIVE = re.compile(
    r"全[国省市县区州]?(?:首个|首家|首创|首例|唯一|率先)|首个|首家|首创|首例|唯一|第一家|第一个|历史(?:最好|最高|新高|之最|性突破)|"
    r"(?:有史以来|历年|近年来?)最[好高多大]|零的突破|前所未有|创.{0,4}新高|名列前茅"
)
_NAME = re.compile(
    r"[“《](?P<name>[^“”《》\n，。；]{4,30})[”》]|(?P<bare>(?:国家|省|市)级[一-鿿]{4,20}?(?:基地|园区|企业|平台|中心|试点|示范[区县市点]?|集群))"
)
_PENDING = re.compile(
    r"(?<!成功)(?:正在申报|申报(?!成功|并|获|认定)|拟(?:认定|推荐|申报|授予|获)|推荐(?:申报|参评|上报)|已?公示|待(?:批|审|认定|评审)|通过(?:初审|初评)|争创|积极创建)"
)
_WON = re.compile(
    r"(?<!申请)(?:成功(?:申报|创建|获批|入选|认定)|获批|获评|荣获|被(?:认定|评为|授予|列入|命名)|认定为|入选|获得|正式(?:认定|授牌|获批))"
)
_PLAN = re.compile(r"力争|争取|计划|下一步|明年|打算|目标|将|拟")
_NOT_YET = re.compile("申报|推荐|公示|拟|初审|申请|创建|培育")
_LIKE_FACT = 0.6
_NEAR = 60


def progress_issues(
    layout: Layout, findings: Sequence[Finding] | None, facts: FactList
) -> Iterator[Issue]:
    """L29 and L30; `findings` is None where no table was given."""
    yield from _superlatives(layout, findings, facts)
    yield from _upgrades(layout)
    yield from _against_facts(layout, facts)


def _superlatives(
    layout: Layout, findings: Sequence[Finding] | None, facts: FactList
) -> Iterator[Issue]:
    """Words such as 首个 and 唯一 need a row or a fact; without a table they are only listed."""
    for match in _SUPERLATIVE.finditer(layout.text):
        first = max(layout.clause_at(match.start())[0], match.start() - _NEAR)
        if _PLAN.search(layout.text, first, match.start()):
            continue
        if findings is None and not facts.facts:
            yield issue("L29", "info", match.span(), "“首个”“唯一”一类说法，请备好依据")
        elif not _has_ground(layout, match, findings or (), facts):
            message = "“首个”“唯一”一类说法在指标表和素材里没有依据，请补素材或改写"
            yield issue("L29", "warning", match.span(), message)


def _has_ground(
    layout: Layout, match: re.Match[str], findings: Sequence[Finding], facts: FactList
) -> bool:
    start, end = layout.sentence_at(match.start())
    sentence = layout.text[start:end]
    if any(match[0][-2:] in fact.text and _alike(fact, sentence) for fact in facts.facts):
        return True
    clause_start, clause_end = layout.clause_at(match.start())
    return any(
        one.field in ("rank", "yoy_rank")
        and clause_start <= one.start < clause_end
        and not one.is_open
        for one in findings
    )


def _alike(fact: Fact, sentence: str) -> bool:
    """The sentence tells the fact: most of the shorter one's pairs are in the other."""
    own, said = set(pairs(normalise(fact.text))), set(pairs(normalise(sentence)))
    smaller = min(len(own), len(said))
    return smaller > 0 and len(own & said) / smaller >= _LIKE_FACT


def _upgrades(layout: Layout) -> Iterator[Issue]:
    """One name is applied for in one sentence and won in another."""
    pending: dict[str, Stretch] = {}
    won: dict[str, Stretch] = {}
    for match in _NAME.finditer(layout.text):
        name = match["name"] or match["bare"]
        clause = _around(layout.text, match.span(), layout.clause_at(match.start()))
        sentence = _around(layout.text, match.span(), layout.sentence_at(match.start()))
        if _WON.search(clause):
            won.setdefault(name, match.span())
        elif _PENDING.search(clause) and not _PLAN.search(sentence) and not _WON.search(sentence):
            pending.setdefault(name, match.span())
    for name in sorted(pending.keys() & won.keys()):
        if pending[name] < won[name]:
            continue  # applied for first and won later, as things go
        message = f"“{name}”前文写已获批或认定，此处仍写申报或公示，请核对进展"
        yield issue("L30", "warning", pending[name], message, [won[name]])


def _around(text: str, place: Stretch, within: Stretch) -> str:
    """What stands near a place of its clause or sentence; bounded, for sentences without end."""
    return text[max(within[0], place[0] - _NEAR) : min(within[1], place[1] + _NEAR)]


def _against_facts(layout: Layout, facts: FactList) -> Iterator[Issue]:
    """The text says won where the fact's stage says applied for."""
    waiting = [fact for fact in facts.facts if fact.stage and _NOT_YET.search(fact.stage)]
    if not waiting:
        return
    by_clause: dict[Stretch, list[re.Match[str]]] = defaultdict(list)
    for match in _WON.finditer(layout.text):
        by_clause[layout.clause_at(match.start())].append(match)
    for (start, end), matches in by_clause.items():
        sentence = layout.text[start:end]
        for fact in waiting:
            named = fact.title in sentence if fact.title else _alike(fact, sentence)
            if named and not _NOT_YET.search(
                sentence.replace("成功申报", "").replace("成功创建", "")
            ):
                message = f"素材{fact.id}的阶段是“{fact.stage}”，文中写作“{matches[0][0]}”，请改回实际进展"
                yield issue("L30", "error", matches[0].span(), message)
