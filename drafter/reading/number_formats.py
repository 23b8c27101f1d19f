"""What an officer sees in a spreadsheet cell: a stored number set in its number format.

Knows percent, rounding, thousands, scaling by commas, the 万 trick `0!.0,`, literals, sections
for negative and zero, conditions, and fractions. Colours and paddings are left out. A negative
number never loses its sign here, even where the format shows it by colour alone.

>>> shown(Decimal("0.087"), "0.0%")
'8.7%'
>>> shown(Decimal("12345"), '0!.0,"万元"')
'1.2万元'
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_ATOM = re.compile(r'"[^"]*"|[\\!].|\[[^\]]*\]|.', re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<general>(?:G/)?General|G/通用格式)
    | "(?P<quoted>[^"]*)" | [\\!](?P<escaped>.)
    | (?P<skipped>_. | \*. | \[\$-[^\]]*\] | \[(?!\$)[^\]]*\])
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]
    | (?P<exponent>[Ee][+-]0+) | (?P<digit>[0?#]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%)
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_COMPARE = {"<=": (-1, 0), ">=": (0, 1), "<>": (-1, 1), "<": (-1,), ">": (1,), "=": (0,)}
_SIGNS = frozenset("-−–(（↓▼△减降负亏")
_FRACTION = re.compile(r"[#0? ]*[#0?]/([#0?]+|[0-9]+)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def shown(value: Decimal, number_format: str) -> str:
    """The text that a spreadsheet shows for a number.

    Args:
        value: As stored, float noise already rounded away.
        number_format: The cell's format code; `General` shows the number as it is.

    Returns:
        The number with everything that the format writes around it.
    """
    sections = _sections(number_format)
    section, strip_sign = _choose(value, sections)
    if _FRACTION.fullmatch(section.strip()):
        return _fraction(value, section.strip())
    tokens = [
        _Token(match.lastgroup or "", match[match.lastgroup or 0])
        for match in _TOKEN.finditer(section)
    ]
    kinds = {token.kind for token in tokens}
    if "exponent" in kinds or section.strip() == "@":
        return _plain(value)
    if not kinds & {"digit", "general"}:
        return _wordy(value, _literals(tokens).strip())
    body = _set(abs(value), tokens)
    if value == 0 and body.strip() and not body.strip().strip("-—–"):
        return "0"
    if value >= 0 or not re.search("[1-9]", body):
        return body
    return _signed(body, tokens, strip_sign=strip_sign)


def _sections(number_format: str) -> list[str]:
    sections = [""]
    for atom in _ATOM.findall(number_format):
        if atom == ";":
            sections.append("")
        else:
            sections[-1] += atom
    return sections if len(sections) > 1 or sections[0] else ["General"]


def _wordy(value: Decimal, words: str) -> str:
    """A section without digits: 持平, nothing at all, or the accountants' dash for zero."""
    return "0" if value == 0 and words and not words.strip("-—–") else words


def _choose(value: Decimal, sections: list[str]) -> tuple[str, bool]:
    """The section for a value, and whether that section itself is the sign of a negative."""
    numeric = sections[:3]
    if any(_CONDITION.search(section) for section in numeric):
        for section in numeric:
            condition = _CONDITION.search(section)
            if condition is None or _holds(value, condition):
                return section, False
        return numeric[-1], False
    if len(numeric) > 1 and value < 0:
        return numeric[1], True
    if len(numeric) > 2 and value == 0:
        return numeric[2], False
    return numeric[0], False


def _holds(value: Decimal, condition: re.Match[str]) -> bool:
    return int(value.compare(Decimal(condition[2]))) in _COMPARE[condition[1]]


def _literals(tokens: list[_Token]) -> str:
    return "".join(token.text for token in tokens if _is_literal(token))


def _is_literal(token: _Token) -> bool:
    return token.kind in ("quoted", "escaped", "currency", "other")


def _signed(body: str, tokens: list[_Token], *, strip_sign: bool) -> str:
    """A negative keeps a sign that reads as one; accounting brackets become a minus."""
    literals = _literals(tokens)
    if not strip_sign or not _SIGNS & set(literals):
        return f"-{body}"
    return f"-{body.strip().strip('()（）')}" if set("(（") & set(literals) else body


def _set(value: Decimal, tokens: list[_Token]) -> str:
    last = max(index for index, token in enumerate(tokens) if token.kind in ("digit", "general"))
    points = [index for index, token in enumerate(tokens) if token.kind == "point"]
    point = points[0] if points else None
    value = _scaled(value, tokens, last, point)
    if any(token.kind == "general" for token in tokens):
        return "".join(_plain(value) if t.kind == "general" else _written(t) for t in tokens)
    whole_end = last + 1 if point is None else point
    decimals = [] if point is None else [t for t in tokens[point:] if t.kind == "digit"]
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    head = _whole(whole, tokens[:whole_end])
    tail = "" if point is None else _decimals(fraction, tokens[point + 1 :])
    rest = tokens[whole_end:] if point is None else []
    return head + tail + "".join(_written(token) for token in rest)


def _scaled(value: Decimal, tokens: list[_Token], last: int, point: int | None) -> Decimal:
    """Percent signs multiply; commas after the last digit before the point divide."""
    percents = sum(token.kind == "percent" for token in tokens)
    places = [last] if point is None else [last, _last_digit_before(tokens, point)]
    commas = sum(_commas_after(tokens, place) for place in set(places))
    return value.scaleb(2 * percents - 3 * commas)


def _last_digit_before(tokens: list[_Token], point: int) -> int:
    digits = [index for index in range(point) if tokens[index].kind == "digit"]
    return digits[-1] if digits else point


def _commas_after(tokens: list[_Token], place: int) -> int:
    count = 0
    for token in tokens[place + 1 :]:
        if token.kind != "comma":
            break
        count += 1
    return count


def _written(token: _Token) -> str:
    if token.kind == "percent":
        return "%"
    return token.text if _is_literal(token) else ""


def _whole(digits: str, tokens: list[_Token]) -> str:
    """The digits before the point, set into their places from the right."""
    left = "" if digits == "0" else digits
    grouped = _has_thousands(tokens)
    first = next((i for i, token in enumerate(tokens) if token.kind == "digit"), None)
    pieces: list[str] = []
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != "digit":
            pieces.append(_written(token))
            continue
        take = left if index == first else left[-1:]
        left = left[: len(left) - len(take)]
        pieces.append(take or ("0" if token.text == "0" else ""))
    text = "".join(reversed(pieces))
    return _grouped(text) if grouped else text


def _has_thousands(tokens: list[_Token]) -> bool:
    kinds = "".join({"digit": "d", "comma": ","}.get(token.kind, "") for token in tokens)
    return "d,d" in kinds


def _grouped(text: str) -> str:
    return re.sub(r"[0-9]{4,}", lambda match: f"{int(match[0]):,}", text, count=1)


def _decimals(digits: str, tokens: list[_Token]) -> str:
    kept = list(digits)
    places = [token.text for token in tokens if token.kind == "digit"]
    while kept and kept[-1] == "0" and places[len(kept) - 1] == "#":
        kept.pop()
    pieces, used = [], 0
    for token in tokens:
        if token.kind == "digit":
            pieces.append(kept[used] if used < len(kept) else "")
            used += 1
        else:
            pieces.append(_written(token))
    return ("." if kept else "") + "".join(pieces)


def _fraction(value: Decimal, section: str) -> str:
    bottom = section.rpartition("/")[2]
    most = 10 ** len(bottom) - 1
    near = Fraction(value).limit_denominator(most)
    if bottom.isdecimal() and bottom.strip("0"):
        near = Fraction(round(value * int(bottom)), int(bottom))
    return f"{near.numerator}/{near.denominator}" if near.denominator > 1 else str(near.numerator)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
