"""Text to typed mentions: every numeral of a text, classified; knows nothing of indicators.

>>> [(m.text, m.kind, m.claim) for m in read_mentions("（一）新增企业35家，增长8.7%")]
[('（一）', 'enumerator', False), ('35家', 'quantity', True), ('8.7%', 'rate_change', True)]
"""

from drafter.numerals.census import read_mentions
from drafter.numerals.report import as_json

__all__ = ["as_json", "read_mentions"]
