"""The load, as a process of its own: `python -m eval.load.generator` is told on its standard input.

Open: each request is due at a fixed moment whatever became of the ones before; how long it took
counts from that moment. Closed: so many clients each ask for the next thing as soon as they are
answered.
"""

import asyncio
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

import httpx2

from eval.load.mix import CHECK, EDIT, Asked, Target, mixed, section_path

_TRIES = 20
"""How often an edit that somebody else came before is sent again."""
_ADDED = "同时加强跟踪服务。"
_TIMEOUT = 30.0
_MOST_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Order:
    """What the process is told."""

    url: str
    token: str
    target: Target
    seconds: float
    rate: float = 0.0
    """Requests a second; 0 for a closed loop."""
    clients: int = 8
    """Of a closed loop."""
    seed: int = 1


@dataclass(slots=True)
class Result:
    """What came of it."""

    times: list[tuple[str, float]] = field(default_factory=list)
    """Kind and milliseconds of each request that was answered as it should."""
    errors: dict[str, int] = field(default_factory=dict)
    """Kind and status or exception -> how many."""
    outrun: int = 0
    """Edits that were answered 412 and sent again with the new version."""
    late: float = 0.0
    """Milliseconds after its moment at which the latest request was sent."""
    seconds: float = 0.0
    cpu: float = 0.0
    """Seconds of the processor that the generator itself took."""


class Generator:
    """One client that knows the versions it has seen."""

    def __init__(self, order: Order, client: httpx2.AsyncClient) -> None:
        self._order, self._client, self.result = order, client, Result()
        self._seen: dict[str, tuple[int, str]] = {}

    async def run(self) -> Result:
        """The whole load."""
        for one in self._order.target.sections:
            answer = await self._client.get(section_path(self._order.target.draft, one))
            self._saw(one, answer.raise_for_status().json())
        begun = monotonic()
        await (self._open(begun) if self._order.rate else self._closed(begun))
        self.result.seconds = monotonic() - begun
        used = resource.getrusage(resource.RUSAGE_SELF)
        self.result.cpu = used.ru_utime + used.ru_stime
        return self.result

    async def _open(self, begun: float) -> None:
        order = self._order
        asked = mixed(round(order.rate * order.seconds), order.target, order.seed)
        async with asyncio.TaskGroup() as tasks:
            for number, one in enumerate(asked):
                due = begun + number / order.rate
                await asyncio.sleep(max(0.0, due - monotonic()))
                self.result.late = max(self.result.late, (monotonic() - due) * 1000)
                tasks.create_task(self._timed(one, due))

    async def _closed(self, begun: float) -> None:
        order = self._order
        until = begun + order.seconds
        asked = _endless(order)

        async def client() -> None:
            while monotonic() < until:
                await self._timed(next(asked), monotonic())

        async with asyncio.TaskGroup() as tasks:
            for _ in range(order.clients):
                tasks.create_task(client())

    async def _timed(self, one: Asked, due: float) -> None:
        try:
            status = await self._answered(one)
        except (httpx2.HTTPError, OSError) as error:
            self._failed(f"{one.kind} {type(error).__name__}")
            return
        if status == 200:
            self.result.times.append((one.kind, (monotonic() - due) * 1000))
        else:
            self._failed(f"{one.kind} {status}")

    def _failed(self, what: str) -> None:
        self.result.errors[what] = self.result.errors.get(what, 0) + 1

    async def _answered(self, one: Asked) -> int:
        """The status of the last answer to a request."""
        if one.kind == CHECK:
            body = {"text": one.text, **_materials(self._order.target)}
            return (await self._client.post(one.path, json=body)).status_code
        if one.kind == EDIT:
            return await self._edited(one)
        return (await self._client.get(one.path)).status_code

    async def _edited(self, one: Asked) -> int:
        """A sentence more, or one less where it is there already; sent again where it came late."""
        for _ in range(_TRIES):
            version, text = self._seen[one.section]
            new = text.removesuffix(_ADDED) if text.endswith(_ADDED) else text + _ADDED
            headers = {"If-Match": f'"{version}"'}
            answer = await self._client.put(one.path, json={"text": new}, headers=headers)
            if answer.status_code == 200:
                self._saw(one.section, answer.json())
            if answer.status_code != 412:
                break
            self.result.outrun += 1
            self._saw(one.section, answer.json()["current"])
        return answer.status_code

    def _saw(self, section: str, content: dict[str, Any]) -> None:
        """The newest version counts: answers may overtake each other."""
        if content["version"] >= self._seen.get(section, (0, ""))[0]:
            self._seen[section] = (content["version"], content["text"])


def _materials(target: Target) -> dict[str, Any]:
    return {"table": {"id": target.table}, "facts": {"id": target.facts}}


def _endless(order: Order) -> Iterator[Asked]:
    seed = order.seed
    while True:
        yield from mixed(1000, order.target, seed)
        seed += 1


async def generated(order: Order) -> Result:
    """The load of an order."""
    limits = httpx2.Limits(
        max_connections=_MOST_CONNECTIONS, max_keepalive_connections=_MOST_CONNECTIONS
    )
    headers = {"Authorization": f"Bearer {order.token}"}
    async with httpx2.AsyncClient(
        base_url=order.url, headers=headers, limits=limits, trust_env=False, timeout=_TIMEOUT
    ) as client:
        return await Generator(order, client).run()


def written(order: Order) -> str:
    """An order as the process reads it."""
    return json.dumps(asdict(order), ensure_ascii=False)


def order_from(text: str) -> Order:
    """What `written` wrote."""
    given = json.loads(text)
    target = given.pop("target")
    for name in ("sections", "paragraphs"):
        target[name] = tuple(target[name])
    return Order(target=Target(**target), **given)


def result_from(text: str) -> Result:
    """What the process printed."""
    given = json.loads(text)
    times: Sequence[tuple[str, float]] = [(kind, float(time)) for kind, time in given.pop("times")]
    return Result(times=list(times), **given)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(generated(order_from(sys.stdin.read()))))))
