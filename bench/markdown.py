"""How long our Markdown takes: `python -m bench.markdown`, from the repository's folder.

First the corpus, post by post; then texts made to be slow, whose time must grow in proportion to
their length. Start it as a module: as a script, this file would hide the package `markdown` from
the generator.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from multiprocessing import Process
from statistics import median

from bench.corpus import TEN_YEARS, Corpus
from generator.config.settings import MarkdownSettings
from generator.i18n.catalogues import load_messages
from generator.markdown import MarkdownRenderer

MESSAGES = load_messages("en")[0]

HOSTILE_SIZE = 100_000
TOO_SLOW = 50.0  # milliseconds for each 10,000 characters
TIME_LIMIT = 60.0  # seconds

RUNS = (
    *("[", "]", "![", "[[", "[](", "[a](", "[a]", "[^1]", "[^", "](", "*", "**", "_", "__", "***"),
    *("*a ", "**a ", "_a ", "*a_ ", "a*", "a**b", "~~", "~~a ", "~", "`", "`a", "`` ` ", "<", "<a"),
    *("<a ", "<a b='", "</", "<!--", "<!-- ", "-->", "<?", "<![CDATA[", "<div>", "<div>\n", "<p>"),
    *("<details>\n", "<script>", "&", "&#", "&amp;", "\\", "\\`", '"', "'", '"a" ', "--", "..."),
    *(
        "> ",
        ">",
        "> \n",
        "- ",
        "- a\n",
        "* ",
        "+ ",
        "1. ",
        "1. a\n",
        "1) ",
        "- [ ] ",
        "|",
        "|a",
        "a|\n",
    ),
    *(
        "| - ",
        "|-|\n",
        "#",
        "# ",
        "# a\n",
        "a\n=\n",
        "a\n-\n",
        "-",
        "- - ",
        "* * ",
        "=",
        "```\n",
        "~~~\n",
    ),
    *(
        "```a\n",
        " ",
        "\t",
        "\n",
        " \n",
        "    a\n",
        "  \n\n",
        "a  \n",
        "a\\\n",
        "a",
        "a ",
        "a\n",
        "a\n\n",
    ),
    *(
        "http://",
        "http://a",
        "http://a.b ",
        "www.",
        "www.a.b/(",
        "a@",
        "a@b.c ",
        "@",
        ":",
        "{",
        "{: ",
    ),
    *(
        "{: .a }",
        "{: #a }\n",
        "[a]: b\n",
        "[^a]: b\n",
        "[^a]: b [^a]\n",
        "> [!NOTE]\n",
        "\u200b",
        "é",
    ),
)
NESTED: Mapping[str, Callable[[int], str]] = {
    "quotes nested deeper and deeper": lambda size: "".join(
        f"{'> ' * depth}a\n" for depth in range(1, int(size**0.5))
    ),
    "lists nested deeper and deeper": lambda size: "".join(
        f"{'  ' * depth}- a\n" for depth in range(int(size**0.5) - 2)
    ),
    "brackets opened, then closed": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "links in links": lambda size: "[" * (size // 5) + "a" + "](b)" * (size // 5),
    "emphasis opened, then closed": lambda size: "*a " * (size // 6) + " a*" * (size // 6),
    "strong opened, then closed": lambda size: "**a " * (size // 8) + " a**" * (size // 8),
    "backticks of all lengths": lambda size: "".join(
        f"a{'`' * length}" for length in range(1, int((2 * size) ** 0.5))
    ),
    "footnotes with definitions": lambda size: "".join(
        f"a[^{number}]\n\n[^{number}]: b\n\n" for number in range(size // 24)
    ),
    "references with definitions": lambda size: "".join(
        f"[a{number}]\n\n[a{number}]: b\n\n" for number in range(size // 24)
    ),
    "references without definitions": lambda size: "".join(
        f"[a{number}][b{number}] " for number in range(size // 16)
    ),
    "headings with the same name": lambda size: "# a\n\n" * (size // 5),
    "one table, very wide": lambda size: "\n".join(
        ("|a" * (size // 6), "|-" * (size // 6), "|b" * (size // 6))
    ),
    "one table, very long": lambda size: "|a|b|\n|-|-|\n" + "|c|d|\n" * (size // 6),
    "tags opened, then closed": lambda size: "<b>" * (size // 7) + "</b>" * (size // 7),
    "one long word": lambda size: "a" * size,
    "a code fence that is never closed": lambda size: "```\n" + "a\n" * (size // 2),
    "a comment that is never closed": lambda size: "<!-- " + "a\n" * (size // 2),
    "a list item with a thousand paragraphs": lambda size: "- a\n" + "\n  a\n" * (size // 6),
}


def hostile_texts(size: int) -> Mapping[str, str]:
    """Texts of about that many characters, by a description of them."""
    runs = {f"run of {run!r}": run * (size // len(run)) for run in dict.fromkeys(RUNS)}
    return runs | {name: make(size) for name, make in NESTED.items()}


def milliseconds(renderer: MarkdownRenderer, text: str) -> float:
    """The time it takes to render a text once."""
    started = time.perf_counter()
    renderer.render(text, id_prefix="bench")
    return (time.perf_counter() - started) * 1000


def report_corpus(posts: int) -> None:
    """Print the time that a post takes."""
    renderer = MarkdownRenderer(MarkdownSettings(), MESSAGES)
    bodies = [post.body.replace("](post:", "](other-") for post in Corpus(posts).posts()]
    milliseconds(renderer, bodies[0])  # imports what is imported at first use
    times = sorted(milliseconds(renderer, body) for body in bodies)
    size = sum(map(len, bodies))
    print(
        f"{posts} posts of {size / posts / 1000:.1f} kB: {sum(times) / posts:.2f} ms each"
        f" (median {median(times):.2f}, worst {times[-1]:.2f}),"
        f" {sum(times) / size * 10_000:.2f} ms per 10 kB"
    )


def report_hostile(name: str, text: str) -> None:
    """Print the time that a hostile text takes."""
    renderer = MarkdownRenderer(MarkdownSettings(), MESSAGES)
    renderer.render("warm *up*")
    try:
        took = milliseconds(renderer, text) / len(text) * 10_000
    except RecursionError:
        print(f"     RecursionError  {name}")
        return
    print(f"{took:10.1f} {'SLOW' if took > TOO_SLOW else '    '} {name}", flush=True)


def report_all_hostile(texts: Iterable[tuple[str, str]]) -> None:
    """Print the time of each hostile text, rendered in a process that can be killed."""
    print("\nms per 10 kB")
    for name, text in texts:
        process = Process(target=report_hostile, args=(name, text))
        process.start()
        process.join(TIME_LIMIT)
        if process.is_alive():
            process.kill()
            process.join()
            print(f"  > {TIME_LIMIT * 1e7 / len(text):.0f} SLOW {name}: stopped", flush=True)
        elif process.exitcode:
            print(f"      CRASH {name}: exit code {process.exitcode}", flush=True)


def main() -> None:
    """Measure, and print the times."""
    parser = argparse.ArgumentParser(prog="python -m bench.markdown", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--posts", type=int, default=TEN_YEARS, help="of the corpus; 0 for none")
    parser.add_argument("--size", type=int, default=HOSTILE_SIZE, help="of hostile texts")
    parser.add_argument("--only", default="", help="hostile texts with this in their name")
    asked = parser.parse_args()
    if asked.posts:
        report_corpus(asked.posts)
    sys.stdout.flush()  # or each process would print it again
    found = hostile_texts(asked.size).items()
    report_all_hostile((name, text) for name, text in found if asked.only in name)


if __name__ == "__main__":
    main()
