"""`weekly mail graph`: a post as a draft in a mailbox of Microsoft 365."""

from __future__ import annotations

import click

from generator.cli.commands import command
from generator.cli.completers import post_slugs
from generator.cli.mail_drafts import hand_off, message_for
from generator.cli.options import blog_option
from generator.cli.outgoing_mail import needed_secret
from generator.cli.shared_options import SharedOptions
from generator.mail.hand_offs import GRAPH_HINT, graph_draft
from generator.mail.message import Envelope, message


@command(
    "mail graph",
    examples=(("weekly mail graph", "put the newest post into Drafts, to look at and send"),),
)
@click.argument("post", required=False, default="", shell_complete=post_slugs)
@blog_option
def run(given: SharedOptions, post: str) -> int:
    """Make the draft."""
    config, made = message_for(given, post)
    mail = config.mail
    token = needed_secret("WEEKLY_GRAPH_TOKEN", "docs/mail.md says how to get one.")
    envelope = Envelope(sender=mail.from_, reply_to=mail.reply_to or config.answer.email)
    mime = message(made.parts, envelope, to=mail.to, is_draft=True)
    request = graph_draft(mime, mail.graph_mailbox, token)
    return hand_off(given, request, "Microsoft 365", GRAPH_HINT)
