"""`weekly completion`: a script that lets a shell complete commands, options and slugs."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from generator.cli.commands import command
from generator.cli.program import COMPLETION_VARIABLE, weekly
from generator.cli.shared_options import SharedOptions

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@command(
    "completion",
    examples=(
        ("weekly completion bash >> ~/.bashrc", "for bash; a new shell then completes"),
        ("weekly completion zsh > ~/.zfunc/_weekly", "for zsh, with ~/.zfunc in its fpath"),
        ("weekly completion fish > ~/.config/fish/completions/weekly.fish", "for fish"),
    ),
)
@click.argument("shell", type=click.Choice(list(SHELLS)), help="The shell you use.")
def run(given: SharedOptions, shell: str) -> int:
    """Print the script, which asks weekly what can follow whenever Tab is pressed."""
    completion = SHELLS[shell](weekly, {}, "weekly", COMPLETION_VARIABLE)
    print(completion.source(), end="")
    return 0
