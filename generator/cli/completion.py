"""`weekly completion`: a script that lets a shell complete what is typed."""

from __future__ import annotations

import argparse
import re
from itertools import count
from typing import NamedTuple

from generator.cli.options import add_desk_options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.cli.blog_context import Opened

SENTENCE = "Print a script that lets your shell complete commands, options, posts and traits."
EXAMPLES = (
    ("weekly completion bash >> ~/.bashrc", "for bash; a new shell then completes"),
    ("weekly completion zsh > ~/.zfunc/_weekly", "for zsh, with ~/.zfunc in its fpath"),
    ("weekly completion fish > ~/.config/fish/completions/weekly.fish", "for fish"),
    ("weekly completion posts", "the posts' slugs, as these scripts ask for them"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument(
        "wanted",
        choices=(*_SCRIPTS, *_LISTS),
        metavar="{bash,zsh,fish}",
        help="the shell; or posts or traits, for the names that its script proposes",
    )
    add_desk_options(command)


def run(given: argparse.Namespace) -> int:
    """Print the script, made of what the parser knows, or the names of a blog's own things."""
    if given.wanted in _LISTS:
        from generator.cli.blog_context import opened

        for name in _LISTS[given.wanted](opened(given)):
            print(name)
    else:
        print("\n".join(_SCRIPTS[given.wanted](_commands())))
    return 0


class Option(NamedTuple):
    """An option, or with no names an argument, as shells complete it."""

    names: tuple[str, ...]
    takes_value: bool
    choices: tuple[str, ...]
    kind: str  # what else its value is: DIR, FILE, POST, TRAIT or anything
    sentence: str

    @property
    def question(self) -> str:
        """The command that prints what can be chosen, '' where that stands in the script."""
        return f"weekly completion {_ASKED[self.kind]} 2>/dev/null" if self.kind in _ASKED else ""


class Command(NamedTuple):
    """A command with its options."""

    sentence: str
    options: tuple[Option, ...]

    @property
    def arguments(self) -> tuple[Option, ...]:
        """What stands behind it without a name."""
        return tuple(option for option in self.options if not option.names)


_ASKED = {"POST": "posts", "TRAIT": "traits"}


def _commands() -> Mapping[str, Command]:
    from generator.cli import COMMANDS, parser

    subparsers = next(
        action.choices for action in parser()._actions if isinstance(action.choices, dict)
    )
    return {
        name: Command(subparsers[name].description or "", tuple(_options(subparsers[name])))
        for name in COMMANDS
    }


def _options(command: argparse.ArgumentParser) -> Iterator[Option]:
    for action in command._actions:
        yield Option(
            names=tuple(action.option_strings),
            takes_value=action.nargs not in (0, "?"),  # what may be left out is not proposed
            choices=tuple(str(choice) for choice in action.choices or ()),
            kind=str(action.metavar),
            sentence=action.help or "",
        )


def _bash(commands: Mapping[str, Command]) -> Iterator[str]:
    """What can be chosen, else options where a hyphen is typed, else files."""
    yield "_weekly() {"
    yield '    local current="${COMP_WORDS[COMP_CWORD]}" words="" place=1'
    yield '    while [[ $place -lt $COMP_CWORD && "${COMP_WORDS[place]}" == -* ]]; do'
    yield '        if [[ "${COMP_WORDS[place]}" == --blog ]]; then place=$((place + 1)); fi'
    yield "        place=$((place + 1))"
    yield "    done"
    yield '    local command="${COMP_WORDS[place]-}"'
    yield '    case "$command ${COMP_WORDS[COMP_CWORD-1]}" in'
    yield from _bash_values('*" --blog"', Option((), True, (), "DIR", ""))
    for name, command in commands.items():
        for option in command.options:
            if option.names and option.takes_value:
                patterns = "|".join(f'"{name} {written}"' for written in option.names)
                yield from _bash_values(patterns, option)
    yield '        *) case "$((COMP_CWORD - place)) $command $current" in'
    yield f'            "0 "*) words="{" ".join((*commands, *_EVERYWHERE))}" ;;'
    for name, command in commands.items():
        written = [word for option in command.options for word in option.names]
        yield f'            *" {name} -"*) words="{" ".join(written)}" ;;'
        for place, argument in enumerate(command.arguments, start=1):
            if chosen := _bash_choices(argument):
                yield f'            "{place} {name} "*) words="{chosen}" ;;'
    yield "        esac ;;"
    yield "    esac"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield "complete -o default -F _weekly weekly"


def _bash_values(patterns: str, option: Option) -> Iterator[str]:
    if chosen := _bash_choices(option):
        yield f'        {patterns}) words="{chosen}" ;;'
    else:
        kind = "-d" if option.kind == "DIR" else "-f"
        yield f"        {patterns})"
        yield "            local IFS=$'\\n'"
        yield f'            COMPREPLY=($(compgen {kind} -- "$current")); return ;;'


def _bash_choices(option: Option) -> str:
    return f"$({option.question})" if option.question else " ".join(option.choices)


def _zsh(commands: Mapping[str, Command]) -> Iterator[str]:
    yield "#compdef weekly"
    yield "compdef _weekly weekly"
    for kind, asked in _ASKED.items():
        question = f'"$(weekly completion {asked} 2>/dev/null)"'
        yield f"_weekly_{kind.lower()}() {{ compadd -- ${{(f){question}}} }}"
    yield "_weekly() {"
    yield "    local -a commands=("
    for name, command in commands.items():
        yield f"        {_quoted(f'{name}:{command.sentence}')}"
    yield "    )"
    yield "    while (( CURRENT > 2 )) && [[ $words[2] == -* ]]; do"
    yield "        if [[ $words[2] == --blog ]] && (( CURRENT > 3 )); then"
    yield "            shift words; (( CURRENT-- ))"
    yield "        fi"
    yield "        shift words; (( CURRENT-- ))"
    yield "    done"
    yield f"    local -a everywhere=({' '.join(_EVERYWHERE)})"
    yield "    if (( CURRENT == 2 )); then"
    yield "        _describe command commands -- everywhere; return"
    yield "    fi"
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
    values = f"({' '.join(option.choices)})" if option.choices else _ZSH.get(option.kind, "_files")
    if not option.names:
        yield _quoted(f"{next(places)}: :{values}")
    for name in option.names:
        sentence = re.sub(r"([\[\]:\\])", r"\\\1", option.sentence)
        yield _quoted(f"{name}[{sentence}]" + (f": :{values}" if option.takes_value else ""))


_ZSH = {"DIR": "_files -/", "POST": "_weekly_post", "TRAIT": "_weekly_trait", "SLUG": " "}


def _fish(commands: Mapping[str, Command]) -> Iterator[str]:
    first = "complete -c weekly -n __fish_use_subcommand"
    yield f"{first} -f -a {_quoted_for_fish(' '.join(_EVERYWHERE))}"
    for name, command in commands.items():
        yield f"{first} -f -a {name} -d {_quoted_for_fish(command.sentence)}"
        seen = f"__fish_seen_subcommand_from {name}"
        for place, argument in enumerate(command.arguments, start=2):
            if chosen := _fish_choices(argument):
                here = f"{seen}; and test (count (commandline -opc)) -eq {place}"
                yield f"complete -c weekly -n '{here}' -f -a {_quoted_for_fish(chosen)}"
        for option in command.options:
            if option.names:
                named = " ".join(map(_fish_name, option.names))
                sentence = _quoted_for_fish(option.sentence)
                yield f"complete -c weekly -n '{seen}' {named}{_fish_values(option)} -d {sentence}"


def _fish_name(written: str) -> str:
    return f"-l {written[2:]}" if written.startswith("--") else f"-s {written[1:]}"


def _fish_values(option: Option) -> str:
    if not option.takes_value:
        return ""
    chosen = _fish_choices(option)
    return f" -x -a {_quoted_for_fish(chosen)}" if chosen else " -r"


def _fish_choices(option: Option) -> str:
    if option.kind == "DIR":
        return "(__fish_complete_directories)"
    return f"({option.question})" if option.question else " ".join(option.choices)


def _quoted(text: str) -> str:
    """Text that bash and zsh take as it is."""
    return "'" + text.replace("'", "'\\''") + "'"


def _quoted_for_fish(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _posts(blog: Opened) -> Iterator[str]:
    for post in sorted(blog.survey.content.posts, key=lambda post: post.published, reverse=True):
        yield post.slug


def _traits(blog: Opened) -> Iterator[str]:
    for trait in blog.traits:
        yield trait.slug


_EVERYWHERE = ("--help", "--version", "--quiet", "--verbose", "--blog")

_SCRIPTS: dict[str, Callable[[Mapping[str, Command]], Iterable[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}

_LISTS: dict[str, Callable[[Opened], Iterable[str]]] = {"posts": _posts, "traits": _traits}
