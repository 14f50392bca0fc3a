"""Sentences with a statement inside a statement, built by hand."""

from __future__ import annotations

from tests.builders import build_analysis

CHAIN = build_analysis(
    """
    Papers   paper    NOUN  2 nsubj
    reported report   VERB  0 root
    that     that     SCONJ 5 mark
    Park     Park     PROPN 5 nsubj
    said     say      VERB  2 ccomp
    it       it       PRON  7 nsubj
    rains    rain     VERB  5 ccomp
    .        .        PUNCT 2 punct
    """
)
ACCORDING = build_analysis(
    """
    Park      Park     PROPN 2 nsubj
    wrote     write    VERB  0 root VerbForm=Fin
    that      that     SCONJ 9 mark
    according accord   VERB  6 case
    to        to       ADP   4 fixed
    Roe       Roe      PROPN 9 obl
    ,         ,        PUNCT 6 punct
    he        he       PRON  9 nsubj
    died      die      VERB  2 ccomp VerbForm=Fin
    """,
    entities={"Roe": "PER"},
)
SPEECH = build_analysis(
    """
    “       “       PUNCT 4 punct
    The     the     DET   3 det
    guard   guard   NOUN  4 nsubj
    told    tell    VERB  14 ccomp
    us      we      PRON  4 iobj
    ,       ,       PUNCT 8 punct
    ‘       ‘       PUNCT 8 punct
    Go      go      VERB  4 ccomp
    home    home    ADV   8 advmod
    ,       ,       PUNCT 8 punct
    ’       ’       PUNCT 8 punct
    ”       ”       PUNCT 4 punct
    Okafor  Okafor  PROPN 14 nsubj
    said    say     VERB  0 root
    .       .       PUNCT 14 punct
    """
)
