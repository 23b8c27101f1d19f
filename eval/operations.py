"""`python -m eval operations`: several people at one draft, at random and at the same time.

Each reads, edits, edits what is outdated, locks, unlocks, exchanges the table, restores, has
sections written again, accepts and refuses, moves the draft on. Every edit that was acknowledged
carries words of its own. Afterwards the history is read: no edit may be lost by another edit or by
a table, no locked section changed by anybody else, no version missing or double, and the audit
trail has to hold. Any answer of 500 and above is a failure.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from threading import Lock
from time import monotonic, sleep
from typing import Any

import httpx2
from sqlalchemy import select

from api.settings import ApiSettings
from api.storage.audit import verified
from api.storage.database import Database, prepared
from api.storage.schema import Event
from eval.serving import environment_of, started, token_in

_HEADS = "指标名称,所属板块,本期,单位,同比(%),采用"
_SECTIONS = ("工业经济", "科技创新", "安全生产", "企业服务")
_FACTS = "编号,板块,类型,要点\nF01,工业经济,项目,青杉铜箔二期项目于5月开工建设\n"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that the service acknowledged."""

    section: str
    version: int
    text: str
    words: str


@dataclass(slots=True)
class Score:
    """What happened, and what should not have."""

    operations: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    edits: list[Edit] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def failed(self, what: str) -> None:
        """Keeps what went wrong."""
        with self.lock:
            self.failures.append(what)


def report(operations: int, people: int, seed: int, database: str = "") -> Iterator[str]:
    """A line for each thing that was counted.

    Args:
        operations: How many in all.
        people: How many at the same time.
        seed: Of chance.
        database: Address of a PostgreSQL; SQLite by default.
    """
    begun = monotonic()
    score = worked(operations, people, seed, database)
    yield f"operations {score.operations.total()} by {people} in {monotonic() - begun:.0f} s"
    yield "、".join(f"{name} {number}" for name, number in score.operations.most_common())
    yield "answers " + "、".join(f"{one} {number}" for one, number in sorted(score.answers.items()))
    yield f"edits acknowledged {len(score.edits)}, failures {len(score.failures)} (aim 0)"
    yield from score.failures[:20]


def worked(operations: int, people: int, seed: int, database: str = "") -> Score:
    """Runs them and reads the history."""
    score = Score()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        given = {
            "DRAFTER_API_SAMPLE": "false",
            "DRAFTER_API_REQUESTS_A_MINUTE": "1000000",
            "DRAFTER_API_DATABASE": database,
        }
        environment = environment_of(Path(folder), **given)
        held = prepared(ApiSettings(data=Path(folder), database=database))
        process = started(environment)
        try:
            url = f"http://127.0.0.1:{environment['DRAFTER_API_PORT']}/v1"
            tokens = [token_in(held, f"编辑{number}", "editor") for number in range(people)]
            draft = _Draft.made(url, tokens[0])
            each = operations // people
            numbers = count()
            with ThreadPoolExecutor(people) as pool:
                found = [
                    pool.submit(_Person(draft, token, Random(seed + at), score, numbers).work, each)  # noqa: S311 - chance, no secret
                    for at, token in enumerate(tokens)
                ]
                for one in found:
                    one.result()
            _judge(draft, tokens[0], held, score)
        finally:
            process.kill()
            process.wait()
            held.close()
    return score


def _client(url: str, token: str) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.Client(base_url=url, headers=headers, trust_env=False, timeout=60)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The one draft, and the tables it may be made from."""

    url: str
    id: str
    sections: tuple[str, ...]
    tables: tuple[str, ...]

    @classmethod
    def made(cls, url: str, token: str) -> "_Draft":
        """Uploads, asks for it, waits."""
        with _client(url, token) as client:
            tables = tuple(_uploaded(client, "indicator-tables", _table(one)) for one in range(3))
            facts = _uploaded(client, "fact-lists", _FACTS)
            body = {"table": {"id": tables[0]}, "facts": {"id": facts}, "year": 2024}
            name = client.post("/drafts", json=body).raise_for_status().json()["id"]
            until = monotonic() + _PATIENCE
            while (found := client.get(f"/drafts/{name}").json())["state"] != "done":
                if monotonic() > until or found["state"] == "failed":
                    raise TimeoutError(found["error"] or found["state"])
                sleep(0.1)
        sections = tuple(one["id"] for one in found["sections"] if one["characters"])
        return cls(url, name, sections, tables)


def _uploaded(client: httpx2.Client, path: str, content: str) -> str:
    files = {"file": ("表.csv", content.encode(), "text/csv")}
    return str(client.post(f"/{path}", files=files).raise_for_status().json()["id"])


def _table(revision: int) -> str:
    rows = (
        f"{section}指标{number},{section},{100 + number * 7 + revision}.5,亿元,{number + 2}.3,必报"
        for section in _SECTIONS
        for number in range(3)
    )
    return "\n".join((_HEADS, *rows)) + "\n"


class _Person:
    """One who works at the draft; what they hold locked they watch."""

    def __init__(
        self, draft: _Draft, token: str, chance: Random, score: Score, numbers: "count[int]"
    ) -> None:
        self._draft, self._chance, self._score, self._numbers = draft, chance, score, numbers
        self._client = _client(draft.url, token)
        self._me = self._client.get("/me").json()
        self._base = f"/drafts/{draft.id}"
        self._seen: dict[str, dict[str, Any]] = {}
        self._held: dict[str, int] = {}
        """Sections that this person has locked, with the version at that moment."""

    def work(self, times: int) -> None:
        """So many operations."""
        acts: tuple[tuple[int, Callable[[str], None]], ...] = (
            (20, self._read), (34, self._edit), (10, self._edit_unseen), (6, self._lock),
            (8, self._unlock), (4, self._refresh), (3, self._restore), (2, self._regenerate),
            (4, self._decide), (3, self._stage), (3, self._attest), (3, self._look),
        )  # fmt: skip
        weights = [weight for weight, _ in acts]
        for _ in range(times):
            act = self._chance.choices([one for _, one in acts], weights)[0]
            act(self._chance.choice(self._draft.sections))
            with self._score.lock:
                self._score.operations[act.__name__.strip("_")] += 1
        for section in list(self._held):
            self._unlock(section)
        self._client.close()

    def _ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        answer = self._client.request(method, path, **more)
        with self._score.lock:
            self._score.answers[answer.status_code] += 1
        if answer.status_code >= 500:
            self._score.failed(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer

    def _section(self, section: str) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("GET", f"{self._base}/sections/{section}").json()
        self._seen[section] = found
        return found

    def _read(self, section: str) -> None:
        self._section(section)

    def _edit(self, section: str) -> None:
        self._put(self._section(section))

    def _edit_unseen(self, section: str) -> None:
        """Of a version that was seen some time ago."""
        found = self._seen.get(section) or self._section(section)
        answer = self._put(found)
        if answer.status_code == 412 and answer.json().get("merged") is not None:
            told = answer.json()
            words = self._words
            self._sent(told["current"], told["merged"], words)

    def _put(self, found: dict[str, Any]) -> httpx2.Response:
        """With a sentence of one's own behind any other."""
        code = "".join(_STEMS[int(digit)] for digit in str(next(self._numbers)))
        self._words = f"督促落实{code}号事项。"
        ends = [at + 1 for at, character in enumerate(found["text"]) if character == "。"]
        at = self._chance.choice([*ends, len(found["text"])])
        text = found["text"][:at] + self._words + found["text"][at:]
        return self._sent(found, text, self._words)

    def _sent(self, found: dict[str, Any], text: str, words: str) -> httpx2.Response:
        headers = {"If-Match": f'"{found["version"]}"'}
        path = f"{self._base}/sections/{found['id']}"
        answer = self._ask("PUT", path, json={"text": text, "reason": "edit"}, headers=headers)
        if answer.status_code == 200:
            after = answer.json()
            self._seen[found["id"]] = after
            with self._score.lock:
                edit = Edit(found["id"], after["version"], after["text"], words)
                self._score.edits.append(edit)
        return answer

    def _lock(self, section: str) -> None:
        if section in self._held:
            return
        answer = self._ask("POST", f"{self._base}/sections/{section}/lock")
        if answer.status_code == 200:
            self._held[section] = answer.json()["version"]

    def _unlock(self, section: str) -> None:
        if section not in self._held:
            section = next(iter(self._held), "")
        if not section:
            return
        since = self._held.pop(section)
        versions = self._ask("GET", f"{self._base}/sections/{section}/versions").json()
        mine = f"（{self._me['token']}）"
        for one in versions[since:]:
            if mine not in one["author"]:
                told = f"{section} v{one['number']} by {one['author']} ({one['reason']})"
                self._score.failed(f"changed while locked by {mine}: {told}")
        self._ask("POST", f"{self._base}/sections/{section}/unlock")

    def _whole(self, errand: str, body: dict[str, Any]) -> httpx2.Response:
        version = self._ask("GET", self._base).json()["version"]
        headers = {"If-Match": f'"{version}"'}
        return self._ask("POST", f"{self._base}/{errand}", json=body, headers=headers)

    def _refresh(self, section: str) -> None:
        del section
        self._whole("refresh", {"table": {"id": self._chance.choice(self._draft.tables)}})

    def _restore(self, section: str) -> None:
        found = self._section(section)
        version = self._chance.randint(1, found["version"])
        headers = {"If-Match": f'"{found["version"]}"'}
        path = f"{self._base}/sections/{section}/restore"
        self._ask("POST", path, json={"version": version, "reason": "restore"}, headers=headers)

    def _regenerate(self, section: str) -> None:
        found = self._section(section)
        headers = {"If-Match": f'"{found["version"]}"'}
        body = {"writer": "offline", "propose": self._chance.random() < 0.5}
        self._ask("POST", f"{self._base}/sections/{section}/regenerate", json=body, headers=headers)

    def _decide(self, section: str) -> None:
        del section
        proposals = self._ask("GET", f"{self._base}/proposals").json()
        waiting = [one for one in proposals if one["state"] == "open"]
        if not waiting:
            return
        one = self._chance.choice(waiting)
        path = f"{self._base}/proposals/{one['id']}"
        if self._chance.random() < 0.5:
            self._ask("POST", f"{path}/refuse")
            return
        found = self._section(one["section"])
        headers = {"If-Match": f'"{found["version"]}"'}
        body = {"replace": self._chance.random() < 0.5}
        self._ask("POST", f"{path}/accept", json=body, headers=headers)

    def _stage(self, section: str) -> None:
        del section
        self._whole(
            "stages", {"stage": self._chance.choice(("一稿", "送审稿", "会签稿", "签发稿"))}
        )

    def _attest(self, section: str) -> None:
        del section
        claims = self._ask("GET", f"{self._base}/claims").json()
        if claims:
            claim = self._chance.choice(claims)["id"]
            self._whole("attestations", {"claim": claim, "reason": "台账"})

    def _look(self, section: str) -> None:
        del section
        kind = self._chance.choice(("review", "clean", "evidence", "data"))
        self._ask("GET", f"{self._base}/exports/{kind}")


def _judge(draft: _Draft, token: str, database: Database, score: Score) -> None:
    """Reads the history of all sections, the events and the audit trail."""
    with _client(draft.url, token) as client:
        base = f"/drafts/{draft.id}"
        _wait_for_jobs(client, base)
        for section in draft.sections:
            versions = client.get(f"{base}/sections/{section}/versions").json()
            now = client.get(f"{base}/sections/{section}").json()
            _judge_section(section, versions, now, score)
    with database.reading() as session:
        numbers = list(
            session.scalars(
                select(Event.number).where(Event.draft_id == draft.id).order_by(Event.number)
            )
        )
        if numbers != list(range(1, len(numbers) + 1)):
            score.failed("events are missing or double")
        entries, broken = verified(session)
        if broken is not None:
            score.failed(f"audit trail of {entries}: {broken}")


def _judge_section(
    section: str, versions: list[dict[str, Any]], now: dict[str, Any], score: Score
) -> None:
    if [one["number"] for one in versions] != list(range(1, len(versions) + 1)):
        score.failed(f"{section}: versions are missing or double")
    if versions[-1]["number"] != now["version"]:
        score.failed(f"{section}: the current version is not the last one")
    own = {one.version: one for one in score.edits if one.section == section}
    if len(own) != sum(one.section == section for one in score.edits):
        score.failed(f"{section}: two edits were given one version")
    for at, one in enumerate(versions):
        edit = own.get(one["number"])
        if edit is not None and (edit.text != one["text"] or edit.words not in one["text"]):
            score.failed(f"{section} v{one['number']}: not what was acknowledged")
        if at and _keeps(one["reason"]):
            lost = _all_words(versions[at - 1]["text"]) - _all_words(one["text"])
            if lost:
                score.failed(f"{section} v{one['number']} ({one['reason']}): lost {sorted(lost)}")


def _keeps(reason: str) -> bool:
    """A change of this reason takes no sentence away."""
    return reason in ("edit", "更新数据", "解锁后随表更新", "担保")


def _all_words(text: str) -> set[str]:
    return {part for part in text.split("。") if "督促落实" in part}


def _wait_for_jobs(client: httpx2.Client, base: str) -> None:
    until = monotonic() + _PATIENCE
    while monotonic() < until:
        jobs = client.get(f"{base}/jobs").json()
        if all(one["state"] in ("done", "failed", "cancelled") for one in jobs):
            return
        sleep(0.2)
