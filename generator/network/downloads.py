"""Pictures and feeds of other sites, fetched on demand: bounded, slowly, and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator import disk
from generator.network.client import Client, Limits, UnansweredError
from generator.progress import Progress, no_progress


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be fetched in one run."""

    largest: int = 30_000_000  # bytes of a file
    most: int = 2_000  # files
    most_bytes: int = 2_000_000_000  # of all files
    pause: float = 0.2  # seconds between two files
    timeout: float = 20.0  # seconds to wait for an answer


MODEST = Bounds()


class Downloads:
    """Fetches files; what has come stays in a folder, so that a run that ended early goes on."""

    def __init__(
        self,
        folder: Path,
        *,
        about: str,
        now: float,
        bounds: Bounds = MODEST,
        progress: Progress = no_progress,
    ) -> None:
        """`about` is the address of the blog that asks; `now` is in seconds since 1970."""
        limits = Limits(bounds.timeout, bounds.largest, pause=bounds.pause)
        self._client = Client(about, now=now, limits=limits)
        self._folder, self._bounds, self._progress = folder, bounds, progress
        self._files = self._bytes = 0

    def fetch(self, urls: Iterable[str]) -> Mapping[str, bytes | str]:
        """The bytes of each file, or why there are none."""
        wanted = sorted(set(urls))
        return dict(self._all(wanted))

    def _all(self, wanted: list[str]) -> Iterator[tuple[str, bytes | str]]:
        for number, url in enumerate(wanted, start=1):
            self._progress("Fetching", number, len(wanted))
            kept = self._folder / sha256(url.encode()).hexdigest()[:32]
            try:
                yield url, disk.read_bytes(kept)
                continue
            except OSError:
                pass
            found = self._one(url)
            if isinstance(found, bytes):
                self._folder.mkdir(parents=True, exist_ok=True)
                disk.write_bytes(kept, found)
            yield url, found

    def _one(self, url: str) -> bytes | str:
        bounds = self._bounds
        if self._files >= bounds.most or self._bytes >= bounds.most_bytes:
            return "enough was fetched in this run; run it again to go on"
        self._files += 1
        try:
            data = self._client.get(url, to_other_hosts=True).body
        except UnansweredError as error:
            return str(error)
        self._bytes += len(data)
        return data
