"""Saving shows: each save once, none lost, and nothing else causes a look to be reported."""

from __future__ import annotations

import os
import shutil
import threading
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from watchdog.observers.api import BaseObserver

from generator.serve import session as previews
from generator.serve import watch as watches
from tests.conftest import Blog
from tests.serve.conftest import SOON, Serve

MARKER = "posts/2026-01-02-marker.md"


@pytest.fixture(autouse=True)
def a_post(blog: Blog) -> None:
    blog.post("2026-11-10-hello", "First.\n")


def touch_marker(blog: Blog) -> None:
    blog.post("2026-01-02-marker", "Here.\n")


def test_a_save_is_shown_and_reported_once(serve: Serve, blog: Blog) -> None:
    running = serve()
    assert "First." in running.page("2026/hello/")

    blog.post("2026-11-10-hello", "Second.\n")

    assert running.next_update() == ["posts/2026-11-10-hello.md"]
    assert "Second." in running.page("2026/hello/")
    assert running.updates_until(lambda: touch_marker(blog), MARKER) == [[MARKER]]


def test_each_of_many_saves_is_shown(serve: Serve, blog: Blog) -> None:
    running = serve()
    for number in range(10):
        blog.post("2026-11-10-hello", f"Number {number}.\n")
        assert running.next_update() == ["posts/2026-11-10-hello.md"]
        assert f"Number {number}." in running.page("2026/hello/")


def test_a_burst_of_saves_is_shown_as_it_comes_with_true_figures(
    serve: Serve, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure counts from the newest save, and none waits for the others: see issue 12."""
    planned: list[float] = []
    plan = previews.PreviewSession.snapshot

    def noted(session: previews.PreviewSession, *given: Any) -> previews.Snapshot:
        planned.append(time.perf_counter())
        return plan(session, *given)

    monkeypatch.setattr(previews.PreviewSession, "snapshot", noted)
    running = serve()
    target = blog.folder / "content/posts/2026-11-10-hello.md"
    text = target.read_text(encoding="utf-8")
    for number in range(150):
        blog.write("content/posts/.fresh", text.replace("First", f"Number {number}"))
        (blog.folder / "content/posts/.fresh").replace(target)
        time.sleep(0.005)
    last = time.perf_counter()
    while "Number 149." not in running.page("2026/hello/"):
        running.next_update()

    shown = running.notes.shown[1:]
    assert len(shown) > 3
    # what the n-th time shows was saved after the files were read for the time before
    assert [
        (ms, now - before)
        for (before, _), (_, _), (now, ms) in zip(shown, shown[1:], shown[2:], strict=False)
        if ms / 1000 > now - before
    ] == []
    assert len([at for at in planned if at > last]) <= 2


def test_reading_saving_the_same_and_touching_cause_no_update(serve: Serve, blog: Blog) -> None:
    running = serve()
    for path in [path for path in blog.folder.rglob("*") if path.is_file()]:
        path.read_bytes()
        path.touch()
    running.page()
    blog.post("2026-11-10-hello", "First.\n")

    assert running.updates_until(lambda: touch_marker(blog), MARKER) == [[MARKER]]


def test_a_build_of_the_same_blog_causes_no_update(serve: Serve, blog: Blog) -> None:
    running = serve()
    blog.build()

    assert running.updates_until(lambda: touch_marker(blog), MARKER) == [[MARKER]]


def test_posts_that_become_similar_are_related_at_once(serve: Serve, blog: Blog) -> None:
    blog.post("2025-03-04-far", "Whiteboards.\n", tags="[courage]")
    for day in range(10, 20):
        blog.post(f"2026-01-{day}-post-{day}")
    running = serve()
    assert "2025/far/" not in running.page("2026/hello/")

    blog.post("2026-11-10-hello", "More of the same.\n")
    running.next_update()
    assert "2025/far/" not in running.page("2026/hello/")

    blog.post("2026-11-10-hello", "More of whiteboards.\n")
    running.next_update()
    assert "2025/far/" in running.page("2026/hello/")


def test_a_file_that_is_moved_into_place_is_one_change(serve: Serve, blog: Blog) -> None:
    running = serve()
    fresh = blog.post("2026-11-10-hello.md.tmp~", "Moved.\n")
    fresh.replace(blog.folder / "content/posts/2026-11-10-hello.md")

    assert running.next_update() == ["posts/2026-11-10-hello.md"]
    assert "Moved." in running.page("2026/hello/")
    assert running.updates_until(lambda: touch_marker(blog), MARKER) == [[MARKER]]


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that gives a busy machine time to write several files."""
    monkeypatch.setattr(watches, "DEBOUNCE", 0.12)
    monkeypatch.setattr(watches, "LONGEST", 1.0)


def test_vim_saves_with_a_backup_in_one_change(serve: Serve, blog: Blog, unhurried: None) -> None:
    """vim tries whether it may write, moves the old file away, writes the new one, and syncs."""
    running = serve()
    post = blog.folder / "content/posts/2026-11-10-hello.md"
    text, backup = post.read_text(), post.with_name(post.name + "~")
    probe = post.with_name("4913")
    probe.touch()
    probe.unlink()
    swap = blog.write("content/posts/.2026-11-10-hello.md.swp", b"b0VIM")
    post.rename(backup)
    with post.open("w") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        os.fsync(file.fileno())
        file.write(text[len(text) // 2 :] + "More.\n")
    post.chmod(0o600)
    backup.unlink()
    swap.unlink()

    assert running.next_update() == ["posts/2026-11-10-hello.md"]
    assert "More." in running.page("2026/hello/")
    assert running.updates_until(lambda: touch_marker(blog), MARKER) == [[MARKER]]


def test_ten_files_at_once_are_one_change(serve: Serve, blog: Blog, unhurried: None) -> None:
    running = serve()
    for day in range(10, 20):
        blog.post(f"2025-01-{day}-post-{day}")

    assert len(running.next_update()) == 10
    assert running.updates_until(lambda: touch_marker(blog), MARKER) == [[MARKER]]


def test_a_change_while_the_site_is_planned_is_not_missed(
    serve: Serve, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = serve()
    prepare, is_in_time = previews.prepare, threading.Event()

    def prepare_and_change(*given: Any) -> Any:
        planned = prepare(*given)
        if not is_in_time.is_set():
            is_in_time.set()
            blog.post("2026-11-10-hello", "Third.\n")
        return planned

    monkeypatch.setattr(previews, "prepare", prepare_and_change)
    blog.post("2026-11-10-hello", "Second.\n")
    assert is_in_time.wait(SOON)
    while "Third." not in running.page("2026/hello/"):
        running.next_update()


def test_new_folders_and_files_in_them_are_seen(serve: Serve, blog: Blog) -> None:
    running = serve()
    blog.write("templates/not-found.html", "Our own.\n")
    running.next_update()
    assert running.get("nowhere").text.startswith("Our own.")

    blog.write("templates/not-found.html", "Our newer one.\n")
    running.next_update()
    assert running.get("nowhere").text.startswith("Our newer one.")


def test_a_folder_that_went_and_came_back_is_watched_again(serve: Serve, blog: Blog) -> None:
    running = serve()
    away = blog.folder / "away"
    (blog.folder / "content").rename(away)
    assert running.next_problems() != []
    away.rename(blog.folder / "content")
    assert running.next_problems() == []

    blog.post("2026-11-10-hello", "Again.\n")
    assert running.next_update() == ["posts/2026-11-10-hello.md"]
    assert running.notes.reasons.empty()


def test_drafts_and_scheduled_posts_are_shown_and_nothing_is_written(
    serve: Serve, blog: Blog
) -> None:
    blog.post("2026-11-12-half", "Half.\n", draft="true")
    blog.post("2027-01-05-later", "Later.\n")
    running = serve()

    assert "Half." in running.page("2026/half/")
    assert "Later." in running.page("2027/later/")
    assert not (blog.folder / "output").exists()


def test_a_preview_is_byte_for_byte_what_a_build_makes(serve: Serve, blog: Blog) -> None:
    blog.post("2026-11-12-half", "Half.\n", draft="true")
    blog.write("content/static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    running = serve()
    blog.post("2026-11-13-newer", "[Hello](2026-11-10-hello.md).\n")
    running.next_update()

    blog.build(drafts=True, future=True, base_url=running.notes.url)
    tree = {path: data for path, data in blog.tree().items() if path != ".weekly"}
    assert len(tree) > 20
    assert {path: running.file(path) for path in tree} == tree


def test_a_post_whose_time_comes_is_shown_as_published(serve: Serve, blog: Blog) -> None:
    blog.post("2026-11-24-soon", "Soon.\n")
    running = serve(is_polling=True)
    before = running.page("2026/soon/")

    running.now[0] = running.now[0].replace(day=25)
    assert running.next_update() == []
    assert running.page("2026/soon/") != before


def test_an_error_leaves_the_page_as_it_was_until_it_is_fixed(serve: Serve, blog: Blog) -> None:
    running = serve()
    with running.open_page("2026/hello/") as page:
        blog.post("2026-11-10-hello", "Second.\n", titel="Hello")
        assert running.next_problems() == [
            "content/posts/2026-11-10-hello.md:4:1: unknown key 'titel'. Did you mean 'title'?"
        ]
        assert "First." in running.page("2026/hello/")
        wrong = page.next()
        assert not wrong["is_new"]
        assert wrong["problems"] == [
            {
                "severity": "error",
                "place": "content/posts/2026-11-10-hello.md:4:1",
                "message": "unknown key 'titel'",
                "hint": "Did you mean 'title'?",
                "line": 4,
                "first": 2,
                "lines": ["title: Hello", "tags: [listening]", "titel: Hello", "---", "Second."],
            }
        ]

        blog.post("2026-11-10-hello", "Second.\n")
        assert running.next_problems() == []
        fixed = page.next()
        assert fixed["is_new"]
        assert fixed["problems"] == []
        assert "Second." in running.page("2026/hello/")


def test_an_error_in_a_template_leaves_the_page_as_it_was(serve: Serve, blog: Blog) -> None:
    blog.write("templates/not-found.html", "Lost.\n")
    running = serve()
    assert "Lost." in running.page("nowhere")

    blog.write("templates/not-found.html", "{{ lost }}\n")
    wrong = running.notes.failures.get(timeout=SOON)
    assert str(wrong).startswith("templates/not-found.html:1: 'lost' is not known here.")
    answered = running.get("nowhere")
    assert (answered.status, answered.text.startswith("Lost.")) == (404, True)
    with running.open_page("nowhere") as page:
        assert page.first["problems"][0]["message"] == "'lost' is not known here"


def test_a_blog_that_starts_with_an_error_is_shown_once_it_is_fixed(
    serve: Serve, blog: Blog
) -> None:
    site = (blog.folder / "content/site.toml").read_text()
    blog.write("content/site.toml", site.replace("title", "titel <b>"))
    running = serve()
    answered = running.get("/any/where/")
    assert answered.status == 503
    assert "<b>" not in answered.text

    with running.open_page() as page:
        assert page.first["problems"]
        blog.write("content/site.toml", site)
        running.next_update()
        assert page.next()["is_new"]
    assert "First." in running.get("/blog/2026/hello/").text


def test_a_page_is_notified_only_of_what_it_shows(serve: Serve, blog: Blog) -> None:
    blog.post("2020-11-10-other", "Other.\n")
    running = serve()
    with running.open_page("2020/other/") as page:
        blog.post("2026-11-10-hello", "Second.\n")
        assert page.next() == {}
        blog.post("2020-11-10-other", "Another.\n")
        assert page.next()["is_new"]
    assert "Another." in running.page("2020/other/")


def test_a_page_that_reconnects_is_notified_of_what_it_missed(serve: Serve, blog: Blog) -> None:
    running = serve()
    with running.open_page("2026/hello/") as page:
        assert not page.first["is_new"]
    blog.post("2026-11-10-hello", "Second.\n")
    running.next_update()

    with running.open_page("2026/hello/", seen=page.seen) as back:
        assert back.first["is_new"]


def test_a_change_of_styles_alone_is_recognised(serve: Serve, blog: Blog) -> None:
    blog.set('theme = "ours"\n')
    blog.write("themes/ours/theme.toml", 'name = "ours"\napi = 1\nextends = "default"\n')
    style = blog.write("themes/ours/static/style.css", "p { color: red }\n")
    running = serve()
    with running.open_page("2026/hello/") as page:
        style.write_text("p { color: blue }\n")
        news = page.next()
        assert news["is_new"]
        assert "blue" in running.get(news["styles"][0]).text


def test_a_new_image_under_the_same_name_is_noticed(serve: Serve, blog: Blog) -> None:
    blog.write("content/static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    running = serve()
    with running.open_page() as page:
        blog.write("content/static/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' id='a'/>")
        assert page.next()["is_new"]
    assert "id='a'" in running.get("logo.svg").text


@pytest.mark.parametrize(
    ("number", "limit"),
    [(28, "fs.inotify.max_user_watches"), (24, "fs.inotify.max_user_instances")],
)
def test_files_are_polled_if_the_system_has_no_watches_left(
    serve: Serve, blog: Blog, monkeypatch: pytest.MonkeyPatch, number: int, limit: str
) -> None:
    def exhausted(*given: Any, **named: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(BaseObserver, "schedule", exhausted)
    running = serve()
    assert running.notes.reasons.get(timeout=SOON) == (
        f"the system has reached its limit ({limit})"
    )
    blog.post("2026-11-10-hello", "Second.\n")
    assert running.next_update() == ["posts/2026-11-10-hello.md"]


def test_files_are_polled_if_no_event_comes(
    serve: Serve, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watches._EventHandler, "dispatch", lambda self, event: None)
    monkeypatch.setattr(watches, "DOUBT", 0.05)
    running = serve()
    for text in ("Second.\n", "Third.\n"):
        blog.post("2026-11-10-hello", text)
        assert running.next_update() == ["posts/2026-11-10-hello.md"]

    assert running.notes.reasons.get(timeout=SOON) == "the system did not report a change"


def test_polling_can_be_requested(serve: Serve, blog: Blog) -> None:
    running = serve(is_polling=True)
    blog.post("2026-11-10-hello", "Second.\n")

    assert running.next_update() == ["posts/2026-11-10-hello.md"]
    assert running.notes.reasons.empty()


def test_a_port_that_is_taken_is_left_alone(serve: Serve) -> None:
    first = serve()
    second = serve(port=first.notes.port)

    assert second.notes.port != first.notes.port
    assert str(second.notes.port) in second.notes.url


def test_nothing_is_left_when_it_ends(serve: Serve, blog: Blog, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    running = serve()
    with running.open_page():
        running.preview.stop()
        for thread in set(threading.enumerate()) - before:
            thread.join(SOON)
            assert not thread.is_alive(), thread
    assert {path.name for path in blog.folder.iterdir()} == {"content", ".weekly"}


def test_a_cache_that_was_removed_is_created_again(serve: Serve, blog: Blog) -> None:
    image = BytesIO()
    Image.new("RGB", (8, 8)).save(image, "PNG")
    blog.write(
        "content/posts/2026-11-12-seen/index.md",
        "---\ntitle: Seen\ntags: [listening]\n---\n![A](a.png)\n",
    )
    blog.write("content/posts/2026-11-12-seen/a.png", image.getvalue())
    running = serve(is_polling=True)
    shutil.rmtree(blog.folder / ".weekly")
    assert running.get("2026/seen/a.png").status == 500

    running.next_update()
    assert running.get("2026/seen/a.png").data.startswith(b"\x89PNG")


def test_a_reply_that_comes_while_you_look_is_noticed(serve: Serve, blog: Blog) -> None:
    running = serve()
    path = "content/replies/2026-11-10-hello/2026-11-11T0900-1a2b3c4d.md"
    head = "to: 2026-11-10-hello\nname: Aoife\nstate: approved\n"
    blog.write(path, f"---\n{head}---\nWords.\n")

    changed, problems = running.notes.updates.get(timeout=SOON)
    assert list(changed) == [path]
    assert [(problem.code, problem.at.path) for problem in problems] == [("missing-consent", path)]

    blog.write(path, f"---\n{head}consent: public\n---\nWords.\n")
    changed, problems = running.notes.updates.get(timeout=SOON)
    assert (list(changed), problems) == ([path], ())
