"""Chinese numerals to decimals, and back.

Knows 二十三点五亿, 二〇二二, 三万五, 一亿二千万, the formal 壹佰, and Arabic digits mixed with
Chinese scales (1亿2千万). Knows nothing of units, of 概数 such as 三四十 (`tokens` reads them)
and of idioms: whether a 一 is a number at all is asked in `classify`.

>>> parse_chinese("二十三点五亿")
Decimal('2.35E+9')
"""

import re
from decimal import Decimal

DIGITS = "零〇○一二两三四五六七八九"
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
LARGE_SCALES = {"万": 10_000, "亿": 100_000_000}
NUMERAL_CHARACTERS = "零〇○一二两三四五六七八九十百千万亿"

_FORMAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億兩０１２３４５６７８９．",
    "一二三四五六七八九十百千万亿两0123456789.",
)
_VALUE = {"零": 0, "〇": 0, "○": 0, "两": 2} | {
    digit: place for place, digit in enumerate("一二三四五六七八九", start=1)
}
_TOKENS = re.compile(rf"[0-9]+(?:\.[0-9]+)?|[{NUMERAL_CHARACTERS}]")
_WHOLE = re.compile(rf"(?:[0-9]+(?:\.[0-9]+)?|[{NUMERAL_CHARACTERS}])+")
_POSITIONAL = re.compile(r"[零〇○一二三四五六七八九]{3,}|[一二三四五六七八九][零〇○]")
_POINT = re.compile(rf"([{NUMERAL_CHARACTERS}]*)点([零〇○一二三四五六七八九]+)([十百千万亿]*)")
_ZEROS = "零〇○"
_LONGEST = 64  # longer runs are no numeral anybody wrote


def parse_chinese(text: str) -> Decimal | None:
    """The value of a numeral that is wholly or partly written in Chinese characters.

    Args:
        text: The numeral alone, without unit, sign or approximator.

    Returns:
        Its value, or None where the text is no well-formed numeral (三四, 十百, 五个). The
        exponent keeps the written precision: 二十三点五亿 is 2.35E+9.
    """
    text = text.strip().translate(_FORMAL)
    if not text or len(text) > _LONGEST:
        return None
    point = _POINT.fullmatch(text)
    if point:
        return _with_point(*point.groups())
    if not _WHOLE.fullmatch(text):
        return None
    if _POSITIONAL.fullmatch(text):
        return Decimal("".join(str(_VALUE[digit]) for digit in text))
    return _structured(_TOKENS.findall(text))


def _with_point(whole: str, fraction: str, scale: str) -> Decimal | None:
    head = parse_chinese(whole) if whole else Decimal(0)
    factor = _structured(list(scale)) if scale else Decimal(1)
    if head is None or factor is None or head != head.to_integral_value():
        return None
    digits = "".join(str(_VALUE[digit]) for digit in fraction)
    value = Decimal(f"{int(head)}.{digits}")
    return value.scaleb(factor.adjusted())


def _structured(tokens: list[str]) -> Decimal | None:
    """Evaluates digits and scales; None where they do not stand in a possible order."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    zero = False
    last_small, last_large, last_scale = 10_000, 0, 0
    for token in tokens:
        if token in SMALL_SCALES:
            scale = SMALL_SCALES[token]
            if scale >= last_small or (digit is None and section and scale != 10):
                return None
            section += (Decimal(1) if digit is None else digit) * scale
            digit, last_small, last_scale = None, scale, scale
        elif token in LARGE_SCALES:
            scale = LARGE_SCALES[token]
            section += digit or 0
            if scale > last_large:
                total = (total + section or Decimal(1)) * scale
            elif not section or scale == last_large:
                return None
            else:
                total += section * scale
            digit, section, zero = None, Decimal(0), False
            last_small, last_large, last_scale = 10_000, scale, scale
        elif token in _ZEROS:
            if digit is not None:
                return None
            zero = True
        elif digit is not None:
            return None
        else:
            digit = Decimal(_VALUE[token]) if token in _VALUE else Decimal(token)
    return total + section + _last_digit(digit, last_scale, zero=zero)


def _last_digit(digit: Decimal | None, last_scale: int, *, zero: bool) -> Decimal:
    """三万五 is 35,000 and 一百二 is 120, but 一百零二 is 102 and 十五 is 15."""
    if digit is None:
        return Decimal(0)
    colloquial = last_scale >= 100 and not zero and digit < 10 and digit == int(digit)
    return digit * (last_scale // 10) if colloquial else digit


def to_chinese(value: int) -> str:
    """A whole number from 0 to 10¹² − 1 in Chinese characters: 105 is 一百零五, 12 is 十二."""
    if value == 0:
        return "零"
    words = ""
    for scale, name in ((100_000_000, "亿"), (10_000, "万"), (1, "")):
        section, value = divmod(value, scale)
        if section:
            if words and section < 1000:
                words += "零"
            words += _section_in_words(section) + name
    return words.removeprefix("一") if words.startswith("一十") else words


def _section_in_words(section: int) -> str:
    words, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, section = divmod(section, scale)
        if digit:
            words += ("零" if gap and words else "") + "一二三四五六七八九"[digit - 1] + name
            gap = False
        else:
            gap = True
    return words
