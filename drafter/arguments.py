"""Options that take several files after one name: `--indicators 甲.xlsx 乙.csv`.

Click knows only one value an option, so the arguments are written out before it sees them.
"""

from collections.abc import Sequence
from pathlib import PurePath

SEVERAL = ("--indicators", "--facts")
TABLE_SUFFIXES = (".xlsx", ".csv", ".json")


def spread(arguments: Sequence[str]) -> list[str]:
    """`--indicators A B` becomes `--indicators A --indicators B`.

    Files after the first are taken only while they can be tables; a text that follows
    (`check --indicators 表.csv 总结.txt`) stays an argument of its own.
    """
    found: list[str] = []
    option, taken = "", 0
    for argument in arguments:
        if argument.startswith("-"):
            option, taken = (argument if argument in SEVERAL else ""), 0
            found.append(argument)
            continue
        if option and taken and PurePath(argument).suffix.lower() in TABLE_SUFFIXES:
            found += [option, argument]
        elif option and taken:
            option = ""
            found.append(argument)
        else:
            found.append(argument)
        taken += 1
    return found
