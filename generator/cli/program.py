"""`weekly` for click: a group whose commands are imported when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from generator import __version__, disk
from generator.cli.commands import GROUPS, SENTENCES
from generator.cli.options import blog_option, loudness_options
from generator.resources import docs_folder

DESCRIPTION = "A static-site generator for the leader who writes to all staff every week."
COMPLETION_VARIABLE = "_WEEKLY_COMPLETE"  # set by the scripts that `weekly completion` prints
_WIDEST = 100  # columns of the help
_NAME_WIDTH = max(map(len, SENTENCES))


class Program(click.Group):
    """The commands, each in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the work."""
        return list(SENTENCES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        if cmd_name not in SENTENCES:
            return None
        found: click.Command = import_module(f"generator.cli.{cmd_name}").run
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; if there is none, click suggests one like it."""
        if args[0] not in SENTENCES and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=SENTENCES, ctx=ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, with a hint for an option that belongs after the command."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name in self._options_of_commands(ctx):
                message = f"{error.message} Put it after the command."
                raise click.UsageError(message, ctx) from None
            raise

    def _options_of_commands(self, ctx: click.Context) -> Iterator[str]:
        for name in SENTENCES:
            command = self.get_command(ctx, name)
            for parameter in command.params if command else ():
                yield from parameter.opts

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by group, and then the options."""
        for group, commands in GROUPS.items():
            with formatter.section(group):
                formatter.write_dl(
                    [(f"{name:<{_NAME_WIDTH}}", commands[name]) for name in commands]
                )
        click.Command.format_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog, and where the documentation is, on one line however long."""
        super().format_epilog(ctx, formatter)
        formatter.write(f"\nDocumentation: {docs_folder()}\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands and options that begin with what was typed; imports no command."""
        return [
            *(
                CompletionItem(name, help=sentence)
                for name, sentence in SENTENCES.items()
                if name.startswith(incomplete)
            ),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]


def _without_a_command(blog: Path | None, **_: Any) -> int:
    """Show the status in a blog's folder and the help elsewhere, if no command was given."""
    context = click.get_current_context()
    if context.invoked_subcommand:
        return 0
    if not disk.is_there((blog or Path()) / "content" / "site.toml"):
        click.echo(context.get_help())
        return 0
    status = import_module("generator.cli.status").run
    with status.make_context("status", [], parent=context) as inner:
        code: int = status.invoke(inner)
        return code


weekly = Program(
    "weekly",
    callback=_without_a_command,
    params=loudness_options(),
    invoke_without_command=True,
    help=DESCRIPTION,
    epilog="weekly COMMAND --help shows the options of a command, with examples. --quiet, "
    "--verbose and --blog may come before or after the command. Without a command, in a blog's "
    "folder, weekly runs weekly status.",
    subcommand_metavar="COMMAND [OPTIONS]",
    options_metavar="",
    context_settings={"max_content_width": _WIDEST},
)
weekly = click.version_option(__version__)(blog_option(weekly))


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; returns the exit code."""
    try:
        if os.environ.get(COMPLETION_VARIABLE):
            weekly.main([*arguments], prog_name="weekly")  # answers the shell, and exits
        with weekly.make_context("weekly", [*arguments]) as context:  # click empties the list
            code: int = weekly.invoke(context)
            return code
    except click.exceptions.Exit as ended:  # such as after --help
        return ended.exit_code
    except click.Abort:  # Ctrl-C or Ctrl-D at a question
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
