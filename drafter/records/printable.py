"""Text as people see it: what no eye sees and no file may hold is gone.

What XML forbids, what turns text round, and what nobody can see: C0 and C1 controls, zero-width and
bidirectional marks, line and paragraph separators, surrogates, non-characters.
"""

import re

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Text as it may stand in a file: unprintable characters gone, tabs as spaces.

    Newlines stay; whoever calls decides what they mean.
    """
    return _UNPRINTABLE.sub("", text.replace("\t", " "))


def shortened(text: str, most: int) -> str:
    """A text on one line, cut behind so many characters."""
    line = clean(text).replace("\n", " ")
    return line if len(line) <= most else line[:most] + "……"


def abbreviated(name: str, most: int) -> str:
    """A name of at most so many characters, the last one a mark where it is cut."""
    return name if len(name) <= most else name[: most - 1] + "…"
