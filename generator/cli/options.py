"""The options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


FOLDER_PATH = click.Path(file_okay=False, readable=False, path_type=Path)
FILE_PATH = click.Path(dir_okay=False, readable=False)


def excludes(*others: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A callback that refuses an option together with others, before or after the command."""

    def refuse(context: click.Context, parameter: click.Parameter, value: Any) -> Any:
        levels = (context, context.parent) if context.parent else (context,)
        for other in others:
            if value and any(level.params.get(other) for level in levels):
                mine, theirs = parameter.opts[-1], f"--{other.replace('_', '-')}"
                raise click.UsageError(f"{mine} can't be used together with {theirs}.", context)
        return value

    return refuse


def loudness_options() -> list[click.Parameter]:
    """The options for how much to print, which every command has."""
    return [
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            is_eager=True,
            callback=excludes("verbose"),
            help="Print only problems and what was asked for.",
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            is_eager=True,
            callback=excludes("quiet"),
            help="Print more, such as each file that is made.",
        ),
    ]


blog_option = click.option(
    "--blog", metavar="DIR", type=FOLDER_PATH, help="The blog's folder; this one if not given."
)

now_option = click.option(
    "--now", metavar="MOMENT", help="Act as if it were this moment, such as '2026-11-24 09:00'."
)


def format_option(*formats: str) -> Callable[[Decorated], Decorated]:
    """The option for how results are printed."""
    return click.option(
        "--format",
        type=click.Choice(formats),
        default="text",
        help="How results are printed; as text if not given.",
    )


def site_options(function: Decorated) -> Decorated:
    """The options of commands that make the site as readers will see it."""
    for option in reversed(
        (
            blog_option,
            click.option("--base-url", metavar="URL", help="Use this address instead of base_url."),
            now_option,
            click.option("--drafts", is_flag=True, help="Show drafts."),
            click.option("--future", is_flag=True, help="Show posts that are not due yet."),
        )
    ):
        function = option(function)
    return function


def report_options(function: Decorated) -> Decorated:
    """The options of commands that report on a blog and change nothing."""
    return blog_option(now_option(format_option("text", "json")(function)))
