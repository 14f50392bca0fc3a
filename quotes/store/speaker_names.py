"""The speakers of a store, found by what people type and by what articles print.

In: speakers, reviews by people applied. Out: the one that fits a name or id, or a SpeakerError that
lists the nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from quotes import identity
from quotes.errors import SpeakerError
from quotes.language import Language
from quotes.records import Speaker

ALL_SPEAKERS = "`quotes speakers` lists all, in Python `store.speakers()`"


class SpeakerNames:
    """An index of speakers by id and by folded name."""

    def __init__(self, speakers: Sequence[Speaker], language: Language) -> None:
        self.speakers = tuple(speakers)
        self._language = language
        self._by_name = _by_name(self.speakers)
        self._printed = {alias.name for speaker in self.speakers for alias in speaker.aliases}
        self._ids_by_name: dict[str, frozenset[str]] = {}  # of names looked up before

    def has_name(self, name: str) -> bool:
        """Return True if a speaker has exactly this name, as its own or as another form."""
        return name in self._printed

    def speaker(self, name: str, *, store: Path) -> Speaker:
        """Return the speaker of this name or id.

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
        if found:
            listed = "".join(f"\n  {s.name} ({s.id})" for s in found)
            raise SpeakerError(
                f"{name!r} fits {len(found)} speakers: "
                f"give the full name or the id of one of them:{listed}"
            )
        near = ", ".join(s.name for s in identity.nearest(name, self.speakers))
        raise SpeakerError(
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
