from __future__ import annotations

from pathlib import Path

import pytest

from generator.importers.found import FoundReply, SetAside
from generator.importers.medium import is_medium, read_medium
from tests.importers.literals import SETTINGS

SAMPLES = Path(__file__).parents[3] / "shared/samples/medium/export/posts"

PAGE = """\
<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry">
<header><h1 class="p-name">{title}</h1></header>
<section data-field="body" class="e-content"><section><div>{body}</div></section>
</section><footer><p>By <a href="https://medium.com/@jo" class="p-author h-card">Jo Bloggs</a> on
<a href="https://medium.com/p/a1b2c3d4e5f6"><time class="dt-published"
datetime="2024-06-03T09:41:57.629Z">June 3, 2024</time></a>.</p>
<p><a href="https://medium.com/@jo/well-a1b2c3d4e5f6" class="p-canonical">Canonical link</a></p>
</footer></article></body></html>
"""


def test_a_response_is_a_reply() -> None:
    page = PAGE.format(title="Well said. And…", body='<p class="graf">Well said. And more.</p>')
    found = read_medium(page.encode(), "m.html", SETTINGS)

    assert isinstance(found, FoundReply)
    assert (found.text, found.name) == ("Well said. And more.", "Jo Bloggs")
    assert found.source_id == "medium a1b2c3d4e5f6"
    assert found.source == "https://medium.com/@jo/well-a1b2c3d4e5f6"
    assert is_medium(page)


def test_a_post_is_set_aside() -> None:
    body = '<h3 class="graf graf--title">A post</h3><p class="graf">A post about it.</p>'
    page = PAGE.format(title="A post", body=body)

    assert read_medium(page.encode(), "m.html", SETTINGS) == SetAside(
        "m.html", "it is a post, not a response"
    )


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_of_a_real_export_one_page_is_a_response() -> None:
    found = [
        path.name
        for path in sorted(SAMPLES.glob("*.html"))
        if isinstance(read_medium(path.read_bytes(), path.name, SETTINGS), FoundReply)
    ]

    assert found == ["comment.html"]
