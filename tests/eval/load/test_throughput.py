"""The bare stand-in answers the mix; the ratio is of all rounds together."""

import asyncio
import os
import sys
from pathlib import Path

from eval.load.bare import filled
from eval.load.generator import Order, Result, generated
from eval.load.mix import Target, read_paths
from eval.load.serving import answers, cpu_of, free_port, running, wait_until
from eval.load.throughput import lines_of

TARGET = Target("d1", ("s1",), "t1", "f1", ("全年完成工业投资100亿元。",))


def test_the_stand_in_answers_every_request_of_the_mix(tmp_path: Path) -> None:
    section = {"version": 1, "text": "全年平稳。"}
    filled(tmp_path / "b.db", dict.fromkeys(read_paths("d1", "s1").values(), section), ("t1", b"x"))
    port = free_port()
    command = ["-m", "eval.load.bare", str(tmp_path / "b.db"), str(port)]
    with running(command, {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as pid:
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(f"{url}/ready"), "the stand-in")
        result = asyncio.run(generated(Order(url, "none", TARGET, 1.0, 60)))
        assert cpu_of(pid) > 0
    assert result.errors == {}
    assert len(result.times) == 60


def test_the_ratio_is_of_all_rounds_and_errors_are_told() -> None:
    own = [(Result([("draft", 1.0)] * 30, {"edit 503": 2}, seconds=2.0), 0.3)] * 2
    bare = [(Result([("draft", 1.0)] * 120, seconds=2.0), 0.3)] * 2
    rate, cost = lines_of(own, bare)
    assert "requests a second 0.25 " in rate
    assert "(aim 0.40; 15 / 60; errors 4)" in rate
    assert "processor a request 0.25 " in cost
