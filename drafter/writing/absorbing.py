"""Takes words out of a template that its references print themselves.

Editors and models type 同比增长 before a growth, 约 before an approximate value, 亿元 behind an
amount. The phrase has all of these from its row, which may change; so the typed ones go when a
template is saved: no 增长增长, no 增长-4.7%, no 约约, no 亿元亿元, no stale 预计.
"""

import re
from dataclasses import replace

from drafter.records.indicator import Indicator
from drafter.records.quantity import unit
from drafter.writing.references import Materials, Piece, Prose, Reference, parse

MOST_PASSES = 50
"""A pass takes one word from each side; nobody in earnest types fifty."""

_AMOUNTS = ("值", "上年", "目标")
_PERCENTS = ("增长", "增速", "完成率", "占比", "序时")
_NUMERIC = (*_AMOUNTS, *_PERCENTS, "增减")

_DIRECTION = re.compile(
    r"(?:增长|增加|上升|提高|提升|下降|减少|降低|回落|下滑|上涨)(?:了|为|达到?)?$"
)
_RATE_NOUN = re.compile(r"(?:增幅|降幅|增速)(?:为|达到?)?$")
_CHANGE = re.compile(r"净?(?:增加|增长|减少|下降|上升|提高|降低|增|减)(?:了)?$")
_APPROXIMATE = re.compile(
    r"(?:大约|约|将近|接近|近|不足|不到|逾|高达|多达)$|约(?=(?:为|占|达|达到|合)$)"
)
_EXCEED = re.compile(r"(?:已经?)?(?:首次|成功|一举)?(?:突破|超过|超出|超)(?:了)?$")
_ESTIMATE = re.compile(
    r"预计(?=(?:全年)?(?:可|将|能)?(?:完成|达到|达|实现|为|(?:同比|[较比]上年(?:同期)?)?(?:增长|下降)?)?$)"
)
# 完成达到: a cell that says 达到 or 突破 is a verb of its own.
_VERB = re.compile(r"(?:完成|实现|达到?|为)$")
_VERBS_OF_CELLS = ("达", "突破")
_AFTER = re.compile(r"左右|上下|以上|以下|以内")
# A unit that begins the next word is no unit: 3家 + 家庭, 32个 + 个体户.
_NO_UNIT = re.compile(
    r"家(?:庭|具|乡|属|长|电)|个(?:体|人|税|性|别)|人(?:员|才|民|口|均|大|力)|名(?:单|牌|优|录)"
    r"|条(?:件|例)|项目|位于|台账|户籍|次(?:数|序)|件数|元(?:旦|素)|场(?:地|景|所)|期(?:间|末)"
)
_UNITS = re.compile(r"(?:万|亿)?元|(?:万|亿)?(?:人次|人)|个?百分点|％|%")
_RANK_WORD = re.compile(r"第$")
_RANK_TAIL = re.compile(r"(?:位|名)(?![于列单])")


def absorb(template: str, materials: Materials) -> str:
    """The template without words that its references print.

    Args:
        template: As typed; one with problems comes back as it is (`check_template` names them).
        materials: For the rows' own units, approximators and scopes.

    Returns:
        The template to store. Absorbing it again changes nothing.
    """
    for _ in range(MOST_PASSES):
        mended = _once(template, materials)
        if mended == template:
            break
        template = mended
    return template


def _once(template: str, materials: Materials) -> str:
    parsed = parse(template)
    if parsed.problems:
        return template
    pieces = list(parsed.pieces)
    for index, piece in enumerate(pieces):
        if isinstance(piece, Reference) and _is_figure(piece):
            row = materials.row(piece.name)
            if row is not None:
                _absorb_around(pieces, index, piece, row)
    return "".join(
        piece.text if isinstance(piece, Prose) else _source(piece, template) for piece in pieces
    )


def _is_figure(piece: Reference) -> bool:
    return piece.kind == "row" and piece.field != "名称"


def _source(reference: Reference, template: str) -> str:
    """As typed where nothing changed, else as the house writes it."""
    typed = template[reference.start : reference.end]
    (same,) = parse(typed).pieces
    kept = isinstance(same, Reference) and same.source == reference.source
    return typed if kept else reference.source


def _absorb_around(pieces: list[Piece], index: int, reference: Reference, row: Indicator) -> None:
    before = _text(pieces, index - 1)
    after = _text(pieces, index + 1)
    before, reference = _before(before, reference, row)
    after, reference = _behind(after, reference, row)
    _put(pieces, index - 1, before)
    _put(pieces, index + 1, after)
    pieces[index] = reference


def _text(pieces: list[Piece], index: int) -> str:
    piece = pieces[index] if 0 <= index < len(pieces) else None
    return piece.text if isinstance(piece, Prose) else ""


def _put(pieces: list[Piece], index: int, text: str) -> None:
    piece = pieces[index] if 0 <= index < len(pieces) else None
    if isinstance(piece, Prose) and piece.text != text:
        pieces[index] = replace(piece, text=text)


def _before(text: str, reference: Reference, row: Indicator) -> tuple[str, Reference]:
    field = reference.field
    if field in ("位次", "增速位次"):
        return _rank_before(text, row), reference
    if field not in _NUMERIC:
        return text, reference
    text = _ESTIMATE.sub("", text)
    text = _approximator_before(text, reference, row)
    if field in ("增长", "增速") and _DIRECTION.search(text):
        return _DIRECTION.sub("", text), replace(reference, field="增长")
    if field == "增长":
        text = _RATE_NOUN.sub("", text)
    if field == "增减":
        text = _CHANGE.sub("", text)
    return text, reference


def _approximator_before(text: str, reference: Reference, row: Indicator) -> str:
    """约 and 近 go; 突破 goes where the row says it, else it becomes 达到."""
    text = _APPROXIMATE.sub("", text)
    figure = row.value if reference.field == "值" else None
    if figure is not None and (figure.approx or "").startswith(_VERBS_OF_CELLS):
        text = _VERB.sub("", text)
    if reference.field in _AMOUNTS and _EXCEED.search(text):
        said = figure is not None and figure.approx
        return _EXCEED.sub("" if said else "达到", text)
    return text


def _rank_before(text: str, row: Indicator) -> str:
    text = _RANK_WORD.sub("", text)
    if row.rank_scope and text.endswith(row.rank_scope):
        return text[: -len(row.rank_scope)]
    return text


def _behind(text: str, reference: Reference, row: Indicator) -> tuple[str, Reference]:
    if reference.field in ("位次", "增速位次"):
        return _RANK_TAIL.sub("", text, count=1) if _RANK_TAIL.match(text) else text, reference
    if reference.field not in _NUMERIC:
        return text, reference
    text = _infix_gone(text, row)
    text, reference = _unit_behind(text, reference, row)
    found = _AFTER.match(text)
    return (text[found.end() :] if found else text), reference


def _infix_gone(text: str, row: Indicator) -> str:
    """多 and 余 typed between a number and its unit."""
    rest = text[1:]
    if text[:1] in ("多", "余") and row.unit and rest.startswith(row.unit):
        return rest
    return text


def _unit_behind(text: str, reference: Reference, row: Indicator) -> tuple[str, Reference]:
    if _NO_UNIT.match(text):
        return text, reference
    if reference.field in _PERCENTS:
        return re.sub(r"\A(?:%|％|个?百分点)", "", text), reference
    if row.unit and text.startswith(row.unit):
        return text[len(row.unit) :], reference
    typed = _UNITS.match(text)
    if typed and _convertible(typed[0], row.unit):
        return text[typed.end() :], replace(reference, unit=typed[0])
    return text, reference


def _convertible(typed: str, written: str) -> bool:
    one, other = unit(typed), unit(written)
    return one.kind in ("money", "visits", "people") and one.dimension == other.dimension
