"""What in a clause a source does not bear out: its stage, its level, its words."""

import re
from dataclasses import dataclass

from drafter.verification.facts.lexicon import GRANTED, Lexicon, fold
from drafter.verification.facts.sources import Source, levels_in, stages_in
from drafter.verification.facts.vocabulary import SLOT, unknown_words

_MARKS = re.compile("[，。；：！？!?,;:…\n]")
_SHORT = 2
_AROUND = 6
_LOW_GRANTS = frozenset({"申报", "推荐", "公示"})


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that differs, with its rule and where the source's word for it is."""

    rule: str
    said: str
    """The words of the clause that are wrong, '' where a word is missing."""
    expected: str
    message: str
    grave: bool = True
    """It contradicts the source; otherwise the source merely does not say it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A clause that tells an honour or a doing."""

    clause: str
    sentence: str
    """From the sentence before on: a stage said there need not be said again."""
    masked: str
    """The clause with figures and times as slots."""
    award: str
    """What an honour is called, masked too: routine words do not excuse it. '' for a doing."""
    licence: str
    """Words of the rows whose figures stand in the clause."""


def objections(telling: Telling, source: Source, lexicon: Lexicon) -> tuple[Objection, ...]:
    """What a clause says that its source does not."""
    found = [*_stages(telling, source, lexicon), *_levels(telling, source, lexicon)]
    licence = source.licence + "\n" + telling.licence
    unknown = unlicensed(telling.masked, licence, lexicon)
    if not unknown and telling.award:
        unknown = unknown_words(_MARKS.sub(SLOT, fold(telling.award)), lexicon.bare, licence)
    if unknown:
        message = f"{_quoted(unknown, telling.clause)}不见于{source.label}"
        found.append(Objection("L23", unknown, "", message, grave=False))
    return tuple(found)


def _quoted(word: str, clause: str) -> str:
    """The word as a reader finds it: one or two characters are shown with those around them."""
    at = clause.find(word)
    if len(word) > _SHORT or at < 0:
        return f"“{word}”"
    context = clause[max(0, at - _AROUND) : at + len(word) + _AROUND].strip("，。；：、\n")
    return f"“{context}”中的“{word}”" if context != word else f"“{word}”"


def unlicensed(masked: str, licence: str, lexicon: Lexicon) -> str:
    """The first words of a clause that neither its source nor routine explains; '' where all are."""
    return unknown_words(_MARKS.sub(SLOT, fold(masked)), lexicon.known, licence)


def _stages(telling: Telling, source: Source, lexicon: Lexicon) -> list[Objection]:
    """公示 told as 获批, 开工 as 竣工; and 公示 left out of a list that is only announced."""
    clause = telling.clause
    said = set(stages_in(clause, lexicon))
    own = {stage for ladder, stage in source.stages if ladder == "grant"}
    state = source.fact.stage if source.fact else ""
    found = [
        Objection(
            "L30",
            _word_of(clause, stage, lexicon),
            state,
            f"{source.label}的阶段为{state or '、'.join(sorted(s for _, s in source.stages)) or '未写明'}，"
            f"文中写作“{_word_of(clause, stage, lexicon)}”",
        )
        for stage in sorted(said - source.stages)
        if _comparable(stage, source)
    ]
    low = own & _LOW_GRANTS
    weak = any(word in clause for word in lexicon.weak)
    granted = ("grant", GRANTED) in source.stages
    told = {stage for ladder, stage in said if ladder == "grant"}
    around = {stage for ladder, stage in stages_in(telling.sentence, lexicon) if ladder == "grant"}
    if low and not granted and not around & low and (weak or GRANTED in told) and not found:
        stage = state or min(low)
        found.append(Objection("L30", "", stage, f"{source.label}仍在{stage}阶段，文中未写明"))
    return found


def _comparable(stage: tuple[str, str], source: Source) -> bool:
    """The source says another stage of the same ladder."""
    return any(ladder == stage[0] for ladder, _ in source.stages)


def _word_of(clause: str, stage: tuple[str, str], lexicon: Lexicon) -> str:
    words = [found[0] for found in lexicon.stage_pattern.finditer(clause)]
    return next((word for word in words if lexicon.stages.get(word) == stage), stage[1])


def _levels(telling: Telling, source: Source, lexicon: Lexicon) -> list[Objection]:
    """省级 told as 国家级; a lower one only where 级 is said."""
    own = source.levels | set(levels_in(telling.licence, lexicon))
    if not source.levels:
        return []
    order = lexicon.level_order
    highest = min((order.index(level) for level in own), default=len(order))
    found = []
    for word in (match[0] for match in lexicon.level_pattern.finditer(telling.clause)):
        level = lexicon.levels.get(word)
        if level is None or level in own:
            continue
        if order.index(level) < highest or word.endswith("级"):
            expected = (source.fact.level if source.fact else "") or "、".join(
                sorted(source.levels, key=order.index)
            )
            message = f"{source.label}的级别为{expected}，文中写作“{word}”"
            found.append(Objection("L30", word, expected, message))
    return found
