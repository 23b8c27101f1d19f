"""Likeness of names: what a row is called against what a text says around a number.

Names and contexts become weighted character pairs after synonyms are folded together
(规模以上工业 = 规模工业 = 规上工业) and years are taken out. Knows nothing of values:
a number never helps to bind itself.
"""

import heapq
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from drafter.keeping import kept
from drafter.verification.word_files import lines

_YEAR = re.compile(r"(?:19|20)\d\d年度?|(?:今|去|上|本|明|当)年(?:度|底|末)?(?:来|以来)?")
_ALL_KINDS = re.compile("各[级类]")
_NOISE = re.compile(r"[^0-9a-z\u3400-\u9fff&+]+")
_TAIL = re.compile(
    r"(?:总)?(?:[家户个件项次条人名份台辆座篇起批笔宗场期类]|类别|轮次|人次)?(?:数量|数|总量|总数|情况)$"
)
# Words that nearly every clause holds: they carry little of a name.
_WEAK = re.compile(
    "全[县市区州省国]|[我本][县市区局省]|累计|完成|实现|金额|总额|总计|合计|共计|年度|其中|[和与及的]"
)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=1)
def _synonyms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    canonical: dict[str, str] = {}
    for first, *others in lines("synonyms.txt"):
        for form in (first, *others):
            canonical[_folded(form)] = _folded(first)
    forms = sorted(canonical, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, forms))), canonical


@lru_cache(maxsize=1)
def exclusive_groups() -> tuple[tuple[str, ...], ...]:
    """Groups of words that rule each other out, in folded form."""
    return tuple(
        tuple(_folded(word) for word in line if word != "+") for line in lines("exclusive.txt")
    )


@lru_cache(maxsize=1)
def _narrowing() -> frozenset[int]:
    """Numbers of the groups whose words narrow a noun."""
    return frozenset(at for at, line in enumerate(lines("exclusive.txt")) if line[0] == "+")


_LEAST_SHARED = 0.12
"""An entry of which a context says less than this share is not near."""
_NEGATED = re.compile("[不未非无].")
"""合格率 is not short for 不合格食品处置率."""
_TOO_COMMON = 400
"""A pair that more entries share finds none of them."""

GroupWords = Mapping[int, frozenset[str]]
"""Number of an exclusive group -> its words that a text says."""


@kept(8192)
def group_words(text: str) -> GroupWords:
    """The words of exclusive groups in a normalised text."""
    found = {}
    for number, group in enumerate(exclusive_groups()):
        words = [word for word in group if word in text]
        if words:
            found[number] = frozenset(word for word in words if _stands_alone(word, words, text))
    return found


def _stands_alone(word: str, words: Sequence[str], text: str) -> bool:
    """Not only within a longer word of its group: 进出口 says neither 进口 nor 出口."""
    longer = [other for other in words if word in other and word != other]
    return text.count(word) > sum(text.count(other) for other in longer)


@kept(8192)
def normalise(text: str) -> str:
    """A name or a stretch of context in comparable form: words apart by single spaces."""
    pattern, canonical = _synonyms()
    folded = _folded(text)
    for quote in "“”\"'‘’「」《》":
        folded = folded.replace(quote, "")
    folded = _YEAR.sub(" ", folded)
    folded = _ALL_KINDS.sub(" ", folded)
    folded = pattern.sub(lambda match: canonical[match.group()], folded)
    return _NOISE.sub(" ", folded).strip()


@lru_cache(maxsize=8192)
def normalise_name(name: str) -> str:
    """A row's name without the counting tail (…企业数 -> …企业) that texts never print."""
    return without_tail(normalise(name))


def without_tail(text: str) -> str:
    """The same for what is normalised already."""
    shorter = _TAIL.sub("", text)
    return shorter if len(shorter) >= 2 else text


@kept(8192)
def pairs(text: str) -> tuple[str, ...]:
    """Character pairs of a normalised text, not across its spaces; single characters alone."""
    found = []
    for word in text.split(" "):
        if len(word) == 1:
            found.append(word)
        found += [word[i : i + 2] for i in range(len(word) - 1)]
    return tuple(found)


@lru_cache(maxsize=8192)
def _weights_in(name: str) -> tuple[tuple[str, float], ...]:
    """Pairs of a normalised name with their share of it: 1, or 0.3 within weak words."""
    weak = [False] * len(name)
    for match in _WEAK.finditer(name):
        for i in range(match.start(), match.end()):
            weak[i] = True
    found: dict[str, float] = {}
    position = 0
    for word in name.split(" "):
        if len(word) == 1:
            found.setdefault(word, 0.3 if weak[position] else 1.0)
        for i in range(len(word) - 1):
            at = position + i
            weight = 0.3 if weak[at] or weak[at + 1] else 1.0
            pair = word[i : i + 2]
            found[pair] = max(weight, found.get(pair, 0.0))
        position += len(word) + 1
    return tuple(found.items())


def _shortens(noun: str, name: str) -> bool:
    """The noun's characters stand in the name in their order, no 不 or 未 of the name left out."""
    rest = iter(_NEGATED.sub("\x00", name)) if not _NEGATED.search(noun) else iter(name)
    return all(letter in rest for letter in noun)


class NameIndex:
    """The names of a table, ready to be compared with contexts.

    Args:
        names: for each entry (by position) the names it goes by.
    """

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self._names = [tuple(normalise_name(name) for name in group) for group in names]
        frequency: Counter[str] = Counter()
        for group in self._names:
            frequency.update({pair for name in group for pair in pairs(name)})
        total = len(self._names)
        self._rarity = {pair: math.log(1 + total / count) for pair, count in frequency.items()}
        self._unknown = math.log(1 + total)
        self._features = [tuple(self._weigh(name) for name in group) for group in self._names]
        self._known = [frozenset[str]().union(*group) for group in self._features]
        self._letters = [
            tuple(name.replace(" ", "") or " " for name in group) for group in self._names
        ]
        self._letter_sets = [tuple(frozenset(name) for name in group) for group in self._letters]
        self._least = [_LEAST_SHARED * self._shortest(group) for group in self._names]
        self._postings: dict[str, list[int]] = {}
        for entry, known in enumerate(self._known):
            for pair in known:
                self._postings.setdefault(pair, []).append(entry)
        self._postings = {
            pair: entries for pair, entries in self._postings.items() if len(entries) <= _TOO_COMMON
        }
        self._groups = [group_words(" ".join(group)) for group in self._names]

    def _weigh(self, name: str) -> dict[str, float]:
        """Pairs of a name with their share of it; the shares sum to 1."""
        weights = {
            pair: weight * self._rarity.get(pair, self._unknown)
            for pair, weight in _weights_in(name)
        }
        total = sum(weights.values()) or 1.0
        return {pair: weight / total for pair, weight in weights.items()}

    def _shortest(self, names: Iterable[str]) -> float:
        """The weight of the lightest of an entry's names."""
        return min(
            math.fsum(
                weight * self._rarity.get(pair, self._unknown) for pair, weight in _weights_in(name)
            )
            for name in names
        )

    def near(self, context: Mapping[str, float], *, most: int = 40) -> list[int]:
        """Entries that share rare pairs with a context, the likeliest first."""
        scores: dict[int, float] = {}
        known = self._postings
        for pair, nearness in context.items():
            if pair in known:
                rarity = self._rarity[pair] * nearness
                for entry in known[pair]:
                    scores[entry] = scores.get(entry, 0.0) + rarity
        likely = [entry for entry, score in scores.items() if score >= self._least[entry]]
        return heapq.nlargest(most, likely, key=scores.__getitem__)

    def coverage(self, entry: int, context: Mapping[str, float]) -> float:
        """How much of the entry's best name the context says, 0 to 1.

        `context` maps pairs to how near they stand to the number (1: in its own clause).
        """
        # fsum: the order of a set must not show in the last digit, where ties are settled.
        return max(
            math.fsum([features[pair] * context[pair] for pair in features.keys() & context.keys()])
            for features in self._features[entry]
        )

    def swallowed(self, entry: int, own: str, others: Iterable[int]) -> bool:
        """The entry's name stands in `own` only as a piece of a longer name of another entry.

        企业 in 企业开办时间, where a row 企业开办平均用时 exists, is not the row 企业.
        """
        for name in self._names[entry]:
            at = own.find(name)
            if not name or at < 0:
                continue
            names = [one for other in others if other != entry for one in self._names[other]]
            while at >= 0:
                end = at + len(name)
                wider = {own[at : end + 1], own[max(0, at - 1) : end]} - {name}
                if not any(piece in one for piece in wider if " " not in piece for one in names):
                    return False
                at = own.find(name, end)
            return True
        return False

    def abbreviated(self, entry: int, noun: str) -> float:
        """How much of a name of the entry `noun` holds where it shortens it, else 0.

        A short form takes characters of the long one in their order: 定检率 of 定期检验率.
        """
        best = 0.0
        if len(noun) < 3:
            return best
        said = frozenset(noun)
        for name, letters in zip(self._letters[entry], self._letter_sets[entry], strict=True):
            if not said <= letters:
                continue
            if _shortens(noun, name):
                best = max(best, len(noun) / len(name))
        return best

    def names(self, entry: int) -> tuple[str, ...]:
        """What the entry goes by, normalised and without spaces."""
        return self._letters[entry]

    def clashes(self, entry: int, own: GroupWords) -> bool:
        """The number's own clause names another of a group that the entry's name has a word of."""
        mine = self._groups[entry]
        return any(not own[number] & mine[number] for number in own.keys() & mine.keys())

    def has_name(self, entry: int, noun: str) -> bool:
        """The entry goes by just this name."""
        return noun in self._letters[entry]

    def resembles(self, entry: int, noun: str) -> bool:
        """A name of the entry begins as the noun does, or holds a noun of two characters."""
        return any(
            name.startswith(noun[:2])
            or (len(noun) == 2 and (noun in name or (noun[0] == name[0] and noun[1] in name)))
            for name in self._letters[entry]
        )

    def letters(self, entry: int, own: frozenset[str]) -> float:
        """How many of the characters of the entry's name stand in the number's own clause."""
        return max(len(name & own) / len(name) for name in self._letter_sets[entry])

    def explained(self, entries: Iterable[int], own: Sequence[str]) -> dict[int, float]:
        """How much of the number's own noun the name of each entry explains, 0 to 1."""
        if not own:
            return dict.fromkeys(entries, 1.0)
        weights: dict[str, float] = {}
        for pair in own:
            weights[pair] = weights.get(pair, 0.0) + self._rarity.get(pair, self._unknown)
        total = math.fsum(weights.values())
        return {
            entry: math.fsum(map(weights.__getitem__, weights.keys() & self._known[entry])) / total
            for entry in entries
        }

    def clash(self, entry: int, own: GroupWords, near: GroupWords) -> float:
        """Factor below 1 where the number's own clause names another of an exclusive group.

        `own` are the group words of the number's clause, `near` those of its whole context.
        """
        factor = 1.0
        mine = self._groups[entry]
        for number, said in mine.items():
            here = own.get(number)
            if here is None:
                inherited = near.get(number)
                if inherited is None:
                    factor *= 0.85 if number in _narrowing() else 1.0
                elif not inherited & said:
                    factor *= 0.7
            elif not here & said:
                factor *= 0.45
        for number in own:
            if number not in mine and number in _narrowing():
                factor *= 0.85
        return factor
