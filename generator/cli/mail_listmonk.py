"""`weekly mail listmonk`: a post as a draft in listmonk."""

from __future__ import annotations

import click

from generator.cli.commands import command
from generator.cli.completers import post_slugs
from generator.cli.mail_drafts import hand_off, message_for
from generator.cli.options import blog_option
from generator.cli.outgoing_mail import needed_secret
from generator.cli.printing import fail
from generator.cli.shared_options import SharedOptions
from generator.mail.hand_offs import listmonk_draft
from generator.problems import Problem


@command(
    "mail listmonk",
    examples=(("weekly mail listmonk", "make a campaign of the newest post, as a draft"),),
)
@click.argument("post", required=False, default="", shell_complete=post_slugs)
@blog_option
def run(given: SharedOptions, post: str) -> int:
    """Make the draft."""
    config, made = message_for(given, post)
    listmonk = config.mail.listmonk
    missing = [
        Problem("mail-settings", config.at(("mail", "listmonk", key)), f"there is no '{key}'", hint)
        for key, value, hint in (
            ("url", listmonk.url, "Write the address of your listmonk into [mail.listmonk]."),
            ("lists", listmonk.lists, "Write the numbers of its lists into [mail.listmonk]."),
        )
        if not value
    ]
    if missing:
        fail(missing, "text")
    token = needed_secret("WEEKLY_LISTMONK_TOKEN", "Set it to 'user:token', as listmonk made it.")
    request = listmonk_draft(made.parts, listmonk, config.mail.from_, token)
    return hand_off(given, request, "listmonk", "Check the address and the token.")
