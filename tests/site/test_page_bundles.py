"""Posts that are a folder with their images, and static files."""

from __future__ import annotations

from tests.conftest import Blog, png


def test_an_image_beside_a_post_is_copied_beside_its_page(blog: Blog) -> None:
    blog.write("content/posts/2026-11-10-two/us.png", png())
    blog.post("2026-11-10-two/index", "![Us](us.png)\n", title="Two", image="us.png")
    blog.build()

    assert blog.tree()["2026/two/us.png"] == png()
    assert 'src="/blog/2026/two/us.png"' in blog.page("2026/two/")
    assert 'src="/blog/2026/two/us.png"' in blog.page("")  # the home page shows it in full
    assert 'content="https://example.org/blog/2026/two/us.png"' in blog.page("2026/two/")


def test_static_files_are_copied_to_the_root_with_well_known_ones(blog: Blog) -> None:
    blog.write("content/static/.well-known/security.txt", "Contact: ada\n")
    blog.write("content/static/.DS_Store", "x")
    blog.write("content/static/form.pdf", b"%PDF")
    blog.build()

    assert blog.tree()[".well-known/security.txt"] == b"Contact: ada\n"
    assert blog.tree()["form.pdf"] == b"%PDF"
    assert ".DS_Store" not in blog.tree()
