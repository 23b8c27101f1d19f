"""A reader of .http files as editors have them: requests one below the other, run from the top.

What is understood is what the examples use of the common format:

    @base = http://127.0.0.1:8321/v1          a variable of the file

    ### 上传指标表                              a request begins; its title
    # @name upload                            its answer is called so further down
    # expect 201                              the status that has to come, with a code: 409 draft.state
    POST {{base}}/indicator-tables
    Content-Type: application/json

    {"id": "{{upload.response.body.$.id}}"}   `< ./file` stands for a file's bytes
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_VARIABLE = re.compile(r"@(\w+)\s*=\s*(.*)")
_REQUEST = re.compile(r"(GET|POST|PUT|PATCH|DELETE) (\S+)")
_NAME = re.compile(r"# @name (\w+)")
_EXPECT = re.compile(r"# expect (\d{3})(?: (\S+))?")
_PLACE = re.compile(r"\{\{([^{}]+)\}\}")
_ANSWER = re.compile(r"(\w+)\.response\.(body|headers)\.(\S+)")
_STEP = re.compile(r"\.(\w+)|\[(-?\d+)\]")
_FILE = re.compile(r"< (\S.*)")


@dataclass(frozen=True, slots=True)
class Example:
    """One request as it is written, with its places not filled in yet."""

    title: str
    line: int
    name: str
    expected: int | None
    code: str
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: tuple[str, ...]
    """Lines."""


@dataclass(frozen=True, slots=True)
class HttpFile:
    """The variables of a file and its requests in order."""

    path: Path
    variables: Mapping[str, str]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request with everything filled in."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.content)


def read_http_file(path: Path) -> HttpFile:
    """The requests of a file.

    Raises:
        ValueError: a part between `###` lines is no request.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = [number for number, line in enumerate(lines) if line.startswith("###")]
    variables = {found[1]: found[2] for line in lines if (found := _VARIABLE.fullmatch(line))}
    ends = [*begins[1:], len(lines)]
    examples = tuple(
        _example(lines[begin:end], begin) for begin, end in zip(begins, ends, strict=True)
    )
    return HttpFile(path, variables, examples)


def _example(lines: list[str], begin: int) -> Example:
    title, rest = lines[0].strip("# "), lines[1:]
    at = next((n for n, line in enumerate(rest) if _REQUEST.match(line)), None)
    if at is None:
        raise ValueError(f"line {begin + 1}: no request under “{title}”")
    before, request = rest[:at], _REQUEST.match(rest[at])
    assert request is not None
    behind = rest[at + 1 :]
    blank = next((n for n, line in enumerate(behind) if not line.strip()), len(behind))
    names = [found[1] for line in before if (found := _NAME.fullmatch(line))]
    expected = [found for line in before if (found := _EXPECT.fullmatch(line))]
    headers = [line.partition(":")[::2] for line in behind[:blank]]
    body = behind[blank + 1 :]
    while body and not body[-1].strip():
        body.pop()
    return Example(
        title=title,
        line=begin + 2 + at,
        name=names[0] if names else "",
        expected=int(expected[0][1]) if expected else None,
        code=(expected[0][2] or "") if expected else "",
        method=request[1],
        url=request[2],
        headers=tuple((name.strip(), value.strip()) for name, value in headers),
        body=tuple(body),
    )


def run(
    file: HttpFile, variables: Mapping[str, str], send: Callable[[Sent], Answer]
) -> Iterator[tuple[Example, Answer]]:
    """Sends the requests from the top; each may use the answers before it.

    Args:
        file: As it was read.
        variables: In place of the file's own, as an editor's environment has them.
        send: Sends one.
    """
    known: dict[str, str] = {**file.variables, **variables}
    answers: dict[str, Answer] = {}
    for one in file.examples:
        answer = send(_filled(one, file.path.parent, known, answers))
        if one.name:
            answers[one.name] = answer
        yield one, answer


def _filled(
    one: Example, folder: Path, known: Mapping[str, str], answers: Mapping[str, Answer]
) -> Sent:
    def fill(text: str) -> str:
        return _PLACE.sub(lambda found: _value(found[1].strip(), known, answers), text)

    headers = {name: fill(value) for name, value in one.headers}
    pieces = [
        (folder / found[1]).read_bytes()
        if (found := _FILE.fullmatch(line))
        else fill(line).encode()
        for line in one.body
    ]
    # The lines of a form end as those of mail do; what a file has between them stays.
    is_form = headers.get("Content-Type", "").startswith("multipart/form-data")
    content = (b"\r\n" if is_form else b"\n").join(pieces)
    return Sent(one.method, fill(one.url), headers, content + b"\r\n" if is_form else content)


def _value(place: str, known: Mapping[str, str], answers: Mapping[str, Answer]) -> str:
    if place in known:
        return _PLACE.sub(lambda found: _value(found[1].strip(), known, answers), known[place])
    found = _ANSWER.fullmatch(place)
    if found is None or found[1] not in answers:
        raise ValueError(f"nothing is called {place}")
    answer = answers[found[1]]
    if found[2] == "headers":
        return answer.headers[found[3]]
    value = json.loads(answer.content)
    for step in _STEP.finditer(found[3].removeprefix("$")):
        value = value[step[1]] if step[1] else value[int(step[2])]
    return str(value)
