"""The command line: one module a command, and what they share.

A command's module says what it does (`SENTENCE`), how it is called (`EXAMPLES`), what it takes
(`add_options`) and does it (`run`). It is imported when it is asked for, and everything else by
the function that needs it, so that a build with nothing to do takes little more time than Python
needs to start.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper

from generator import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, NoReturn

DESCRIPTION = "A static-site generator for the leader who writes to all staff every week."
GROUPS = {  # in the order of the work, which is that of the help
    "write": ("init", "new", "note", "review", "rename", "retag"),
    "look": ("serve", "build", "check", "theme", "doctor", "clean"),
    "publish": ("deploy",),
    "practice": ("status", "calendar", "prompt", "stats"),
    "set up": ("completion",),
}
COMMANDS = tuple(name for names in GROUPS.values() for name in names)

TAKING_A_VALUE = ("--blog",)
ANYWHERE = ("-q", "--quiet", "-v", "--verbose", *TAKING_A_VALUE)  # before a command or behind it

STOPPED = 130  # as shells say it of what Ctrl-C has ended
NARROW, WIDE = 80, 100  # columns of the help: without a terminal, and at most
NOBODY_READS = 141  # as shells say it of what a closed pipe has ended


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name, and exit."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for names that no encoding can show
    code = _exit_code(given)
    if arguments is None:  # the process is ours, and ends sooner if nothing is taken apart
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _exit_code(given: list[str]) -> int:
    """How the run ends; what the machine can't do is one plain line."""
    try:
        try:
            return _run(given)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nweekly: stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        _say_no_more()
        return NOBODY_READS
    except OSError as error:
        _say_no_more()
        print(f"weekly: {_what_failed(error)}.", file=sys.stderr)
        return 1


def _run(given: list[str]) -> int:
    asked = _command_first(given)
    parsed = parser(asked[:1] if asked[0] in COMMANDS else COMMANDS).parse_args(asked)
    code: int = parsed.run(parsed)
    return code


def _command_first(given: list[str]) -> list[str]:
    """The arguments with what may stand on either side of the command behind it."""
    place = 0
    while place < len(given) and given[place].partition("=")[0] in ANYWHERE:
        place += 2 if given[place] in TAKING_A_VALUE else 1
    return [*(given[place : place + 1] or _unasked()), *given[:place], *given[place + 1 :]]


def _unasked() -> list[str]:
    """What is run where nothing is asked for: in a blog's folder, how its weeks stand."""
    is_blog = os.path.isfile(os.path.join("content", "site.toml"))
    return ["status"] if is_blog else ["--help"]


def _say_no_more() -> None:
    """Let what stdout still holds go nowhere, for Python would try to print it at the end."""
    if isinstance(sys.stdout, TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _what_failed(error: OSError) -> str:
    from generator.problems import reason_of

    return f"{error.filename}: {reason_of(error)}" if error.filename else reason_of(error)


class _Parser(argparse.ArgumentParser):
    """Says what was probably meant, where a command or option is misspelt."""

    def error(self, message: str) -> NoReturn:
        from generator.problems import did_you_mean

        known = [*self._known()]
        unknown = [*_mistyped(message)]
        self.print_usage(sys.stderr)
        hints = (did_you_mean(word, known) for word in unknown if word not in known)
        hint = next(filter(None, hints), "")
        if not hint and (misplaced := next((word for word in unknown if word in known), "")):
            hint = f"Put {misplaced} behind the command."
        if not hint and message.startswith(_UNRECOGNIZED):
            hint = "Text that begins with a hyphen goes behind --, with spaces around it."
        self.exit(2, f"{self.prog}: {message}. {hint}".rstrip() + "\n")

    def _known(self) -> Iterator[str]:
        """Every command and option; argparse reports those of a command for the whole."""
        yield from self._option_string_actions
        for action in self._subparsers._group_actions if self._subparsers else ():
            for name, command in dict(action.choices or {}).items():
                yield name
                yield from command._known()


_UNRECOGNIZED, _NO_CHOICE = "unrecognized arguments: ", "invalid choice: '"


def _mistyped(message: str) -> Iterator[str]:
    """The words of the call that argparse complains of."""
    for word in message.partition(_UNRECOGNIZED)[2].split():
        yield word.partition("=")[0]
    if _NO_CHOICE in message:
        yield message.partition(_NO_CHOICE)[2].partition("'")[0]


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse loads shutil to find that, at every start."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size().columns
        except OSError:
            width = NARROW
        super().__init__(prog, width=min(width, WIDE) - 2)


class _WholeParser(_Parser):
    """Lists the commands in the order of the work."""

    def format_help(self) -> str:
        groups = (
            "\n".join([f"{title.capitalize()}:", *(_line_of(name) for name in names)])
            for title, names in GROUPS.items()
            if names
        )
        return _HELP.format(description=DESCRIPTION, groups="\n\n".join(groups))


_HELP = """\
usage: weekly COMMAND [options]

{description}

{groups}

Each command tells its options with --help. These stand before it or behind it:
  -q, --quiet    print problems only
  -v, --verbose  say more, such as each file that is made
  --blog DIR     the blog's folder; this one if not given

Without a command, in the folder of a blog, weekly does what weekly status does.
The program: --version, and --help for this text.
"""


def _line_of(name: str) -> str:
    return f"  {name:<13}{_module_of(name).SENTENCE}"


def _module_of(name: str) -> Any:
    return import_module(f"generator.cli.{name}")


def parser(named: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the commands with these names."""
    whole = _WholeParser(
        prog="weekly",
        usage="weekly COMMAND [options]",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"weekly, version {__version__}")
    commands = whole.add_subparsers(
        metavar="COMMAND", prog="weekly", required=True, parser_class=_Parser
    )
    for name in named:
        module = _module_of(name)
        command = commands.add_parser(
            name,
            description=module.SENTENCE,
            epilog=_examples(module.EXAMPLES),
            formatter_class=_Help,
            allow_abbrev=False,
        )
        module.add_options(command)
        _add_loudness(command)
        command.set_defaults(run=module.run)
    return whole


def _examples(examples: Sequence[tuple[str, str]]) -> str:
    """The examples of a command as its help shows them: a line, and what it does."""
    return "\n".join(["examples:", *(f"  {line}\n      {what}" for line, what in examples)])


def _add_loudness(command: argparse.ArgumentParser) -> None:
    either = command.add_mutually_exclusive_group()
    either.add_argument(
        "-q", "--quiet", action="store_true", help="print problems only, and what was asked for"
    )
    either.add_argument("-v", "--verbose", action="store_true", help="say more")
