"""The server: for browsers on this machine only, and with the addresses of the real site."""

from __future__ import annotations

import socket
from contextlib import suppress

import pytest

from tests.conftest import Blog
from tests.serve.conftest import SOON, Serve


def test_the_site_is_at_its_base_path(serve: Serve, blog: Blog) -> None:
    blog.post("2026-11-10-hello")
    running = serve()

    assert running.notes.url == f"http://127.0.0.1:{running.notes.port}/blog/"
    home = running.get("/")
    assert (home.status, home.headers["Location"]) == (302, "/blog/")
    slashless = running.get("2026/hello")
    assert (slashless.status, slashless.headers["Location"]) == (301, "/blog/2026/hello/")
    page = running.get("2026/hello/")
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    assert "https://example.org" not in page.text


def test_a_missing_address_gets_the_not_found_page(serve: Serve) -> None:
    answered = serve().get("nowhere/")

    assert answered.status == 404
    assert "live.js" in answered.text


def test_the_script_is_added_to_pages_only(serve: Serve, blog: Blog) -> None:
    blog.post("2026-11-10-hello")
    running = serve()

    assert "/_weekly/live.js" in running.get("").text
    assert "/_weekly/" not in running.get("feed.xml").text
    assert running.get("/_weekly/live.js").headers["Content-Type"].startswith("text/javascript")
    assert running.get("/_weekly/overlay.css").headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "[::1]:{port}"]
)
@pytest.mark.parametrize("target", ["", "/_weekly/events?at=/blog/&seen="])
def test_a_request_by_another_name_is_refused(serve: Serve, host: str, target: str) -> None:
    running = serve()
    answered = running.get(target, host=host.format(port=running.notes.port))

    assert answered.status == 403
    assert "Letters" not in answered.text


def test_localhost_is_a_name_of_this_machine(serve: Serve) -> None:
    running = serve()

    assert running.get("", host=f"localhost:{running.notes.port}").status == 200


def test_only_this_machine_can_connect(serve: Serve) -> None:
    running = serve()
    elsewhere = socket.socket()
    with elsewhere, pytest.raises(ConnectionRefusedError):
        elsewhere.connect(("127.0.0.2", running.notes.port))


def test_a_player_may_request_part_of_a_film(serve: Serve, blog: Blog) -> None:
    blog.write("content/static/film.mp4", bytes(range(100)))
    running = serve()

    part = running.get("film.mp4", Range="bytes=10-19")
    assert (part.status, part.data) == (206, bytes(range(10, 20)))
    assert part.headers["Content-Range"] == "bytes 10-19/100"
    assert part.headers["Content-Length"] == "10"
    behind = running.get("film.mp4", Range="bytes=100-")
    assert (behind.status, behind.headers["Content-Range"]) == (416, "bytes */100")
    whole = running.get("film.mp4")
    assert (whole.status, whole.headers["Accept-Ranges"], len(whole.data)) == (200, "bytes", 100)
    assert running.get("film.mp4", Range="bytes=0-1", **{"If-Range": '"x"'}).status == 200
    assert running.get("", Range="bytes=0-1").status == 200


HOST = "Host: 127.0.0.1:{port}\r\n"
LINES = [
    "GET //[bad]/ HTTP/1.1",
    "GET http://[bad]/ HTTP/1.1",
    "GET",
    "GET /",
    "GET  HTTP/1.1",
    "GET  / HTTP/1.1",
    " GET / HTTP/1.1",
    "GET / HTTP/1.1 ",
    "GET / HTTP/1.1 more",
    "GET / /two HTTP/1.1",
    "GET\t/ HTTP/1.1",
    "GET / HTTP",
    "GET / HTTP/",
    "GET / HTTP/1",
    "GET / HTTP/1.",
    "GET / HTTP/.1",
    "GET / HTTP/1.1.1",
    "GET / HTTP/-1.1",
    "GET / HTTP/1.x",
    "GET / HTTP/0.9",
    "GET / http/1.1",
    "GET / FTP/1.1",
    "GE(T / HTTP/1.1",
    "G\xc9T / HTTP/1.1",
    "GET about HTTP/1.1",
    "GET * HTTP/1.1",
    "GET ?query HTTP/1.1",
    "GET /#part HTTP/1.1",
    "GET /a\\b HTTP/1.1",
    "GET /<b> HTTP/1.1",
    'GET /"a" HTTP/1.1',
    "GET /\xe9 HTTP/1.1",
    "GET /\x00 HTTP/1.1",
    "GET /%00 HTTP/1.1",
    "GET /%zz HTTP/1.1",
    "GET /% HTTP/1.1",
    "GET /?a=%4 HTTP/1.1",
    "GET /\rX HTTP/1.1",
]
FIELDS = [
    "",
    "Host: \r\n",
    "Host: a b\r\n",
    "Host: [::1\r\n",
    "Host: x:port\r\n",
    f"{HOST}{HOST}",
    f"{HOST}Range\r\n",
    f"{HOST}: empty\r\n",
    f"{HOST}Range : bytes=0-1\r\n",
    f"{HOST} Range: bytes=0-1\r\n",
    f"{HOST}Range: bytes=0-1\r\n folded\r\n",
    f"{HOST}Ra nge: bytes=0-1\r\n",
    f"{HOST}R\xe4nge: bytes=0-1\r\n",
    f"{HOST}Range: \x00\r\n",
    f"{HOST}Range: \x1b[2J\r\n",
    f"{HOST}Range: a\rb\r\n",
    f"{HOST}Content-Length: x\r\n",
    f"{HOST}Content-Length: -1\r\n",
    f"{HOST}Content-Length: 1\r\nContent-Length: 2\r\n",
    f"{HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
    f"{HOST}{'X: y' * 20_000}\r\n",
    f"{HOST}" + "X: y\r\n" * 200,
]


def test_a_malformed_request_is_refused_without_a_traceback(
    serve: Serve, capfd: pytest.CaptureFixture[str]
) -> None:
    running = serve()
    heads = [f"{line}\r\n{HOST}\r\n" for line in LINES]
    heads += [f"GET /blog/ HTTP/1.1\r\n{fields}\r\n" for fields in FIELDS]
    heads += ["\r\n\r\n", f"GET / HTTP/1.1\r\n{HOST}", "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"]
    answers = {head[:70]: _answer_to(head, running.notes.port) for head in heads}

    assert len(answers) >= 50
    assert {head: got for head, got in answers.items() if not got.startswith("HTTP/1.0 400 ")} == {}
    assert running.get("").status == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("target", ["a[1]|'2'.pdf?a={b}|[c]", "%F0%9F%9A%80/?q=%25&r=a/b?c"])
def test_what_browsers_send_is_not_malformed(serve: Serve, target: str) -> None:
    assert serve().get(target).status == 404


def _answer_to(head: str, port: int) -> str:
    """The first line of what the server says to some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=SOON) as connection:
        connection.sendall(head.replace("{port}", str(port)).encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError), connection.makefile("rb") as answer:
            return answer.readline().decode("latin-1")
    return ""


def test_head_has_no_body_and_post_is_refused(serve: Serve) -> None:
    running = serve()

    head = running.get("", method="HEAD")
    assert (head.status, head.text) == (200, "")
    assert running.get("", method="POST").status == 501
