"""The names of a document linked to the entities that they name.

In: the named mentions of a chunk and the entities of the chunks before it. Out: the entities, and
for each named mention which of them it names, how, and how surely (entity linking inside the
document). A short name finds its full form anywhere in the chunk, before or after. Two entities are
never joined because they only look alike: a surname that fits two people goes to the one mentioned
most and last, or to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.language.lexicon import Gender, Lexicon
from quotes.names.organization import acronyms_of
from quotes.names.person import PersonName, person_name, unparsed_name, without_nickname
from quotes.names.short_forms import ShortForm, display_name, fuller, short_form_of
from quotes.records import Document, Kind, Sentence
from quotes.speakers.entities import DocumentEntities, Entity, HeldRole
from quotes.speakers.mentions import Mention
from quotes.speakers.misspellings import misspelt
from quotes.speakers.office_names import initials_before
from quotes.speakers.role_phrases import Role
from quotes.speakers.roles import roles_of
from quotes.speakers.shared_names import last_named, of_office
from quotes.text.folding import fold_name, fold_word

FULL_CONFIDENCE = 0.98  # named in full
SHORT_CONFIDENCE = 0.95  # a short name that one full name fits
BARE_CONFIDENCE = 0.9  # never named in full
GUESSED_CONFIDENCE = 0.75  # of unsure kind
ONLY_FORM = "only this form is printed"  # the step of a name that no fuller one explains

MISSPELT = "a letter away from a surname in the article"


@dataclass(frozen=True, slots=True)
class EntityLink:
    """The entity that a named mention names; `step` says how it was found."""

    entity: int
    step: str
    confidence: float


@dataclass(slots=True)
class EntityBuilder:
    """An entity while its mentions are being read."""

    name: str
    kind: Kind | None
    parsed: PersonName
    names: dict[str, None] = field(default_factory=dict)
    genders: Counter[Gender] = field(default_factory=Counter)
    roles: list[HeldRole] = field(default_factory=list)
    named_at: list[int] = field(default_factory=list)
    acronyms: set[str] = field(default_factory=set)
    mentioned: int = 0
    last: int = -1


def link_names(
    document: Document,
    sentences: Sequence[Sentence],
    found: Sequence[Mention],
    known: DocumentEntities,
    lexicon: Lexicon,
    *,
    speaking: frozenset[int] = frozenset(),
) -> tuple[tuple[Entity, ...], dict[int, EntityLink]]:
    """Return the entities, and the links of the named mentions by their place in `found`.

    `speaking` are the mentions that are the source of an attribution: a name of unknown kind that
    speaks is taken for that of a person.
    """
    entries = [_entry_of(entity, lexicon) for entity in known.entities]
    names = {
        i: person_name(m.span.of(document.text), lexicon.language)
        for i, m in enumerate(found)
        if m.form == "name"
    }
    order = sorted(names, key=lambda i: (not names[i].several_words, i))
    surnames = {
        names[i].tokens[-1] for i in order if names[i].several_words and found[i].entity == "PER"
    }
    links: dict[int, EntityLink] = {}
    beside: dict[int, list[Mention]] = {}
    for mention in found:
        beside.setdefault(mention.sentence, []).append(mention)
    for index in order:
        mention, text = found[index], _printed(found[index], document, lexicon)
        surname = (
            names[index].tokens[-1:]
            and names[index].tokens[0] in surnames
            and not names[index].several_words
            and not text.isupper()
        )
        holder = _by_initials(entries, text, sentences[mention.sentence], mention, lexicon)
        if holder is not None:
            link = holder
        elif mention.kind == "organization" and mention.entity == "ORG" and not surname:
            link = _link_organization(entries, text, document, sentences, mention, lexicon)
        elif (
            names[index].several_words and mention.kind in ("person", None) and not mention.headline
        ):
            link = _link_full(entries, names[index], text, mention, lexicon)
        else:
            continue
        links[index] = link
        roles = roles_of(sentences[mention.sentence], mention, beside[mention.sentence], lexicon)
        _note(entries[link.entity], mention, text, roles, document, lexicon)
        if mention.entity == "PER":
            entries[link.entity].acronyms |= initials_before(
                sentences[mention.sentence], mention.title
            )
    starts = [sentence.span.start for sentence in sentences]
    for index in (i for i in order if i not in links):
        mention, text = found[index], _printed(found[index], document, lexicon)
        roles = roles_of(sentences[mention.sentence], mention, beside[mention.sentence], lexicon)
        short = _link_short(entries, names[index], text, mention, roles, starts, lexicon)
        if short is not None:
            links[index] = short
            _note(entries[short.entity], mention, text, roles, document, lexicon)
    for index in speaking & links.keys():
        entry, before = (
            entries[links[index].entity],
            sentences[found[index].sentence].words[: found[index].title],
        )
        alone = not before or not (before[-1].upos == "DET" or before[-1].deprel == "case")
        entry.kind = entry.kind or ("person" if alone else "organization")
    return tuple(_entity(entry, lexicon) for entry in entries), links


def _printed(mention: Mention, document: Document, lexicon: Lexicon) -> str:
    """Return a name as it is shown, that of a person without a nickname in its middle."""
    text = display_name(mention.span.of(document.text), lexicon)
    return without_nickname(text) if mention.kind == "person" else text


def _entry_of(entity: Entity, lexicon: Lexicon) -> EntityBuilder:
    entry = EntityBuilder(
        entity.name,
        entity.kind,
        person_name(entity.name, lexicon.language),
        dict.fromkeys(entity.names),
        roles=list(entity.roles),
    )
    entry.mentioned, entry.last = entity.mentioned, entity.last
    if entity.gender and entity.gender_shown:
        entry.genders[entity.gender] += 1
    if entity.last >= 0:
        entry.named_at.append(entity.last)
    if entity.kind == "organization":
        entry.acronyms |= acronyms_of(entity.name)
    return entry


def _link_full(
    entries: list[EntityBuilder], name: PersonName, text: str, mention: Mention, lexicon: Lexicon
) -> EntityLink:
    """Link a full name to its entity."""
    for index, entry in enumerate(entries):
        if entry.kind != "organization" and (entry.parsed.key == name.key or text in entry.names):
            entry.kind = entry.kind or mention.kind
            return EntityLink(index, "named in full", FULL_CONFIDENCE)
    return _link_full_by_fit(entries, name, text, mention, lexicon)


def _link_full_by_fit(
    entries: list[EntityBuilder], name: PersonName, text: str, mention: Mention, lexicon: Lexicon
) -> EntityLink:
    """Link a full name to an entity of which it is another form, or to a new one."""
    for index, entry in enumerate(entries):
        if entry.kind == "organization" or not entry.parsed.several_words:
            continue
        forth, back = short_form_of(name, entry.parsed), short_form_of(entry.parsed, name)
        if not (forth or back):
            continue
        entry.kind = entry.kind or mention.kind
        best = fuller(entry.name, text)
        if best != entry.name:
            entry.name, entry.parsed = best, person_name(best, lexicon.language)
        if forth is None or forth is ShortForm.SAME or back:
            return EntityLink(index, "named in full", FULL_CONFIDENCE)
        return EntityLink(index, _short_of(forth), SHORT_CONFIDENCE)
    meant = _misspelt(entries, name)
    if meant is not None:
        return meant
    entries.append(EntityBuilder(text, mention.kind, name))
    return EntityLink(len(entries) - 1, "named in full", FULL_CONFIDENCE)


def _link_organization(
    entries: list[EntityBuilder],
    text: str,
    document: Document,
    sentences: Sequence[Sentence],
    mention: Mention,
    lexicon: Lexicon,
) -> EntityLink:
    """Link a name or acronym to its organization, or to a new one."""
    key = fold_name(text)
    for index, entry in enumerate(entries):
        if entry.kind != "organization":
            continue
        if key == fold_name(entry.name):
            return EntityLink(index, "named in full", FULL_CONFIDENCE)
        if text in entry.acronyms:
            return EntityLink(index, "acronym of a name in the article", SHORT_CONFIDENCE)
        if entry.name in acronyms_of(text):
            entry.names[entry.name] = None
            entry.name = text
            entry.acronyms |= acronyms_of(text)
            return EntityLink(index, "named in full", FULL_CONFIDENCE)
        if _without_article(fold_name(entry.name), lexicon) == key or _is_last_word(
            text, entry.name, lexicon
        ):
            return EntityLink(index, "last word of a name in the article", GUESSED_CONFIDENCE)
        if any(key == fold_name(name) for name in entry.names):
            return EntityLink(index, "named in full", FULL_CONFIDENCE)
    entry = EntityBuilder(text, "organization", unparsed_name(key, lexicon.language))
    entry.acronyms |= acronyms_of(text) | _bracketed(document, sentences[mention.sentence], mention)
    entries.append(entry)
    return EntityLink(len(entries) - 1, "named in full", FULL_CONFIDENCE)


def _by_initials(
    entries: list[EntityBuilder],
    text: str,
    sentence: Sentence,
    mention: Mention,
    lexicon: Lexicon,
) -> EntityLink | None:
    """Link the initials of an office to the only person who holds it.

    They were printed with the name ("Harbour District Officer (HDO) Ann Roe"), or are those of the
    office and stand behind an article ("the HDO").
    """
    before = sentence.words[mention.start - 1].form if mention.start else ""
    article = text.isupper() and fold_word(before) in lexicon.definite_articles
    found = [
        i
        for i, entry in enumerate(entries)
        if entry.kind == "person"
        and (text in entry.acronyms or (article and text in _acronyms_of_offices(entry)))
    ]
    named = any(entry.kind != "person" and text in entry.acronyms for entry in entries)
    if len(found) != 1 or named:
        return None
    return EntityLink(found[0], "initials of an office in the article", SHORT_CONFIDENCE)


def _acronyms_of_offices(entry: EntityBuilder) -> frozenset[str]:
    offices = (role.text for role in entry.roles if role.sort == "office")
    return frozenset[str]().union(*map(acronyms_of, offices))


def _without_article(name: str, lexicon: Lexicon) -> str:
    """Return a name without the definite article in front."""
    first, _, rest = name.partition(" ")
    return rest if first in lexicon.definite_articles else ""


def _is_last_word(short: str, long: str, lexicon: Lexicon) -> bool:
    """Return True if an organization is called by the last word of its name ("the Post").

    That is its head, unlike "America" in "Bank of America".
    """
    *before, last = fold_name(long).split()
    return (
        bool(before)
        and fold_name(short) == last
        and not short.isupper()
        and before[-1] not in lexicon.connectors
    )


def _bracketed(document: Document, sentence: Sentence, mention: Mention) -> set[str]:
    """Return the short form that follows in brackets: "Federal Bureau of Investigation (FBI)"."""
    words = sentence.words[mention.end : mention.end + 3]
    if (
        len(words) == 3
        and words[0].form == "("
        and words[2].form == ")"
        and words[1].form.isupper()
    ):
        return {words[1].span.of(document.text)}
    return set()


def _link_short(
    entries: list[EntityBuilder],
    name: PersonName,
    text: str,
    mention: Mention,
    roles: Sequence[Role],
    starts: Sequence[int],
    lexicon: Lexicon,
) -> EntityLink | None:
    """Link a short name to the entity whose name it is a part of.

    Where several fit, it is the one of the office before it, else the one mentioned most and last;
    where none does, a new one for a likely person. `roles` are those beside the name, `starts` the
    offsets of the sentences.
    """
    full = [
        i
        for i, entry in enumerate(entries)
        if name.several_words
        and entry.kind != "organization"
        and short_form_of(name, entry.parsed) is ShortForm.SAME
    ]
    if full:
        return EntityLink(full[0], "named in full", FULL_CONFIDENCE)
    exact = [
        i
        for i, entry in enumerate(entries)
        if entry.parsed.key == name.key and entry.kind != "organization"
    ]
    fits = [
        (i, form)
        for i, entry in enumerate(entries)
        if entry.kind == "person"
        and entry.parsed.several_words
        and (form := short_form_of(name, entry.parsed)) is not None
        and (form is not ShortForm.FIRST_NAME or mention.entity not in ("LOC", "ORG"))
        and _agrees(entry, mention, lexicon)
    ]
    surnames = [pair for pair in fits if pair[1] is ShortForm.SURNAME] or fits
    if len(surnames) == 1:
        index, form = surnames[0]
        sure = BARE_CONFIDENCE if form is ShortForm.FIRST_NAME else SHORT_CONFIDENCE
        return EntityLink(index, _short_of(form), sure)
    if surnames:
        several = [i for i, _ in surnames]
        bearer = of_office({i: entries[i].roles for i in several}, roles) or last_named(
            {i: entries[i].named_at for i in several},
            mention.span.start,
            starts,
            in_office={
                i for i in several if any(role.sort == "office" for role in entries[i].roles)
            },
        )
        if bearer is None:
            return None
        step = f"{surnames[0][1].value} shared by {len(several)}, {bearer.how}"
        return EntityLink(bearer.entity, step, bearer.confidence)
    known = [
        i
        for i, entry in enumerate(entries)
        if entry.kind == "organization"
        and fold_name(text) in {fold_name(n) for n in (entry.name, *entry.names)}
    ]
    if mention.entity in ("LOC", "MISC"):
        known = [i for i, entry in enumerate(entries) if fold_name(entry.name) == fold_name(text)]
        if known or mention.entity == "MISC":
            return EntityLink(known[0], "named in full", FULL_CONFIDENCE) if known else None
        entries.append(EntityBuilder(text, "organization", name))
        return EntityLink(len(entries) - 1, "named in full", BARE_CONFIDENCE)
    if exact or known:
        return EntityLink((exact[0] if exact else known[0]), ONLY_FORM, BARE_CONFIDENCE)
    meant = _misspelt(entries, name)
    if meant is not None:
        return meant
    if mention.headline:
        return None
    entries.append(EntityBuilder(text, mention.kind, name))
    return EntityLink(
        len(entries) - 1,
        ONLY_FORM,
        BARE_CONFIDENCE if mention.kind else GUESSED_CONFIDENCE,
    )


def _misspelt(entries: Sequence[EntityBuilder], name: PersonName) -> EntityLink | None:
    """Link a name to the only person whose surname it misspells."""
    people = {i: entry.parsed for i, entry in enumerate(entries) if entry.kind == "person"}
    meant = misspelt(name, people)
    return None if meant is None else EntityLink(meant, MISSPELT, GUESSED_CONFIDENCE)


def _agrees(entry: EntityBuilder, mention: Mention, lexicon: Lexicon) -> bool:
    """Return True if the gender shown at the mention does not contradict that of an entity."""
    known = _gender(entry, lexicon)[0]
    return mention.gender is None or known is None or known == mention.gender


def _short_of(form: ShortForm) -> str:
    """Return the step that links a short form to a full name, in words for people."""
    return f"{form.value} of a name in the article"


def _note(
    entry: EntityBuilder,
    mention: Mention,
    text: str,
    roles: Sequence[Role],
    document: Document,
    lexicon: Lexicon,
) -> None:
    """Add what a mention shows to its entity: a name, roles, gender, salience."""
    entry.names[text] = None
    entry.mentioned += 1
    entry.last = max(entry.last, mention.span.start)
    entry.named_at.append(mention.span.start)
    if mention.gender:
        entry.genders[mention.gender] += 2
    for role in roles:
        gender = lexicon.gender_of([role.noun])
        if gender:
            entry.genders[gender] += 2
        entry.kind = entry.kind or "person"
        entry.roles.append(held_role(role, document, lexicon))


def held_role(role: Role, document: Document, lexicon: Lexicon) -> HeldRole:
    """Return a role that stands in a sentence as one of an entity."""
    return HeldRole(
        display_name(role.span.of(document.text), lexicon),
        role.span.start,
        role.noun,
        role.words,
        role.span.end,
        role.sort,
    )


def _gender(entry: EntityBuilder, lexicon: Lexicon) -> tuple[Gender | None, bool]:
    """Return the gender that the text shows, else that of the first name.

    The second value tells whether the text shows it.
    """
    if entry.genders:
        ((gender, count), *rest) = entry.genders.most_common()
        if not rest or rest[0][1] < count:
            return gender, True
    first = entry.parsed.tokens[0] if entry.parsed.several_words and entry.parsed.tokens else ""
    return (lexicon.gender_of_first_name(first), False) if first else (None, False)


def _entity(entry: EntityBuilder, lexicon: Lexicon) -> Entity:
    gender, shown = _gender(entry, lexicon)
    roles = tuple(dict.fromkeys(sorted(entry.roles, key=lambda role: role.start)))
    return Entity(
        entry.name,
        entry.kind,
        tuple(entry.names),
        gender,
        shown,
        roles,
        entry.mentioned,
        entry.last,
    )
