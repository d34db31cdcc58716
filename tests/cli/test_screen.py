"""Words at a terminal, and in a pipe."""

from __future__ import annotations

from generator.cli.screen import Screen

TEXT = "A letter is due on Tuesday 24 November at 09:00."


def test_a_pipe_gets_whole_lines() -> None:
    assert Screen().about("Next week", TEXT) == f"Next week           {TEXT}"


def test_a_terminal_gets_aligned_lines() -> None:
    assert Screen(60).about("Next week", TEXT).splitlines() == [
        "Next week           A letter is due on Tuesday 24 November",
        "                    at 09:00.",
    ]


def test_on_a_narrow_screen_the_name_is_above() -> None:
    assert Screen(40).about("Next week", TEXT).splitlines() == [
        "Next week",
        "  A letter is due on Tuesday 24 November",
        "  at 09:00.",
    ]


def test_shades_are_for_screens_that_have_them() -> None:
    plain, shaded = Screen(80), Screen(80, is_shaded=True)

    assert plain.bold("A") + plain.dim("B") == "AB"
    assert shaded.about("A", "B") == "\x1b[1mA\x1b[0m                   B"
    assert shaded.dim("B") == "\x1b[2mB\x1b[0m"


def test_a_path_is_never_cut() -> None:
    path = "content/posts/2026-11-24-an-hour-with-the-screen-off.md"

    assert path in Screen(40).wrapped(f"See {path}.")


def test_a_table_row_is_cut_at_the_edge_of_the_screen() -> None:
    assert Screen(10).cut("2026-11-24 610") == "2026-11-2…"
    assert Screen(14).cut("2026-11-24 610") == Screen().cut("2026-11-24 610") == "2026-11-24 610"
