"""Asks other sites whether they have what the blog links to: only on demand, slowly and seldom.

One request a second to each host, a few hosts at a time, and nothing that a host's robots.txt
forbids. Good answers are kept for a week. This is the only module that opens a connection.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)
from urllib.robotparser import RobotFileParser

from generator import __version__, disk
from generator.checks.external_links import LinkStatus
from generator.progress import Progress, no_progress

NAME = "external.json"  # in `.weekly/`
AGENT = "weekly"

_PERMANENT = frozenset({301, 308})
_HIDES = frozenset({401, 403, 407, 429, 451, 503, 999})  # with which sites turn programs away
_WITHOUT_HEAD = frozenset({400, 403, 404, 405, 406, 500, 501})
_MOST_OF_ROBOTS = 500_000  # bytes that a crawler must read (RFC 9309)


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely other sites are asked."""

    hosts_at_once: int = 6
    pause: float = 1.0  # seconds between two requests to one host
    timeout: float = 10.0  # seconds to wait for an answer
    most: int = 500  # addresses in a run; the next run asks for the others
    fresh: float = 7 * 24 * 3600.0  # seconds for which an answer is kept
    fresh_failure: float = 3600.0  # the same for a failure


POLITE = Manners()


def ask(
    urls: Iterable[str],
    *,
    kept_in: Path,
    now: float,
    about: str,
    manners: Manners = POLITE,
    progress: Progress = no_progress,
) -> Mapping[str, LinkStatus]:
    """The status of these addresses; `about` is the address of the site that asks.

    Answers are kept in the folder `kept_in`. An address has none if its turn has not come or its
    host forbids the question.
    """
    wanted = sorted(set(urls))
    kept = _read(kept_in / NAME)
    answers = {
        url: kept[url] for url in wanted if url in kept and _is_fresh(kept[url], now, manners)
    }
    asked = [url for url in wanted if url not in answers][: manners.most]
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in asked:
        by_host[urlsplit(url).netloc].append(url)
    with ThreadPoolExecutor(manners.hosts_at_once) as pool:
        hosts = [
            pool.submit(_ask_host, of_host, now, about, manners) for of_host in by_host.values()
        ]
        for host in as_completed(hosts):
            answers |= host.result()
            progress("Asking other sites", sum(url in answers for url in asked), len(asked))
    _keep(kept_in / NAME, answers)
    return answers


def _is_fresh(answer: LinkStatus, now: float, manners: Manners) -> bool:
    limit = manners.fresh_failure if answer.failure else manners.fresh
    return 0 <= now - answer.asked < limit


def _ask_host(urls: list[str], now: float, about: str, manners: Manners) -> dict[str, LinkStatus]:
    """The status of the addresses of one host, asked for one after the other."""
    robots = _robots_of(urls[0], about, manners)
    answers = {}
    for url in urls:
        if robots.can_fetch(AGENT, url):
            time.sleep(manners.pause)
            answers[url] = _ask(url, now, about, manners)
    return answers


def _robots_of(url: str, about: str, manners: Manners) -> RobotFileParser:
    """What a host forbids; nothing if it does not say."""
    parts = urlsplit(url)
    robots = RobotFileParser()
    lines: list[str] = []
    try:
        place = f"{parts.scheme}://{parts.netloc}/robots.txt"
        with _opener([]).open(_request(place, "GET", about), timeout=manners.timeout) as answer:
            lines = answer.read(_MOST_OF_ROBOTS).decode(errors="replace").splitlines()
    except (OSError, http.client.HTTPException, ValueError):
        pass  # asking for the addresses themselves will show what is wrong
    robots.parse(lines)
    return robots


def _ask(url: str, now: float, about: str, manners: Manners) -> LinkStatus:
    moves: list[tuple[int, str]] = []
    for method in ("HEAD", "GET"):
        moves.clear()
        try:
            request = _request(url, method, about)
            with _opener(moves).open(request, timeout=manners.timeout):
                return LinkStatus(now, "", _moved_to(moves))
        except HTTPError as error:
            error.close()
            if method == "HEAD" and error.code in _WITHOUT_HEAD:
                time.sleep(manners.pause)
                continue
            return LinkStatus(
                now, "" if error.code in _HIDES else f"it answers {_status(error.code)}"
            )
        except (OSError, http.client.HTTPException, ValueError) as error:
            return LinkStatus(now, _reason(error))
    raise AssertionError("a GET returns or raises")


def _status(code: int) -> str:
    return f"{code} {http.client.responses.get(code, '')}".rstrip()


def _reason(error: Exception) -> str:
    """Why there was no answer, in plain English."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return "it does not answer"
    if isinstance(cause, ssl.SSLError):
        return "its certificate is not valid"
    if isinstance(cause, OSError) and cause.strerror:
        return f"it can't be reached: {cause.strerror.lower()}"
    return "it can't be reached"


def _moved_to(moves: list[tuple[int, str]]) -> str:
    is_for_good = bool(moves) and all(code in _PERMANENT for code, _ in moves)
    return moves[-1][1] if is_for_good else ""


def _request(url: str, method: str, about: str) -> Request:
    address = quote(urldefrag(url).url, safe="%/:=&?~#+!$,;'@()*[]")
    agent = f"{AGENT}/{__version__} (checks the links of {about})"
    return Request(address, method=method, headers={"User-Agent": agent})  # noqa: S310 see _opener


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, and records them."""

    def __init__(self, moves: list[tuple[int, str]]) -> None:
        self._moves = moves

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        self._moves.append((code, newurl))
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            following.method = req.get_method()
        return following


def _opener(moves: list[tuple[int, str]]) -> OpenerDirector:
    """An opener for http and https, and for nothing else such as files."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, UnknownHandler):
        opener.add_handler(handler())
    opener.add_handler(HTTPDefaultErrorHandler())
    opener.add_handler(HTTPErrorProcessor())
    opener.add_handler(_Redirects(moves))
    return opener


def _read(path: Path) -> dict[str, LinkStatus]:
    try:
        rows = json.loads(disk.read_bytes(path))
        return {
            url: LinkStatus(float(at), str(why), str(to)) for url, (at, why, to) in rows.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(path: Path, answers: Mapping[str, LinkStatus]) -> None:
    text = json.dumps(dict(sorted(answers.items())), ensure_ascii=False, indent=0)
    try:
        path.parent.mkdir(exist_ok=True)
        disk.write_bytes(path, text.encode())
    except OSError:  # the next run just asks again
        return
