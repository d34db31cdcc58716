"""`weekly impact import`: from a file to the report."""

from __future__ import annotations

import json

from tests.commands import SUNDAY, run
from tests.conftest import Blog, files_below

EXPORT = "2Path,Title,Event,Session,Bot,FirstVisit,Date\n" + "".join(
    f"/blog/2026/hello/,Hello,false,{n},0,true,2026-11-0{1 + n % 9}T09:00:00Z\n" for n in range(40)
)


def test_visits_reach_the_report_and_no_other_file(blog: Blog) -> None:
    blog.post("2026-11-02-hello")
    blog.write("visits.csv", EXPORT)
    where = ("--blog", str(blog.folder))

    first = run("impact", "import", str(blog.folder / "visits.csv"), *where, **SUNDAY)
    kept = (blog.folder / ".weekly/impact.json").read_bytes()
    second = run("impact", "import", str(blog.folder / "visits.csv"), *where, **SUNDAY)
    report = json.loads(run("impact", "--format", "json", *where, **SUNDAY).stdout)
    run("build", "--jobs", "1", *where, **SUNDAY)

    assert first.stdout == "visits.csv: 40 visits to 1 post on 9 days.\n"
    assert first.stdout == second.stdout
    assert (blog.folder / ".weekly/impact.json").read_bytes() == kept
    assert report["posts"][0]["visits"] == 40
    assert not [name for name in files_below(blog.folder / "content") if "impact" in name]
    assert b"visits" not in b"".join(files_below(blog.folder / "output").values())


def test_a_file_that_is_not_there_is_one_line(blog: Blog) -> None:
    blog.post("2026-11-02-hello")
    path = blog.folder / "nowhere.csv"

    result = run("impact", "import", str(path), "--blog", str(blog.folder))

    assert result.exit_code == 2
    assert result.stderr == f"weekly: {path}: no such file or directory\n"


def test_a_file_that_is_no_export_is_one_line(blog: Blog) -> None:
    blog.post("2026-11-02-hello")
    path = blog.write("notes.csv", "a,b\n1,2\n")

    result = run("impact", "import", str(path), "--blog", str(blog.folder))

    assert result.exit_code == 2
    assert result.stderr == (
        f"weekly: {path}: it is no export of GoatCounter or listmonk: there is no column 'Path' "
        "and 'Date'\n"
    )
