"""What every test shares: where the real texts are, and a clean environment."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real texts; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("DRAFTER_CORPUS", REPOSITORY.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"no real texts at {folder}: set DRAFTER_CORPUS")
    return folder


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting and no key of the person who runs the tests gets into them."""
    for name in [*os.environ]:
        if name.startswith("DRAFTER_") and name != "DRAFTER_CORPUS":
            monkeypatch.delenv(name)
        if name.startswith("OPENAI_"):
            monkeypatch.delenv(name)
