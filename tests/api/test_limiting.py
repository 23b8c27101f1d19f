"""How often: requests, wrong tokens of an address, wrong secrets of one token; who is believed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import event

from api.access import gate_of
from api.limiting import FREE, LONGEST, Guesses, Rates, network, proxies_of
from api.problems import Problem
from api.settings import ApiSettings
from api.storage.database import Database, prepared
from drafter.errors import OperatorError
from tests.api.conftest import FOREIGN, OWN, Running, serving

HERE, PROXY = "203.0.113.9", "10.0.0.2"


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Running]:
    settings = ApiSettings(data=tmp_path, requests_a_minute=5, attempts_a_minute=3)
    yield from serving(settings, jobs=False)


def status(running: Running, token: str, **headers: str) -> int:
    given = {"Authorization": f"Bearer {token}", **headers}
    return httpx2.get(
        f"{running.url}/v1/me", headers=given, trust_env=False, verify=False
    ).status_code


def wrong(token: str, number: int = 0) -> str:
    return f"{token[:-3]}{number:03d}"


class TestService:
    def test_too_many_requests_of_a_token_wait(self, strict: Running):
        answers = [strict.ask("GET", "/v1/me") for _ in range(7)]
        assert [one.status_code for one in answers] == [200] * 5 + [429] * 2
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert strict.ask("GET", "/v1/me", organisation=FOREIGN).status_code == 200

    def test_whoever_guesses_is_told_to_wait(self, strict: Running):
        answers = [strict.ask("GET", "/v1/me", role=None) for _ in range(5)]
        assert [one.status_code for one in answers] == [401] * 3 + [429] * 2
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60

    def test_a_right_token_is_let_in_beside_a_guesser_of_the_same_address(self, strict: Running):
        for _ in range(50):
            strict.ask("GET", "/v1/me", role=None)
        assert strict.ask("GET", "/v1/me").status_code == 200

    def test_an_address_that_the_client_writes_itself_is_not_believed(self, strict: Running):
        found = [status(strict, "x", **{"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(5)]
        assert found == [401] * 3 + [429] * 2

    def test_a_token_that_is_guessed_at_waits_where_it_is_new(self, strict: Running):
        known, unknown = strict.tokens[OWN, "staff"], strict.tokens[OWN, "editor"]
        assert status(strict, known) == 200
        for token in (known, unknown):
            for number in range(FREE + 3):
                status(strict, wrong(token, number))
        assert status(strict, known) == 200
        assert status(strict, unknown) == 429


class TestGuesses:
    def test_the_wait_doubles_up_to_a_limit_and_is_forgotten(self):
        now = [0.0]
        guesses = Guesses(lambda: now[0])
        waits = []
        for _ in range(FREE + 12):
            guesses.wrong("id")
            waits.append(guesses.wait("id", "secret"))
            now[0] += waits[-1]
        assert waits[: FREE - 1] == [0] * (FREE - 1)
        assert waits[FREE - 1 :] == [min(2.0**n, LONGEST) for n in range(13)]
        assert guesses.wait("id", "secret") == 0
        now[0] += 3601
        guesses.wrong("id")
        assert guesses.wait("id", "secret") == 0

    def test_others_and_proven_secrets_do_not_wait_and_wrong_ones_do(self):
        guesses = Guesses(lambda: 0.0)
        guesses.right("id", "secret")
        for _ in range(FREE + 5):
            guesses.wrong("id")
        assert guesses.wait("id", "secret") == 0
        assert guesses.wait("id", "other") == 32
        assert guesses.wait("other", "secret") == 0

    def test_a_proven_secret_that_was_revoked_is_looked_at_and_refused(self, tmp_path: Path):
        for running in serving(ApiSettings(data=tmp_path), jobs=False):
            token = running.tokens[OWN, "staff"]
            assert status(running, token) == 200
            running.ask("DELETE", f"/v1/tokens/{token.split('_')[1]}")
            assert status(running, token) == 401


class TestProxies:
    @pytest.mark.parametrize(
        ("trusted", "peer", "forwarded", "client"),
        [
            ("", PROXY, HERE, PROXY),
            (PROXY, PROXY, HERE, HERE),
            (PROXY, HERE, "198.51.100.1", HERE),
            (PROXY, PROXY, f"198.51.100.1, {HERE}", HERE),
            ("10.0.0.0/8", PROXY, f"198.51.100.1,{HERE},10.0.0.7", HERE),
            (PROXY, PROXY, "", PROXY),
            (PROXY, PROXY, " , ", PROXY),
            (PROXY, PROXY, "unknown", "unknown"),
            (PROXY, f"::ffff:{PROXY}", HERE, HERE),
            ("2001:db8::/32", "2001:db8::1", "2001:db8:1::7, 2001:dba::1", "2001:dba::1"),
        ],
    )
    def test_only_what_our_proxies_heard_counts(
        self, trusted: str, peer: str, forwarded: str, client: str
    ):
        assert proxies_of(trusted).client(peer, forwarded) == client

    def test_a_proxy_that_is_none_is_named(self):
        with pytest.raises(OperatorError, match="DRAFTER_API_PROXIES"):
            proxies_of("10.0.0.1 proxy.example")

    def test_behind_a_proxy_each_client_is_counted_by_itself(self, tmp_path: Path):
        settings = ApiSettings(data=tmp_path, attempts_a_minute=2, proxies="127.0.0.1 ::1")
        for running in serving(settings, jobs=False):
            for client in ("198.51.100.1", "198.51.100.2"):
                found = [status(running, "x", **{"X-Forwarded-For": client}) for _ in range(3)]
                assert found == [401, 401, 429]

    def test_whoever_has_an_address_of_ipv6_has_the_network(self):
        assert network("2001:db8::1") == network("2001:db8::ffff") != network("2001:db8:0:1::1")
        assert network("::ffff:10.0.0.1") == network("10.0.0.1") == "10.0.0.1"
        assert network("nowhere") == "nowhere"


@pytest.fixture
def two(tmp_path: Path, address: str) -> Iterator[tuple[Database, Database]]:
    """Two processes' views of one database."""
    settings = ApiSettings(data=tmp_path, database=address)
    found = prepared(settings), prepared(settings)
    yield found
    for one in found:
        one.close()


@pytest.mark.postgresql
def test_processes_count_the_requests_of_a_token_together_on_postgresql(
    two: tuple[Database, Database],
):
    rates = [Rates(one, requests=10, attempts=10) for one in two]
    counted, waits = 0, []
    for number in range(40):
        try:
            rates[number % 2].count("t1")
            counted += 1
        except Problem as problem:
            waits.append(int((problem.headers or {})["Retry-After"]))
    assert all(1 <= one <= 60 for one in waits)
    # Twice as many where a minute ends meanwhile.
    most = (10, 20) if two[0].is_postgresql else (20,)
    assert counted in most
    rates[0].count("t2")


@pytest.mark.postgresql
def test_where_nothing_can_be_written_a_process_counts_by_itself(
    two: tuple[Database, Database], caplog: pytest.LogCaptureFixture
):
    @event.listens_for(two[0].engine, "connect")
    def _read_only(connection: Any, _: Any) -> None:
        if two[0].is_postgresql:
            connection.execute("SET default_transaction_read_only = on")
            connection.commit()

    two[0].engine.dispose()
    rates = Rates(two[0], requests=3, attempts=10)
    for _ in range(3):
        rates.count("t9")
    with pytest.raises(Problem):
        rates.count("t9")
    assert ("counted by this process alone" in caplog.text) is two[0].is_postgresql


def test_a_gate_of_the_settings_refuses_what_cannot_be_meant(tmp_path: Path):
    database = prepared(ApiSettings(data=tmp_path))
    with pytest.raises(OperatorError):
        gate_of(ApiSettings(data=tmp_path, proxies="x"), database)
    database.close()
