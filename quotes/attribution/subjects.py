"""Which noun phrase is the subject of a verb, where the tree does not say so directly.

In: `Analysis` and the number of a verb. Out: the number of the head of the phrase.
"""

from __future__ import annotations

from quotes.analysis import Analysis, TokenRange, is_participle, is_present_participle
from quotes.attribution.act_words import act_words
from quotes.text.folding import fold_word

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})  # labels of subjects
SHARED_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})  # labels of subjects that verbs share
APPOSED = frozenset({"appos", "vocative", "dislocated"})  # labels of names set off by commas
LED = frozenset({"mark", "case", "nsubj", "nsubj:pass"})  # of words that no free participle has
OBJECTS = frozenset({"iobj", "obj"})  # labels of objects
SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})  # over which a verb shares a subject


def shared_subject(analysis: Analysis, cue: int) -> int | None:
    """Return the subject that a verb without one shares.

    It is that of the verb that it is joined to or hangs on, or the noun that it describes. A
    sentence that begins with a small letter was cut off from the one before, whose subject is
    then taken, and one that begins with "but" or "and" goes on with it. A gerund before the verb
    has the subject that stands between them ("speaking to reporters, Roe | says").
    """
    if not _is_active(analysis, cue):
        return None
    at = cue
    beside = _behind_gerund(analysis, cue)
    if beside is None:
        beside = _object_before(analysis, cue)
    if beside is not None:
        return beside
    reporting = further_report_of(analysis, cue)
    if reporting is not None:
        own = _own_subject(analysis, reporting)
        return shared_subject(analysis, reporting) if own is None else own
    for _ in range(len(analysis.ancestors(cue)) + 1):
        label, head = analysis.words[at].deprel, analysis.head(at)
        if head < 0:
            low, _ = analysis.sentence(cue)
            previous = low - 1
            joined = analysis.words[low].upos == "CCONJ" and at == cue == low + 1
            if previous < 0 or not (analysis.words[low].form[:1].islower() or joined):
                return None
            head = (previous, *analysis.ancestors(previous))[-1]
        elif label.startswith("acl") and analysis.words[head].upos in ("NOUN", "PROPN", "PRON"):
            return head
        elif label not in SHARING and not (
            label == "ccomp"
            and (is_participle(analysis.words[at]) or _has_subject_of(analysis, at, head))
        ):
            return None
        subject = _own_subject(analysis, head)
        if subject is not None:
            return subject
        if analysis.sentence_of[head] != analysis.sentence_of[cue]:
            return None
        at = head
    return None


def _has_subject_of(analysis: Analysis, clause: int, head: int) -> bool:
    """Return True for a reported clause whose subject the tree hangs on the verb behind it.

    "*The tenants* told her that it was cold, the judge noted": both are subjects of the last verb.
    """
    own = [c for c in analysis.children(head) if analysis.words[c].deprel in SHARED_SUBJECTS]
    return head > clause and len(own) > 1 and own[0] < clause < own[1] and reports(analysis, clause)


def further_report_of(analysis: Analysis, verb: int) -> int | None:
    """Return the verb of speech whose source goes on with a participle of speech, if it is one.

    "Smith *said* that the talks failed, *adding* that others would follow": parsers like to hang
    the participle on what was said.
    """
    clause = analysis.head(verb)
    if not is_further_report(analysis, verb) or _has_report(analysis, clause):
        return None
    reporting = _report_of(analysis, verb, clause)
    return None if reporting is None or analysis.mark_over(verb, reporting) >= 0 else reporting


def _report_of(analysis: Analysis, verb: int, clause: int) -> int | None:
    """Return the verb of speech around the clause that a participle of speech hangs on."""
    inserted = (c for c in analysis.children(clause) if analysis.words[c].deprel == "parataxis")
    behind = next((c for c in inserted if clause < c < verb and reports(analysis, c)), None)
    if behind is not None:  # "The talks failed, Smith *said*, *adding* that others would follow"
        return behind
    while clause >= 0 and analysis.words[clause].deprel == "ccomp":
        reporting = analysis.head(clause)
        if reports(analysis, reporting):
            return reporting if reporting < clause < verb else None
        clause = reporting
    return None


def is_further_report(analysis: Analysis, verb: int) -> bool:
    """Return True for a participle of speech that hangs on a clause, with nothing that leads it."""
    return (
        analysis.words[verb].deprel == "advcl"
        and is_present_participle(analysis.words[verb])
        and reports(analysis, verb)
        and not any(analysis.words[c].deprel in LED for c in analysis.children(verb))
    )


def _has_report(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb of speech with a clause that it reports, or set into one.

    Or with somebody and what that one is to do: "*advised* them not to come, saying".
    """
    labels = {analysis.words[c].deprel for c in analysis.children(verb)}
    return reports(analysis, verb) and (
        analysis.words[verb].deprel == "parataxis"
        or "ccomp" in labels
        or ("xcomp" in labels and bool(labels & OBJECTS))
    )


def _own_subject(analysis: Analysis, verb: int) -> int | None:
    """Return the head of the subject that the tree gives to a verb."""
    own = analysis.children(verb)
    return next((c for c in own if analysis.words[c].deprel in SHARED_SUBJECTS), None)


def _behind_gerund(analysis: Analysis, cue: int) -> int | None:
    """Return the subject that the tree gives to a gerund before a finite verb without one."""
    if is_participle(analysis.words[cue]):
        return None
    for clause in analysis.children(cue):
        gerund = is_participle(analysis.words[clause]) and _is_active(analysis, clause)
        if clause < cue and gerund and analysis.words[clause].deprel == "advcl":
            subject = _own_subject(analysis, clause)
            if subject is not None and clause < subject < cue:
                return subject
    return None


def _object_before(analysis: Analysis, cue: int) -> int | None:
    """Return the object that a verb has for its subject: "described *Roe* telling friends".

    Where the verb over it reports, also of a finite verb behind the object and an aside:
    "reported *officials*, after a visit, said".
    """
    word, head = analysis.words[cue], analysis.head(cue)
    if head < 0 or head > cue or word.feat("VerbForm") == "Inf":
        return None
    finite = word.feat("VerbForm") == "Fin" and word.deprel == "parataxis"
    gerund = word.deprel == "xcomp" and is_participle(word)
    if not (gerund or (finite and reports(analysis, head))):
        return None
    found = [c for c in analysis.children(head) if analysis.words[c].deprel in OBJECTS and c < cue]
    return found[0] if found and can_speak(analysis, found[0]) else None


def subject_outside_marks(
    analysis: Analysis, sentence: TokenRange, before: int
) -> tuple[int, int] | None:
    """Return the root of a sentence and the head of its subject.

    The subject must stand outside of marks and before a word.
    """
    root = next((n for n in range(*sentence) if analysis.head(n) < 0), None)
    if root is None:
        return None
    subject = next(
        (
            c
            for c in analysis.children(root)
            if analysis.words[c].deprel in SUBJECTS and c < before and not analysis.marks_at[c]
        ),
        None,
    )
    return None if subject is None else (root, subject)


def adjacent_noun_phrase(analysis: Analysis, cue: int) -> int | None:
    """Return the head of a noun phrase of the cue that stands right after or before it.

    A phrase inside of a quotation that the cue is outside of does not count.
    """
    for child in analysis.children(cue):
        if (
            analysis.words[child].upos not in ("NOUN", "PROPN", "PRON")
            or analysis.mark_over(child, cue) >= 0
        ):
            continue
        below = analysis.subtree(child)
        if min(below) == cue + 1 or max(below) == cue - 1:
            return child
    return None


def around_relative_clause(analysis: Analysis, phrase: frozenset[int], cue: int) -> frozenset[int]:
    """Return a phrase inside a relative clause before a verb with what the clause describes.

    "*Roe, who is backed by | the union*, said": who is described speaks, nobody in the clause.
    """
    top = analysis.top(phrase)
    if top is None or max(phrase) > cue:
        return phrase
    clause = next((n for n in analysis.ancestors(top) if n == cue or _describes(analysis, n)), cue)
    below = analysis.subtree(clause)
    if clause == cue or cue in below or not phrase <= below:
        return phrase
    head = analysis.head(clause)
    cases = {c for c in analysis.children(head) if analysis.words[c].deprel in ("case", "mark")}
    first = head
    while first - 1 in analysis.subtree(head) - cases and not analysis.is_punct(first - 1):
        first -= 1
    return frozenset(range(first, max(phrase) + 1))


def _describes(analysis: Analysis, verb: int) -> bool:
    """Return True for a clause of a noun before it, with a relative pronoun for its subject."""
    return analysis.words[verb].deprel == "acl:relcl" and any(
        analysis.words[c].deprel in SUBJECTS and analysis.words[c].feat("PronType") == "Rel"
        for c in analysis.children(verb)
    )


def apposed_words(analysis: Analysis, phrase: frozenset[int]) -> frozenset[int]:
    """Return the words between commas behind a phrase that name the same as it.

    "According to the mayor, *Ana Ruiz*, the bridge is shut": parsers like to hang the second name
    on the clause, as if somebody were addressed, or as one subject too many.
    """
    first = max(phrase) + 1
    stop = analysis.sentence(max(phrase))[1]
    if first >= stop or analysis.words[first].form != ",":
        return frozenset()
    end = next((n for n in range(first + 1, stop) if analysis.words[n].form == ","), stop)
    found = range(first + 1, end)
    tops = [n for n in found if analysis.head(n) not in found]
    if len(tops) != 1 or end == stop or analysis.words[tops[0]].upos not in ("NOUN", "PROPN"):
        return frozenset()
    head = analysis.head(tops[0])
    has_subject = any(
        analysis.words[n].deprel in SUBJECTS and n > end
        for n in (analysis.children(head) if head > end else ())
    )
    apart = has_subject and analysis.words[tops[0]].deprel in APPOSED | SUBJECTS
    return frozenset(range(first, end)) if apart else frozenset()


def auxiliaries(analysis: Analysis, verb: int) -> frozenset[int]:
    """Return the numbers of the auxiliaries of a verb."""
    return frozenset(
        c for c in analysis.children(verb) if analysis.words[c].deprel.startswith("aux")
    )


def _is_active(analysis: Analysis, cue: int) -> bool:
    """Return False for a past participle that describes something ("praise voiced by critics").

    A past tense before the clause that it hangs on, without a subject, is one, too: parsers take
    "*Asked* whether he would go, Park said no" for one.
    """
    word = analysis.words[cue]
    past = word.feat("VerbForm") == "Part" and word.feat("Tense") == "Past"
    ahead = word.deprel == "advcl" and word.feat("Tense") == "Past" and cue < analysis.head(cue)
    return (
        not (past or ahead)
        or word.deprel == "conj"
        or any(analysis.words[c].deprel == "aux" for c in analysis.children(cue))
    )


def can_speak(analysis: Analysis, head: int) -> bool:
    """Return True if the head of a noun phrase is a name of somebody, or a noun or pronoun for one.

    Documents speak, too.
    """
    word = analysis.words[head]
    if word.upos == "PRON":
        return (
            word.feat("PronType") in ("Prs", "Rel", "Ind", None) and fold_word(word.lemma) != "it"
        )
    return fold_word(word.lemma) in act_words(analysis.language).speaking or bool(
        analysis.entity_kinds(frozenset({head})) & {"PER", "ORG"}
    )


def reports(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb that tells what somebody says, orders or judges."""
    known = act_words(analysis.language)
    verbs = known.reporting | known.stating | known.directing | known.evaluating
    return analysis.words[verb].upos == "VERB" and fold_word(analysis.words[verb].lemma) in verbs


def tells_statements(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb of speech whose object is no mere topic, act or source."""
    known, lemma = act_words(analysis.language), fold_word(analysis.words[verb].lemma)
    return (
        lemma in known.reporting
        and (lemma in known.stating or lemma not in known.topical)
        and lemma not in (known.directing - known.telling) | known.citing
    )


def thinks_or_pledges(analysis: Analysis, verb: int) -> bool:
    """Return True for a verb that tells what somebody hopes, fears or promises."""
    known = act_words(analysis.language)
    return fold_word(analysis.words[verb].lemma) in known.thinking | known.committing
