"""Sends one message to each recipient, at a bounded rate, and nobody a second one."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from generator.config.settings import SiteConfig
from generator.mail.delivery import DONE, Deliveries, Delivery
from generator.mail.message import Envelope, MailParts, message
from generator.mail.recipients import Digests, Recipient
from generator.mail.smtp import Answer, Unusable
from generator.problems import Location, Problem

MOST_LOST = 3  # connections in a row, after which the server has to be left alone
MOST_REFUSED = 5  # recipients in a row, with the same words: then it is not about them


_ABOUT_AN_ADDRESS = re.compile(r"\d+ 5\.1\.")  # RFC 3463
_UNKNOWN = "Nobody knows whether it arrived; it is not sent again."
_SETTINGS = Location("content/site.toml")


class Mailer(Protocol):
    """What takes messages: an SMTP server or a service."""

    def deliver(self, to: str, data: bytes, before_the_end: Callable[[], None]) -> Answer:
        """Send a message; raises Unusable."""

    def close(self) -> None:
        """End the connection."""


class Manners(NamedTuple):
    """How patiently a server is asked."""

    interval: float  # seconds between two messages
    again: tuple[float, ...] = (60.0, 300.0, 600.0)  # before trying those who are to wait
    reconnect: float = 5.0


class Machine(NamedTuple):
    """What sending needs of the machine it runs on."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    say: Callable[[str], None]


class Letter(NamedTuple):
    """What is sent, and how it is headed."""

    parts: MailParts
    envelope: Envelope
    unsubscribe_url: str  # with {token}

    def to(self, recipient: Recipient, digests: Digests) -> bytes:
        """The message to one recipient, which names nobody else."""
        url = self.unsubscribe_url.replace("{token}", digests.token_of(recipient))
        return message(self.parts, self.envelope._replace(unsubscribe_url=url), to=recipient.to)


class Sent(NamedTuple):
    """How a run ended."""

    states: Mapping[str, Delivery]
    waiting: int  # recipients who were not sent anything yet
    problems: tuple[Problem, ...]


def letter_of(parts: MailParts, config: SiteConfig, *, message_id: str, moment: datetime) -> Letter:
    """A message with the headers that the settings ask for."""
    mail = config.mail
    envelope = Envelope(
        sender=mail.from_,
        reply_to=mail.reply_to or config.answer.email,
        list_id=mail.list_id,
        unsubscribe_mailto=mail.unsubscribe,
        message_id=message_id,
        date=moment,
    )
    return Letter(parts, envelope, mail.unsubscribe_url)


class Run:
    """One run over the recipients who still wait for a message."""

    def __init__(
        self, mailer: Mailer, deliveries: Deliveries, manners: Manners, machine: Machine
    ) -> None:
        """Nothing is sent yet."""
        self._mailer = mailer
        self._deliveries = deliveries
        self._manners = manners
        self._machine = machine
        self._problems: list[Problem] = []
        self._next = machine.clock()
        self._refused: list[str] = []  # in a row, with the same words
        self._words = ""
        self._put_off = ""  # what the server said to those who are to be tried later

    def send(self, letter: Letter, recipients: Sequence[Recipient], digests: Digests) -> Sent:
        """Send the message to everyone who has none; what can't be sent is among the problems."""
        known = self._deliveries.states
        self._report_unknown([each for each in recipients if _is_unknown(known, each, digests)])
        waiting = [(digests.of(each), each) for each in recipients]
        waiting = [(digest, each) for digest, each in waiting if known.get(digest) not in DONE]
        waiting.sort(key=lambda pair: pair[0] in known)  # whoever made trouble before comes last
        for pause in (0.0, *self._manners.again):
            if not waiting:
                break
            if pause:
                self._rest(pause, len(waiting))
            try:
                waiting = self._round(waiting, letter, digests)
            except Unusable as error:
                self._report(_SETTINGS, error.reason, error.hint)
                break
        else:
            self._report_put_off(waiting)
        self._mailer.close()
        self._forgive_if_all_refused()
        left = sum(known.get(digests.of(each)) not in DONE for each in recipients)
        return Sent(known, left, tuple(self._problems))

    def _report_unknown(self, recipients: Sequence[Recipient]) -> None:
        """Name those whose message was on its way when an earlier run ended."""
        for recipient in recipients:
            message = "an earlier run ended before the server had answered"
            self._report(recipient.at, message, _UNKNOWN)

    def _report_put_off(self, waiting: Sequence[tuple[str, Recipient]]) -> None:
        if not waiting:
            return
        hint = "Run the same command again later; who has got it gets no second one."
        others = f", and {len(waiting) - 1} others" if len(waiting) > 1 else ""
        message = f"the server puts off this recipient{others}: {self._put_off}"
        self._report(waiting[0][1].at, message, hint)

    def _rest(self, pause: float, count: int) -> None:
        self._mailer.close()
        minutes = max(1, round(pause / 60))
        who = "1 recipient" if count == 1 else f"{count} recipients"
        self._machine.say(
            f"The server asks to try {who} later: again in {minutes} min. (Ctrl-C ends; nothing "
            "is lost.)"
        )
        self._machine.sleep(pause)

    def _round(
        self, waiting: Sequence[tuple[str, Recipient]], letter: Letter, digests: Digests
    ) -> list[tuple[str, Recipient]]:
        """Try everyone who waits; returns those who are to be tried later."""
        queue, later, lost = deque(waiting), list[tuple[str, Recipient]](), 0
        while queue:
            digest, recipient = queue.popleft()
            answer = self._deliver(digest, recipient, letter.to(recipient, digests))
            if answer.is_closed:
                lost += 1
                if lost == MOST_LOST:
                    hint = "Run the same command again later; who has got it gets no second one."
                    raise Unusable(f"the server ends each connection: {answer.words}", hint)
                queue.appendleft((digest, recipient))
                self._machine.sleep(self._manners.reconnect * lost)
                continue
            lost = lost + 1 if answer.state is Delivery.UNKNOWN else 0
            if answer.state is not Delivery.REFUSED:
                self._refused.clear()
            if answer.state is Delivery.UNSENT:
                later.append((digest, recipient))
                self._put_off = answer.words
            elif answer.state is Delivery.REFUSED:
                self._report(recipient.at, f"the server refuses this recipient: {answer.words}")
                self._stop_if_not_about_them(digest, answer)
            elif answer.state is Delivery.UNKNOWN:
                self._report(recipient.at, f"the answer was lost: {answer.words}", _UNKNOWN)
                if lost == MOST_LOST:
                    why = f"no answer came to {lost} messages in a row"
                    raise Unusable(why, "Run the same command again when the connection is better.")
        return later

    def _deliver(self, digest: str, recipient: Recipient, data: bytes) -> Answer:
        """Send one message when its time has come, and write down what became of it."""
        wait = self._next - self._machine.clock()
        if wait > 0:
            self._machine.sleep(wait)
        self._next = max(self._next, self._machine.clock()) + self._manners.interval
        tried = self._deliveries.states.get(digest)
        try:
            answer = self._mailer.deliver(
                recipient.address, data, lambda: self._deliveries.note(digest, Delivery.TRYING)
            )
        except Unusable:
            self._note_if_tried(digest, tried, Delivery.UNSENT)
            raise
        if answer.state in DONE:
            self._deliveries.note(digest, answer.state)
        else:
            self._note_if_tried(digest, tried, answer.state)
        return answer

    def _note_if_tried(self, digest: str, before: Delivery | None, state: Delivery) -> None:
        if self._deliveries.states.get(digest) is not before:
            self._deliveries.note(digest, state)

    def _stop_if_not_about_them(self, digest: str, answer: Answer) -> None:
        """End the run if one after the other is refused, such as by a server whose day is over."""
        is_first = not self._deliveries.count(Delivery.ACCEPTED)
        if answer.words != self._words or (_ABOUT_AN_ADDRESS.match(answer.words) and not is_first):
            self._refused.clear()
        self._refused.append(digest)
        self._words = answer.words
        if len(self._refused) < MOST_REFUSED:
            return
        for each in self._refused:
            self._deliveries.note(each, Delivery.UNSENT)
        del self._problems[-MOST_REFUSED:]
        who = "everyone" if is_first else "one recipient after the other"
        hint = "They are tried again by the next run. Check the login, and 'from' in [mail]."
        raise Unusable(f"the server refuses {who}: {answer.words}", hint)

    def _forgive_if_all_refused(self) -> None:
        """If nobody was accepted, it was not about the recipients: they are tried next time."""
        states = self._deliveries.states
        if self._deliveries.count(Delivery.ACCEPTED) or self._deliveries.count(Delivery.UNKNOWN):
            return
        for digest in [each for each, state in states.items() if state is Delivery.REFUSED]:
            self._deliveries.note(digest, Delivery.UNSENT)

    def _report(self, at: Location, message: str, hint: str = "") -> None:
        self._problems.append(Problem("mail-server", at, message, hint))


def _is_unknown(states: Mapping[str, Delivery], recipient: Recipient, digests: Digests) -> bool:
    return states.get(digests.of(recipient)) is Delivery.UNKNOWN
