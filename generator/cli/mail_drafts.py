"""What the commands that hand a draft to a service have in common."""

from __future__ import annotations

import json

from generator.build.mailing import Mailing
from generator.cli.build_inputs import site_config
from generator.cli.outgoing_mail import mailing_of
from generator.cli.printing import fail, say
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SITE_FILE, SiteConfig
from generator.mail.hand_offs import Request, said_by
from generator.network.services import post as post_to_service
from generator.problems import Location, Problem


def message_for(given: SharedOptions, post: str) -> tuple[SiteConfig, Mailing]:
    """The settings, and the message about a post; if there is none, the run ends."""
    config = site_config(given)
    return config, mailing_of(given, config, post)


def hand_off(given: SharedOptions, request: Request, service: str, hint: str) -> int:
    """Give a service a draft, and say where it is; if it does not take it, the run ends."""
    reply = post_to_service(request)
    if reply.status // 100 != 2:
        message = f"{service} did not take the draft: {said_by(reply)}"
        fail([Problem("mail-server", Location(SITE_FILE), message, hint)], "text")
    where = _id_in(reply.body)
    say(given, f"Made a draft in {service}{where}. Look at it there, and send it.")
    return 0


def _id_in(body: bytes) -> str:
    try:
        found = json.loads(body)
        inner = found.get("data", found)
        number = str(inner.get("id", ""))
    except (ValueError, AttributeError):
        return ""
    return f" ({number})" if number.isprintable() and 0 < len(number) <= 40 else ""
