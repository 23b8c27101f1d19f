"""Every setting is documented, and the page says what the code says."""

from pathlib import Path

import pytest

from drafter.settings import Settings

PAGE = (Path(__file__).parent.parent / "docs" / "operating.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_a_setting_stands_on_the_page_with_its_default(name: str):
    lines = [line for line in PAGE.splitlines() if line.startswith(f"| `DRAFTER_{name.upper()}` |")]
    assert len(lines) == 1
    default = Settings.model_fields[name].default
    if isinstance(default, bool):
        assert f"`{str(default).lower()}`" in lines[0]
    elif isinstance(default, int | float):
        assert f"`{default:g}`" in lines[0] or f"`{default}`" in lines[0]
