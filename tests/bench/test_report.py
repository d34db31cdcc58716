"""The tables of `bench.run`."""

from __future__ import annotations

from pathlib import Path

from bench import report, serve
from bench.measure import Cost

BENCH = Path(__file__).parents[2] / "bench"


def section(copies: list[str], differing: list[str]) -> str:
    """A section in which Hugo takes 2 s a round, and each copy .4 s less than the one before."""
    tools = [*copies, "hugo"]
    walls = {"one": 1.0, "two": 0.6, "hugo": 2.0}
    return report.section(
        posts=520,
        heading="2026-11-24",
        rounds=1,
        jobs=[("cold", "the output is deleted first")],
        tools=tools,
        copies=copies,
        costs={("cold", name): [Cost(walls[name], walls[name], 40)] for name in tools},
        built={name: {"files": 1234} for name in tools},
        differing=differing,
    )


def test_times_are_compared_with_hugo() -> None:
    lines = section(["one"], []).splitlines()

    assert "| job | generator | wall s | CPU s | peak MB | wall ÷ Hugo | CPU ÷ Hugo |" in lines
    assert "| cold | one | 1.00 | 1.00 | 40 | 0.50 | 0.50 |" in lines
    assert "| files | 1,234 | 1,234 |" in lines


def test_copies_are_compared_with_the_first_too() -> None:
    lines = section(["one", "two"], []).splitlines()

    assert "| cold | two | 0.600 | 0.600 | 40 | 0.30 | 0.30 | 0.60 | 0.60 |" in lines
    assert "| cold | hugo | 2.00 | 2.00 | 40 | 1.00 | 1.00 |  |  |" in lines
    assert "one and two built the same files, byte for byte." in lines


def test_files_that_copies_built_differently_are_named() -> None:
    assert "differently: 1, such as atom.xml." in section(["one", "two"], ["atom.xml"])


def test_a_section_replaces_the_one_about_the_same_size(tmp_path: Path) -> None:
    results = tmp_path / "RESULTS.md"
    for posts, text in ((5200, "large"), (520, "old"), (520, "new")):
        report.replace_section(results, posts, f"## {posts:,} posts\n\n{text}\n")

    text = results.read_text(encoding="utf-8")
    assert text == f"{report.PREAMBLE}\n## 520 posts\n\nnew\n\n## 5,200 posts\n\nlarge\n"


def test_the_kept_results_explain_themselves_as_new_ones_would() -> None:
    results = (BENCH / "RESULTS.md").read_text(encoding="utf-8")
    saves = (BENCH / "SERVE.md").read_text(encoding="utf-8")

    assert results.startswith(report.PREAMBLE)
    assert saves.startswith(serve.PREAMBLE.format(posts=520))
