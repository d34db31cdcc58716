"""Whatever stops a build, the old site or the new one stands, and the next run puts it right."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator import build as builds
from generator import disk
from generator.build import build
from generator.build.report import BuildReport
from generator.cache.file_digests import FileDigests
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.output.lock import locked
from generator.output.manifest import read_manifest
from generator.output.writer import STAGE
from generator.progress import Step
from tests import commands
from tests.conftest import Blog, files_below
from tests.test_incremental import World, assert_same, options_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

CHANGES = {
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "open",
}


class Scene:
    """A blog before a build, which can be put back, and the site that the build should make."""

    def __init__(self, folder: Path, change: Callable[[World], None] | None) -> None:
        self.world = World(folder / "world", posts=3, theme="tiny")
        self._saved = folder / "saved"
        if change:
            assert not run(self.world).failed
            change(self.world)
        self.old = site_of(self.world)
        shutil.copytree(self.world.blog, self._saved)
        assert not run(self.world).failed
        self.new = site_of(self.world)

    def put_back(self) -> None:
        """The blog as it was before the build."""
        shutil.rmtree(self.world.blog)
        shutil.copytree(self._saved, self.world.blog)

    def assert_whole_or_recoverable(self) -> None:
        """Every file is of the old site or of the new one; without a journal all are of one."""
        found = site_of(self.world)
        for path in {*self.old, *found}:
            assert path not in found or found[path] in (self.old.get(path), self.new.get(path))
            assert path in found or path not in self.old or path not in self.new, path
        if not (self.world.output / STAGE / "journal.json").exists():
            assert found in (self.old, self.new)

    def assert_next_run_is_right(self) -> None:
        """The next run makes the new site, and leaves nothing of the one that was stopped."""
        report = run(self.world)
        assert not report.problems, [str(problem) for problem in report.problems]
        assert_same(site_of(self.world), self.new, "a run that was stopped")
        assert not (self.world.output / STAGE).exists()
        assert not [p for p in self.world.output.rglob("*") if p.is_dir() and not any(p.iterdir())]
        assert run(self.world).written.made == ()


def run(world: World, step: Step | None = None) -> BuildReport:
    config = load_config(world.blog)
    assert isinstance(config, SiteConfig)
    options = options_of(world, world.blog)
    return build(config, options, step=step) if step else build(config, options)


def site_of(world: World) -> dict[str, bytes]:
    """The files of the site, without what a run that was stopped has left aside."""
    return {p: data for p, data in files_below(world.output).items() if not p.startswith(STAGE)}


def edit(world: World) -> None:
    world.letter(1).body = "Edited.\n"
    world.letter(1).head["slug"] = "moved"
    world.save(world.letter(1))
    world.write("content/static/notes", "a file where a folder was")


def delete(world: World) -> None:
    world.forget(world.letter(0))
    world.forget(world.letter(0))


def move(world: World) -> None:
    """Every page changes and every post moves."""
    world.settings["permalink"] = '"/letters/{slug}/"'
    world.save_site()


SCENES: dict[str, Callable[[World], None] | None] = {
    "a first build": None,
    "an edit": edit,
    "a deletion": delete,
    "a move": move,
}


@pytest.fixture(params=SCENES)
def scene(request: pytest.FixtureRequest, memory: Path, quick_builds: None) -> Scene:
    return Scene(memory, SCENES[request.param])


def in_child(action: Callable[[], None]) -> int:
    """Run an action in a process of its own; the signal that ended it, 0 for none."""
    child = os.fork()
    if not child:
        code = 1
        try:
            action()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def kill_at(number: int) -> Step:
    """A step that ends its own process, at once and for good, at the step of that number."""
    left = iter(range(number))

    def step(change: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def watched(folder: Path, step: Step) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that calls `step` before each call that changes the disk below a folder."""

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event not in CHANGES or not given:
            return
        if event == "open" and not given[2] & (os.O_WRONLY | os.O_RDWR):
            return
        if str(given[0]).startswith(str(folder)) or event in ("os.remove", "os.rmdir"):
            step(event)

    return hook


def kill_everywhere(
    scene: Scene,
    killed_run: Callable[[World, int], None],
    begin: Callable[[], None] | None = None,
) -> int:
    """Kill a run in each place in turn, and see the next put it right; how many places there are.

    `begin` makes the scene before each run, else it is put back.
    """
    number = 0
    while True:
        (begin or scene.put_back)()
        was_killed = in_child(partial(killed_run, scene.world, number)) == signal.SIGKILL
        scene.assert_whole_or_recoverable()
        scene.assert_next_run_is_right()
        if not was_killed:
            return number
        number += 1


@pytest.mark.slow
def test_a_build_that_is_killed_at_any_step_is_put_right_by_the_next(scene: Scene) -> None:
    assert kill_everywhere(scene, _run_killed_at_step) >= 5


def _run_killed_at_step(world: World, number: int) -> None:
    run(world, kill_at(number))


@pytest.mark.slow
@pytest.mark.parametrize("scene", ["a first build", "an edit", "a deletion"], indirect=True)
def test_a_build_that_is_killed_before_any_change_of_the_disk_is_put_right(scene: Scene) -> None:
    """As above, at each system call: also while the cache is saved and folders are made."""
    assert kill_everywhere(scene, _run_killed_at_call) >= 10


def _run_killed_at_call(world: World, number: int) -> None:
    sys.addaudithook(watched(world.blog, kill_at(number)))
    run(world)


@pytest.mark.slow
def test_a_recovery_that_is_killed_is_put_right(memory: Path, quick_builds: None) -> None:
    scene = Scene(memory, edit)

    def begin() -> None:
        scene.put_back()
        in_child(lambda: run(scene.world, _kill_when("move 404.html", "move traits")))
        assert (scene.world.output / STAGE / "journal.json").exists()

    assert kill_everywhere(scene, _run_killed_at_call, begin) >= 10


def _kill_when(*changes: str) -> Step:
    def step(change: str) -> None:
        if change.startswith(changes):
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def test_a_file_that_is_half_written_when_the_run_is_killed_is_put_right(
    memory: Path, quick_builds: None
) -> None:
    assert kill_everywhere(Scene(memory, edit), _run_killed_in_write) >= 10


def _run_killed_in_write(world: World, number: int) -> None:
    write, left = disk.create, iter(range(number))

    def half(path: disk.Name, data: bytes) -> None:
        if next(left, None) is None:
            write(path, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        write(path, data)

    disk.create = half
    run(world)


def fail_at(number: int, code: int) -> Step:
    left = iter(range(number))

    def step(change: str) -> None:
        if next(left, None) is None:
            raise OSError(code, os.strerror(code))

    return step


@pytest.mark.parametrize(
    ("scene", "code"),
    [
        ("a first build", errno.ENOSPC),
        ("a deletion", errno.ENOSPC),
        ("an edit", errno.ENOSPC),
        pytest.param("an edit", errno.EROFS, marks=pytest.mark.slow),
        pytest.param("an edit", errno.EACCES, marks=pytest.mark.slow),
    ],
    indirect=["scene"],
)
def test_a_disk_that_is_full_or_closed_at_any_step_is_a_plain_error(
    scene: Scene, code: int
) -> None:
    steps: list[str] = []
    scene.put_back()
    run(scene.world, steps.append)
    for number, name in enumerate(steps):
        scene.put_back()
        report = run(scene.world, fail_at(number, code))
        (problem,) = report.problems
        assert f"{os.strerror(code).lower()}." in str(problem)
        if name.startswith("cache"):
            assert not report.failed
            assert site_of(scene.world) == scene.new
        else:
            assert report.failed
            assert report.written is None
            scene.assert_whole_or_recoverable()
        if name.startswith("stage") or name == "journal":
            assert site_of(scene.world) == scene.old
            assert not (scene.world.output / STAGE).exists()
        scene.assert_next_run_is_right()


def test_a_cache_that_cannot_be_kept_is_told_in_a_warning(blog: Blog) -> None:
    (blog.folder / ".weekly").write_text("a file where a folder must be")

    (line,) = blog.problems()
    assert line == (
        f"{blog.folder}/.weekly: warning: the cache can't be written:"
        " file exists. The site is built; the next build will take longer."
    )
    assert "404.html" in blog.tree()


def test_an_output_that_cannot_be_written_is_an_error(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.build()
    before = blog.tree()
    blog.post("2026-11-10-one")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", _refused(errno.EROFS, Path.mkdir, "output"))
        (line,) = blog.problems()

    assert line.endswith(": this can't be written: read-only file system.")
    assert blog.tree() == before
    assert "2026/one/index.html" in blog.build().written.made


def _refused(code: int, method: Callable[..., Any], part: str) -> Callable[..., Any]:
    def refuse(path: Path, *given: Any, **named: Any) -> Any:
        if part in str(path):
            raise OSError(code, os.strerror(code), str(path))
        return method(path, *given, **named)

    return refuse


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of less than a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def weekly(blog: Blog, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "build", "--blog", str(blog.folder), *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_leaves_the_old_site(blog: Blog, small_disk: Path, repository: Path) -> None:
    output = small_disk / "output"
    arguments = ("--output", str(output), "--now", "2026-11-22")
    assert weekly(blog, *arguments, cwd=repository).returncode == 0
    before = files_below(output)
    for day in range(10, 20):
        blog.post(f"2026-11-{day}-long-{day}", body="Many words. " * 3000)
    done = weekly(blog, *arguments, cwd=repository)

    assert done.returncode == 1
    assert "this can't be written: no space left on device." in done.stderr
    assert "Traceback" not in done.stderr
    assert files_below(output) == before

    for day in range(10, 20):
        (blog.folder / f"content/posts/2026-11-{day}-long-{day}.md").unlink()
    blog.post("2026-11-10-short")
    assert weekly(blog, *arguments, cwd=repository).returncode == 0
    assert "2026/short/index.html" in files_below(output)


def test_a_template_of_a_blog_in_another_folder_is_found(blog: Blog, repository: Path) -> None:
    """The digest of a template was looked for at blog/blog/templates."""
    blog.write("templates/not-found.html", "Lost.")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--blog", "blog"],
        cwd=blog.folder.parent,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert blog.page("404.html") == "Lost."


def test_a_source_that_cannot_be_read_is_an_error(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.build()
    before = blog.tree()
    blog.post("2026-11-10-one")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "read_bytes", _refused(errno.EACCES, disk.read_bytes, "-one.md"))
        lines = blog.problems()

    assert lines == [
        "content/posts/2026-11-10-one.md: this can't be read: permission denied."
        " Change its permissions so that you can read it."
    ]
    assert blog.tree() == before
    assert "2026/one/index.html" in blog.build().written.made


def test_a_template_that_cannot_be_read_is_an_error(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.build()
    before = blog.tree()
    blog.write("templates/not-found.html", "Lost.")
    with monkeypatch.context() as patch:
        refused = _refused(errno.EACCES, disk.read_bytes, "templates/not-found.html")
        patch.setattr(disk, "read_bytes", refused)
        lines = blog.problems()

    assert lines == [
        "templates/not-found.html: this can't be read: permission denied. "
        "Change its permissions so that you can read it."
    ]
    assert blog.tree() == before
    assert blog.build().written.made == ("404.html",)


def _after_digest_of(part: str, change: Callable[[], object]) -> Callable[[FileDigests, str], str]:
    """`FileDigests.of`, with a change of the file just after its digest was taken."""
    of = FileDigests.of

    def digest(digests: FileDigests, name: str) -> str:
        found = of(digests, name)
        if part in name:
            change()
        return found

    return digest


SOURCES = {
    "a post": "content/posts/2026-11-10-one/index.md",
    "an image": "content/posts/2026-11-10-one/view.svg",
    "a page": "content/pages/about.md",
    "a trait": "content/traits/listen.md",
    "a template": "templates/page.html",
    "a part of a template": "templates/inner.html",
    "a static file": "content/static/notes.txt",
    "a file of the theme": "themes/ours/static/style.css",
}


@pytest.fixture
def rich(blog: Blog) -> Blog:
    """A blog with a source of each kind."""
    blog.set('theme = "ours"\n')
    blog.write(SOURCES["a post"], "---\ntitle: One\ntags: [risk]\n---\n![A view](view.svg)\n")
    blog.write(SOURCES["an image"], "<svg viewBox='0 0 4 2'></svg>")
    blog.write(SOURCES["a page"], "---\ntitle: About\n---\nMe.\n")
    blog.write(SOURCES["a template"], "{{ title }}{{ html | html }}{% include 'inner.html' %}")
    blog.write(SOURCES["a part of a template"], "inner")
    blog.write(SOURCES["a static file"], "notes")
    blog.write(SOURCES["a file of the theme"], "body {}")
    blog.write("themes/ours/theme.toml", 'name = "ours"\napi = 1\nextends = "default"\n')
    return blog


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_that_vanishes_while_it_is_built(
    kind: str, rich: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    rich.build()
    before = rich.tree()
    path = rich.folder / SOURCES[kind]
    data = path.read_bytes()
    path.write_bytes(data + b"\nmore")
    with monkeypatch.context() as patch:
        vanish = _after_digest_of(SOURCES[kind], lambda: path.unlink(missing_ok=True))
        patch.setattr(FileDigests, "of", vanish)
        report = rich.try_build()

    falls_back = kind == "a template"  # to that of the theme
    assert report.failed is not falls_back
    assert (rich.tree() == before) is not falls_back
    path.write_bytes(data)
    rich.build()
    assert rich.tree() == before


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_that_changes_while_it_is_built(
    kind: str, rich: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made of one version under the key of another, a page must not be taken for that other."""
    path = rich.folder / SOURCES[kind]
    before = path.read_bytes()
    clean = _clean(rich)
    path.write_bytes(before + b"\nmore")
    clean_with_more = _clean(rich)
    path.write_bytes(before)
    with monkeypatch.context() as patch:
        change = _after_digest_of(SOURCES[kind], lambda: path.write_bytes(before + b"\nmore"))
        patch.setattr(FileDigests, "of", change)
        rich.build()
    path.write_bytes(before)
    rich.build()
    assert_same(rich.tree(), clean, "a change that was undone")

    path.write_bytes(before + b"\nmore")
    rich.build()
    assert_same(rich.tree(), clean_with_more, "a change while it was built")


def test_a_template_that_comes_and_goes_while_it_is_built_leaves_no_page(
    rich: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page made by an override must not be taken for one of the theme."""
    clean = _clean(rich)
    render = builds.render_all

    def with_override(*given: Any) -> Any:
        rich.write("templates/term.html", "mine")
        return render(*given)

    with monkeypatch.context() as patch:
        patch.setattr(builds, "render_all", with_override)
        rich.build()
    (rich.folder / "templates/term.html").unlink()
    rich.build()

    assert_same(rich.tree(), clean, "an override that came and went")


def _clean(blog: Blog) -> Mapping[str, bytes]:
    place = blog.folder.parent / "clean"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(blog.folder, place, ignore=shutil.ignore_patterns("output", ".weekly"))
    copy = Blog(place)
    copy.build()
    return copy.tree()


def test_links_that_lead_round_or_out_of_the_blog_are_refused(blog: Blog) -> None:
    blog.build()
    before = blog.tree()
    blog.write("elsewhere/secret.md", "---\ntitle: Secret\ntags: [risk]\n---\n")
    posts = blog.folder / "content/posts"
    posts.mkdir()
    (posts / "2026-11-10-secret.md").symlink_to(blog.folder / "elsewhere/secret.md")
    (posts / "all").symlink_to("../posts")
    (posts / "one").symlink_to("two")
    (posts / "two").symlink_to("one")

    assert blog.problems() == [
        "content/posts/2026-11-10-secret.md: this link leads out of content/."
        " Put a copy of the file here.",
        "content/posts/all: this link leads in a circle. Delete it.",
        "content/posts/one: this link leads in a circle. Delete it.",
        "content/posts/two: this link leads in a circle. Delete it.",
    ]
    assert blog.tree() == before


def test_a_link_to_the_whole_disk_is_not_followed(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether anything has changed is asked before the content is read."""
    blog.post("2026-11-10-hello")
    commands.run("build", "--blog", str(blog.folder))
    (blog.folder / "content/posts/all").symlink_to(blog.folder.parent)
    looked_at: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: looked_at.append(str(path)) or scandir(path))
    result = commands.run("build", "--blog", str(blog.folder))

    assert "this link leads out of content/" in result.stderr
    assert looked_at
    assert not [path for path in looked_at if "/posts/all" in path]


@pytest.mark.parametrize("clock", [0, 1_000_000_000, 2**62])
def test_a_clock_that_jumps_hides_no_edit(
    clock: int, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = blog.post("2026-11-10-one", body="First.\n")
    blog.build()
    monkeypatch.setattr(time, "time_ns", lambda: clock)
    times = post.stat()
    blog.post("2026-11-10-one", body="Other.\n")
    os.utime(post, ns=(times.st_atime_ns, times.st_mtime_ns))
    blog.build()

    assert "Other." in blog.page("2026/one/")


def test_a_source_from_the_future_is_read_each_time(blog: Blog) -> None:
    future = 4_000_000_000 * 1_000_000_000
    for words in ("First.", "Other."):
        os.utime(blog.post("2026-11-10-one", body=words), ns=(future, future))
        blog.build()

        assert words in blog.page("2026/one/")


def test_two_processes_hold_the_lock_one_after_the_other(tmp_path: Path) -> None:
    held_end, held = os.pipe()
    let_go, let_go_end = os.pipe()

    def hold() -> None:
        with locked(tmp_path / "deep" / "lock", waiting=lambda: None):
            os.write(held, b"held")
            os.read(let_go, 1)
            os.write(held, b"done")

    child = os.fork()
    if not child:
        hold()
        os._exit(0)
    assert os.read(held_end, 4) == b"held"
    waited = []

    def waiting() -> None:
        waited.append("waiting")
        os.write(let_go_end, b"!")

    with locked(tmp_path / "deep" / "lock", waiting=waiting):
        assert os.read(held_end, 4) == b"done"
    assert waited == ["waiting"]
    os.waitpid(child, 0)


def test_a_process_that_is_killed_lets_go_of_the_lock(tmp_path: Path) -> None:
    held_end, held = os.pipe()

    def hold() -> None:
        with locked(tmp_path / "lock", waiting=lambda: None):
            os.write(held, b"held")
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(hold) == signal.SIGKILL
    assert os.read(held_end, 4) == b"held"
    with locked(tmp_path / "lock", waiting=lambda: pytest.fail("the lock is still held")):
        pass


def test_the_manifest_of_a_first_build_that_was_killed_is_not_missed(
    memory: Path, quick_builds: None
) -> None:
    """The next run took the pages that were in place for somebody else's files, and refused."""
    scene = Scene(memory, None)
    scene.put_back()
    in_child(lambda: run(scene.world, _kill_when("move feed.xml")))

    assert read_manifest(scene.world.output) is None
    assert "404.html" in site_of(scene.world)
    scene.assert_next_run_is_right()
