"""Posts to services, such as one that sends mail: one request, and no redirect is followed."""

from __future__ import annotations

import http.client
import ssl
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    UnknownHandler,
)
from urllib.request import Request as HttpRequest

from generator import __version__
from generator.mail.hand_offs import Reply, Request

TIMEOUT = 60.0  # seconds
_MOST = 1_000_000  # bytes of an answer
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def post(request: Request) -> Reply:
    """Post something to a service; encrypted, unless it is on this machine."""
    parts = urlsplit(request.url)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        return Reply(0, failure="its address does not begin with https://", has_left=False)
    headers = {"User-Agent": f"weekly/{__version__}", **request.headers}
    posted = HttpRequest(request.url, request.body, headers, method="POST")  # noqa: S310 see _opener
    try:
        with _opener().open(posted, timeout=TIMEOUT) as answer:
            return Reply(answer.status, answer.read(_MOST))
    except HTTPError as error:
        with error:
            return Reply(error.code, error.read(_MOST))
    except URLError as error:  # while connecting or sending
        return Reply(0, failure=_why(error.reason), has_left=False)
    except TimeoutError:
        return Reply(0, failure="it does not answer")
    except (OSError, http.client.HTTPException):
        return Reply(0, failure="the connection was lost")


def _why(reason: str | BaseException) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return "its certificate is not valid"
    if isinstance(reason, TimeoutError):
        return "it does not answer"
    if isinstance(reason, OSError) and reason.strerror:
        return f"it can't be reached: {reason.strerror.lower()}"
    return "it can't be reached"


def _opener() -> OpenerDirector:
    """An opener for http and https only, which follows nobody elsewhere with a token."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, UnknownHandler):
        opener.add_handler(handler())
    opener.add_handler(HTTPDefaultErrorHandler())
    opener.add_handler(HTTPErrorProcessor())
    return opener
