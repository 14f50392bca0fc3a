"""The words for people that say how an antecedent was found."""

from __future__ import annotations

from quotes.speakers.discourse import Discourse


def step_text(discourse: Discourse, index: int, referent: int) -> str:
    """Return where the last mention of the referent stands, as a step for people to read.

    "pronoun: subject in the previous sentence".
    """
    mention = discourse.mentions[index]
    form = "description" if mention.form == "nominal" else mention.form
    before = [
        seen
        for seen in discourse.referents[referent].referent_mentions
        if seen.start < mention.span.start
    ]
    if not before:
        return f"{form}: named later in the sentence"
    last = max(before, key=lambda seen: seen.start)
    back = mention.sentence - last.sentence
    where = (
        "the same sentence"
        if back == 0
        else "the previous sentence"
        if back == 1
        else f"{back} sentences before"
    )
    place = (
        "speaker" if last.mention in discourse.of_source else discourse.mentions[last.mention].place
    )
    return f"{form}: {place if place != 'other' else 'named'} in {where}"
