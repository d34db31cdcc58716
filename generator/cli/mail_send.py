"""`weekly mail send`: a post to everyone who is to get it, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from time import monotonic, sleep
from typing import NamedTuple

import click

from generator import fingerprint
from generator.build.mailing import Mailing
from generator.cache.store import FOLDER
from generator.cli.blog_context import blog_context
from generator.cli.build_inputs import moment_now, site_config
from generator.cli.commands import command
from generator.cli.completers import post_slugs
from generator.cli.options import FILE_PATH, blog_option, excludes
from generator.cli.outgoing_mail import (
    Audience,
    audience_of,
    in_utc,
    mailing_of,
    needed_secret,
    new_posts,
    outbox_of,
    record_of,
    secret,
    test_audience,
)
from generator.cli.printing import fail, fail_plainly, print_problems, say
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SITE_FILE, SiteConfig
from generator.mail.delivery import DONE, Deliveries, Delivery
from generator.mail.hand_offs import GraphMailer
from generator.mail.headers import HeaderError, address_of
from generator.mail.outbox import Outbox, lost_notes, text_of
from generator.mail.record import Record, SentPost
from generator.mail.sending import Letter, Machine, Manners, Run, Sent, letter_of
from generator.mail.smtp import Login, Server, SmtpMailer, Unusable
from generator.model import Post, PostState
from generator.network.services import post as post_to_service
from generator.output.lock import locked
from generator.problems import Location, Problem, counted
from generator.site.message_ids import message_id

STOPPED = 130  # as shells have it after Ctrl-C


class SendOptions(NamedTuple):
    """What was asked of this run."""

    test: str
    dry_run: bool
    yes: bool
    claim: bool
    graph: bool
    login: bool


@command(
    "mail send",
    examples=(
        ("weekly mail send --test me@example.org", "send the newest post to yourself first"),
        ("weekly mail send --dry-run", "show who would get what, and connect to nothing"),
        ("weekly mail send", "send it, after you have typed the number of recipients"),
        ("weekly mail send --new --yes", "for a job: send what is new, or do nothing"),
    ),
)
@click.argument("post", required=False, default="", shell_complete=post_slugs)
@blog_option
@click.option("--test", metavar="ADDRESS", default="", help="Send it to this address only.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and connect to nothing.")
@click.option("-y", "--yes", is_flag=True, help="Send without asking for the number.")
@click.option(
    "--new",
    is_flag=True,
    callback=excludes("test"),
    help="Send what was published in the last three days and not sent; maybe nothing.",
)
@click.option(
    "--claim",
    is_flag=True,
    callback=excludes("test", "dry_run"),
    help="Only write into content/sent.txt that it is about to be sent from this folder.",
)
@click.option(
    "--recipients",
    type=FILE_PATH,
    metavar="FILE",
    callback=excludes("test"),
    help="Send to the addresses in this file.",
)
@click.option("--login", is_flag=True, help="Ask for the user and the password.")
@click.option("--graph", is_flag=True, help="Send through Microsoft Graph instead of SMTP.")
def run(
    given: SharedOptions,
    post: str,
    test: str,
    dry_run: bool,
    yes: bool,
    new: bool,
    claim: bool,
    recipients: str | None,
    login: bool,
    graph: bool,
) -> int:
    """Send each post that is asked for; returns 1 if somebody has not got one."""
    if new and post:
        raise click.UsageError("Name a post, or use --new; not both.")
    config = site_config(given)
    wish = SendOptions(test, dry_run, yes, claim, graph, login)
    _check_settings(given, config, wish)
    audience = test_audience(test, config) if test else audience_of(given, config, recipients)
    with locked(given.blog / FOLDER / "mail.lock", waiting=_say_waiting):
        record = record_of(given)
        posts = _new(given, record) if new else [post]
        if not posts:
            say(given, "There is no new post to send.")
        return max((Sending(given, config, wish, audience).send(name) for name in posts), default=0)


def _new(given: SharedOptions, record: Record) -> list[str]:
    blog = blog_context(given)
    return [e.post.source for e in new_posts(blog.inventory.site.entries, record, blog.now)]


def _say_waiting() -> None:
    click.echo("Another run is sending mail from this blog; waiting for it.", err=True)


def _check_settings(given: SharedOptions, config: SiteConfig, wish: SendOptions) -> None:
    """End the run with every setting that is missing."""
    mail = config.mail
    missing = [
        Problem("mail-settings", config.at(("mail", key)), f"there is no '{key}'", hint)
        for key, value, hint in (
            ("from", mail.from_, "Write who sends into [mail]: Ada Marsh <ada@example.org>."),
            ("host", mail.host or wish.graph, "Write the SMTP server into [mail]."),
        )
        if not value
    ]
    if missing:
        fail(missing, given.format)


class Sending:
    """The way of one post to its recipients."""

    def __init__(
        self, given: SharedOptions, config: SiteConfig, wish: SendOptions, audience: Audience
    ) -> None:
        """Nothing is sent yet."""
        self._given = given
        self._config = config
        self._wish = wish
        self._audience = audience
        self._outbox: Outbox = outbox_of(given, audience.digests)

    def send(self, name: str) -> int:
        """Send the post of that name, the newest one for ''; returns the exit code."""
        shown = self._given._replace(drafts=True, future=True) if self._wish.test else self._given
        made = mailing_of(shown, self._config, name)
        entry = made.entries[-1]
        if not self._wish.test and entry.state is not PostState.PUBLISHED:
            at, hint = Location(entry.post.source), "Use --test to send it to yourself."
            fail([Problem("not-mailed", at, "the post is not published", hint)], "text")
        moment = moment_now(self._config)
        letter = self._letter(made, entry.post, moment)
        if self._wish.test:
            return self._test(letter)
        record = record_of(self._given)
        known = record.posts.get(entry.post.id)
        if known and known.state == "sent":
            self._say_sent(known, entry.post)
            return 0
        noted = self._outbox.noted(entry.post.id, record)
        if isinstance(noted, Problem):
            fail([noted], "text")
        if known and noted is None:
            print_problems([lost_notes(entry.post)], "text")
            return 1
        waiting = self._waiting(noted.states if noted else {})
        return self._send_to_all(letter, entry.post, record, len(waiting))

    def _letter(self, made: Mailing, post: Post, moment: datetime) -> Letter:
        own = message_id(self._config.authority, post.id)
        if self._wish.test:  # mail servers drop a second message with the same id
            own = f"<test-{fingerprint.of_value((own, moment))}@{own.rpartition('@')[2]}"
        letter = letter_of(made.parts, self._config, message_id=own, moment=moment)
        if not self._audience.is_file:  # whoever clicked on the link of a list would end it for all
            letter = letter._replace(unsubscribe_url="")
        longest = max(self._audience.each, key=lambda each: len(each.token))
        try:
            letter.to(longest, self._audience.digests)
        except HeaderError as error:
            at = self._config.at(("mail",))
            message = f"a header can't be written: {error}"
            fail([Problem("mail-settings", at, message)], "text")
        return letter

    def _waiting(self, states: Mapping[str, Delivery]) -> list[str]:
        digests = (self._audience.digests.of(each) for each in self._audience.each)
        return [digest for digest in digests if states.get(digest) not in DONE]

    def _say_sent(self, known: SentPost, post: Post) -> None:
        changed = text_of(post) != known.text
        after = " It has changed since, and is not sent again." if changed else ""
        day = known.moment.partition("T")[0]
        say(self._given, f"'{post.title}' was sent on {day}; nothing was sent now.{after}")

    def _send_to_all(self, letter: Letter, post: Post, record: Record, waiting: int) -> int:
        for line in self._plan(letter, waiting):
            say(self._given, line)
        if self._wish.dry_run:
            return 0
        moment = in_utc(moment_now(self._config))
        if self._wish.claim:
            self._begun(post, record, moment).close()
            say(self._given, "Wrote into content/sent.txt that it is about to be sent.")
            return 0
        self._confirm(waiting)
        mailer = self._mailer()
        try:
            if waiting:  # a wrong password is known before anything is written down
                mailer.connect()
        except Unusable as error:
            self._outbox.withdraw(post.id, record)
            fail([Problem("mail-server", Location(SITE_FILE), error.reason, error.hint)], "text")
        deliveries = self._begun(post, record, moment)
        try:
            sent = self._run(mailer, deliveries, letter)
        except KeyboardInterrupt:
            # one may be on its way: the next run will call it unknown
            waiting = len(self._waiting(deliveries.states)) - deliveries.count(Delivery.TRYING)
            click.echo(
                f"Stopped: {counted(waiting, 'recipient')} to go. Run the same command again.",
                err=True,
            )
            return STOPPED
        finally:
            deliveries.close()
        return self._report(sent, post, record_of(self._given))

    def _begun(self, post: Post, record: Record, moment: str) -> Deliveries:
        deliveries = self._outbox.begin(post, record, moment)
        if isinstance(deliveries, Problem):
            fail([deliveries], "text")
        return deliveries

    def _plan(self, letter: Letter, waiting: int) -> Iterator[str]:
        mail, total = self._config.mail, len(self._audience.each)
        size = len(letter.to(self._audience.each[0], self._audience.digests)) / 1000
        yield f"Subject: {letter.parts.subject}"
        yield f"From: {mail.from_}"
        if self._audience.is_file:
            repeated = self._audience.recipients.repeated
            twice = f"; {counted(repeated, 'line')} repeated" if repeated else ""
            yield f"To: {counted(total, 'recipient')}, a message each{twice}"
        else:
            yield f"To: {mail.to}"
        if waiting < total:
            yield f"{total - waiting} of them have got it, or may have; {waiting} to go."
        way = "Microsoft Graph" if self._wish.graph else f"{mail.host}, port {mail.server_port}"
        minutes = (waiting - 1) / mail.rate
        took = f", at {mail.rate} a minute: {minutes:.0f} min" if minutes >= 1 else ""
        yield f"By: {way}{took}; {size:.0f} kB each"

    def _confirm(self, waiting: int) -> None:
        """End the run unless somebody types how many messages are to be sent."""
        if self._wish.yes or not waiting:
            return
        if not is_interactive():
            fail_plainly(
                "there is no terminal to ask on: use --yes to send, or --dry-run to see what."
            )
        typed = click.prompt(
            f"Type {waiting} to send it to {counted(waiting, 'recipient')}",
            default="",
            show_default=False,
        )
        if typed.strip() != str(waiting):
            print("Nothing was sent.")
            raise SystemExit(1)

    def _mailer(self) -> SmtpMailer | GraphMailer:
        mail = self._config.mail
        if self._wish.graph:
            token = needed_secret("WEEKLY_GRAPH_TOKEN", "See docs/mail.md for how to get one.")
            return GraphMailer(post_to_service, mail.graph_mailbox, token)
        server = Server(mail.host, mail.server_port, mail.tls, self._login())
        return SmtpMailer(server, address_of(mail.from_))

    def _login(self) -> Login:
        """Who logs in: from the environment, or as somebody types it."""
        user, password = secret("WEEKLY_SMTP_USER"), secret("WEEKLY_SMTP_PASSWORD")
        token = secret("WEEKLY_SMTP_TOKEN")
        if self._wish.login and not is_interactive():
            fail_plainly("there is no terminal to ask for the login on.")
        if self._wish.login and not user:
            user = click.prompt("User")
        if user and not (password or token):
            if not is_interactive():
                fail_plainly("set WEEKLY_SMTP_PASSWORD, or WEEKLY_SMTP_TOKEN, in the environment.")
            password = click.prompt("Password", hide_input=True)
        return Login(user, password, token)

    def _run(self, mailer: SmtpMailer | GraphMailer, notes: Deliveries, letter: Letter) -> Sent:
        machine = Machine(monotonic, sleep, lambda line: say(self._given, line))
        manners = Manners(interval=60 / self._config.mail.rate)
        run = Run(mailer, notes, manners, machine)
        return run.send(letter, self._audience.each, self._audience.digests)

    def _report(self, sent: Sent, post: Post, record: Record) -> int:
        print_problems(sent.problems, "text")
        count = {state: sum(s is state for s in sent.states.values()) for state in Delivery}
        words = [f"Sent to {counted(count[Delivery.ACCEPTED], 'recipient')}"]
        words += [f"{count[Delivery.REFUSED]} refused"] if count[Delivery.REFUSED] else []
        words += [f"{count[Delivery.UNKNOWN]} unknown"] if count[Delivery.UNKNOWN] else []
        words += [f"{sent.waiting} to go"] if sent.waiting else []
        if not sent.waiting:
            self._outbox.end(post, record, in_utc(moment_now(self._config)), sent.states)
        else:
            self._outbox.withdraw(post.id, record)
        then = "Run the same command again." if sent.waiting else "Commit content/sent.txt."
        say(self._given, f"{', '.join(words)}. {then}")
        return 1 if sent.problems or sent.waiting else 0

    def _test(self, letter: Letter) -> int:
        """Send one message that is written down nowhere."""
        (recipient,) = self._audience.each
        if self._wish.dry_run:
            for line in self._plan(letter, 1):
                say(self._given, line)
            return 0
        mailer = self._mailer()
        data = letter.to(recipient, self._audience.digests)
        try:
            answer = mailer.deliver(recipient.address, data, lambda: None)
        except Unusable as error:
            fail([Problem("mail-server", Location(SITE_FILE), error.reason, error.hint)], "text")
        mailer.close()
        if answer.state is not Delivery.ACCEPTED:
            message = f"the test was not accepted: {answer.words}"
            fail([Problem("mail-server", recipient.at, message)], "text")
        say(self._given, f"Sent '{letter.parts.subject}' to {recipient.to} only.")
        return 0
