"""The speakers of a store, found by what people type and by what articles print.

In: speakers, reviews by people applied. Out: the one that fits a name or id, or a SpeakerError that
lists the nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from quotes import identity
from quotes.errors import SpeakerError
from quotes.language import Language
from quotes.output.numbers import count_of
from quotes.records import Speaker

MIN_LEAD = 10  # times as many quotes as all others together: then a name means this speaker
MAX_OTHERS = 5  # other speakers of a name that a note lists
ID = "id:"  # before an id that may be a name as well: id:trump
ALL_SPEAKERS = "`quotes speakers` lists all, in Python `store.speakers()`"


class SpeakerNames:
    """An index of speakers by id and by folded name."""

    def __init__(self, speakers: Sequence[Speaker], language: Language) -> None:
        self.speakers = tuple(speakers)
        self._language = language
        self._by_name = _by_name(self.speakers)
        self._printed = {alias.name for speaker in self.speakers for alias in speaker.aliases}
        self._meant: dict[str, tuple[Speaker, ...]] = {}  # of names typed before
        self._ids_by_name: dict[str, frozenset[str]] = {}  # of names looked up before

    def has_name(self, name: str) -> bool:
        """Return True if a speaker has exactly this name, as its own or as another form."""
        return name in self._printed

    def speaker(self, name: str, *, store: Path) -> Speaker:
        """Return the speaker printed under this name, or of this id.

        Raises:
            SpeakerError: naming the store, for a name that fits none (it lists the nearest) or
                several (all).
        """
        found = (
            self._by_name.get(name)
            or self._by_name.get(identity.latin_key(name))
            or identity.find(name, self.speakers, language=self._language)
        )
        if len(found) == 1:
            return found[0]
        raise self._error(name, found, store, {})

    def meant(
        self,
        name: str,
        *,
        store: Path,
        quotes: Callable[[], Mapping[str, int]],
        roles: Callable[[Speaker], Iterable[str]] = lambda speaker: (),
    ) -> tuple[Speaker, str]:
        """Return the speaker that a person means by a name, and a note where others fit it, too.

        An id (of one word as "id:trump") or a full name means its speaker. Of several whom a name
        may mean it is the one with by far the most quotes, else the only one with the office in
        front of the name ("President Trump").

        Args:
            name: What the person typed.
            store: The store, for messages.
            quotes: Gives the number of quotes of each speaker's id; asked where several fit.
            roles: Gives the roles of a speaker; asked where several fit and an office is named.

        Raises:
            SpeakerError: for a name that fits none (it lists the nearest), or several of which
                none is quoted far more often.
        """
        exact = self._by_name.get(name.removeprefix(ID)) or ()
        if len(exact) == 1 and (name.startswith(ID) or ("-" in name and exact[0].id == name)):
            return exact[0], ""
        exact = self._by_name.get(identity.latin_key(name)) or ()
        if len(exact) == 1 and len(name.split()) > 1:
            return exact[0], ""
        found = self._meanings(name)
        if len(found) == 1:
            return found[0], ""
        counts = quotes() if found else {}
        ranked = sorted(found, key=lambda s: (-counts.get(s.id, 0), s.id))
        most = [counts.get(s.id, 0) for s in ranked]
        if not found or not most[0] or most[0] < MIN_LEAD * sum(most[1:]):
            quoted = [speaker for speaker in ranked if counts.get(speaker.id)]
            of_office = identity.holders(name, quoted, roles, language=self._language)
            if len(of_office) != 1:
                raise self._error(name, tuple(ranked), store, counts)
            ranked = [*of_office, *(s for s in ranked if s not in of_office)]
            most = [counts.get(s.id, 0) for s in ranked]
        others = [s for s in ranked[1:] if counts.get(s.id)] or ranked[1:]
        listed = ", ".join(
            f"{s.name} ({counts.get(s.id, 0):,}; {_typed_id(s)})" for s in others[:MAX_OTHERS]
        )
        chosen = f"{ranked[0].name} ({count_of(most[0], 'quote')})"
        more = f" and {len(others) - MAX_OTHERS} more" if len(others) > MAX_OTHERS else ""
        return ranked[0], f"{name}: {chosen}; also {listed}{more}: give the id for another"

    def _meanings(self, name: str) -> tuple[Speaker, ...]:
        """Return the speakers whom a name may mean, looked up once."""
        if name not in self._meant:
            self._meant[name] = identity.meanings(name, self.speakers, language=self._language)
        return self._meant[name]

    def _error(
        self, name: str, found: Sequence[Speaker], store: Path, counts: Mapping[str, int]
    ) -> SpeakerError:
        """Return the error for a name that fits none or several."""
        if found:
            listed = "".join(
                f"\n  {s.name} ({_typed_id(s)})"
                + (f", {count_of(counts.get(s.id, 0), 'quote')}" if counts else "")
                for s in found
            )
            return SpeakerError(
                f"{name!r} fits {len(found)} speakers: "
                f"give the full name or the id of one of them:{listed}"
            )
        near = ", ".join(s.name for s in identity.nearest(name, self.speakers))
        return SpeakerError(
            f"no speaker {name!r} in {store}"
            + (f": did you mean {near}?" if near else f": {ALL_SPEAKERS}")
        )

    def check_names(self, names: Iterable[str], *, store: Path) -> None:
        """Check that each name is one under which a speaker is printed, as merge and split need.

        Raises:
            SpeakerError: for another; it lists the names of the speaker meant, else the nearest.
        """
        for name in names:
            if name not in self._printed:
                known = self.speaker(name, store=store)
                raise SpeakerError(
                    f"{name!r} is not a name of {known.name}, whose names are "
                    f"{', '.join(alias.name for alias in known.aliases)}"
                )

    def speaker_ids_by_name(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return, for each name as printed, the ids of all speakers it may be in a document.

        Other names may be there, too.
        """
        known = self._ids_by_name
        for name in {*names} - known.keys():
            known[name] = frozenset(
                speaker.id for speaker in self._by_name.get(identity.latin_key(name), ())
            )
        return known


def _typed_id(speaker: Speaker) -> str:
    """Return the id of a speaker so that it is not taken for a name."""
    return speaker.id if "-" in speaker.id else f"{ID}{speaker.id}"


def _by_name(speakers: Sequence[Speaker]) -> dict[str, tuple[Speaker, ...]]:
    """Return the speakers by folded name, and by id."""
    named: dict[str, dict[str, Speaker]] = {}
    for speaker in speakers:
        for alias in speaker.aliases:
            named.setdefault(identity.latin_key(alias.name), {})[speaker.id] = speaker
    found = {
        name: tuple(sorted(several.values(), key=lambda s: s.id)) for name, several in named.items()
    }
    return found | {speaker.id: (speaker,) for speaker in speakers}
