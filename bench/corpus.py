"""Synthetic posts: the same bytes on every machine, in the form that each generator reads.

A post depends on nothing but its number. It draws from `random()`, seeded with a text, because
Python promises never to change that sequence; it makes no such promise for `choice` and `shuffle`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random

from bench import words

SEED = "weekly"
LAST_TUESDAY = datetime(2026, 11, 17, 9, tzinfo=UTC)
TEN_YEARS = 520  # weeks; a larger corpus has several posts a week in the same ten years
TRAITS = ("listening", "courage", "experiments", "learning", "replies", "candour")
FEWEST_WORDS, MOST_WORDS = 500, 1100

PATTERNS = (
    "On <day> I <verbed> the <noun> with <person>, and we <verbed> the <adj> <nouns>",
    "The <adj> <noun> <verbed> because no <noun> had <verbed> the <noun> in <place>",
    "We <verbed> <number> <nouns> last <month>, and <number> of them were <adj>",
    "If you <verb> the <noun> before you <verb> the <noun>, the <adj> <noun> <adv> <verbs>",
    "<person> from <place> <verbed> me that the <noun> <verbs> <adv>",
    "I don't <verb> that a <adj> <noun> can <verb> every <adj> <noun>",
    "What <verbs> a <noun> is the <adj> <noun> behind it",
    "My <noun> was that <gerund> a <noun> would <verb> the <nouns> in <place>",
    "Nobody <verbed> it, so the <noun> <adv> <verbed> until <month>",
    "It's <adj> to <verb> <nouns>; it's <adj> to <verb> the <noun> that <verbs> them",
    'You <verbed> "<what>", and I have <verbed> the <noun> <adv> since then',
    "There were <adj> <nouns>, <adj> <nouns> and a <adj> <noun> nobody had <verbed>",
    "Next <month> the <noun> team will <verb> the <noun>, <verb> its <nouns> and <verb> a <noun>",
    "<gerund> is <adj> work when the <noun> and the <noun> <verb> each other",
    "A <noun> in <place> <verbs> more than <number> <nouns> a week",
    "<person> and <person> <adv> <verb> about the <noun>, and that's <adj>",
    "I was wrong about the <noun>: the <adj> <nouns> <verbed> it <adv>",
    "When the <noun> <verbed>, <number> <nouns> had to <verb> without a <noun>",
    "The <noun> that we <verbed> in <month> is still <adj>, which I didn't <verb>",
    "It took <number> <nouns> to <verb> what <person> had <adv> <verbed> on <day>",
    "Whoever <verbs> the <noun> should also <verb> the <nouns>, not the other way round",
    "Before <month> the <noun> was <adj>; now it's <adj> and nobody <verbs> it",
    "<day>'s <noun> in <place> <verbed> better than the <adj> one in <place>",
    "I'd rather <verb> one <adj> <noun> than <verb> <number> <adj> <nouns>",
    "Can a <noun> <verb> without its <noun>, as <person> <adv> <verbed>",
    "Here is a <noun> you can <verb>: <gerund>, then <gerund>, then a <adj> <noun>",
    "Our <nouns> <verb> and our <nouns> don't, because the <noun> is too <adj>",
    "<person> <verbed> the <noun> in <month>; the <adj> <noun> <verbed> in <month>",
    "Of all the <nouns> we've <verbed>, the one about <gerund> was the most <adj>",
    "Please <verb> me if the <noun> on your <noun> isn't <adj> by <day>",
)
TITLES = (
    "What the <adj> <noun> taught me",
    "<gerund> the <noun> in <place>",
    "<number> <nouns> and a <noun>",
    "Why we <verb> <adj> <nouns>",
    "The <noun> that nobody <verbed>",
    "I was wrong about the <noun>",
    "A <adj> week for the <noun> team",
)
_SLOT = re.compile(r"<(\w+)>")
_BEFORE_VOWEL = re.compile(r"\ba (?=[aeiou])", re.IGNORECASE)
_LINK = re.compile(r"\]\(post:(\d+)\)")
_PLAIN_WORDS = re.compile(r"(?<= )[a-z]{4,} [a-z]{4,}(?= )")


@dataclass(frozen=True, slots=True)
class CorpusPost:
    """A post of the corpus; its body links to other posts as `](post:NUMBER)`."""

    number: int
    title: str
    slug: str
    written: datetime
    traits: tuple[str, ...]
    summary: str
    body: str

    @property
    def file_name(self) -> str:
        """The name of its file, the same for every generator."""
        return file_name(self.slug, self.written)

    @property
    def address(self) -> str:
        """The address of its page, the same for every generator."""
        return f"/{self.written.year}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Posts numbered from 1 to `size`; the last one was written on the last Tuesday."""

    size: int

    def written(self, number: int) -> datetime:
        """When a post was written: weekly, or as often as fits the corpus into ten years."""
        step = timedelta(weeks=1) / max(1, self.size // TEN_YEARS)
        return (LAST_TUESDAY + (number - self.size) * step).replace(second=0, microsecond=0)

    def post(self, number: int) -> CorpusPost:
        """The post with that number; numbers beyond `size` are the next posts to be written."""
        prose = CorpusProse(f"{SEED}:{number}")
        title = _title(number)
        return CorpusPost(
            number=number,
            title=title,
            slug=_slug(title, number),
            written=self.written(number),
            traits=prose.some_of(TRAITS, 1 + prose.below(3)),
            summary=prose.sentence(),
            body=_body(prose, number),
        )

    @property
    def middle(self) -> CorpusPost:
        """The post in the middle of the corpus, which the jobs edit."""
        return self.post(max(1, self.size // 2))

    def posts(self) -> Iterator[CorpusPost]:
        """All posts, oldest first, made one by one because together they are large."""
        return map(self.post, range(1, self.size + 1))

    def link(self, number: int) -> CorpusLink:
        """What a link to the post with that number points to."""
        slug, written = _slug(_title(number), number), self.written(number)
        return CorpusLink(file_name(slug, written), f"/{written.year}/{slug}/")


@dataclass(frozen=True, slots=True)
class CorpusLink:
    """A post that another post links to."""

    file_name: str
    address: str


def file_name(slug: str, written: datetime) -> str:
    """The name of a post's file, which begins with its date."""
    return f"{written:%Y-%m-%d}-{slug}.md"


class CorpusProse:
    """Draws words, sentences and paragraphs, always the same ones for the same seed."""

    def __init__(self, seed: str) -> None:
        self.chance = Random(seed).random
        self._slots: Mapping[str, Callable[[], str]] = {
            "number": lambda: str(2 + self.below(97)),
            "what": lambda: f"{self.word('adj')} {self.word('nouns')} {self.word('verb')} nothing",
        }

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, but not including, the limit."""
        return int(self.chance() * limit)

    def one_of(self, choices: Sequence[str]) -> str:
        """One of the choices, all equally likely."""
        return choices[self.below(len(choices))]

    def some_of(self, choices: Iterable[str], count: int) -> tuple[str, ...]:
        """That many of the choices, in random order."""
        return tuple(sorted(choices, key=lambda _: self.chance())[:count])

    def word(self, slot: str) -> str:
        """A word of that kind; words early in its list come up most often."""
        if slot in self._slots:
            return self._slots[slot]()
        vocabulary = VOCABULARIES[slot]
        return vocabulary.words[bisect(vocabulary.bounds, self.chance() * vocabulary.bounds[-1])]

    def filled(self, pattern: str) -> str:
        """The pattern with a word in each slot and a capital at the beginning."""
        text = _BEFORE_VOWEL.sub("an ", _SLOT.sub(lambda slot: self.word(slot[1]), pattern))
        return text[0].upper() + text[1:]

    def sentence(self) -> str:
        """A plain sentence."""
        return self.filled(self.one_of(PATTERNS)) + "."

    def paragraph(self, styles: Iterable[Callable[[str], str]] = ()) -> str:
        """Three to six sentences; each style is applied to one of them."""
        sentences = [self.sentence() for _ in range(3 + self.below(4))]
        for style in styles:
            place = self.below(len(sentences))
            sentences[place] = style(sentences[place])
        return " ".join(sentences)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and their accumulated weights."""

    words: tuple[str, ...]
    bounds: tuple[float, ...]


def _zipf(chosen: Iterable[str]) -> Vocabulary:
    distinct = tuple(dict.fromkeys(chosen))
    return Vocabulary(distinct, tuple(accumulate(1 / (rank + 8) for rank in range(len(distinct)))))


def _evenly(chosen: Iterable[str]) -> Vocabulary:
    distinct = tuple(chosen)
    return Vocabulary(distinct, tuple(float(rank + 1) for rank in range(len(distinct))))


VOCABULARIES = {
    "noun": _zipf(words.NOUNS),
    "nouns": _zipf(map(words.plural, words.NOUNS)),
    "verb": _zipf(words.VERBS),
    "verbs": _zipf(map(words.plural, words.VERBS)),
    "verbed": _zipf(map(words.past, words.VERBS)),
    "gerund": _zipf(map(words.gerund, words.VERBS)),
    "adj": _zipf(words.ADJECTIVES),
    "adv": _zipf((*words.ADVERBS, *map(words.adverb, words.ADJECTIVES))),
    "person": _zipf(words.PEOPLE),
    "place": _zipf(words.PLACES),
    "day": _evenly(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")),
    "month": _evenly(("January", "March", "April", "June", "July", "September", "November")),
}


def _title(number: int) -> str:
    prose = CorpusProse(f"{SEED}:title:{number}")
    return prose.filled(prose.one_of(TITLES))


def _slug(title: str, number: int) -> str:
    return f"{title.lower().replace(' ', '-')}-{number}"


def _body(prose: CorpusProse, number: int) -> str:
    wanted = FEWEST_WORDS + prose.below(MOST_WORDS - FEWEST_WORDS - 80)
    notes: list[str] = []
    blocks = [prose.paragraph(_styles(prose, number, notes))]
    extras = list(prose.some_of(EXTRAS, 4 + prose.below(3)))
    length = len(blocks[0].split())
    while length < wanted:
        section = [f"## {prose.filled(prose.one_of(TITLES))}"]
        section.append(prose.paragraph(_styles(prose, number, notes)))
        for extra in extras[:2]:
            section += [EXTRAS[extra](prose), prose.paragraph(_styles(prose, number, notes))]
        extras = extras[2:]
        length += sum(len(block.split()) for block in section)
        blocks += section
    return "\n\n".join((*blocks, *notes)) + "\n"


def _styles(prose: CorpusProse, number: int, notes: list[str]) -> Iterator[Callable[[str], str]]:
    """The styles for a paragraph's sentences; the text of a footnote is added to the notes."""
    if prose.chance() < 0.5:
        yield lambda sentence: _styled(sentence, "**{}**")
    if prose.chance() < 0.5:
        yield lambda sentence: _styled(sentence, "*{}*")
    if prose.chance() < 0.2:
        yield lambda sentence: _styled(sentence, "`{}`")
    if prose.chance() < 0.35:
        path = f"{prose.word('noun')}/{prose.word('nouns')}"
        yield lambda sentence: _styled(sentence, f"[{{}}](https://www.example.org/{path})")
    if prose.chance() < 0.35 and number > 1:
        older = max(1, number - 1 - prose.below(60))
        yield lambda sentence: _styled(sentence, f"[{{}}](post:{older})")
    if prose.chance() < 0.25:
        notes.append(f"[^{len(notes) + 1}]: {prose.sentence()}")
        reference = f"[^{len(notes)}]"
        yield lambda sentence: sentence + reference


def _styled(sentence: str, style: str) -> str:
    """The sentence with the first two adjacent plain words put into the style."""
    return _PLAIN_WORDS.sub(lambda found: style.format(found[0]), sentence, count=1)


def _list(prose: CorpusProse) -> str:
    lines = []
    for number in range(1, 4 + prose.below(4)):
        lines.append(f"- {prose.sentence()}")
        if number % 2:
            lines += [f"    - {prose.filled('the <adj> <noun> <adv> <verbs>')}" for _ in "ab"]
        if number == 3:
            lines.append(f"        - {prose.filled('<gerund> <adj> <nouns>')}")
    return "\n".join(lines)


def _steps(prose: CorpusProse) -> str:
    return "\n".join(
        f"{number}. {prose.filled('<verb> the <adj> <noun> with **<person>** by <day>')}."
        for number in range(1, 4 + prose.below(4))
    )


def _quote(prose: CorpusProse) -> str:
    return f"> {prose.sentence()} {prose.sentence()}\n>\n> {prose.word('person')}, <place>".replace(
        "<place>", prose.word("place")
    )


def _table(prose: CorpusProse) -> str:
    rows = [f"| {prose.filled('<noun>')} | {prose.filled('<adj> <nouns>')} | Total |"]
    rows.append("| --- | --- | ---: |")
    rows += [
        f"| {prose.word('place')} | {prose.filled('<adj> <noun>')} | {prose.word('number')} |"
        for _ in range(3 + prose.below(5))
    ]
    return "\n".join(rows)


def _subsection(prose: CorpusProse) -> str:
    return f"### {prose.filled('<gerund> the <noun>')}\n\n{prose.paragraph()}"


def _code(prose: CorpusProse) -> str:
    language = prose.one_of(tuple(SNIPPETS))
    return f"```{language}\n{_SLOT.sub(lambda s: prose.word(s[1]), SNIPPETS[language])}\n```"


SNIPPETS = {
    "python": """\
def <verb>_<nouns>(<nouns>: list[str], limit: int = <number>) -> dict[str, int]:
    \"\"\"Count the <adj> <nouns>.\"\"\"
    counts: dict[str, int] = {}
    for <noun> in <nouns>[:limit]:
        if <noun>.startswith("<adj>"):
            counts[<noun>] = counts.get(<noun>, 0) + 1  # <adv>
    return counts""",
    "sql": """\
SELECT place, COUNT(*) AS <nouns>, AVG(days) AS days
FROM <nouns>
WHERE opened >= '2026-01-01' AND state <> '<adj>'
GROUP BY place
HAVING COUNT(*) > <number>
ORDER BY days DESC;""",
    "bash": """\
#!/bin/sh
set -eu
for file in /srv/<nouns>/*.csv; do
    wc -l "$file" | sort -n | tail -<number>
done
echo "<adj> <nouns>: done" """.rstrip(),
    "json": """\
{
  "<noun>": "<adj>",
  "count": <number>,
  "<nouns>": ["<noun>", "<noun>", null],
  "open": true
}""",
    "yaml": """\
<noun>:
  name: <adj> <noun>
  retries: <number>
  <nouns>:
    - "<place>"
    - "<place>"
  enabled: true""",
    "javascript": """\
const <noun> = await fetch("/<nouns>.json");
const { items } = await <noun>.json();
for (const item of items.filter((each) => each.count > <number>)) {
  // <adj> <nouns> only
  console.log(`${item.name}: ${item.count}`);
}""",
}
EXTRAS: Mapping[str, Callable[[CorpusProse], str]] = {
    "list": _list,
    "steps": _steps,
    "quote": _quote,
    "table": _table,
    "code": _code,
    "subsection": _subsection,
}


@dataclass(frozen=True, slots=True)
class Form:
    """How a generator expects its posts."""

    site: str  # the folder in bench/peers/ with the rest of the site
    folder: str
    front_matter: Callable[[CorpusPost], str]
    link: Callable[[CorpusLink], str]

    def path(self, post: CorpusPost) -> str:
        """The path of a post's file within the site's folder."""
        return f"{self.folder}/{post.file_name}"

    def text(self, post: CorpusPost, corpus: Corpus) -> str:
        """The text of a post's file."""
        links = _LINK.sub(lambda f: f"]({self.link(corpus.link(int(f[1])))})", post.body)
        return f"{self.front_matter(post)}\n{links}"


def _weekly_front_matter(post: CorpusPost) -> str:
    return _yaml(post, date=f"{post.written:%Y-%m-%d %H:%M}")


def _hugo_front_matter(post: CorpusPost) -> str:
    return _yaml(post, date=f"{post.written:%Y-%m-%dT%H:%M:%SZ}", slug=post.slug)


def _eleventy_front_matter(post: CorpusPost) -> str:
    return _yaml(post, date=f"{post.written:%Y-%m-%dT%H:%M:%SZ}")


def _pelican_front_matter(post: CorpusPost) -> str:
    return (
        f"Title: {post.title}\nDate: {post.written:%Y-%m-%d %H:%M}\n"
        f"Tags: {', '.join(post.traits)}\nSlug: {post.slug}\nSummary: {post.summary}\n"
    )


def _yaml(post: CorpusPost, **keys: str) -> str:
    lines = {
        "title": _quoted(post.title),
        **keys,
        "tags": f"[{', '.join(post.traits)}]",
        "summary": _quoted(post.summary),
    }
    return "\n".join(("---", *(f"{key}: {value}" for key, value in lines.items()), "---", ""))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


FORMS: Mapping[str, Form] = {
    "weekly": Form("weekly", "content/posts", _weekly_front_matter, lambda link: link.file_name),
    "hugo": Form(
        "hugo", "content/posts", _hugo_front_matter, lambda link: f"/posts/{link.file_name}"
    ),
    "pelican": Form(
        "pelican", "content", _pelican_front_matter, lambda link: f"{{filename}}{link.file_name}"
    ),
    "eleventy": Form("eleventy", "posts", _eleventy_front_matter, lambda link: link.address),
}
