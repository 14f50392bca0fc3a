"""The relation of two names of people across documents: spelling, order, initials, parts left out.

In: two `PersonName`s. Out: a `NameRelation`. Roles and company are weighed in `identity.evidence`;
the names of one document, where one spelling can be relied on, are compared in `short_forms`.
"""

from __future__ import annotations

from quotes.language import Language
from quotes.names import match_weights as weight
from quotes.names.abjads import fits_abjad
from quotes.names.person import PersonName
from quotes.names.phonetics import (
    Agreement,
    Origin,
    first_names_agree,
    one_letter_apart,
    words_alike,
)
from quotes.names.relation import PHRASES, NameRelation, RelationKind, Side, different
from quotes.names.transliteration import syllables
from quotes.names.word_lists import load_words
from quotes.text.folding import fold_case

FIRST_NAMES: dict[Agreement, tuple[float, RelationKind]] = {
    Agreement.EQUAL: (weight.SAME_LETTERS, RelationKind.WHOLE),
    Agreement.ROMANIZED: (weight.SPELLING_VARIANT, RelationKind.WHOLE),
    Agreement.NICKNAME: (weight.NICKNAME, RelationKind.NICKNAME),
    Agreement.SPELLING: (weight.FIRST_NAME_SPELLING, RelationKind.FIRST_NAME_SPELLING),
    Agreement.ONE_LETTER: (weight.FIRST_NAME_ONE_LETTER, RelationKind.FIRST_NAME_ONE_LETTER),
    Agreement.INITIAL: (weight.INITIAL, RelationKind.INITIAL),
}
"""What two full names of one surname are worth by how their first names agree."""

SAME_MIDDLE_NAME = frozenset({Agreement.EQUAL, Agreement.ROMANIZED, Agreement.INITIAL})
"""The ways in which two middle names are one."""

Middles = tuple[float, Side | None, RelationKind]
"""What the middle names add, which side says less, and the kind of the relation."""

SAME_MIDDLES: Middles = (0.0, None, RelationKind.WHOLE)
LATIN_LETTERS = ("latin", "cyrillic")  # scripts whose letters stand one by one for Latin ones


def relate_people(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """Return how two names of people stand to each other."""
    if a.text == b.text:
        return NameRelation(weight.SAME_NAME)
    if a.suffix != b.suffix and ((a.full and b.full) or (a.suffix and b.suffix)):
        first, second = a.suffix.title() or "none", b.suffix.title() or "none"
        return different(f"generations: {first} and {second}")
    if a.script != b.script and not {a.script, b.script} <= set(LATIN_LETTERS):
        return _across_scripts(a, b, language)
    if a.letters == b.letters and a.suffix == b.suffix:
        reason = "the same name but for accents, hyphens, capitals or titles"
        return NameRelation(weight.SAME_LETTERS, reason=reason)
    if a.full and b.full:
        return _both_full(a, b, language)
    if a.full or b.full:
        return _one_short(b, a, "b", language) if a.full else _one_short(a, b, "a", language)
    return _both_short(a, b, language)


def _both_short(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """Relate two names of one word."""
    if not _units_alike(a, 0, b, 0, a.origins | b.origins, language):
        return different()
    if _particles(a) != _particles(b):
        return _one_without_particle(a, b)
    if a.gender and b.gender and a.gender != b.gender:
        return different("a woman and a man")
    return NameRelation(weight.ONE_WORD_SPELLING, reason=_two_spellings(a, b))


def _two_spellings(a: PersonName, b: PersonName) -> str:
    return f"two spellings of one name ({a.text}, {b.text})"


def _one_without_particle(a: PersonName, b: PersonName) -> NameRelation:
    """Relate "Marzook" and "Abu Marzook"."""
    if _particles(a) and _particles(b):
        return different("different particles")
    return NameRelation(
        weight.SURNAME_ALONE,
        RelationKind.SURNAME_ALONE,
        "surname without its particle",
        general="b" if _particles(a) else "a",
    )


def _across_scripts(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """Relate a name in Chinese, Korean, Arabic or Hebrew letters and one in other letters."""
    if a.script == "latin":
        a, b = b, a
    if a.script not in ("han", "hangul", "abjad") or not b.full:
        return different()
    same = fits_abjad(a, b) if a.script == "abjad" else _same_syllables(a, b, language)
    if not same:
        return different()
    reason = f"the same name in other letters ({a.text}, {b.text})"
    return NameRelation(weight.SPELLING_VARIANT, reason=reason)


def _same_syllables(a: PersonName, b: PersonName, language: Language) -> bool:
    """Tell whether `b`, in Latin letters, has the syllables of `a`, in Chinese or Korean ones."""
    heard = syllables(a.text)
    written = fold_case(b.text).replace("-", " ").split()
    if b.script != "latin":
        return False
    orders = [written, [*written[-1:], *written[:-1]]]
    if any("".join(order) == "".join(heard) for order in orders):
        return True
    if a.script != "hangul":
        return False
    pairs = load_words(language).korean
    return any(
        len(order) == len(heard)
        and all(
            x == y or (x, y) in pairs or _unvoiced(x) == _unvoiced(y)
            for x, y in zip(order, heard, strict=True)
        )
        for order in orders
    )


def _unvoiced(syllable: str) -> str:
    """Return a Korean syllable with its consonants as they are heard (gug, guk → kuk)."""
    return syllable.translate(str.maketrans("gbd", "kpt"))


def _both_full(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """Relate two full names: surname, then first names, then middle names."""
    origins = a.origins | b.origins
    if not _units_alike(a, -1, b, -1, origins, language):
        return _other_family(a, b, origins, language)
    in_one_word = "".join(a.units[:-1]) == "".join(b.units[:-1])
    middles: Middles | None
    if in_one_word or (a.family_first and b.family_first):
        given: Agreement | None = Agreement.EQUAL if in_one_word else None
        middles = SAME_MIDDLES
    else:
        given = _first_names(a, b, origins, language)
        middles = _middle_names(a, b, origins, language)
    if given is None:
        names = f"{a.units[0].title()}, {b.units[0].title()}"
        return _first_left_out(a, b, origins, language) or different(
            f"first names differ ({names})"
        )
    if middles is None:
        return _first_left_out(a, b, origins, language) or different("middle names differ")
    return _full_relation(a, b, given, middles, language)


def _first_names(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> Agreement | None:
    if a.units[0] == b.units[0]:
        return Agreement.EQUAL
    if _units_alike(a, 0, b, 0, origins, language):
        return Agreement.ROMANIZED
    found = first_names_agree(a.units[0], b.units[0], origins, language)
    if found is None and one_letter_apart(a.units[0], b.units[0], origins, language):
        return Agreement.ONE_LETTER
    return found


def _full_relation(
    a: PersonName, b: PersonName, given: Agreement, middles: Middles, language: Language
) -> NameRelation:
    """Put together what surname, first names, middle names and particles say."""
    score, kind = FIRST_NAMES[given]
    if (
        given is Agreement.ONE_LETTER
        and {a.family, b.family} & load_words(language).common_surnames
    ):
        score = weight.FIRST_NAME_ONE_LETTER_COMMON
    spelled = a.family != b.family
    if spelled:
        score = min(score, weight.SPELLING_VARIANT)
    adds, general, middle = middles
    if given is Agreement.INITIAL:
        general = "a" if len(a.units[0]) < len(b.units[0]) else "b"
    reasons = [_two_spellings(a, b)] if spelled or given is Agreement.ROMANIZED else []
    reasons += [PHRASES[each] for each in (kind, middle) if each is not RelationKind.WHOLE]
    if _particles(a) != _particles(b):
        if _particles(a) and _particles(b):
            return different("different particles")
        adds += weight.PARTICLE_LEFT_OUT
        reasons.append("particle left out")
    reason = "; ".join(reasons) or "the same name in another order or writing"
    kind = middle if kind is RelationKind.WHOLE else kind
    return NameRelation(score + adds, kind, reason, general)


def _particles(name: PersonName) -> frozenset[str]:
    articles = load_words(name.language).arabic_articles
    return frozenset(p for before in name.particles for p in before if p not in articles)


def _middle_names(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> Middles | None:
    """Compare the names between first name and surname; None where they contradict each other."""
    first, second = a.units[1:-1], b.units[1:-1]
    side: Side | None = (
        None if len(first) == len(second) else "a" if len(first) < len(second) else "b"
    )
    fewer, more = sorted((first, second), key=len)
    left_out = (weight.MIDDLE_NAME_LEFT_OUT, side, RelationKind.MIDDLE_NAME_LEFT_OUT)
    if not fewer:
        return left_out if more else SAME_MIDDLES
    if all(
        first_names_agree(x, y, origins, language) in SAME_MIDDLE_NAME
        for x, y in zip(fewer, more, strict=False)
    ):
        if side:
            return left_out
        initial = (weight.MIDDLE_NAME_LEFT_OUT, None, RelationKind.MIDDLE_INITIAL)
        return initial if fewer != more else SAME_MIDDLES
    later = iter(more)
    if all(len(x) > 1 and any(x == y for y in later) for x in fewer):
        return weight.SOME_MIDDLE_NAMES, side, RelationKind.SOME_MIDDLE_NAMES
    return None


def _other_family(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> NameRelation:
    """Relate names whose last words differ: the other order, or a second surname on one side."""
    if len(a.units) == len(b.units) and not _particles(a) and not _particles(b):
        orders = (*b.units[1:], b.units[0]), (b.units[-1], *b.units[:-1])
        if any(_all_alike(a.units, order, origins, language) for order in orders):
            return _other_order(a, b, language)
    sides: tuple[tuple[PersonName, PersonName, Side], ...] = ((a, b, "a"), (b, a, "b"))
    for short, long, side in sides:
        begins = _all_alike(short.units, long.units[:-1], origins, language)
        if len(long.units) == len(short.units) + 1 and begins:
            kind = RelationKind.SECOND_SURNAME_LEFT_OUT
            return NameRelation(weight.SECOND_SURNAME_LEFT_OUT, kind, general=side)
    return different("surnames differ")


def _all_alike(
    a: tuple[str, ...], b: tuple[str, ...], origins: frozenset[Origin], language: Language
) -> bool:
    return len(a) == len(b) and all(
        words_alike(x, y, origins, language) for x, y in zip(a, b, strict=True)
    )


def _other_order(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """Relate the same words in another order: sure where only one can be the first name."""
    words = load_words(language)
    ends = (a.units[0], a.units[-1])
    family = sum(end in words.family_first for end in ends)
    first = sum(end in words.first_names for end in ends)
    sure = family == 1 or (family == 0 and first == 1)
    score = weight.OTHER_ORDER if sure else weight.OTHER_ORDER_UNSURE
    return NameRelation(score, RelationKind.OTHER_ORDER)


def _first_left_out(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> NameRelation | None:
    """Relate "Tayyip Erdogan" and "Recep Tayyip Erdogan", or return None where it is not so.

    Where what is left is no first name ("López Obrador" for "Andrés Manuel López Obrador"), it is
    worth a surname.
    """
    short, long = (a, b) if len(a.units) < len(b.units) else (b, a)
    count = len(short.units)
    if count == len(long.units) or count < 2 or len(short.units[0]) == 1:
        return None
    if short.family_first or long.family_first:
        return None
    if not _all_alike(short.units, long.units[-count:], origins, language):
        return None
    first = short.units[0] in load_words(language).first_names
    return NameRelation(
        weight.FIRST_NAME_LEFT_OUT if first else weight.SURNAME_ALONE,
        RelationKind.FIRST_NAME_LEFT_OUT,
        general="a" if short is a else "b",
    )


def _one_short(short: PersonName, long: PersonName, side: Side, language: Language) -> NameRelation:
    """Relate a surname alone and a full name."""
    origins = short.origins | long.origins
    if short.script not in LATIN_LETTERS or not _units_alike(short, 0, long, -1, origins, language):
        if short.family != long.units[0]:
            return different("surnames differ")
        return NameRelation(weight.FIRST_NAME_ALONE, RelationKind.FIRST_NAME_ALONE, general=side)
    if _particles(short) - frozenset(long.particles[-1]):
        return different("different particles")
    lexicon = load_words(language).lexicon
    gender = long.gender or lexicon.gender_of_first_name(long.units[0])
    if short.gender and gender and short.gender != gender:
        return different("a woman and a man")
    first = short.family in lexicon.first_names and not long.family_first
    kind = RelationKind.SURNAME_ALONE
    spelled = "" if short.family == long.family else ", in another spelling"
    return NameRelation(
        weight.SURNAME_OR_FIRST_NAME if first else weight.SURNAME_ALONE,
        kind,
        f"{PHRASES[kind]}{spelled}",
        general=side,
    )


def _units_alike(
    a: PersonName, i: int, b: PersonName, j: int, origins: frozenset[Origin], language: Language
) -> bool:
    """Tell whether a unit of one is a unit of the other, also with umlauts as two letters."""
    if words_alike(a.units[i], b.units[j], origins, language):
        return True
    return a.alternatives[i] == b.units[j] or a.units[i] == b.alternatives[j]
