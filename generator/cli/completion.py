"""`weekly completion`: a script that lets a shell complete commands and options."""

from __future__ import annotations

import argparse
import re
from itertools import count
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SENTENCE = "Print a script that lets your shell complete commands and options."
EXAMPLES = (
    ("weekly completion bash >> ~/.bashrc", "for bash; a new shell then completes"),
    ("weekly completion zsh > ~/.zfunc/_weekly", "for zsh, with ~/.zfunc in its fpath"),
    ("weekly completion fish > ~/.config/fish/completions/weekly.fish", "for fish"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("shell", choices=tuple(_SCRIPTS), metavar="{bash,zsh,fish}")


def run(given: argparse.Namespace) -> int:
    """Print the script, made of what the parser knows."""
    from generator.cli import COMMANDS, parser

    subparsers = next(
        action.choices for action in parser()._actions if isinstance(action.choices, dict)
    )
    commands = {
        name: Command(subparsers[name].description or "", tuple(_options(subparsers[name])))
        for name in COMMANDS
    }
    print("\n".join(_SCRIPTS[given.shell](commands)))
    return 0


class Option(NamedTuple):
    """An option, or with no names an argument, as shells complete it."""

    names: tuple[str, ...]
    takes_value: bool
    choices: tuple[str, ...]
    is_folder: bool
    sentence: str


class Command(NamedTuple):
    """A command with its options."""

    sentence: str
    options: tuple[Option, ...]


def _options(command: argparse.ArgumentParser) -> Iterator[Option]:
    for action in command._actions:
        yield Option(
            names=tuple(action.option_strings),
            takes_value=action.nargs not in (0, "?"),  # what may be left out is not proposed
            choices=tuple(str(choice) for choice in action.choices or ()),
            is_folder=action.metavar == "DIR",
            sentence=action.help or "",
        )


def _bash(commands: Mapping[str, Command]) -> Iterator[str]:
    """Options where a hyphen is typed, else what can be chosen, else files."""
    yield "_weekly() {"
    yield '    local current="${COMP_WORDS[COMP_CWORD]}" words=""'
    yield '    case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD-1]}" in'
    for name, command in commands.items():
        for option in command.options:
            patterns = "|".join(f'"{name} {written}"' for written in option.names)
            if option.names and option.choices:
                yield f'        {patterns}) words="{" ".join(option.choices)}" ;;'
            elif option.names and option.takes_value:
                yield f"        {patterns})"
                yield "            local IFS=$'\\n'"
                kind = "-d" if option.is_folder else "-f"
                yield f'            COMPREPLY=($(compgen {kind} -- "$current")); return ;;'
    yield '        *) case "$COMP_CWORD ${COMP_WORDS[1]} $current" in'
    yield f'            "1 "*) words="{" ".join(commands)} --help --version" ;;'
    for name, command in commands.items():
        written = [word for option in command.options for word in option.names]
        choices = [
            word for option in command.options if not option.names for word in option.choices
        ]
        yield f'            *" {name} -"*) words="{" ".join(written)}" ;;'
        yield f'            *" {name} "*) words="{" ".join(choices)}" ;;'
    yield "        esac ;;"
    yield "    esac"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield "complete -o default -F _weekly weekly"


def _zsh(commands: Mapping[str, Command]) -> Iterator[str]:
    yield "#compdef weekly"
    yield "compdef _weekly weekly"
    yield "_weekly() {"
    yield "    local -a commands=("
    for name, command in commands.items():
        yield f"        {_quoted(f'{name}:{command.sentence}')}"
    yield "    )"
    yield "    if (( CURRENT == 2 )); then _describe command commands; return; fi"
    yield "    shift words; (( CURRENT-- ))"
    yield '    case "$words[1]" in'
    for name, command in commands.items():
        places = count(1)
        specs = (spec for option in command.options for spec in _zsh_specs(option, places))
        yield f"        {name}) _arguments {' '.join(specs)} ;;"
    yield "    esac"
    yield "}"
    yield 'if [ "$funcstack[1]" = _weekly ]; then _weekly "$@"; fi'


def _zsh_specs(option: Option, places: Iterator[int]) -> Iterator[str]:
    values = f"({' '.join(option.choices)})" if option.choices else "_files"
    values += " -/" if option.is_folder else ""
    if not option.names:
        yield _quoted(f"{next(places)}: :{values}")
    for name in option.names:
        sentence = re.sub(r"([\[\]:\\])", r"\\\1", option.sentence)
        yield _quoted(f"{name}[{sentence}]" + (f": :{values}" if option.takes_value else ""))


def _fish(commands: Mapping[str, Command]) -> Iterator[str]:
    for name, command in commands.items():
        yield (
            f"complete -c weekly -f -n __fish_use_subcommand -a {name}"
            f" -d {_quoted_for_fish(command.sentence)}"
        )
        seen = f"complete -c weekly -n '__fish_seen_subcommand_from {name}'"
        for option in command.options:
            values = f" -a {_quoted_for_fish(' '.join(option.choices))}" if option.choices else ""
            if not option.names:
                if values:
                    yield f"{seen} -f{values}"
                continue
            needs = (" -x" if option.choices or option.is_folder else " -r") * option.takes_value
            if option.is_folder:
                values = " -a '(__fish_complete_directories)'"
            named = "".join(
                f" -l {written[2:]}" if written.startswith("--") else f" -s {written[1:]}"
                for written in option.names
            )
            yield f"{seen}{named}{needs}{values} -d {_quoted_for_fish(option.sentence)}"


def _quoted(text: str) -> str:
    """Text that bash and zsh take as it is."""
    return "'" + text.replace("'", "'\\''") + "'"


def _quoted_for_fish(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


_SCRIPTS: dict[str, Callable[[Mapping[str, Command]], Iterable[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
