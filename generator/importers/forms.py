"""Answers to a form, as Microsoft Forms, Google Forms and others export them: a row is a reply."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from generator.config.settings import FormSettings
from generator.importers.clean import clean_line, clean_name, clean_text
from generator.importers.dates import Order, order_of, read_date
from generator.importers.finishing import Result, finished
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.plain_text import escaped, paragraphs
from generator.importers.private import REMOVED, without_addresses
from generator.importers.sheets import Row, SheetError, filled, rows_of_csv, rows_of_xlsx
from generator.model import Consent
from generator.problems import did_you_mean, shortened

_MACHINES = re.compile(
    r"#?id|nr\.?|start ?time|startzeit|heure de début|hora de inicio|ora di inizio|begintijd"
    r"|开始时间"
    r"|開始時刻"
    r"|last modified time|letzte änderung.*|language|sprache|total points|score|quiz feedback"
    r"|punktzahl"
    r"|(?:points|feedback|punkte) - .*|(?:your |ihre |votre )?e-?mail(?:[- ]?(?:address|adresse"
    r"|adres))?.*"
    r"|adresse (?:de messagerie|électronique|mail)|indirizzo (?:di posta elettronica|mail)"
    r"|endereço de e-?mail|.*\be-?mail\b.{0,12}|user ?name|benutzername|nom d.utilisateur"
    r"|courriel|correo.*"
    r"|電子メール.*"
    r"|メール.*|电子邮件"
    r"|ip(?:[- ]?address)?|respondent.?id|collector.?id|token|user ?agent|phone.*|telephone.*"
    r"|telefon.*|tel\.?",
    re.IGNORECASE,
)
_DATES = (
    r"completion time|fertigstellungszeit|uhrzeit der fertigstellung|heure de fin"
    r"|hora de finalizaci[oó]n"
    r"|ora di completamento|tempo di completamento|tijd van voltooien|voltooiingstijd|完成时间"
    r"|完了時刻",
    r"time ?stamp|zeitstempel|horodat\w*|marca temporal|carimbo de data.*|informazioni cronologiche"
    r"|tijdstempel|タイムスタンプ|时间戳记?|타임스탬프",
    r"submitted(?: (?:at|on))?|submission (?:date|time)|created(?: at)?|date(?: submitted)?|datum"
    r"|fecha|received",
)
_DATE_COLUMNS = tuple(re.compile(rf"^(?:{names})$", re.IGNORECASE) for names in _DATES)
_NAME = re.compile(
    r"(?:your |full |preferred |display |complete )*name(?: \(.*\)| \[.*\]|, if .*)?\??"
    r"|(?:what(?:'s| is)|wie ist|quel est|¿?cuál es) (?:your|dein|ihr|votre|tu"
    r"|su) (?:full )?(?:name|nom|nombre)\??"
    r"|(?:ihr|dein|votre|su|tu|il tuo|uw|je|jouw|o seu) (?:name|nom|nombre|nome|naam)"
    r"|nom|nombre|nome|naam|navn|namn|nimi|imię.*|jméno|姓名|名前|이름|الاسم|enw",
    re.IGNORECASE,
)
_FIRST_NAME = re.compile(r"(?:your )?(?:first|given|fore)[ -]?name|vorname|prénom|voornaam", re.I)
_LAST_NAME = re.compile(
    r"(?:your )?(?:last|family|sur)[ -]?name|nachname|familienname|achternaam", re.I
)
_ROLE = re.compile(
    r"\b(?:role|job|position|team|department|unit|office|abteilung|rolle|funktion|fonction|service"
    r"|equipo|puesto|afdeling|functie|where do you work)\b|职位|部門|部门",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"publish|consent|permission|quote|show (?:your|my) name|may (?:we|i) (?:share|use|name)"
    r"|(?:can|could|shall) (?:we|i) (?:share|use|name|show|print|post|cite|repeat)"
    r" (?:you|your|this|it|that|what)\b"
    r"|veröffentlich|zustimm|einverstand|publi(?:er|car|ier)|accord|toestemming|pubblic"
    r"|(?:dürfen wir|darf ich) .*(?:zeigen|nennen|teilen|zitieren|verwenden|abdrucken)"
    r"|(?:pouvons-nous|puis-je) .*(?:partager|citer|utiliser|montrer|nommer)"
    r"|(?:podemos|puedo|possiamo|posso) .*(?:compartir|citar|usar|mostrar|condivider|usare|cita)"
    r"|(?:mogen we|mag ik) .*(?:delen|gebruiken|citeren|noemen|tonen|plaatsen)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:which |about which |welcher |quelle |the |re:? )*(?:letter|post|article|brief|beitrag"
    r"|lettre"
    r"|carta|artikel)(?: (?:title|url|link|id|address|token))?\??|permalink|url|link|page",
    re.IGNORECASE,
)
_ASKS_FOR_WORDS = re.compile(
    r"\b(?:answer|reply|comments?|message|feedback|questions?|thoughts?|say|tell|opinion|words"
    r"|antwort|nachricht|kommentar|frage|rückmeldung|réponse|commentaire|avis|respuesta"
    r"|comentario|mensaje|pregunta|risposta|commento|domanda|antwoord|bericht|vraag)\b|回答|意见|コメント",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\[?#?([a-z2-7]{8})\]?", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"anonym(?:ous|e)?|an[oó]nim[oa]|anoniem|匿名", re.IGNORECASE)
_OPEN_TEXT = 3  # words of an average answer to a question that asks for them
_SHORT = 80


class _Columns(NamedTuple):
    """The numbers of the columns that have a meaning."""

    words: tuple[int, ...]
    names: tuple[int, ...] = ()
    parts_of_name: tuple[int, ...] = ()
    role: int | None = None
    consent: int | None = None
    post: int | None = None
    date: int | None = None
    left_out: tuple[int, ...] = ()


def read_csv(data: bytes, path: str, settings: ReaderSettings, form: FormSettings) -> Intake:
    """The answers in a CSV file."""
    return _read(rows_of_csv, data, path, settings, form)


def read_xlsx(data: bytes, path: str, settings: ReaderSettings, form: FormSettings) -> Intake:
    """The answers in a workbook of Excel."""
    return _read(rows_of_xlsx, data, path, settings, form)


def _read(
    rows_of: Callable[[bytes], tuple[Row, ...]],
    data: bytes,
    path: str,
    settings: ReaderSettings,
    form: FormSettings,
) -> Intake:
    try:
        rows = [*filled(rows_of(data))]
        if not rows:
            return Intake()
        top = _heading(rows)
        heads = [" ".join(clean_text(cell).split()) for cell in rows[top][1]]
        answers = rows[top + 1 :]
        if not form.words and not any(map(_is_of_a_form, heads)):
            hint = "if it is one, name its columns in site.toml, as replies.form"
            return Intake(set_aside=(SetAside(path, f"it is no table of answers; {hint}"),))
        columns = _columns(heads, [row for _, row in answers], form, settings.base_url)
    except SheetError as error:
        return Intake(refused=(Refused(path, str(error)),))
    return Intake.of(
        _replies(answers, heads, columns, path, settings, form), *_notes(path, heads, columns)
    )


def _heading(rows: Sequence[tuple[int, Row]]) -> int:
    """Which row names the columns: one of the first that has a name known to mean something."""
    for place, (_, row) in enumerate(rows[:8]):
        known = sum(bool(cell.strip()) and _is_known(cell.strip()) for cell in row)
        if known >= 1 and sum(bool(cell.strip()) for cell in row) >= 2:
            return place
    return 0


def _is_known(head: str) -> bool:
    patterns = (_MACHINES, _NAME, *_DATE_COLUMNS)
    return any(pattern.fullmatch(head) for pattern in patterns)


def _is_of_a_form(head: str) -> bool:
    """Whether a column shows that a table has answers of people."""
    patterns = (_ASKS_FOR_WORDS, *_DATE_COLUMNS)
    return bool(_NAME.fullmatch(head)) or any(pattern.search(head) for pattern in patterns)


def _notes(path: str, heads: Sequence[str], columns: _Columns) -> list[str]:
    def quoted(numbers: Iterable[int]) -> str:
        return ", ".join(f"'{shortened(heads[number])}'" for number in numbers)

    notes = [f"{path}: the words are in {quoted(columns.words)}"]
    if columns.left_out:
        notes.append(f"{path}: these columns were left out: {quoted(columns.left_out)}")
    if columns.consent is None:
        notes.append(f"{path}: no column says what may be published, so every reply is private")
    return notes


def _columns(
    heads: Sequence[str], rows: Sequence[Row], form: FormSettings, base_url: str
) -> _Columns:
    """Which column means what: as the settings say, else as its name and its cells suggest."""
    free = {number for number, head in enumerate(heads) if head}

    def named(key: str, wanted: str) -> int | None:
        if not wanted:
            return None
        folded = [head.casefold() for head in heads]
        if wanted.strip().casefold() not in folded:
            hint = did_you_mean(wanted, heads) or f"It has {', '.join(filter(None, heads))}."
            raise SheetError(f"it has no column '{wanted}', which replies.form.{key} names. {hint}")
        number = folded.index(wanted.strip().casefold())
        free.discard(number)
        return number

    def guessed(*patterns: re.Pattern[str]) -> int | None:
        for pattern in patterns:
            for number in sorted(free):
                if pattern.search(heads[number]) and _average(rows, number) < _SHORT:
                    free.discard(number)
                    return number
        return None

    words = tuple(n for head in form.words if (n := named("words", head)) is not None)
    name, role = named("name", form.name), named("role", form.role)
    consent, post = named("consent", form.consent), named("post", form.post)
    date = named("date", form.date)
    date = guessed(*_DATE_COLUMNS) if date is None else date
    names, parts = ((name,), ()) if name is not None else _names(heads, free)
    post = _post_column(heads, rows, free, base_url) if post is None else post
    for number in [n for n in free if _MACHINES.fullmatch(heads[n])]:
        free.discard(number)
    consent = guessed(_CONSENT) if consent is None else consent
    role = guessed(_ROLE) if role is None else role
    free -= {number for number in free if _has_addresses_only(rows, number)}
    if not words:
        words = _open_questions(heads, rows, free)
        free -= {*words}
    if not words:
        raise SheetError("no column has words; name it in site.toml, as replies.form.words")
    return _Columns(words, names, parts, role, consent, post, date, tuple(sorted(free)))


def _names(heads: Sequence[str], free: set[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns with a name, the one that was asked for before the form's own; or its parts."""
    whole = [number for number in sorted(free, reverse=True) if _NAME.fullmatch(heads[number])]
    parts = [
        number
        for pattern in (_FIRST_NAME, _LAST_NAME)
        for number in sorted(free)
        if pattern.fullmatch(heads[number])
    ]
    free.difference_update(whole, parts)
    return tuple(whole), tuple(parts)


def _post_column(
    heads: Sequence[str], rows: Sequence[Row], free: set[int], base_url: str
) -> int | None:
    """The column that names a post: with its tokens or addresses, or by its heading."""

    def is_reference(cell: str) -> bool:
        return bool(_TOKEN.fullmatch(cell) or (base_url and cell.startswith(base_url)))

    for number in sorted(free):
        cells = [cell for row in rows if (cell := _cell(row, number))]
        is_named = _POST.fullmatch(heads[number]) and _average(rows, number) < 2 * _SHORT
        if is_named or (cells and all(map(is_reference, cells)) and _has_letters(cells)):
            free.discard(number)
            return number
    return None


def _has_letters(cells: Sequence[str]) -> bool:
    """Whether not all cells are one word that only looks like a token, such as 'Anything'."""
    return any(re.search(r"\d|/", cell) for cell in cells)


def _open_questions(heads: Sequence[str], rows: Sequence[Row], free: set[int]) -> tuple[int, ...]:
    """The columns with answers in words, in their order; else the one with the longest."""
    wordy = [
        number
        for number in sorted(free)
        if _is_varied(rows, number)
        and (_words_in(rows, number) >= _OPEN_TEXT or _ASKS_FOR_WORDS.search(heads[number]))
    ]
    if wordy:
        return tuple(wordy)
    longest = max(sorted(free), key=lambda number: _average(rows, number), default=None)
    return () if longest is None else (longest,)


def _is_varied(rows: Sequence[Row], number: int) -> bool:
    """Whether the cells are not a few answers to choose from."""
    cells = [cell for row in rows if (cell := _cell(row, number))]
    return len(cells) < 4 or len({*cells}) * 2 > len(cells)


def _has_addresses_only(rows: Sequence[Row], number: int) -> bool:
    """Whether a column has addresses of mail, or what a form writes in place of one."""
    cells = [cell for row in rows if (cell := _cell(row, number))]
    return bool(cells) and all(
        _NO_ADDRESS.fullmatch(cell) or without_addresses(cell)[0] == REMOVED for cell in cells
    )


def _average(rows: Sequence[Row], number: int) -> float:
    lengths = [len(cell) for row in rows if (cell := _cell(row, number))]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _words_in(rows: Sequence[Row], number: int) -> float:
    """How many words a filled cell of the column has on average."""
    counts = [len(cell.split()) for row in rows if (cell := _cell(row, number))]
    return sum(counts) / len(counts) if counts else 0.0


def _cell(row: Row, number: int | None) -> str:
    return row[number].strip() if number is not None and number < len(row) else ""


def _replies(
    answers: Sequence[tuple[int, Row]],
    heads: Sequence[str],
    columns: _Columns,
    path: str,
    settings: ReaderSettings,
    form: FormSettings,
) -> Iterable[Result]:
    order = _order([_cell(row, columns.date) for _, row in answers], settings, form, heads)
    seen: Counter[str] = Counter()
    for number, row in answers:
        reply = _reply(row, heads, columns, f"{path}:{number}", settings, order)
        seen[reply.source_id] += 1
        again = seen[reply.source_id]
        yield finished(
            reply if again == 1 else reply._replace(source_id=f"{reply.source_id} {again}")
        )


def _order(
    dates: Iterable[str], settings: ReaderSettings, form: FormSettings, heads: Sequence[str]
) -> Order:
    """Whether dates begin with the month: as the settings or the dates say, else as is usual."""
    if form.dates != "guess":
        return form.dates
    is_microsoft = any(_DATE_COLUMNS[0].search(head) for head in heads)
    is_american = is_microsoft or settings.language.lower() in ("en", "en-us")
    return order_of(dates, "month-first" if is_american else "day-first")


def _reply(
    row: Row,
    heads: Sequence[str],
    columns: _Columns,
    position: str,
    settings: ReaderSettings,
    order: Order,
) -> FoundReply:
    text, removed = _words(row, heads, columns.words)
    date = _date(_cell(row, columns.date), settings, order)
    post = _cell(row, columns.post)
    token = _TOKEN.fullmatch(post)
    return FoundReply(
        via="form",
        text=text,
        source_id=_identity(row, heads, columns, settings),
        position=position,
        to_post=post if not post.startswith("http") else "",
        token=token[1].lower() if token else "",
        permalink=post if post.startswith("http") else "",
        subject=post,
        name=_name(row, columns),
        role=_cell(row, columns.role),
        received=date,
        consent=consent_of(_cell(row, columns.consent)),
        removed=removed,
    )


def _identity(row: Row, heads: Sequence[str], columns: _Columns, settings: ReaderSettings) -> str:
    """What identifies a row in a later export too, whatever its columns are taken for by then."""
    moment = _date(_cell(row, columns.date), settings, "month-first")
    cells = [
        clean_line(_cell(row, number), longest=5_000)[0]
        for number, head in enumerate(heads)
        if number != columns.date and head and not _MACHINES.fullmatch(head)
    ]
    return f"form {moment or ''} {cells}"


def _name(row: Row, columns: _Columns) -> str:
    """The first name that is one: Microsoft Forms writes 'anonymous' for people without one."""
    for number in columns.names:
        if clean_name(_cell(row, number))[0]:
            return _cell(row, number)
    return " ".join(filter(None, (_cell(row, number) for number in columns.parts_of_name)))


def _words(row: Row, heads: Sequence[str], columns: Sequence[int]) -> tuple[str, int]:
    """The words of a row; with several questions, each answer below its question."""
    blocks: list[str] = []
    removed = 0
    given = [number for number in columns if _cell(row, number)]
    for number in given:
        text, count = paragraphs(clean_text(_cell(row, number)))
        removed += count
        if len(columns) > 1:
            blocks.append(f"**{escaped(shortened(heads[number]))}**")
        blocks.append(text)
    return "\n\n".join(blocks), removed


def _date(text: str, settings: ReaderSettings, order: Order) -> datetime | None:
    if re.fullmatch(r"[2-7]\d{4}(?:\.\d+)?", text):  # as Excel keeps days, from 1900
        day = datetime(1899, 12, 30) + timedelta(days=float(text))  # noqa: DTZ001 the zone follows
        text = day.isoformat(" ", "seconds")
    return read_date(text, settings.zone, order)


_NOT = r"not|never|nicht|keinesfalls|pas|jamais|niet|nooit|inte|ikke"
_ANSWERS = (
    (
        Consent.PRIVATE,
        r"^(?:no|nein|non|nee|não|nao|nie|ne|nej|nei|ei)\b"
        rf"|\b(?:{_NOT}) (?:even|einmal|mal|même|eens)\b|\bauch nicht\b"
        r"|(?:don['’]?t|do not) (?:publish|quote|share|show|use|print)\b(?! my name)"
        r"|nicht (?:veröffentlich|zitier|zeig|teil|verwend)",
    ),
    (Consent.INITIALS, r"initial|kürzel|iniciales|iniziali"),
    (
        Consent.ANONYMOUS,
        r"anonym|anónim|anonim|without (?:my )?name|not (?:with )?(?:my )?name"
        r"|ohne (?:meinen )?namen|sans (?:mon )?nom|sin (?:mi )?nombre|匿名",
    ),
    (
        Consent.PRIVATE,
        rf"^(?:false|0|不|いいえ)\b|privat|don['’]?t|\b(?:{_NOT}|cannot|rather)\b"
        r"|only you|confidential|vertraulich",
    ),
    (
        Consent.PUBLIC,
        r"^(?:yes|y|ja|oui|s[íi]|sim|tak|ano|true|1|x|agree\w*|i agree.*|ok|okay|public|wahr"
        r"|vrai|verdadero|是|はい)\b|with (?:my )?(?:full )?name|mit (?:meinem )?namen"
        r"|avec (?:mon )?nom|con (?:mi )?nombre|publish|veröffentlich",
    ),
)


def consent_of(text: str) -> Consent:
    """What an answer to the question about publishing means; what is not clear is private."""
    for consent, pattern in _ANSWERS:
        if re.search(pattern, text.strip(), re.IGNORECASE):
            return consent
    return Consent.PRIVATE
