"""The weights by which two uses of names are taken for one speaker's, all in one place.

In: nothing. Out: numbers. A pair starts from what its names alone are worth, evidence adds to it or
takes from it, and from `MIN_SAME` on the two are one speaker. Scores lie between 0 and 1. They are
chosen by reason, not fitted: a nickname of an uncommon surname suffices alone, an initial or a
surname needs one good piece of evidence. docs/identity.md shows them as a table.
"""

from __future__ import annotations

# Names of people
SAME_NAME = 1.0  # the same characters
SAME_LETTERS = 0.97  # the same but for accents, hyphens, capitals, titles, Arabic articles
SPELLING_VARIANT = 0.9  # two spellings by rules of romanization, or letters of another script
OTHER_ORDER = 0.85  # the same words in another order, one clearly a first or a family name
OTHER_ORDER_UNSURE = 0.55  # the same, where nothing shows which is the family name
NICKNAME = 0.78  # Bill, William
FIRST_NAME_SPELLING = 0.6  # Steven, Stephen
FIRST_NAME_ONE_LETTER = 0.5  # Voldymyr, Volodymyr: a mistake, of a surname that is not common
FIRST_NAME_ONE_LETTER_COMMON = 0.35  # the same of a common surname
INITIAL = 0.5  # J. Smith, John Smith
SURNAME_ALONE = 0.55  # Lavrov, Sergei Lavrov; also a surname without its particle
SURNAME_OR_FIRST_NAME = 0.35  # the same, where the surname is as often a first name
FIRST_NAME_ALONE = 0.2  # Sergei, Sergei Lavrov
ONE_WORD_SPELLING = 0.78  # two spellings of a name of one word
SECOND_SURNAME_LEFT_OUT = 0.55  # Gabriel García, Gabriel García Márquez
FIRST_NAME_LEFT_OUT = 0.45  # Tayyip Erdogan, Recep Tayyip Erdogan
MIDDLE_NAME_LEFT_OUT = -0.05  # added: Robert Kennedy, Robert F. Kennedy
SOME_MIDDLE_NAMES = -0.35  # added: one of several middle names, and not the first
PARTICLE_LEFT_OUT = -0.25  # added: Bill Blasio, Bill de Blasio

# Names of organizations
SAME_SPELLED = 0.97  # the same but for article, spelling or legal form
OTHER_WORDS = 0.92  # Russia's Foreign Ministry, the Foreign Ministry of Russia
COUNTRY_LEFT_OUT = 0.55  # the Foreign Ministry, Russia's Foreign Ministry
ACRONYM = 0.5  # an acronym that is in no list

# Evidence besides the names: what it adds
SAME_ROLE = 0.36  # times how much the role says: 1 for a whole office
ROLE_OF_ONE_WORD = 0.7  # how much of SAME_ROLE a role of one word is worth
GENERIC_ROLE = 0.3  # the same for a role that very many people hold (analyst, lawyer)
RELATED_ROLES = 0.1  # roles that name the same place or organization
OTHER_ROLES = -0.15  # roles on both sides, none in common
MOST_COMPANY = 0.2  # quoted beside the same other speakers
SOME_COMPANY = 0.1  # quoted beside some of the same speakers
SIDE_BY_SIDE = -0.3  # both forms in the same articles, where somebody took them for two
SIDE_BY_SIDE_WHOLE = -0.1  # the same for two spellings of a whole name
ACRONYM_BESIDE_NAME = 0.2  # an acronym and a name in the same articles
COMMON_SURNAME = -0.1  # a common surname and nothing else that speaks for it

# Decisions
MIN_SAME = 0.75  # from here on two uses are one speaker
MIN_WHOLE = 0.9  # from here on other roles and a common surname do not count against whole names
MIN_ONLY_BEARER = 0.5  # for a surname alone that fits one speaker only: other roles bring it below
ONLY_BEARER = 0.6  # the score that such a surname then has
MIN_LEAD = 0.1  # a name that fits two goes to the better one where it is better by this
MIN_TYPED = 0.3  # for a name that somebody types to fit a speaker
MIN_LIKENESS = 82  # of 100 (rapidfuzz WRatio): candidates for merging that no rule connects
MIN_SUGGESTION = 75  # of 100 (rapidfuzz ratio): a suggestion in place of an unknown name
