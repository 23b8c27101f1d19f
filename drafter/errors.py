"""Every error that may leave the drafter, sorted by who can mend it.

    DrafterError
    ├── MaterialError      the office mends it: a table, a fact list, a document, a template
    ├── RequestError       the caller mends it: an option, a name, a section number
    ├── OperatorError      the operator mends it: settings, permissions, a locked directory
    └── RefusedError       nobody needs to mend anything: a rule of the house says no

Each carries a `code` for programs and tests, and one Chinese sentence for the officer:
what, where, what next. A wrong number in a text is none of these: it is a finding.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


class DrafterError(Exception):
    """The root of the family; never raised itself."""

    code = "drafter"

    @property
    def details(self) -> dict[str, Any]:
        """What lies behind it, for programs."""
        return {}


class MaterialError(DrafterError):
    """Something the office supplied cannot be used as it is."""

    code = "material"


class UnreadableFileError(MaterialError):
    """A file is missing, damaged, too large, dangerous or of an unknown kind."""

    code = "material.unreadable"

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"无法读取“{file}”：{reason}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a table or list: where, what was read, what was expected."""

    file: str
    sheet: str | None
    cell: str | None
    read: str
    expected: str

    def __str__(self) -> str:
        place = "，".join(part for part in (self.file, self.sheet, self.cell) if part)
        return f"{place}：读到“{self.read}”，应为{self.expected}"


class TableError(MaterialError):
    """A table or list is refused whole; `problems` holds everything found in it."""

    code = "material.table"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"表格有{len(self.problems)}处问题，请改正后再试：\n{lines}")

    @property
    def details(self) -> dict[str, Any]:
        """All problems, with their cells."""
        return {"problems": [asdict(problem) for problem in self.problems]}


class TemplateError(MaterialError):
    """A section's template holds something other than text and known references."""

    code = "material.template"

    def __init__(self, reason: str, *, start: int = 0, near: Sequence[str] = ()) -> None:
        self.reason, self.start, self.near = reason, start, tuple(near)
        advice = f"（相近的有：{'、'.join(near)}）" if near else ""
        super().__init__(f"模板第{start + 1}个字符处：{reason}{advice}")


class RequestError(DrafterError):
    """The caller asked for something that does not exist or does not fit together."""

    code = "request"


class UsageError(RequestError):
    """The command line is not as the parser expects it."""

    code = "request.usage"


class OperatorError(DrafterError):
    """Settings, permissions or the state of the machine stand in the way."""

    code = "operator"


class RefusedError(DrafterError):
    """A rule of the house forbids it; `open_points` lists what would have to be settled."""

    code = "refused"

    def __init__(self, message: str, *, open_points: Sequence[str] = ()) -> None:
        self.open_points = tuple(open_points)
        super().__init__(message)

    @property
    def details(self) -> dict[str, Any]:
        """What is open."""
        return {"open_points": list(self.open_points)}
