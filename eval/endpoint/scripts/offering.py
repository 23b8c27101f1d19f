"""Reads from a prompt what it offers: the one place that knows the form of `prompts/*.j2`.

References stand one a line, `- {{ 工业投资.值 }}：what it prints`, below the name of their row
`工业投资（必报；下降，…）` or the words of their fact `素材F07（荣誉）：…`.
"""

import re
from dataclasses import dataclass, field

_OFFER = re.compile(r"^[ \t]*- (\{\{[^{}\n]{1,80}\}\})(?:[：:]([^\n]{0,400}))?$", re.MULTILINE)
_FIELD = re.compile(r"\{\{\s*([^\s.{}]+)\.([^\s.{}]+)\s*\}\}")
_ROW = re.compile(r"^(?P<name>[^-\s][^（\n]{0,80})(?:（(?P<notes>[^\n]*)）)?$")
_FACT = re.compile(r"^素材(?P<id>\S+?)(?:（(?P<notes>[^（）\n]*)）)?：(?P<text>[^\n]*)$")
_LENGTH = re.compile(r"约([0-9]{2,5})字")
_QUOTED = re.compile(r"<<<\n(.*?)\n>>>", re.DOTALL)


@dataclass(slots=True)
class Row:
    """A row that a prompt offers."""

    name: str
    notes: str = ""
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    """值 -> reference and what it prints."""

    @property
    def required(self) -> bool:
        """必报."""
        return "必报" in self.notes


@dataclass(slots=True)
class Fact:
    """A fact that a prompt offers."""

    id: str
    text: str
    notes: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    """全称 -> reference."""
    tie: str = ""

    @property
    def required(self) -> bool:
        """必写 or 亮点."""
        return "必写" in self.notes or "亮点" in self.notes


@dataclass(slots=True)
class Offer:
    """All that a prompt offers."""

    rows: list[Row]
    facts: list[Fact]
    length: int
    """Characters asked for; 0 where none are."""
    year: str
    kind: str
    """section, lead, plan, problems, repair, resize or regenerate."""
    current: str
    """The template that is to be mended or changed."""


def offers(prompt: str) -> tuple[tuple[str, str], ...]:
    """The references that a prompt offers, each with its meaning ('' if none), in order."""
    return tuple((one[1], (one[2] or "").strip()) for one in _OFFER.finditer(prompt))


def offer_of(prompt: str) -> Offer:
    """What a prompt offers and asks for."""
    length, year = _LENGTH.search(prompt), re.search(r"起草([0-9]{4})年", prompt)
    quoted = _QUOTED.findall(prompt)
    rows, facts = _material(prompt)
    return Offer(
        rows,
        facts,
        int(length[1]) if length else 0,
        year[1] if year else "",
        _kind(prompt),
        quoted[0] if quoted else "",
    )


def _kind(prompt: str) -> str:
    marks = {
        "没有通过核对": "repair",
        "只输出改写后的正文": "resize",
        "只输出重写后的正文": "regenerate",
        "请写全文的导语": "lead",
        "先写下一年的目标": "plan",
        "每条先说问题": "problems",
    }
    return next((kind for mark, kind in marks.items() if mark in prompt), "section")


def _material(prompt: str) -> tuple[list[Row], list[Fact]]:
    """Rows and facts in the order of the prompt."""
    rows: list[Row] = []
    facts: list[Fact] = []
    last: Row | Fact | None = None
    for line in prompt.splitlines():
        offered, fact = _OFFER.match(line), _FACT.match(line)
        if fact is not None:
            last = Fact(fact["id"], fact["text"], fact["notes"] or "")
            facts.append(last)
        elif offered is not None:
            last = _with(last, offered[1], (offered[2] or "").strip(), rows, facts)
        elif line.strip():
            named = _ROW.match(line)
            last = Row(named["name"], named["notes"] or "") if named else None
    return [one for one in rows if one.fields], facts


def _with(
    last: Row | Fact | None, reference: str, prints: str, rows: list[Row], facts: list[Fact]
) -> Row | Fact | None:
    found = _FIELD.match(reference)
    if found is None:
        return last
    name, asked = found[1], found[2]
    if name == "据":
        last = last if isinstance(last, Fact) else _added(Fact(asked, ""), facts)
        last.tie = reference
    elif isinstance(last, Fact):
        last.fields[asked] = reference
    elif re.fullmatch(r"全称|时间|要点|主体|n[0-9]+", asked):
        last = _added(Fact(name, ""), facts)
        last.fields[asked] = reference
    else:
        last = last if last is not None else Row(name)
        if last not in rows:
            rows.append(last)
        last.fields[asked] = (reference, prints)
    return last


def _added(fact: Fact, facts: list[Fact]) -> Fact:
    facts.append(fact)
    return fact
