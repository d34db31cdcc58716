"""The commands by group, each with its sentence, and what they have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import islice
from typing import Any

import click

from generator.cli.options import loudness_options
from generator.cli.shared_options import SharedOptions
from generator.problems import nearest

GROUPS = {  # in the order of the work, which is that of the help
    "Write": {
        "init": "Create a new blog in a folder.",
        "new": "Start a post, as a draft for the next free week.",
        "note": "Write a short post that needs no title, for the next build.",
        "review": "Start a post that looks back on a year, as a draft for you to rewrite.",
        "rename": "Give a post another slug; its old address, its id and links to it keep working.",
        "retag": "Change a tag in all posts, in the tags of the traits and in the topics.",
        "import": "Bring a blog from another system, with an account of every item.",
    },
    "Look": {
        "serve": "Show the site in a browser, and update it as you write.",
        "build": "Build the site into output/.",
        "check": "Check the content and the site, and build nothing.",
        "theme": "Check a theme, and build nothing.",
        "doctor": "Check what no page shows: git, GitHub Pages, schedule, files, clock, libraries.",
        "clean": "Remove what builds have put into output/.",
    },
    "Publish": {
        "deploy": "Build, check and publish the site to a branch; --init sets up GitHub to do it.",
        "mail": "Write the newest post, or another one, as an email to send or to look at.",
    },
    "Listen": {
        "replies": "Show the replies that wait, and decide what becomes of each.",
        "mentions": "Show which pages that your posts link to have been told of it.",
        "impact": "Show what came of each post and trait, for you alone.",
    },
    "Habit": {
        "status": "Show what is ready for this week, and how the last weeks went.",
        "calendar": "Show the coming weeks and their posts, or export them for a calendar program.",
        "prompt": "Suggest a trait to write about, with questions and posts to build on.",
        "stats": "Count words, questions, links, and I, we and you in the posts.",
    },
    "Set up": {
        "completion": "Print a script that lets your shell complete commands, options and slugs.",
    },
}
SENTENCES = {name: sentence for group in GROUPS.values() for name, sentence in group.items()}
SUBCOMMANDS: dict[str, dict[str, str]] = {  # each in a module of both names, `replies_answer`
    "mail": {
        "send": "Send a post to everyone who is to get it, once.",
        "status": "Show which posts were sent, to how many, and what is unknown.",
        "listmonk": "Make a draft of a post in listmonk.",
        "buttondown": "Make a draft of a post in Buttondown.",
        "graph": "Put a post into the drafts of a mailbox in Microsoft 365.",
    },
    "replies": {
        "decide": "Approve, hide or change replies by their ids, without questions.",
        "import": "Bring in replies from mail, forms, exports and copied threads.",
        "fetch": "Bring in new replies from a mailbox, webmentions, Mastodon, Bluesky and GitHub.",
        "answer": "Answer a reply below it, or with a post.",
        "forget": "Remove the words and the name of a person everywhere.",
    },
    "mentions": {
        "send": "Tell the pages that published posts link to, each of them once.",
    },
    "impact": {
        "import": "Take in visits from GoatCounter and mails from listmonk, as daily sums.",
    },
}
ALL_SENTENCES = SENTENCES | {
    f"{first} {second}": sentence
    for first, below in SUBCOMMANDS.items()
    for second, sentence in below.items()
}

_FOR_ITSELF = "generator.for_itself"  # whether a group is to run itself

Example = tuple[str, str]  # a line to type, and what it does


class WeeklyCommand(click.Command):
    """A command that takes the shared options as one value, and shows examples in its help."""

    def __init__(self, *, examples: Sequence[Example], **settings: Any) -> None:
        """`examples` come last in the help."""
        super().__init__(**settings)
        self.examples = examples
        self.params += loudness_options()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, but a sentence that begins with a hyphen is text, not an option."""
        if any(map(self._is_sentence, args)):
            args = self._options_first(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            takes_text = any(isinstance(param, click.Argument) for param in self.params)
            if takes_text and not error.possibilities:
                hint = "Put text that begins with a hyphen after --, with a space between."
                raise click.UsageError(f"{error.message} {hint}", ctx) from None
            raise

    def _is_sentence(self, word: str) -> bool:
        known = [name for parameter in self.params for name in parameter.opts]
        has_space = any(map(str.isspace, word))
        return has_space and word.startswith("-") and word.partition("=")[0] not in known

    def _options_first(self, args: list[str]) -> list[str]:
        """The same arguments, with all text after -- so that none of it is taken for an option."""
        with_value = [
            name
            for parameter in self.params
            if isinstance(parameter, click.Option) and not parameter.is_flag
            for name in parameter.opts
        ]
        options: list[str] = []
        texts: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                texts += words
            elif not word.startswith("-") or self._is_sentence(word):
                texts.append(word)
            else:
                options += [word, *islice(words, int(word in with_value))]
        return [*options, "--", *texts]

    def invoke(self, ctx: click.Context) -> Any:
        """The exit code of the callback, which gets the shared options and then its own."""
        before = _given_before(ctx)
        for name in before:
            if before[name] and name not in ctx.params:
                raise click.NoSuchOption(f"--{name}", ctx=ctx)
        own = {**ctx.params}
        shared = {name: own.pop(name) or before.get(name) for name in ctx.params if name in _SHARED}
        given = SharedOptions(**{name: value for name, value in shared.items() if value})
        return ctx.invoke(self.callback, given, **own) if self.callback else 0

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, each on a line of its own."""
        with formatter.section("Examples"):
            for line, what in self.examples:
                formatter.write(f"  {line}\n      {what}\n")


_SHARED = SharedOptions._fields


def _given_before(ctx: click.Context) -> dict[str, Any]:
    """The options that were given before the name of a command, by that of their parameter."""
    parent = ctx.parent
    if parent is None:
        return {}
    typed = (click.core.ParameterSource.COMMANDLINE, click.core.ParameterSource.ENVIRONMENT)
    given = {
        name: value
        for name, value in parent.params.items()
        if parent.get_parameter_source(name) in typed
    }
    return _given_before(parent) | given


class WeeklyGroup(WeeklyCommand, click.Group):
    """A command with others below it, each in the module of both names: `replies_answer`."""

    def __init__(self, **settings: Any) -> None:
        """It runs by itself if none of them is asked for."""
        super().__init__(
            **settings, invoke_without_command=True, subcommand_metavar="[COMMAND [OPTIONS]]"
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands below it."""
        return list(SUBCOMMANDS[self.name or ""])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"generator.cli.{self.name}_{cmd_name}").run
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; if there is none, click suggests one like it."""
        if args[0] not in self.list_commands(ctx) and not ctx.resilient_parsing:
            raise click.NoSuchCommand(args[0], possibilities=self.list_commands(ctx), ctx=ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; what belongs to a command below it stays as it is.

        If the first word names no such command, and the group itself takes text, it is that text.
        """
        if self._is_for_itself(ctx, args):
            ctx.allow_interspersed_args = True
            ctx.meta[_FOR_ITSELF] = True
            return WeeklyCommand.parse_args(self, ctx, args)
        return click.Command.parse_args(self, ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Its options, and what it takes itself unless a command below it was asked for."""
        found = super().get_params(ctx)
        if ctx.meta.get(_FOR_ITSELF, True):
            return found
        return [param for param in found if not isinstance(param, click.Argument)]

    def _is_for_itself(self, ctx: click.Context, args: list[str]) -> bool:
        takes_text = any(isinstance(param, click.Argument) for param in self.params)
        texts = self._options_first(args)
        first = texts[texts.index("--") + 1 :][:1]
        is_below = any(nearest(word, self.list_commands(ctx), likeness=0.8) for word in first)
        is_own = takes_text and not is_below  # a typing error in a command is not a post
        ctx.meta[_FOR_ITSELF] = is_own
        return is_own

    def invoke(self, ctx: click.Context) -> Any:
        """The exit code of the command below it that was asked for, or else its own."""
        if not ctx.args:
            return super().invoke(ctx)
        name, found, args = self.resolve_command(ctx, ctx.args)
        if found is None:
            return 0
        with found.make_context(name, args, parent=ctx) as inner:
            return found.invoke(inner)


def command(
    name: str, examples: Sequence[Example]
) -> Callable[[Callable[..., int]], WeeklyCommand]:
    """A decorator that makes a function, which returns the exit code, the command of that name.

    The name of a command below another is both names: `replies answer`.
    """

    kind = WeeklyGroup if name in SUBCOMMANDS else WeeklyCommand
    last = name.rpartition(" ")[2]

    def decorate(function: Callable[..., int]) -> WeeklyCommand:
        make = click.command(last, cls=kind, help=ALL_SENTENCES[name], examples=examples)
        return make(function)

    return decorate
