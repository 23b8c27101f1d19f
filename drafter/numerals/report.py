"""Mentions in the JSON shape of `drafter numbers`."""

from decimal import Decimal

from drafter.records.mention import Mention
from drafter.records.period import Period
from drafter.records.quantity import Number, plain

Json = str | int | bool | list[str] | None


def as_json(mention: Mention) -> dict[str, Json]:
    """One mention as the contract writes it.

    Returns:
        start, end, text, core, kind, claim, value, unit, base_value, base_unit, approx, direction,
        period. Values are decimal strings, "1/3" for fractions, pairs for ranges; dates and periods
        ISO with unknown parts left out.
    """
    number, unit = mention.number, mention.unit
    factor = unit.factor if unit else Decimal(1)
    value: Json = _value(number, Decimal(1)) if number else None
    if mention.span is not None:
        value = _iso(mention.span)
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "core": mention.core,
        "kind": mention.kind,
        "claim": mention.claim,
        "value": value,
        "unit": unit.written if unit else None,
        "base_value": _value(number, factor) if number else None,
        "base_unit": unit.base if unit else None,
        "approx": mention.approx,
        "direction": mention.direction,
        "period": _iso(mention.period) if mention.period else None,
    }


def _value(number: Number, factor: Decimal) -> str | list[str]:
    if number.over is not None:
        return f"{plain(number.value)}/{plain(number.over)}"
    if number.upto is not None:
        return [_times(number.value, factor), _times(number.upto, factor)]
    return _times(number.value, factor)


def _times(value: Decimal, factor: Decimal) -> str:
    """The product without trailing zeros after the point; the written form where nothing changes."""
    if factor == 1:
        return plain(value)
    product = plain(value * factor)
    return product.rstrip("0").rstrip(".") if "." in product else product


def _iso(period: Period) -> str | list[str] | None:
    iso = period.iso
    return list(iso) if isinstance(iso, tuple) else iso or None
