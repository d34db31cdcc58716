"""The vocabulary of the corpus: some 1,100 roots, which inflect to about 3,500 words.

Each list begins with its most frequent words: the corpus draws them by Zipf's law.
"""

from __future__ import annotations


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOUNS = _listed(
    """
    team service week question answer colleague decision letter system meeting project office
    manager plan change problem idea report budget form number desk school library road council
    resident customer screen laptop phone password network server contract supplier invoice
    calendar process policy risk mistake experiment trial lesson story promise reason result
    deadline conversation opinion habit corridor kitchen depot canteen building floor room door
    window table chair whiteboard notebook pencil printer paper envelope archive record file
    folder database spreadsheet column total average estimate forecast figure chart map address
    queue ticket request complaint survey interview visit workshop session agenda minute action
    owner sponsor director engineer analyst designer developer librarian teacher nurse driver
    planner inspector technician apprentice trainee volunteer student parent neighbour pensioner
    tenant landlord shopkeeper farmer mechanic plumber cleaner caretaker porter receptionist
    department division unit region district county village town street bridge river market
    station platform train bus tram bicycle lorry van ambulance garage workshop warehouse shelf
    box parcel label barcode scanner camera sensor meter switch cable router antenna signal
    channel message email inbox reply thread comment forum newsletter bulletin headline paragraph
    sentence word phrase title summary draft version edition chapter page margin footnote quote
    example case pattern model theory method technique tool instrument device machine engine
    battery charger adapter socket plug lamp bulb heater boiler pipe valve pump tank filter
    license permit certificate badge card key lock alarm guard gate fence wall roof ceiling
    corner stair lift ramp handrail entrance exit route journey detour shortcut milestone
    target goal ambition vision strategy principle value belief doubt worry hope fear joke
    surprise reward thank apology favour gift cost price fee fine grant loan debt saving
    expense payment receipt account balance ledger audit review check test measure standard
    benchmark score grade rating ranking award medal prize competition contest race match
    season winter summer autumn morning afternoon evening night weekend holiday break pause
    delay interruption outage incident failure fault error bug defect patch upgrade release
    rollout pilot prototype sketch diagram blueprint layout template component module library
    framework platform interface button menu dialog widget icon banner cursor keyboard mouse
    monitor tablet browser website portal dashboard filter search index catalogue directory
    register list item entry field option setting default exception rule clause paragraph
    appendix annex schedule rota shift handover backlog sprint roadmap timetable itinerary
    briefing debrief workshop seminar lecture course module lesson exercise assignment essay
    thesis article journal magazine newspaper reporter editor author reader audience listener
    speaker panel committee board chair member delegate representative ambassador envoy
    partner ally rival critic sceptic supporter champion mentor coach tutor pupil learner
    expert specialist generalist beginner novice veteran pioneer founder successor predecessor
    garden hedge tree orchard field meadow harbour island coast beach lighthouse anchor boat
    ferry captain sailor crew passenger luggage suitcase ticket compass lantern torch blanket
    coat scarf glove umbrella boot shoe button pocket wallet coin stamp postcard parcel
    basket bottle bucket kettle teapot mug plate spoon fork sandwich biscuit apple orange
    lemon onion potato carrot tomato recipe ingredient flavour meal breakfast lunch supper
    orchestra band choir horn drum trumpet violin melody rhythm chorus verse concert rehearsal
    theatre stage curtain actor costume script scene painting gallery sculpture exhibition
    mountain valley forest stream waterfall cloud storm breeze puddle shadow horizon sunrise
    vote ballot election campaign motion debate verdict appeal hearing witness lawyer judge
    threshold margin ratio fraction percentage trend curve peak dip cluster outlier sample
    variable parameter constant formula equation algorithm dataset query snapshot backup
    credential token session cookie certificate firewall gateway proxy endpoint container
    cluster instance volume bucket pipeline repository branch commit merge deployment
    """
)

VERBS = _listed(
    """
    ask answer listen learn change start open close help work need want look call test check
    move turn show offer promise explain describe discuss agree decide deliver replace remove
    measure count record report review approve reject accept refuse improve reduce increase
    protect support visit follow join invite welcome thank reward praise question challenge
    challenge doubt trust expect hope wait pause delay finish complete launch publish announce
    mention remember repeat return restore repair mend fail recover prepare arrange organise
    collect gather sort group list label name mark print sign post email phone text message
    type click press touch watch observe notice discover explore search examine inspect
    compare estimate calculate balance adjust correct rewrite update upgrade install connect
    attach detach separate divide share exchange trade deserve earn spare save waste order
    purchase deposit transfer borrow owe pay charge discount recommend suggest propose
    demonstrate illustrate highlight emphasise clarify simplify shorten extend expand develop
    design create produce generate assemble construct demolish paint polish clean wash cook
    bake taste serve pour carry lift lower push pull load unload pack deliver handle manage
    lead guide coach train teach educate inspire encourage motivate persuade convince
    influence appeal attract engage involve include exclude ignore overlook avoid escape
    survive struggle suffer complain object protest argue debate negotiate settle resolve
    solve fix trace track monitor audit verify confirm validate certify authorise
    delegate assign allocate distribute schedule reschedule cancel postpone resume continue
    remain stay depart arrive travel journey wander explore climb cross enter reach approach
    surround enclose cover reveal expose conceal hide store archive delete erase retain
    maintain sustain preserve conserve recycle reuse adopt adapt adjust convert translate
    interpret summarise conclude assume suppose imagine wonder worry fear regret
    apologise forgive laugh smile whisper shout knock jump rush hurry linger relax rest
    """
)

ADJECTIVES = _listed(
    """
    new small good large simple hard plain clear early late open honest public private local
    quick slow quiet loud busy careful careless useful useless helpful familiar strange old
    young recent common rare special general practical technical personal professional formal
    informal direct indirect friendly polite rude patient nervous confident certain uncertain
    likely unlikely possible impossible real false true wrong fair unfair equal different
    similar separate joint shared single double whole partial complete incomplete final initial
    temporary permanent annual weekly daily monthly regular irregular constant frequent sudden
    gradual steady rapid urgent important serious trivial minor major central remote distant
    nearby internal external digital manual automatic electronic physical visible invisible
    hidden obvious subtle precise vague exact rough smooth sharp blunt narrow wide deep shallow
    tall short long brief heavy light dark bright warm cool cold fresh stale dry wet clean dirty
    tidy messy neat broken intact fragile robust stable unstable secure vulnerable safe
    dangerous risky cautious bold brave timid proud humble modest generous mean kind gentle
    strict flexible rigid formal casual cheap expensive affordable valuable worthless free
    available absent present missing spare extra additional sufficient scarce abundant empty full
    crowded lonely social political economic financial legal medical educational cultural
    historical modern ancient traditional original creative curious clever wise foolish sensible
    reasonable logical rational emotional thoughtful grateful hopeful cheerful gloomy anxious calm
    tired energetic active passive lively dull boring interesting fascinating surprising
    disappointing encouraging promising convincing ambitious realistic optimistic sceptical
    critical neutral positive negative constructive destructive productive efficient wasteful
    effective reliable accurate faulty responsible accountable independent mutual voluntary
    mandatory optional relevant irrelevant adequate excellent mediocre awkward elegant ordinary
    remarkable memorable forgettable inevitable avoidable deliberate accidental anonymous
    accessible portable transparent opaque consistent contradictory coherent ambiguous
    """
)

ADVERBS = _listed(
    """
    often never always sometimes usually rarely seldom soon already still again almost nearly
    perhaps maybe probably certainly simply finally recently today yesterday tomorrow together
    apart twice once eventually meanwhile otherwise somewhere everywhere nowhere instead
    """
)

PEOPLE = _listed(
    """
    Ada Maureen Bronagh Helen Catherine Tomasz Priya Yusuf Ingrid Samuel Leila Marcus Wanjiru
    Pieter Rosalind Kenji Fatima Gareth Oluwaseun Dorothy Anselm Beatriz Callum Dagny Emeka
    Farida Graham Hanneke Ibrahim Jolanta Kwame Lorna Mirela Niamh Oscar Parveen Quentin Ruth
    Siobhan Theo Ursula Vikram Winifred Xiomara Yvonne Zoltan
    """
)

PLACES = _listed(
    """
    Northmere Harrowgate Kestrel Ludbrook Marlford Oakenshaw Pellworth Quayside Ravensby
    Saltash Thornley Underhill Westerby Ashcombe Birkdale Coldharbour Dunmore Eastwick
    Fernleigh Greenholm Stell-Road Mill-Lane Castle-Street Canal-Wharf
    """
)


def plural(noun: str) -> str:
    """The plural of a regular noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def past(verb: str) -> str:
    """The past of a regular verb."""
    return {"pay": "paid", "lead": "led", "teach": "taught"}.get(verb) or _with_ending(verb, "ed")


def gerund(verb: str) -> str:
    """The verb as a noun: `asking`."""
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"


def adverb(adjective: str) -> str:
    """The adverb of a regular adjective."""
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    if adjective.endswith("ic"):
        return adjective + "ally"
    return (adjective[:-1] + "i" if adjective.endswith("y") else adjective) + "ly"


def _with_ending(verb: str, ending: str) -> str:
    if verb.endswith("e"):
        return verb[:-1] + ending
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "i" + ending
    return verb + ending
