// The search page. Letters are found in the reader's own browser: by their titles, traits and
// summaries at once, by the words of their bodies as soon as the files that hold these are here.
// Nothing of a letter ever becomes markup: all of it is set as text.

// What counts as one word and as the same word; generator/content/vocabulary.py has these rules too.

const LONGEST = 20;
const ACCENTS =
  "\\u00ad\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c7\\u0640\\u064b-\\u065f\\u0670" +
  "\\u200b-\\u200f\\u2060\\ufeff";
const SEPARATORS =
  "\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u00d7\\u00f7\\u02b0-\\u02ff" +
  "\\u055a-\\u055f\\u0589\\u058a\\u05be\\u05c0\\u05c3\\u05c6\\u05f3\\u05f4\\u0600-\\u060f\\u061b-\\u061f" +
  "\\u066a-\\u066d\\u06d4\\u0964\\u0965\\u0970\\u0e2f\\u0e4f\\u0e5a\\u0e5b\\u0f04-\\u0f14\\u104a-\\u104f" +
  "\\u10fb\\u1361-\\u1368\\u1680\\u17d4-\\u17da\\u2000-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004\\u3008-\\u3020" +
  "\\u3030\\u30fb\\ufd3e\\ufd3f\\ufe00-\\ufe6f\\ufff0-\\uffff\\u{1f000}-\\u{1faff}";
const UNSPACED =
  "\\u0e01-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u3400-\\u9fff" +
  "\\u{20000}-\\u{3ffff}";

const accents = new RegExp(`[${ACCENTS}]+`, "gu");
const separators = new RegExp(`[${SEPARATORS}]+`, "u");
const runs = new RegExp(`[^${SEPARATORS}]+`, "gu");
const stretches = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const unspaced = new RegExp(`^[${UNSPACED}]`, "u");

/** The words of a text, folded; pairs of letters where there are no spaces between words. */
export function words(text) {
  return fold(text).split(separators).flatMap(wordsIn);
}

function fold(text) {
  const plain = text.normalize("NFKD").replace(accents, "").toLowerCase().toUpperCase().toLowerCase();
  return plain.normalize("NFC").replaceAll("ς", "σ");
}

function wordsIn(run) {
  return (run.match(stretches) ?? []).flatMap((stretch) => {
    const letters = [...stretch];
    if (unspaced.test(stretch)) return letters.map((letter, i) => letter + (letters[i + 1] ?? ""));
    return /^[a-z]?$/.test(stretch) ? [] : [letters.slice(0, LONGEST).join("")];
  });
}

// What is searched

const IN_TITLE = 8, IN_TERM = 4, IN_SUMMARY = 2, IN_BODY = 1;
const WHOLE_WORD = 2; // what a word counts more than a beginning of one

async function fetched(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** Everything but the bodies, with a way to the words of the bodies. */
async function loadIndex(url) {
  const { shares, years, terms, posts } = await (await fetched(url)).json();
  const letters = posts.map(([title, link, date, day, summary, wears]) => ({
    title, link, date, day, summary,
    wears, // the place of the trait whose colour it wears
    terms: [],
    fields: [[IN_TITLE, words(title)], [IN_SUMMARY, words(summary)]],
  }));
  for (const [place, [title, link, mark, tone, at]] of terms.entries()) {
    for (const letter of at.map((number) => letters[number])) {
      const term = { title, link, mark, tone };
      if (place === letter.wears) letter.terms.unshift(term);
      else letter.terms.push(term);
      letter.fields.push([IN_TERM, words(title)]);
    }
  }
  const loads = new Map();
  let below = 0;
  const ends = years.map(([, count]) => (below += count) - 1); // each year's oldest letter

  /** The words of all bodies that stand in one file a year, each with the letters that have it. */
  function share(word) {
    const number = word.codePointAt(0) % shares;
    if (!loads.has(number)) {
      const all = years.map(async ([year, , stamp], i) => {
        const text = await (await fetched(new URL(`${year}-${number}.txt`, new URL(url, location)))).text();
        const [head, list, bits] = text.split("\n");
        if (head !== stamp) throw new Error(`${year}: not of this index`);
        const holders = bits.split(" ");
        return list.split(" ").map((known, j) => [known, holders[j], ends[i]]);
      });
      const load = Promise.all(all).then((found) => found.flat());
      load.catch(() => loads.delete(number)); // to be tried again
      loads.set(number, load);
    }
    return loads.get(number);
  }
  return { letters, share };
}

/** The places in the index that a hexadecimal number stands for; its lowest bit is the oldest. */
function places(bits, oldest) {
  const found = [];
  for (let i = bits.length - 1, at = oldest; i >= 0; i--, at -= 4) {
    const digit = parseInt(bits[i], 16);
    for (let j = 0; j < 4; j++) if (digit >> j & 1) found.push(at - j);
  }
  return found;
}

/** How much each letter has of a word, by its place in the index. */
function weights(word, letters, bodies) {
  const found = new Map();
  const add = (at, known, weight) => {
    if (!known.startsWith(word)) return;
    found.set(at, Math.max(found.get(at) ?? 0, known === word ? weight * WHOLE_WORD : weight));
  };
  letters.forEach(({ fields }, at) => {
    for (const [weight, list] of fields) for (const known of list) add(at, known, weight);
  });
  for (const [known, bits, oldest] of bodies) {
    if (known.startsWith(word)) for (const at of places(bits, oldest)) add(at, known, IN_BODY);
  }
  return found;
}

/** The letters that have every one of the words, best first, then newest first. */
function ranked(all, letters) {
  const [first, ...others] = all;
  return [...first.keys()]
    .filter((at) => others.every((found) => found.has(at)))
    .map((at) => [at, all.reduce((sum, found) => sum + found.get(at), 0)])
    .sort(([a, x], [b, y]) => y - x || a - b)
    .map(([at]) => letters[at]);
}

/** The known word that differs in one letter and that most letters have, '' without one. */
function nearest(word, letters, bodies) {
  const counts = new Map();
  const count = (known, n) => isNear(word, known) && counts.set(known, (counts.get(known) ?? 0) + n);
  for (const { fields } of letters) for (const [, list] of fields) for (const known of list) count(known, 1);
  for (const [known, bits, oldest] of bodies) count(known, places(bits, oldest).length);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? "";
}

/** Whether one letter more, less or other, or two that changed places, make one word of the other. */
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const rest = (text, from) => text.slice(from);
  return rest(a, i + 1) === rest(b, i + 1) || rest(a, i + 1) === rest(b, i) || rest(a, i) === rest(b, i + 1) ||
    (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, i + 2) === rest(b, i + 2));
}

// How it is shown

/** The parts of a text that begin with one of the words, as pairs of places. */
function marksIn(text, wanted) {
  const marks = [];
  for (const { 0: run, index } of text.matchAll(runs)) {
    let at = index;
    for (const stretch of run.match(stretches)) {
      if (unspaced.test(stretch)) marks.push(...pairMarks(stretch, at, wanted));
      else if (words(stretch).some((word) => wanted.some((w) => word.startsWith(w)))) {
        marks.push([at, at + stretch.length]);
      }
      at += stretch.length;
    }
  }
  return marks;
}

function* pairMarks(stretch, start, wanted) {
  const letters = [...stretch];
  let at = start;
  for (const [i, letter] of letters.entries()) {
    const pair = letter + (letters[i + 1] ?? "");
    const folded = fold(pair);
    if (wanted.some((word) => folded === word)) yield [at, at + pair.length];
    else if (wanted.length === 1 && fold(letter) === wanted[0]) yield [at, at + letter.length];
    at += letter.length;
  }
}

function setMarked(element, text, wanted) {
  element.replaceChildren();
  let at = 0;
  for (const [start, end] of marksIn(text, wanted)) {
    if (end <= at) continue;
    element.append(text.slice(at, Math.max(at, start)));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(Math.max(at, start), end);
    element.append(mark);
    at = end;
  }
  element.append(text.slice(at));
}

const EXTRACT = 220, BEFORE = 70; // characters of an extract, and of it before the first word

const pages = new Map();

/** The paragraphs of a letter, taken from its own page. */
function paragraphsOf(link) {
  if (!pages.has(link)) {
    pages.set(link, fetched(link).then((response) => response.text()).then((html) => {
      // a document made like this runs nothing and loads nothing
      const body = new DOMParser().parseFromString(html, "text/html").querySelector(".e-content");
      for (const extra of body?.querySelectorAll(".anchor, .footnote-ref, script, style") ?? []) extra.remove();
      for (const end of body?.querySelectorAll("br") ?? []) end.replaceWith(" ");
      const blocks = [...(body?.querySelectorAll("p, li, td, th, dt, dd, pre, figcaption, h2, h3, h4, h5, h6") ?? [])];
      return blocks.map((block) => block.textContent.replace(/\s+/gu, " ").trim());
    }));
  }
  return pages.get(link);
}

/** Where a letter says most of the words: a few lines of the paragraph that has most of them. */
function extractOf(paragraphs, wanted) {
  const has = (text) => wanted.filter((word) => marksIn(text, [word]).length).length;
  const [best, count] = paragraphs.reduce((found, text) => {
    const n = has(text);
    return n > found[1] ? [text, n] : found;
  }, ["", 0]);
  if (!count) return "";
  const first = marksIn(best, wanted)[0][0];
  const start = first < BEFORE ? 0 : best.indexOf(" ", first - BEFORE) + 1 || first;
  const end = best.length <= start + EXTRACT ? best.length : best.lastIndexOf(" ", start + EXTRACT);
  const stop = end > first ? end : start + EXTRACT;
  return (start ? "… " : "") + best.slice(Math.min(start, first), stop) + (stop < best.length ? " …" : "");
}

const AT_ONCE = 20; // letters that are shown before the reader asks for more
const PAUSE = 150; // ms after a key until the search begins

function start(form) {
  const input = form.elements.q;
  const texts = JSON.parse(form.dataset.words);
  const plurals = new Intl.PluralRules(form.dataset.language);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const status = document.querySelector(".search-status");
  const results = document.querySelector(".search-results");
  const list = results.querySelector("ol");
  const more = results.querySelector("button");
  const letterPattern = results.querySelector("template").content;
  let index; // asked for once, and again after it has failed
  let turn = 0; // of the newest search: an older one that is still under way gives up
  let shown = "";
  let isTyping = false; // whether the newest step of the history is one that typing has made

  const filled = (text, values) => text.replace(/\{(\w+)\}/gu, (place, name) => values[name] ?? place);

  function say(text, values = {}) {
    status.textContent = filled(text, values);
  }

  function counted(n) {
    return filled(texts.letters[plurals.select(n)] ?? texts.letters.other, { n: numbers.format(n) });
  }

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) {
        observer.unobserve(target);
        target.showExtract();
      }
    }
  }, { rootMargin: "200px" });

  function item(letter, wanted) {
    const made = letterPattern.cloneNode(true).firstElementChild;
    const [time, link, summary, extract, terms, tile] =
      ["time", "h2 a", ".summary", ".extract", "ul", ".tile"].map((name) => made.querySelector(name));
    time.dateTime = letter.date;
    time.textContent = letter.day;
    link.href = letter.link;
    setMarked(link, letter.title, wanted);
    setMarked(summary, letter.summary, wanted);
    summary.hidden = !letter.summary;
    colour(tile, letter.terms[0]);
    const pattern = terms.firstElementChild;
    terms.replaceChildren(...letter.terms.map((term) => {
      const line = pattern.cloneNode(true);
      colour(line, term);
      const to = line.querySelector("a");
      to.href = term.link;
      setMarked(to, term.title, wanted);
      return line;
    }));
    terms.hidden = !letter.terms.length;
    const seen = [letter.title, letter.summary, ...letter.terms.map((term) => term.title)];
    if (wanted.some((word) => !seen.some((text) => marksIn(text, [word]).length))) {
      made.showExtract = async () => {
        const text = extractOf(await paragraphsOf(letter.link).catch(() => []), wanted);
        setMarked(extract, text, wanted);
        extract.hidden = !text;
      };
      observer.observe(made);
    }
    return made;
  }

  /** Gives an element the colour and the mark of a term, if it has one. */
  function colour(element, term) {
    const mark = element?.querySelector("svg");
    if (term?.tone) element?.classList.add(`tone-${term.tone}`);
    if (term?.mark) mark?.querySelector("use").setAttribute("href", `#m-${term.mark}`);
    else mark?.remove();
  }

  function show(letters, wanted, from = 0) {
    const key = JSON.stringify([wanted, letters.map((letter) => letter.link)]);
    if (!from && key === shown) return; // so that the reader's place in the list stays
    shown = key;
    const next = letters.slice(from, from + AT_ONCE).map((letter) => item(letter, wanted));
    if (from) list.append(...next);
    else list.replaceChildren(...next);
    results.hidden = !letters.length;
    more.hidden = letters.length <= from + AT_ONCE;
    more.onclick = () => {
      show(letters, wanted, from + AT_ONCE);
      next.at(-1).nextElementSibling.querySelector("a").focus();
    };
  }

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    const wanted = [...new Set(words(query))];
    if (!wanted.length) {
      status.textContent = "";
      show([], []);
      return;
    }
    let letters, share;
    try {
      ({ letters, share } = await (index ??= loadIndex(form.dataset.index)));
    } catch {
      index = undefined;
      if (mine === turn) say(texts.failed);
      return;
    }
    if (mine !== turn) return;
    show(ranked(wanted.map((word) => weights(word, letters, [])), letters), wanted);
    let bodies;
    try {
      bodies = await Promise.all(wanted.map(share));
    } catch {
      if (mine === turn) say(texts.failedPartly);
      return;
    }
    if (mine !== turn) return;
    const meant = wanted.map((word, i) =>
      weights(word, letters, bodies[i]).size ? word : nearest(word, letters, bodies[i]) || word);
    const found = ranked(meant.map((word, i) => weights(word, letters, bodies[i])), letters);
    const isAsTyped = meant.every((word, i) => word === wanted[i]);
    show(found, meant);
    say(!found.length ? texts.nothing : isAsTyped ? texts.found : texts.similar,
      { letters: counted(found.length), query, similar: meant.join(" ") });
  }

  function remember(isSettled) {
    const query = input.value.trim();
    const address = query ? `?q=${encodeURIComponent(query)}` : location.pathname;
    if (isTyping) history.replaceState(null, "", address);
    else if (address !== (location.search || location.pathname)) history.pushState(null, "", address);
    isTyping = !isSettled;
  }

  function recall() {
    isTyping = false;
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    search();
  }

  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { remember(false); search(); }, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    remember(true);
    search();
  });
  addEventListener("popstate", recall);
  form.hidden = false;
  recall();
  if (!input.value) input.focus();
}

const form = globalThis.document?.querySelector("form[data-index]");
if (form) start(form);
