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


class SpeakerNames:
    """An index of speakers by id and by folded name."""

    def __init__(self, speakers: Sequence[Speaker], language: Language) -> None:
        self.speakers = tuple(speakers)
        self._language = language
        self._by_name = _by_name(self.speakers)
        self._ids_under: dict[str, frozenset[str]] = {}  # of names looked up before

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
            + (f": did you mean {near}?" if near else ": `quotes speakers` lists all")
        )

    def ids_under(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return, for each name as printed, the ids of all speakers it may be in a document.

        Other names may be there, too.
        """
        known = self._ids_under
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
