"""Whether two names of people can name one: spelling, order, initials, nicknames, names left out.

In: two `PersonName`s. Out: a `NameRelation`. Roles and company are weighed elsewhere.
"""

from __future__ import annotations

from quotes.language import Language
from quotes.names.abjads import same_abjad
from quotes.names.person import ARTICLES, PersonName
from quotes.names.phonetics import Agreement, Origin, first_names_agree, words_alike
from quotes.names.relation import NameRelation, Side, apart
from quotes.names.transliteration import syllables
from quotes.names.word_lists import load_words
from quotes.text.folding import fold_case

SAME, WRITTEN, SPELLED, TURNED = 1.0, 0.97, 0.9, 0.85
NICKNAME, INITIAL, SPELLING, TURNED_PERHAPS = 0.78, 0.5, 0.6, 0.55
SURNAME, SURNAME_OR_FIRST, ONE_WORD_SPELLED, TAIL, FIRST_LEFT_OUT = 0.55, 0.35, 0.78, 0.55, 0.45
NO_MIDDLE, OTHER_MIDDLE, NO_PARTICLE = -0.05, -0.35, -0.25
FIRST_NAME: dict[Agreement, tuple[float, str]] = {
    "equal": (WRITTEN, ""),
    "spelled": (SPELLED, ""),
    "nickname": (NICKNAME, "nickname"),
    "spelling": (SPELLING, "two spellings of a first name"),
    "initial": (INITIAL, "initial"),
}


def relate_people(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """How two names of people stand to each other."""
    if a.text == b.text:
        return NameRelation(SAME, "the same name")
    if (
        a.suffix != b.suffix
        and (a.suffix or b.suffix)
        and ((a.full and b.full) or (a.suffix and b.suffix))
    ):
        return apart(f"generations: {a.suffix.title() or 'none'} and {b.suffix.title() or 'none'}")
    if a.script != b.script and not {a.script, b.script} <= {"latin", "cyrillic"}:
        return _across_scripts(a, b, language)
    if a.letters == b.letters and a.suffix == b.suffix:
        return NameRelation(WRITTEN, "the same name but for accents, hyphens, capitals or titles")
    if a.full and b.full:
        return _both_full(a, b, language)
    if a.full or b.full:
        return _short(b, a, "b", language) if a.full else _short(a, b, "a", language)
    if _units_alike(a, 0, b, 0, a.origins | b.origins, language):
        if _particles(a) != _particles(b):
            return _one_without_particle(a, b)
        if a.gender and b.gender and a.gender != b.gender:
            return apart("a woman and a man")
        return NameRelation(ONE_WORD_SPELLED, f"two spellings of one name ({a.text}, {b.text})")
    return apart("different names")


def _one_without_particle(a: PersonName, b: PersonName) -> NameRelation:
    """ "Marzook" beside "Abu Marzook"."""
    if _particles(a) and _particles(b):
        return apart("different particles")
    return NameRelation(
        SURNAME,
        "surname without its particle",
        general="b" if _particles(a) else "a",
        how="surname alone",
    )


def _across_scripts(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """A name in Chinese, Korean, Arabic or Hebrew letters beside one in other letters."""
    if a.script == "latin":
        a, b = b, a
    if a.script not in ("han", "hangul", "abjad") or not b.full:
        return apart("different names")
    same = same_abjad(a, b) if a.script == "abjad" else _same_syllables(a, b, language)
    return (
        NameRelation(SPELLED, f"the same name in other letters ({a.text}, {b.text})")
        if same
        else apart("different names")
    )


def _same_syllables(a: PersonName, b: PersonName, language: Language) -> bool:
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
    """A Korean syllable with the consonants at its ends as they are heard (gug, guk, kook: the vowel still counts)."""
    return syllable.translate(str.maketrans("gbd", "kpt"))


def _both_full(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    origins = a.origins | b.origins
    if not _units_alike(a, -1, b, -1, origins, language):
        return _other_family(a, b, origins, language)
    spelled = a.family != b.family
    if (a.family_first and b.family_first) or "".join(a.units[:-1]) == "".join(b.units[:-1]):
        given: Agreement | None = (
            "equal" if "".join(a.units[:-1]) == "".join(b.units[:-1]) else None
        )
        middle: tuple[float, Side | None, str] | None = (0.0, None, "")
    else:
        given = (
            "spelled"
            if _units_alike(a, 0, b, 0, origins, language)
            else first_names_agree(a.units[0], b.units[0], origins, language)
        )
        given = "equal" if a.units[0] == b.units[0] else given
        middle = _middles(a, b, origins, language)
    if given is None:
        return _first_left_out(a, b, origins, language) or apart(
            f"first names differ ({a.units[0].title()}, {b.units[0].title()})"
        )
    if middle is None:
        return _first_left_out(a, b, origins, language) or apart("middle names differ")
    return _full_relation(a, b, given, spelled, middle)


def _full_relation(
    a: PersonName,
    b: PersonName,
    given: Agreement,
    spelled: bool,
    middle: tuple[float, Side | None, str],
) -> NameRelation:
    score, how = FIRST_NAME[given]
    score = min(score, SPELLED) if spelled else score
    general: Side | None = middle[1]
    if given == "initial":
        general = "a" if len(a.units[0]) < len(b.units[0]) else "b"
    particles = 0.0 if _particles(a) == _particles(b) else NO_PARTICLE
    if particles and _particles(a) and _particles(b):
        return apart("different particles")
    reasons = [
        f"two spellings of one name ({a.text}, {b.text})" if spelled or given == "spelled" else "",
        how,
        middle[2],
    ]
    reasons += ["particle left out"] if particles else []
    reason = (
        "; ".join(reason for reason in reasons if reason)
        or "the same name in another order or writing"
    )
    return NameRelation(
        score + middle[0] + particles, reason, general=general, how=how or middle[2]
    )


def _particles(name: PersonName) -> frozenset[str]:
    return frozenset(p for before in name.particles for p in before if p not in ARTICLES)


def _middles(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> tuple[float, Side | None, str] | None:
    """What the names between first name and surname are worth, which side says less, and the reason. None: they contradict each other."""
    first, second = a.units[1:-1], b.units[1:-1]
    side: Side | None = (
        None if len(first) == len(second) else "a" if len(first) < len(second) else "b"
    )
    fewer, more = sorted((first, second), key=len)
    if not fewer:
        return (NO_MIDDLE, side, "middle name left out") if more else (0.0, None, "")
    if all(
        first_names_agree(x, y, origins, language) in ("equal", "spelled", "initial")
        for x, y in zip(fewer, more, strict=False)
    ):
        how = "middle name left out" if side else "middle name as an initial"
        return (NO_MIDDLE, side, how) if side or fewer != more else (0.0, None, "")
    later = iter(more)
    if all(len(x) > 1 and any(x == y for y in later) for x in fewer):
        return OTHER_MIDDLE, side, "not all middle names"
    return None


def _other_family(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> NameRelation:
    """Last words that differ: the other order, or a second surname on one side."""
    if len(a.units) == len(b.units) and not _particles(a) and not _particles(b):
        turned = (*b.units[1:], b.units[0]), (b.units[-1], *b.units[:-1])
        if any(
            all(words_alike(x, y, origins, language) for x, y in zip(a.units, order, strict=True))
            for order in turned
        ):
            return _turned(a, b, language)
    for short, long, side in ((a, b, "a"), (b, a, "b")):
        if len(long.units) == len(short.units) + 1 and all(
            words_alike(x, y, origins, language)
            for x, y in zip(short.units, long.units, strict=False)
        ):
            return NameRelation(
                TAIL,
                "second surname left out",
                general="a" if side == "a" else "b",
                how="second surname left out",
            )
    return apart("surnames differ")


def _turned(a: PersonName, b: PersonName, language: Language) -> NameRelation:
    """The same words in the other order: sure where only one of them can be the first name."""
    words = load_words(language)
    ends = (a.units[0], a.units[-1])
    family = [end in words.family_first for end in ends]
    first = [end in words.first_names for end in ends]
    sure = sum(family) == 1 or (sum(family) == 0 and sum(first) == 1)
    return NameRelation(
        TURNED if sure else TURNED_PERHAPS, "the same words in another order", how="another order"
    )


def _first_left_out(
    a: PersonName, b: PersonName, origins: frozenset[Origin], language: Language
) -> NameRelation | None:
    """ "Tayyip Erdogan" for "Recep Tayyip Erdogan", "López Obrador" for "Andrés Manuel López Obrador"."""
    short, long = (a, b) if len(a.units) < len(b.units) else (b, a)
    count = len(short.units)
    if (
        count == len(long.units)
        or count < 2
        or len(short.units[0]) == 1
        or short.family_first
        or long.family_first
    ):
        return None
    if not all(
        words_alike(x, y, origins, language)
        for x, y in zip(short.units, long.units[-count:], strict=True)
    ):
        return None
    first = short.units[0] in load_words(language).first_names
    return NameRelation(
        FIRST_LEFT_OUT if first else SURNAME,
        "first name left out",
        general="a" if short is a else "b",
        how="first name left out",
    )


def _short(short: PersonName, long: PersonName, side: Side, language: Language) -> NameRelation:
    """A surname alone beside a full name."""
    origins = short.origins | long.origins
    if short.script not in ("latin", "cyrillic") or not _units_alike(
        short, 0, long, -1, origins, language
    ):
        return (
            apart("surnames differ")
            if short.family != long.units[0]
            else NameRelation(0.2, "only the first name", general=side, how="first name")
        )
    if _particles(short) - frozenset(long.particles[-1]):
        return apart("different particles")
    if short.gender and short.gender != (
        long.gender
        or load_words(language).lexicon.gender_of_first_name(long.units[0])
        or short.gender
    ):
        return apart("a woman and a man")
    first = short.family in load_words(language).lexicon.first_names and not long.family_first
    spelled = "" if short.family == long.family else ", in another spelling"
    return NameRelation(
        SURNAME_OR_FIRST if first else SURNAME,
        f"surname alone{spelled}",
        general=side,
        how="surname alone",
    )


def _units_alike(
    a: PersonName, i: int, b: PersonName, j: int, origins: frozenset[Origin], language: Language
) -> bool:
    if words_alike(a.units[i], b.units[j], origins, language):
        return True
    return a.alternatives[i] == b.units[j] or a.units[i] == b.alternatives[j]
