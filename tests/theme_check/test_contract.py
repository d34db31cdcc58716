"""The views of API 1, and the documentation of them."""

from __future__ import annotations

import re
from pathlib import Path

from generator.views import PAGES


def test_the_contract_and_the_documentation_name_the_same_views(repository: Path) -> None:
    documented = dict(
        re.findall(
            r"^### `([\w.-]+)`: `(\w+)`$",
            (repository / "docs/theme-api.md").read_text("utf-8"),
            re.M,
        )
    )

    assert {template: view.__name__ for template, view in PAGES.items()} == documented
