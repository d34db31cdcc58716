"""`weekly mail buttondown`: a post as a draft in Buttondown."""

from __future__ import annotations

import click

from generator.cli.commands import command
from generator.cli.completers import post_slugs
from generator.cli.mail_drafts import hand_off, message_for
from generator.cli.options import blog_option
from generator.cli.outgoing_mail import needed_secret
from generator.cli.shared_options import SharedOptions
from generator.mail.hand_offs import buttondown_draft


@command(
    "mail buttondown",
    examples=(("weekly mail buttondown", "make an email of the newest post, as a draft"),),
)
@click.argument("post", required=False, default="", shell_complete=post_slugs)
@blog_option
def run(given: SharedOptions, post: str) -> int:
    """Make the draft."""
    _, made = message_for(given, post)
    key = needed_secret("WEEKLY_BUTTONDOWN_KEY", "Buttondown shows it under Settings, API.")
    return hand_off(given, buttondown_draft(made.parts, key), "Buttondown", "Check the key.")
