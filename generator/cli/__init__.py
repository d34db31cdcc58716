"""The command line: one module a command, and what they share.

A command's module is imported when it is asked for, and everything else by the function that
needs it, so that a build with nothing to do takes little more time than Python needs to start.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from generator import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NoReturn

DESCRIPTION = "A static-site generator for the leader who writes to all staff every week."
COMMANDS = ("build", "check", "new", "init", "clean")  # in the order of the help


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name, and exit."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    named = given[:1] if given and given[0] in COMMANDS else COMMANDS
    parsed = parser(named).parse_args(given)
    sys.exit(parsed.run(parsed))


class _Parser(argparse.ArgumentParser):
    """Says what was probably meant, where a command or option is misspelt."""

    def error(self, message: str) -> NoReturn:
        from generator.problems import did_you_mean

        known = [*self._known()]
        unknown = message.replace("'", " ").replace(":", " ").split()
        hints = (did_you_mean(word, known) for word in unknown if word not in known)
        self.print_usage(sys.stderr)
        hint = next(filter(None, hints), "")
        self.exit(2, f"{self.prog}: {message}. {hint}".rstrip() + "\n")

    def _known(self) -> Iterator[str]:
        """Every command and option; argparse reports those of a command for the whole."""
        yield from self._option_string_actions
        for action in self._subparsers._group_actions if self._subparsers else ():
            for name, command in dict(action.choices or {}).items():
                yield name
                yield from command._known()


def parser(named: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the commands with these names."""
    whole = _Parser(prog="weekly", description=DESCRIPTION, allow_abbrev=False)
    whole.add_argument("--version", action="version", version=f"weekly, version {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)
    for name in named:
        module = import_module(f"generator.cli.{name}")
        command = commands.add_parser(
            name, help=module.SENTENCE, description=module.SENTENCE, allow_abbrev=False
        )
        module.add_options(command)
        command.set_defaults(run=module.run)
    return whole
