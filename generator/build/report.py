"""What a build is asked to do, and its report of what it found and did."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator.cache.made import Made
from generator.model import PostState, Site, Visibility, Withheld
from generator.output.writer import Written
from generator.problems import Problem, has_errors


class BuildOptions(NamedTuple):
    """What the caller of a build decides."""

    blog: Path
    output: Path
    as_of: datetime
    visibility: Visibility
    started_ns: int  # the real time, to decide which file times to trust; 0 trusts none
    jobs: int = 1


class ReplyCounts(NamedTuple):
    """The replies of a blog, by what became of them."""

    shown: int
    waiting: int  # for a decision
    kept_back: int  # hidden, spam, private, or below a post that is not shown

    @property
    def total(self) -> int:
        """All that could be read."""
        return sum(self)


class Account(NamedTuple):
    """Every source of a build, by what became of it."""

    published: int
    withheld: tuple[Withheld, ...]
    replies: ReplyCounts = ReplyCounts(0, 0, 0)

    @property
    def sources(self) -> int:
        """The number of posts and pages that were found, and of replies and actions with errors."""
        return self.published + len(self.withheld)

    @property
    def scheduled(self) -> int:
        """How many posts wait for their time, and are approved if they have to be."""
        return self._count(PostState.SCHEDULED)

    @property
    def unapproved(self) -> int:
        """How many posts are ready and wait for approval."""
        return self._count(PostState.READY)

    @property
    def drafts(self) -> int:
        """How many sources are drafts, plans or ideas."""
        return sum(item.state.is_draft for item in self.withheld)

    @property
    def with_errors(self) -> int:
        """How many sources could not be read."""
        return self._count(PostState.ERROR)

    def _count(self, state: PostState) -> int:
        return sum(item.state is state for item in self.withheld)


class BuildReport(NamedTuple):
    """What a build found, and what it did."""

    problems: tuple[Problem, ...]
    account: Account | None = None
    written: Written | None = None  # None when errors kept the output as it was
    reasons: Mapping[str, str] = {}  # why each artifact was made
    made: Mapping[str, Made] = {}  # every file of the site, by path
    steady: tuple[float, float] | None = None  # seconds between which the same posts are published
    site: Site | None = None  # what was built
    read: Mapping[str, str] = {}  # the digest of each file that counts

    @property
    def failed(self) -> bool:
        """Whether an error stopped the build."""
        return has_errors(self.problems)
