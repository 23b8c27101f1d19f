"""Numbers and statistics that may not be told of one person or one firm (L28)."""

import re
from collections.abc import Iterator

from drafter.records.claim import Issue
from drafter.verification.lint.issues import issue
from drafter.verification.lint.layout import Layout

_LONG_DIGITS = re.compile(r"(?<![0-9A-Za-z.])[0-9]{11,19}[Xx]?(?![0-9A-Za-z.])")
_PHONE = re.compile(r"1[3-9][0-9]{9}")
_CITIZEN = re.compile(
    r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRM = re.compile(
    r"(?<=[一-鿿]{2})(?:公司|集团)(?:全年|今年以来|[0-9—]{1,5}月份?|实现|完成|上缴|年|累计|，){0,4}"
    r"(?:产值|营业收入|营收|销售收入|税收|税金|利润|纳税|贷款|授信)[^，。；、\n0-9]{0,6}[0-9.,]{1,12}(?:万|亿)?元?"
)
_SHORTEST_CARD = 16


def disclosure_issues(layout: Layout) -> Iterator[Issue]:
    """L28: identity, telephone and bank numbers are errors, one firm's figures a reminder."""
    for match in _LONG_DIGITS.finditer(layout.text):
        digits = match[0]
        if _CITIZEN.fullmatch(digits) and _is_citizen(digits):
            message = "出现身份证号码，属个人信息，请删去"
        elif _PHONE.fullmatch(digits):
            message = "出现手机号码，属个人信息，请删去"
        elif digits.isdecimal() and len(digits) >= _SHORTEST_CARD and _is_card(digits):
            message = "出现银行卡号，属个人信息，请删去"
        else:
            continue
        yield issue("L28", "error", match.span(), message)
    for match in _FIRM.finditer(layout.text):
        message = "写出了单个企业的产值、税收或贷款等数据，公开前须经企业同意并符合统计法规定"
        yield issue("L28", "info", match.span(), message)


def _is_citizen(digits: str) -> bool:
    """The check character of GB 11643 (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17].upper()


def _is_card(digits: str) -> bool:
    """The check digit of bank cards (Luhn)."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
