"""Speaker, role and day of a claim beside those of a source.

In: a claim and who says a passage. Out: for each of the three a `Match`. Names are compared as
across documents (`quotes.names`), roles by their keys ("Kremlin spokesman", "spokeswoman for the
Kremlin"), days as exactly as both are known.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta

from quotes.identity.role_keys import alike, related, role_key
from quotes.language import Language
from quotes.language.lexicon import load_lexicon
from quotes.names.organization import organization_name, relate_organizations
from quotes.names.person import PersonName, person_name
from quotes.names.person_similarity import relate_people
from quotes.names.word_lists import load_words
from quotes.records import Kind, SaidOn
from quotes.text.folding import fold_word
from quotes.verification.findings import Claim, Match, SourceSpeaker
from quotes.verification.labelled_turns import QUESTION

DAYS_OF_PERIOD = {"day": 1, "week": 7, "month": 31, "year": 366}
MAX_TIME_ZONE_DAYS = 1  # a day there is the day before or after here


def match_speaker(claim: Claim, said: SourceSpeaker, language: Language) -> Match:
    """Compare the speaker of a claim with that of a passage."""
    if claim.speaker is None:
        return "not given" if claim.kind != "unnamed" else _match_unnamed(claim, said, language)
    if said.own_text:
        return "other"
    if said.name is None:
        if said.kind == "unnamed":
            return _match_unnamed(claim, said, language)
        return "unknown"
    found = [_match_names(claim, name, said, language) for name in (said.name, *said.names)]
    return next((match for match in ("same", "unknown", "other") if match in found), "unknown")


def _match_unnamed(claim: Claim, said: SourceSpeaker, language: Language) -> Match:
    """Compare two of whom one is not named: an office that fits is enough, nothing is other."""
    return "same" if match_role(claim, said, language) == "same" else "unknown"


def _match_names(claim: Claim, name: str, said: SourceSpeaker, language: Language) -> Match:
    assert claim.speaker
    if name == QUESTION:
        return "other"
    if fold_word(claim.speaker) == fold_word(name):
        return "same"
    office = _office(name, language)
    if office is not None:
        roles = [role_key(each, language) for each in (claim.role or "", claim.speaker) if each]
        standings = load_words(language).role_standings
        fits = any(alike(role_key(office, language), role, standings) for role in roles)
        return "same" if fits else "unknown"
    kinds = {claim.kind or "person", said.kind or claim.kind or "person"}
    if kinds == {"person"}:
        same = _same_person(person_name(claim.speaker, language), person_name(name, language))
        return "same" if same else "other"
    if "person" not in kinds:
        return "same" if _same_body(claim.speaker, name, kinds, language) else "other"
    return _match_person_and_body(claim, name, said, language)


def _same_person(ours: PersonName, theirs: PersonName) -> bool:
    """Tell whether two names are one person's: also a part of a longer name.

    "Rosselló" is "Ricardo Rosselló Nevares": which of two surnames a draft has is its own choice.
    """
    if not relate_people(ours, theirs, ours.language).different:
        return True
    short, long = sorted((ours.tokens, theirs.tokens), key=len)
    one_suffix = ours.suffix == theirs.suffix or len(short) == 1
    return bool(short) and set(short) <= set(long) and one_suffix


def _same_body(ours: str, theirs: str, kinds: Set[Kind], language: Language) -> bool:
    """Tell whether two names are one body's or document's: "the report", "the Mapbiomas report"."""
    first, second = organization_name(ours, language), organization_name(theirs, language)
    if not relate_organizations(first, second).different or fold_word(ours) == fold_word(theirs):
        return True
    articles = load_lexicon(language).determiners
    words = [{fold_word(w) for w in name.split()} - {*articles} for name in (ours, theirs)]
    short, long = sorted(words, key=len)
    nouns = set(map(fold_word, language.optional_words("general-organization-nouns")))
    general = "document" in kinds or short <= nouns
    return bool(short) and general and short <= long


def _match_person_and_body(
    claim: Claim, name: str, said: SourceSpeaker, language: Language
) -> Match:
    """Compare a person and an organization: the person's role may name the organization."""
    assert claim.speaker
    person_is_ours = claim.kind in (None, "person")
    role, body = (claim.role, name) if person_is_ours else (said.role, claim.speaker)
    if role and related([role_key(role, language)], [role_key(body, language)], language):
        return "same"
    return "other" if role else "unknown"


def _office(name: str, language: Language) -> str | None:
    """Return a label that is an office and no name ("THE PRESIDENT"), without its article."""
    lexicon = load_lexicon(language)
    words = [word for word in name.split() if fold_word(word) not in lexicon.determiners]
    known = {*lexicon.roles, *lexicon.titles, *lexicon.people}
    if not words or fold_word(words[-1].strip(".,")) not in known:
        return None
    return None if fold_word(words[0]) in lexicon.first_names else " ".join(words)


def match_role(claim: Claim, said: SourceSpeaker, language: Language) -> Match:
    """Compare the roles: the same, or one says more of it."""
    ours = claim.role
    theirs = said.role or _title(said.name, language)
    if not ours:
        return "not given"
    if not theirs:
        return "unknown"
    first, second = role_key(ours, language), role_key(theirs, language)
    if not first.words or not second.words:
        return "unknown"
    standings = load_words(language).role_standings
    if alike(first, second, standings):
        return "same"
    if (first.words & standings) != (second.words & standings):
        return "other"
    if first.places and second.places and not first.places & second.places:
        return "other"
    lexicon = load_lexicon(language)
    offices = [{w for w in key.words if lexicon.is_role(w)} for key in (first, second)]
    if offices[0] & offices[1]:
        return "same"
    return "other" if offices[0] and offices[1] else "unknown"


def _title(name: str | None, language: Language) -> str | None:
    """Return the title before a name ("President Ruiz")."""
    if not name:
        return None
    parsed = person_name(name, language)
    count = len(name.split()) - len(parsed.words)
    title = " ".join(name.split()[:count]) if parsed.titled and count > 0 else ""
    honorifics = load_lexicon(language).honorifics
    return title if title and fold_word(title).rstrip(".") not in honorifics else None


def match_day(claim: Claim, said: SourceSpeaker, published: date | None) -> Match:
    """Compare the day of a claim with that of a passage.

    A transcript or speech was said on its day; an article says when, or has it from no later day
    than its own.
    """
    if claim.said_on is None:
        return "not given"
    first, last = _period(claim.said_on)
    if said.said_on is not None:
        start, end = _period(said.said_on)
        return "same" if first <= end and start <= last else "other"
    if published is None:
        return "unknown"
    if said.said_by in ("label", "title"):
        margin = timedelta(days=MAX_TIME_ZONE_DAYS)
        return "same" if first - margin <= published <= last + margin else "other"
    return "other" if published < first - timedelta(days=MAX_TIME_ZONE_DAYS) else "unknown"


def _period(said: SaidOn) -> tuple[date, date]:
    days = DAYS_OF_PERIOD[said.precision]
    return said.date, said.date + timedelta(days=days - 1)
