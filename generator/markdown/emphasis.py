"""Emphasis: which runs of `*`, `_` and `~` belong together (CommonMark's delimiter stack)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from string import punctuation

EMPHASIS = {1: "em", 2: "strong"}
STRIKE = "del"


@dataclass(slots=True, eq=False)
class DelimiterRun:
    """A run of `*`, `_` or `~`, which is paired from the inside outwards."""

    sign: str
    count: int
    length: int  # as written; `count` is how many are left
    place: int
    can_open: bool
    can_close: bool
    before: DelimiterRun | None
    after: DelimiterRun | None = None
    closes: list[str] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)


class DelimiterStack:
    """The runs of a text that have no partner yet, in their order."""

    def __init__(self) -> None:
        self.last: DelimiterRun | None = None

    def add(self, text: str, start: int, end: int) -> DelimiterRun:
        """The run between `start` and `end`; later runs may be paired with it."""
        can_open, can_close = _flanks(text, start, end)
        run = DelimiterRun(
            text[start], end - start, end - start, start, can_open, can_close, self.last
        )
        if can_open or can_close:
            if self.last:
                self.last.after = run
            self.last = run
        return run

    def pair(self, bottom: DelimiterRun | None) -> None:
        """Pair the runs above `bottom` and forget them."""
        floor = bottom.place if bottom else -1
        floors: dict[tuple[str, bool, int], int] = {}  # below these places there is no opener
        closer = self._first_above(bottom)
        while closer is not None:
            if not closer.can_close:
                closer = closer.after
                continue
            key = (closer.sign, closer.can_open, closer.length % 3)
            opener = _opener_for(closer, floors.get(key, floor))
            if opener is None:
                floors[key] = closer.before.place if closer.before else -1
                closer = self._without_closer(closer)
                continue
            self._join(opener, closer)
            if closer.count == 0:
                following = closer.after
                self._unlink(closer)
                closer = following
        self.last = bottom
        if bottom:
            bottom.after = None

    def _first_above(self, bottom: DelimiterRun | None) -> DelimiterRun | None:
        if bottom:
            return bottom.after
        run = self.last
        while run and run.before:
            run = run.before
        return run

    def _without_closer(self, closer: DelimiterRun) -> DelimiterRun | None:
        following = closer.after
        if not closer.can_open:
            self._unlink(closer)
        return following

    def _join(self, opener: DelimiterRun, closer: DelimiterRun) -> None:
        if closer.sign == "~":
            used, tag = closer.count, STRIKE
        else:
            used = 2 if opener.count >= 2 and closer.count >= 2 else 1
            tag = EMPHASIS[used]
        opener.count -= used
        closer.count -= used
        opener.opens.append(tag)
        closer.closes.append(tag)
        opener.after = closer
        closer.before = opener
        if opener.count == 0:
            self._unlink(opener)

    def _unlink(self, run: DelimiterRun) -> None:
        if run.before:
            run.before.after = run.after
        if run.after:
            run.after.before = run.before
        elif self.last is run:
            self.last = run.before


def _opener_for(closer: DelimiterRun, floor: int) -> DelimiterRun | None:
    opener = closer.before
    while opener is not None and opener.place > floor:
        if opener.sign == closer.sign and opener.can_open and _may_pair(opener, closer):
            return opener
        opener = opener.before
    return None


def _may_pair(opener: DelimiterRun, closer: DelimiterRun) -> bool:
    if closer.sign == "~":
        return opener.count == closer.count
    is_ambiguous = opener.can_close or closer.can_open
    total = opener.length + closer.length
    return not is_ambiguous or total % 3 != 0 or closer.length % 3 == 0


def _flanks(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a run of signs can open emphasis, and whether it can close it."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    space_before, space_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not sign_after or space_before or sign_before)
    right = not space_before and (not sign_before or space_after or sign_after)
    if text[start] == "_":
        return left and (not right or sign_before), right and (not left or sign_after)
    return left, right


def _is_punctuation(character: str) -> bool:
    if character < "\x80":
        return character in punctuation
    return unicodedata.category(character)[0] in "PS"
