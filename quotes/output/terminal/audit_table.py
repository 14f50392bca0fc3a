"""The source audit for people: for each group its shares and its voices.

In: groups of voices. Out: plain text. Nothing of an article reaches a terminal as a control
character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotes.output.numbers import count_of
from quotes.output.quote_text import with_role
from quotes.output.terminal.safe_text import printable
from quotes.source_audit.voices import Group, Voice

MAX_VOICES = 12  # of a group; `--format csv` has all
MAX_NAMES = 8  # of those only named
NO_QUOTES = "no quotes to count"


def plain_text(groups: Sequence[Group]) -> str:
    """Return the audit as plain text, of any width."""
    blocks = ["\n".join(_lines(group)) for group in groups]
    return "\n\n".join(blocks or [NO_QUOTES]) + "\n"


def _lines(group: Group) -> Iterator[str]:
    quoted = group.quoted
    quotes = sum(voice.quotes for voice in quoted)
    yield printable(f"{group.name} · {count_of(len(quoted), 'voice')}, {count_of(quotes, 'quote')}")
    if quoted:
        shares = (f"{kind} {share:.0%}" for kind, _, share in group.shares())
        yield "    words: " + ", ".join(shares)
        direct = sum(voice.direct + voice.mixed for voice in quoted)
        known = [voice for voice in quoted if voice.new is not None]
        new = sum(bool(voice.new) for voice in known)
        yield (
            f"    direct or mixed {direct / quotes:.0%}, indirect {1 - direct / quotes:.0%}"
            + (f"; new voices {new} of {len(known)}" if known else "")
        )
    for voice in quoted[:MAX_VOICES]:
        yield "    " + _voice(voice)
        for reason in voice.withheld:
            yield f"        name withheld: “{printable(reason)}”"
    if len(quoted) > MAX_VOICES:
        yield f"    and {count_of(len(quoted) - MAX_VOICES, 'more voice')}"
    only = [printable(voice.name) for voice in group.voices if not voice.quoted]
    if only:
        more = f" and {len(only) - MAX_NAMES} more" if len(only) > MAX_NAMES else ""
        yield f"    only named: {', '.join(only[:MAX_NAMES])}{more}"


def _voice(voice: Voice) -> str:
    kinds = ", ".join(
        f"{count} {name}"
        for name, count in (
            ("direct", voice.direct),
            ("mixed", voice.mixed),
            ("indirect", voice.indirect),
        )
        if count
    )
    new = " · new" if voice.new else ""
    who = printable(with_role(voice.name, voice.role))
    return f"{voice.share:>4.0%} {who} · {voice.kind} · {kinds}{new}"
