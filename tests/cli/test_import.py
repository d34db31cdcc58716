"""`weekly import`: what comes from other systems, what is left out, and the account of both."""

from __future__ import annotations

import json
import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.network.downloads import Downloads
from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog, files_below

pytest.importorskip("html_to_markdown")

SAMPLES = Path(__file__).parents[3] / "shared/samples"
KINDS = ("posts", "drafts", "pages", "replies", "images", "set_aside", "refused")


def png() -> bytes:
    data = BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "PNG")
    return data.getvalue()


PNG = png()

WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example</wp:base_blog_url>
{items}</channel></rss>
"""


def item(own: int, title: str = "Hello", body: str = "<p>Words.</p>", **more: str) -> str:
    given = {
        "name": f"post-{own}", "status": "publish", "type": "post", "date": "2015-03-02 10:00:00",
        "extra": "", "excerpt": "",
    } | more  # fmt: skip
    return (
        f"<item><title>{title}</title><link>https://old.example/2015/{given['name']}/</link>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{given['excerpt']}]]></excerpt:encoded>"
        f"<wp:post_id>{own}</wp:post_id><wp:post_date>{given['date']}</wp:post_date>"
        f"<wp:post_date_gmt>{given['date']}</wp:post_date_gmt>"
        f"<wp:post_name>{given['name']}</wp:post_name><wp:status>{given['status']}</wp:status>"
        f"<wp:post_type>{given['type']}</wp:post_type>{given['extra']}</item>\n"
    )


def bring(blog: Blog, *more: str) -> Result:
    return run("import", *more, "--blog", str(blog.folder), **SUNDAY)


def account(blog: Blog, path: Path, *more: str) -> dict[str, Any]:
    """The account of an import, which always adds up."""
    result = bring(blog, str(path), "--format", "json", *more)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["items"] == sum(found[kind] for kind in KINDS)
    assert {kind: len(found["lists"][kind]) for kind in KINDS} == {k: found[k] for k in KINDS}
    return found


def counts(found: dict[str, Any]) -> dict[str, int]:
    return {kind: found[kind] for kind in KINDS if found[kind]}


def of_wordpress(folder: Path, *items: str, name: str = "old.xml") -> Path:
    path = folder / name
    path.write_text(WXR.format(items="".join(items)), encoding="utf-8")
    return path


def texts(blog: Blog) -> dict[str, str]:
    found = files_below(blog.folder / "content")
    return {path: data.decode() for path, data in found.items() if path.endswith(".md")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "exports"
    path.mkdir()
    return path


def test_an_import_only_says_what_it_would_do(blog: Blog, folder: Path) -> None:
    before = files_below(blog.folder)
    found = account(blog, of_wordpress(folder, item(1)))
    assert (counts(found), found["written"]) == ({"posts": 1}, False)
    assert files_below(blog.folder) == before


def test_a_post_comes_as_somebody_would_have_written_it(blog: Blog, folder: Path) -> None:
    body = (
        "<!-- wp:heading --><h3>What <em>changed</em></h3><!-- /wp:heading -->"
        '<p>Not *this* and <a href="https://old.example/2015/post-2/">that</a>.</p><!--more-->'
        '<pre class="wp-block-code"><code class="language-python">x = "*"</code></pre>'
    )
    path = of_wordpress(folder, item(1, body=body, excerpt="In short"), item(2, "Other"))
    account(blog, path, "--write")
    assert texts(blog)["posts/2015-03-02-post-1.md"] == (
        "---\ntitle: Hello\ndate: 2015-03-02 10:00+00:00\nid: wordpress-1\nsummary: In short\n"
        "aliases: [/2015/post-1/]\n---\n\n## What *changed*\n\n"
        "Not \\*this\\* and [that](2015-03-02-post-2.md).\n\n<!-- more -->\n\n"
        '```python\nx = "*"\n```\n'
    ).replace("aliases: [/2015/post-1/]\n", "")  # it has the same address here


def test_galleries_captions_shortcodes_and_notes(blog: Blog, folder: Path) -> None:
    body = (
        '[caption id="x"]<img src="https://x.example/a.jpg" alt="A" /> Us[/caption]\n\nOne\ntwo\n\n'
        "[odd id=3]\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n"
        'A note<sup data-fn="n1" class="fn"><a href="#n1" id="n1-link">1</a></sup>'
    )
    extra = (
        "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA["
        '[{"id":"n1","content":"Said <em>here</em>."}]]]></wp:meta_value></wp:postmeta>'
    )
    found = account(blog, of_wordpress(folder, item(1, body=body, extra=extra)), "--write")
    assert texts(blog)["posts/2015-03-02-post-1/index.md"].endswith(
        "---\n\n[Picture: A](https://x.example/a.jpg)\n\n*Us*\n\nOne\\\ntwo\n\n\\[odd id=3\\]\n\n"
        "[Video on YouTube](https://www.youtube.com/watch?v=abcdefghijk)\n\nA note[^1]\n\n"
        "[^1]: Said *here*.\n"
    )
    reasons = [loss["reason"] for loss in found["lists"]["posts"][0]["losses"]]
    assert "the shortcode [odd] stays as text" in reasons
    assert "1 embed became a link" in reasons


def test_a_second_import_changes_no_byte(blog: Blog, folder: Path) -> None:
    path = of_wordpress(folder, item(1), item(2, type="page"), item(3, status="draft"))
    first = account(blog, path, "--write")
    assert counts(first) == {"posts": 1, "drafts": 1, "pages": 1}
    before = files_below(blog.folder)
    second = account(blog, path, "--write")
    assert files_below(blog.folder) == before
    assert {entry["status"] for entry in second["lists"]["posts"]} == {"known"}


def test_a_newer_export_brings_only_what_is_new(blog: Blog, folder: Path) -> None:
    account(blog, of_wordpress(folder, item(1), item(2)), "--write")
    post = blog.folder / "content/posts/2015-03-02-post-1.md"
    mine = post.read_text().replace("Words.", "My own words.")
    post.write_text(mine)
    newer = [item(1, body="<p>New.</p>"), item(2, body="<p>New.</p>"), item(3)]
    found = account(blog, of_wordpress(folder, *newer), "--write")
    states = {entry["id"]: entry["status"] for entry in found["lists"]["posts"]}
    assert states == {
        "wordpress-1": "changed here", "wordpress-2": "updated", "wordpress-3": "new",
    }  # fmt: skip
    assert post.read_text() == mine
    assert "New." in texts(blog)["posts/2015-03-02-post-2.md"]


def test_undo_takes_back_the_last_import_and_keeps_what_was_changed(
    blog: Blog, folder: Path
) -> None:
    before = files_below(blog.folder)
    account(blog, of_wordpress(folder, item(1), item(2)), "--write")
    between = files_below(blog.folder)
    account(blog, of_wordpress(folder, item(2, body="<p>New.</p>"), item(3)), "--write")
    assert bring(blog, "--undo").exit_code == 0
    assert files_below(blog.folder) == between
    post = blog.folder / "content/posts/2015-03-02-post-1.md"
    post.write_text(post.read_text() + "\nMine.\n")
    assert "kept: it was changed since" in bring(blog, "--undo").stdout
    post.unlink()
    assert files_below(blog.folder) == before
    assert bring(blog, "--undo").exit_code == 2


def test_comments_are_replies_in_threads(blog: Blog, folder: Path) -> None:
    def comment(own: int, parent: int, kind: str = "", approved: str = "1") -> str:
        return (
            f"<wp:comment><wp:comment_id>{own}</wp:comment_id>"
            f"<wp:comment_author>Ann</wp:comment_author><wp:comment_type>{kind}</wp:comment_type>"
            f"<wp:comment_date_gmt>2015-03-03 10:0{own}:00</wp:comment_date_gmt>"
            f"<wp:comment_content><![CDATA[Words {own}]]></wp:comment_content>"
            f"<wp:comment_approved>{approved}</wp:comment_approved>"
            f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )

    extra = comment(1, 0) + comment(2, 1) + comment(3, 0, "pingback") + comment(4, 0, "", "spam")
    found = account(blog, of_wordpress(folder, item(1, extra=extra)), "--write", "--approve")
    assert counts(found) == {"posts": 1, "replies": 3, "set_aside": 1}
    replies = {path: text for path, text in texts(blog).items() if path.startswith("replies/")}
    assert {path.split("/")[1] for path in replies} == {"2015-03-02-post-1"}
    assert sum("state: approved" in text for text in replies.values()) == 3
    first = next(path for path, text in replies.items() if "Words 1" in text)
    second = next(text for text in replies.values() if "Words 2" in text)
    assert f"to: {Path(first).stem}" in second


def test_tags_and_authors_follow_the_map(blog: Blog, folder: Path) -> None:
    extra = (
        '<category domain="post_tag" nicename="x"><![CDATA[Trust me]]></category>'
        '<category domain="category" nicename="y"><![CDATA[Odd]]></category>'
        "<dc:creator>somebody</dc:creator>"
    )
    path = of_wordpress(folder, item(1, extra=extra))
    decisions = folder / "map.toml"
    decisions.write_text('[tags]\n"trust me" = "listening"\n[types]\nevent = "post"\n')
    assert bring(blog, str(decisions)).exit_code == 0
    found = account(blog, path, "--write")
    text = texts(blog)["posts/2015-03-02-post-1.md"]
    assert "tags: [listening]\n" in text
    assert "extra:\n  tags: [Odd]\n  authors: [somebody]\n" in text
    reasons = " ".join(loss["reason"] for loss in found["lists"]["posts"][0]["losses"])
    assert "no trait or topic has the tag 'Odd'" in reasons
    assert "does not list the author 'somebody'" in reasons


def test_harm_is_removed_and_counted(blog: Blog, folder: Path) -> None:
    body = (
        '<p onclick="x()"><a href="java&#10;script:alert(1)">a</a><script>alert(1)</script></p>'
        '<img src="https://pixel.wp.com/b.gif" width="1" height="1"><form>Sign in</form>'
    )
    found = account(blog, of_wordpress(folder, item(1, body=body)), "--write")
    reasons = [loss["reason"] for loss in found["lists"]["posts"][0]["losses"]]
    for reason in (
        "1 form was removed",
        "1 script was removed",
        "1 tracking pixel was removed",
        "1 link that runs a script was removed",
    ):
        assert reason in reasons
    assert texts(blog)["posts/2015-03-02-post-1.md"].endswith("---\n\na\n")


def test_bad_dates_titles_and_names_are_accounted_for(blog: Blog, folder: Path) -> None:
    path = of_wordpress(
        folder,
        item(1, "", "<p>First words. More.</p>", date="0000-00-00 00:00:00"),
        item(2, name="../../../etc/passwd"),
        item(3, name="same"),
        item(4, name="same"),
        item(5, status="trash"),
        item(6, type="event"),
    )
    found = account(blog, path, "--write")
    assert counts(found) == {"posts": 3, "drafts": 1, "set_aside": 2}
    assert {Path(path).name for path in texts(blog) if "2015" in path} == {
        "2015-03-02-etc-passwd.md", "2015-03-02-same.md", "2015-03-02-same-2.md",
    }  # fmt: skip
    assert found["lists"]["drafts"][0]["title"] == "First words"


@pytest.mark.parametrize("cut", [300, 120, 60])
def test_a_file_that_ends_early_gives_what_is_whole(blog: Blog, folder: Path, cut: int) -> None:
    path = of_wordpress(folder, item(1), item(2, body=f"<p>{'long ' * 100}</p>"))
    path.write_bytes(path.read_bytes()[: -cut - 60])
    found = account(blog, path, "--write")
    assert counts(found) == {"posts": 1, "refused": 1}
    assert found["lists"]["refused"][0]["position"].startswith("old.xml:")


def test_pictures_of_an_export_lie_beside_the_post(blog: Blog, folder: Path) -> None:
    (folder / "static/img").mkdir(parents=True)
    (folder / "static/img/a.png").write_bytes(PNG)
    (folder / "static/img/unused.png").write_bytes(PNG)
    (folder / "static/img/cut.png").write_bytes(PNG[:40])
    (folder / "content/posts").mkdir(parents=True)
    head = 'title = "One"\ndate = 2020-05-01T10:00:00+02:00\ntags = ["x"]\nimage = "/img/a.png"\n'
    (folder / "content/posts/one.md").write_text(
        f'+++\n{head}+++\n\nSee [two]({{{{< ref "two.md" >}}}}) and ![A](/img/a.png) and '
        "![B](https://cdn.example/b.png) {{< odd >}}\n\n![C](/img/cut.png)\n"
    )
    (folder / "content/posts/two.md").write_text('{"title": "Two", "date": "2020-05-02"}\n\nHi.\n')
    found = account(blog, folder, "--write")
    assert counts(found) == {"posts": 2, "images": 3, "set_aside": 1}
    losses = [loss["reason"] for loss in found["lists"]["posts"][0]["losses"]]
    damaged = "this file is damaged, or not an image"
    assert f"the picture 'static/img/cut.png' was left out: {damaged}" in losses
    text = texts(blog)["posts/2020-05-01-one/index.md"]
    assert "date: 2020-05-01 09:00+01:00\n" in text
    assert "image: a.png\n" in text
    assert (
        "See [two](../2020-05-02-two.md) and ![A](a.png) and "
        "[Picture: B](https://cdn.example/b.png) {{< odd >}}" in text
    )
    assert (blog.folder / "content/posts/2020-05-01-one/a.png").read_bytes() == PNG


def test_a_zip_file_can_neither_lead_out_nor_explode(blog: Blog, folder: Path) -> None:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.md", "---\ntitle: Evil\ndate: 2020-01-01\n---\n\nx\n")
        archive.writestr("posts/good.md", "---\ntitle: Good\ndate: 2020-01-01\n---\n\nx\n")
        archive.writestr("posts/big.md", b"a" * 30_000_000)
    found = account(blog, path, "--write")
    assert counts(found) == {"posts": 1, "refused": 2}
    assert not list(folder.parent.rglob("evil*"))
    path.write_bytes(path.read_bytes()[:100])
    assert counts(account(blog, path)) == {"refused": 1}


def test_ghost_in_all_its_forms(blog: Blog, folder: Path) -> None:
    lexical = {"root": {"children": [{"type": "paragraph", "children": [
        {"type": "text", "text": "Bold", "format": 1}]}]}}  # fmt: skip
    mobiledoc = {"sections": [[1, "p", [[0, [], 0, "Old"]]], [10, 0]], "markups": [], "atoms": [],
                 "cards": [["code", {"code": "x", "language": "sh"}]]}  # fmt: skip
    data = {
        "posts": [
            {"id": "a", "title": "One", "slug": "one", "status": "published", "type": "post",
             "lexical": json.dumps(lexical), "published_at": "2020-01-01T10:00:00.000Z"},
            {"id": "b", "title": "Two", "slug": "two", "status": "draft", "type": "post",
             "mobiledoc": json.dumps(mobiledoc), "published_at": None},
            {"id": "c", "title": "About", "slug": "us", "status": "published", "type": "page",
             "html": '<p><a href="__GHOST_URL__/one/">One</a></p>'},
            {"id": "d", "title": "Paid", "slug": "paid", "status": "published",
             "visibility": "paid", "html": "<p>x</p>", "published_at": 1577872800000},
        ],
        "tags": [{"id": "t", "name": "Listening"}, {"id": "h", "name": "#hidden"}],
        "posts_tags": [{"post_id": "a", "tag_id": "t"}, {"post_id": "a", "tag_id": "h"}],
        "users": [], "posts_authors": [],
    }  # fmt: skip
    path = folder / "ghost.json"
    path.write_text(json.dumps({"db": [{"meta": {}, "data": data}]}))
    assert counts(account(blog, path, "--write")) == {"posts": 1, "drafts": 2, "pages": 1}
    found = texts(blog)
    assert "**Bold**" in found["posts/2020-01-01-one.md"]
    assert "tags: [Listening]" in found["posts/2020-01-01-one.md"]
    assert "aliases: [/one/]" in found["posts/2020-01-01-one.md"]
    assert "Old\n\n```sh\nx\n```" in found["posts/2000-01-01-two.md"]
    assert "[One](../posts/2020-01-01-one.md)" in found["pages/us.md"]


def test_blogger_with_its_comments_and_pages(blog: Blog, folder: Path) -> None:
    kind = "http://schemas.google.com/g/2005#kind"

    def entry(own: str, what: str, more: str) -> str:
        return (
            f"<entry><id>tag:blogger.com,1999:blog-1.post-{own}</id><published>2012-04-05T10:00:00Z"
            f"</published><category scheme='{kind}' term='http://schemas.google.com/blogger/2008/"
            f"kind#{what}'/><content type='html'>&lt;p&gt;Words {own}&lt;/p&gt;</content>{more}"
            "</entry>"
        )

    link = "<link rel='alternate' href='http://x.blogspot.com/2012/04/hello.html'/>"
    reply = "<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-1' xmlns:thr='http://purl.org/syndication/thread/1.0'/>"
    draft = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
    path = folder / "blog.xml"
    path.write_text(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        + entry("9", "settings", "")
        + entry("1", "post", f"<title>Hello</title>{link}")
        + entry("2", "comment", f"<author><name>Bo</name></author>{reply}")
        + entry("3", "page", "<title>About</title>")
        + entry("4", "post", f"<title>Later</title>{draft}")
        + "</feed>"
    )
    found = account(blog, path, "--write")
    assert counts(found) == {"posts": 1, "drafts": 1, "pages": 1, "replies": 1, "set_aside": 1}
    assert any(path.startswith("replies/2012-04-05-hello/") for path in texts(blog))
    assert "aliases: [/2012/04/hello.html]" in texts(blog)["posts/2012-04-05-hello.md"]


def test_feeds_in_three_formats(blog: Blog, folder: Path) -> None:
    (folder / "rss.xml").write_text(
        "<rss version='2.0'><channel><item><title>A</title><link>https://x.example/a</link>"
        "<pubDate>Mon, 06 Apr 2015 10:00:00 GMT</pubDate><description>&lt;p&gt;Hi&lt;/p&gt;"
        "</description></item></channel></rss>"
    )
    (folder / "atom.xml").write_text(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>b</id><title>B</title>"
        "<published>2015-04-07T10:00:00Z</published><content type='xhtml'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>Hi <b>you</b></p></div></content>"
        "</entry></feed>"
    )
    (folder / "feed.json").write_text(json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "items": [
            {"id": "c", "title": "C", "content_text": "Hi *", "date_published": "2015-04-08"}],
    }))  # fmt: skip
    assert counts(account(blog, folder, "--write")) == {"posts": 3}
    found = texts(blog)
    assert "Hi **you**" in found["posts/2015-04-07-b.md"]
    assert "Hi \\*" in found["posts/2015-04-08-c.md"]


def test_linkedin_articles_shares_and_comments(blog: Blog, folder: Path) -> None:
    (folder / "Articles/Articles").mkdir(parents=True)
    (folder / "Articles/Articles/2019-05-03-why-we-listen.html").write_text(
        '<html><body><img src="https://media.licdn.com/c.jpg"><h1><a href="https://www.linkedin.com'
        '/pulse/why-we-listen-ann">Why we listen</a></h1><p class="created">Created on 2019-05-02 '
        '10:00</p><p class="published">Published on 2019-05-03 09:00</p><div><p>Because.</p></div>'
        "</body></html>"
    )
    urn = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A6500000000000000001"
    (folder / "Shares.csv").write_text(
        "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
        f'2019-06-01 10:00:00,{urn},"First line""\n""Second #listening",,,MEMBER_NETWORK\n'
        "2019-06-02 10:00:00,https://x.example,,https://y.example,,MEMBER_NETWORK\n"
    )
    (folder / "Comments.csv").write_text(
        f"Date,Link,Message\n2019-06-01 11:00:00,{urn},Mine\n"
        "2019-06-01 12:00:00,https://www.linkedin.com/feed/update/urn:li:activity:1,Theirs\n"
    )
    (folder / "Connections.csv").write_text("First Name,Last Name\nAnn,Lee\n")
    found = account(blog, folder, "--write")
    assert counts(found) == {"posts": 2, "replies": 1, "images": 1, "set_aside": 3}
    shown = texts(blog)
    article = next(text for path, text in shown.items() if "why-we-listen" in path)
    assert "date: 2019-05-03 10:00+01:00" in article
    assert article.endswith("---\n\nBecause.\n")
    share = next(text for text in shown.values() if "First line" in text and "id: linkedin" in text)
    assert "First line\\\nSecond #listening" in share


def docx(body: str, *more: tuple[str, bytes]) -> bytes:
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="'
            'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
            'ContentType="image/png"/><Override PartName="/word/document.xml" '
            f'ContentType="{kinds}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}</w:body></w:document>",
        )
        for name, content in more:
            archive.writestr(name, content)
    return data.getvalue()


def test_a_letter_from_word_becomes_a_draft(blog: Blog, folder: Path) -> None:
    def paragraph(text: str, style: str = "", bold: str = "") -> str:
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{look}<w:r>{bold}<w:t>{text}</w:t></w:r></w:p>"

    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dcterms="y"><dcterms:modified>2026-10-01T08:00:00Z'
        "</dcterms:modified></cp:coreProperties>"
    )
    path = folder / "letter.docx"
    body = paragraph("My letter", "Heading1") + paragraph("Strong", bold="<w:rPr><w:b/></w:rPr>")
    path.write_bytes(docx(body, ("docProps/core.xml", core.encode())))
    assert counts(account(blog, path, "--write")) == {"drafts": 1}
    text = texts(blog)["posts/2026-10-01-letter.md"]
    assert "title: My letter\n" in text
    assert "draft: true\n" in text
    assert text.endswith("---\n\n**Strong**\n")
    path.write_bytes(b"PK\x03\x04 no letter")
    assert counts(account(blog, path)) == {"refused": 1}


def test_a_letter_from_outlook_becomes_a_draft_with_its_pictures(blog: Blog, folder: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "FW: My letter", "Thu, 01 Oct 2026 08:00:00 +0000"
    mail["Message-ID"] = "<one@example.org>"
    mail.set_content("Plain")
    mail.add_alternative('<p>Hello</p><img src="cid:pic1" alt="Us">', subtype="html")
    mail.get_payload()[1].add_related(PNG, "image", "png", cid="<pic1>")  # type: ignore[union-attr,index]
    path = folder / "letter.eml"
    path.write_bytes(bytes(mail))
    assert counts(account(blog, path, "--write")) == {"drafts": 1, "images": 1}
    text = next(text for name, text in texts(blog).items() if "my-letter" in name)
    assert "title: My letter\n" in text
    assert "Hello\n\n![Us](" in text


def test_google_docs_keeps_what_its_styles_say(blog: Blog, folder: Path) -> None:
    path = folder / "letter.html"
    path.write_text(
        "<html><head><style>.c1{font-weight:700}.c2{font-style:italic}</style></head>"
        '<body class="c9 doc-content"><h1><span>My letter</span></h1><p>'
        '<span class="c1">Bold</span> '
        'and <span class="c2">slanted</span> and <a href="https://www.google.com/url?q=https://'
        'x.example/a&amp;sa=D">a link</a></p></body></html>'
    )
    account(blog, path, "--write")
    text = texts(blog)["posts/2000-01-01-letter.md"]
    assert text.endswith("---\n\n**Bold** and *slanted* and [a link](https://x.example/a)\n")


def test_a_copied_page_of_wordpress_has_a_title_and_no_buttons(blog: Blog, folder: Path) -> None:
    path = folder / "page.txt"
    path.write_text(
        "Tuesday at Nine\n\nHome\nAbout\n\nWhy we stopped\nPosted on March 3, 2020 by helen\n\n"
        "Nobody asked.\n\nShare this:\nTwitter\nLike Loading...\n\nPublished by helen\n\n"
        "One thought on “Why we stopped”\n\nAnn Lee says:\nMarch 4, 2020 at 9:15 am\n"
        "I did.\nReply\n"
    )
    assert counts(account(blog, path, "--write")) == {"posts": 1, "replies": 1}
    assert texts(blog)["posts/2020-03-03-why-we-stopped.md"].endswith("---\n\nNobody asked.\n")


def test_a_copied_article_comes_with_its_reply_and_without_the_form(
    blog: Blog, folder: Path
) -> None:
    path = folder / "article.txt"
    path.write_text(
        "Why we listen\n\nMarch 3, 2020\n\nBecause people know.\n\nAnd we do not.\n\n"
        "One thought on “Why we listen”\n\nAnn Lee says:\n\nMarch 4, 2020 at 9:15 am\n\n"
        "Well said.\n\nReply\n\nLeave a Reply\n\nEnter your comment here...\n\n"
        "Log in or provide your name and email to leave a comment.\n"
    )
    found = account(blog, path, "--write")
    assert counts(found) == {"posts": 1, "replies": 1}
    shown = texts(blog)
    post = next(text for name, text in shown.items() if "why-we-listen" in name and "posts" in name)
    assert post.endswith("---\n\nBecause people know.\n\nAnd we do not.\n")
    reply = next(text for name, text in shown.items() if name.startswith("replies/2020-03-03-"))
    assert "Well said." in reply
    assert "Log in" not in "".join(shown.values())


def test_a_picture_is_fetched_when_asked_and_stays(
    blog: Blog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = '<img src="https://x.example/a.png" alt="A"><img src="https://x.example/b.png">'
    path = of_wordpress(folder, item(1, body=body))
    account(blog, path, "--write")
    post = "posts/2015-03-02-post-1/index.md"
    assert "[Picture: A](https://x.example/a.png)" in texts(blog)[post]
    asked: list[str] = []

    def answer(self: Downloads, url: str) -> bytes | str:
        asked.append(url)
        return PNG if url.endswith("a.png") else "it answers 404"

    monkeypatch.setattr(Downloads, "_one", answer)
    found = account(blog, path, "--write", "--fetch")
    assert found["lists"]["posts"][0]["status"] == "updated"
    assert found["notes"] == ["https://x.example/b.png: not fetched: it answers 404"]
    assert "![A](a.png)" in texts(blog)[post]
    before = files_below(blog.folder)
    account(blog, path, "--write", "--fetch")
    account(blog, path, "--write")
    assert files_below(blog.folder) == before
    assert asked.count("https://x.example/a.png") == 1
    assert bring(blog, "https://x.example/feed").exit_code == 2


@pytest.mark.parametrize(
    "text", ["not toml", "[odd]\n", "[types]\nx = 'blog'\n", "[tags]\na = 1\n"]
)
def test_a_map_that_means_nothing_is_a_problem(blog: Blog, folder: Path, text: str) -> None:
    decisions = folder / "map.toml"
    decisions.write_text(text)
    result = bring(blog, str(of_wordpress(folder, item(1))), "--map", str(decisions))
    assert result.exit_code == 1
    assert "map.toml" in result.stderr


def test_a_damaged_record_stops_the_import(blog: Blog, folder: Path) -> None:
    (blog.folder / "imported.json").write_text("{")
    result = bring(blog, str(of_wordpress(folder, item(1))))
    assert (result.exit_code, "is damaged" in result.stderr) == (1, True)


def test_traits_are_proposed_with_a_reason_and_not_written(blog: Blog, folder: Path) -> None:
    body = "<p>I listened. We listen, and listening helps: people listened to us.</p>"
    found = account(blog, of_wordpress(folder, item(1, body=body)), "--write")
    suggested = found["lists"]["posts"][0]["suggested_tags"]
    assert any("says 'listened' 2 times" in one["reason"] for one in suggested)
    assert "tags:" not in texts(blog)["posts/2015-03-02-post-1.md"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples here")
def test_the_samples_come_in_and_build(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(f'posts_without_trait = "allow"\n{settings.read_text()}')
    found = account(blog, SAMPLES, "--write")
    assert (found["refused"], found["pages"] > 3, found["posts"] > 40) == (0, True, True)
    before = files_below(blog.folder)
    account(blog, SAMPLES, "--write")
    assert files_below(blog.folder) == before
    checked = run("check", "--blog", str(blog.folder), "--format", "json", **SUNDAY)
    errors = {
        one["path"] for one in json.loads(checked.stdout)["problems"] if one["severity"] == "error"
    }
    entries = [entry for kind in ("posts", "drafts", "pages") for entry in found["lists"][kind]]
    announced = {entry["path"] for entry in entries if entry["losses"]}
    assert {path for path in errors if path.startswith("content/p")} <= announced
    for path in errors & announced:  # one is lorem ipsum
        (blog.folder / path).unlink()
    assert run("build", "--blog", str(blog.folder), **SUNDAY).exit_code == 0
