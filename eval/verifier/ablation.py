"""Switches that leave one check of the verifier out, to show what it earns.

A switch replaces one named thing of one module while a text is judged; the verifier itself carries
no code for it. A name that is gone raises, so that no switch goes stale unseen.
"""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_ROOM = "drafter.verification"


@dataclass(frozen=True, slots=True)
class Switch:
    """A check to leave out: what stands at `module.name` is replaced by `without(it)`."""

    check: str
    module: str
    name: str
    without: Callable[[Any], Any]


@contextmanager
def switched_off(switch: Switch) -> Iterator[None]:
    """The verifier without one check, for as long as the context lasts."""
    module = importlib.import_module(f"{_ROOM}.{switch.module}")
    original = getattr(module, switch.name)
    setattr(module, switch.name, switch.without(original))
    try:
        yield
    finally:
        setattr(module, switch.name, original)
