"""Whether readers can answer what they read."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config.settings import SiteConfig
from generator.doctor.problems import doctor_problem
from generator.problems import Problem


def answer_problems(config: SiteConfig) -> Iterator[Problem]:
    """A blog that nobody can answer; a page about answering is no way to answer."""
    if not config.answer.is_possible:
        yield doctor_problem(
            "no-way-to-answer",
            config.at(("answer", "email")),
            "readers can't answer: there is no address for answers",
            "Write one as 'email' in [answer], or add [[answer.ways]].",
        )
