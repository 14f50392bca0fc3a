"""A small pattern language over dependency trees: a pattern and a Sentence in, the words that the pattern names out. Knows no English.

The language is a subset of Semgrex (Chambers et al. 2007, "Learning Alignments and Leveraging Natural Logic", section 4.1; Bauer et al.
2023, "Semgrex and Ssurgeon, Searching and Manipulating Dependency Graphs"), written for trees in Universal Dependencies.

    {}                               any word
    {upos:VERB; lemma:@speech}       a word that passes every test; a test is `attribute:value`, `!` before it negates it
    {...}=cue                        the same, and its place in the sentence is given out under the name `cue`
    {...} >nsubj {...} >obj {...}    the word on the left (the anchor) stands in every relation that follows it
    {...} >conj ({...} >nsubj {})    with brackets the relations belong to the inner word

Attributes: `word` and `lemma` (upper and lower case are the same), `upos`, `xpos`, `deprel`, `feats.NAME`, and `position` (first, last).
Values: as written, `"in quotes"`, a `/regular expression/` that fits the whole, `@list` for any entry of a word list; `|` between several.

    A >r B     A is the head of B by relation r          A <r B     A depends on B by r
    A >>r B    B is somewhere below A, its own label r   A <<r B    B is somewhere above A; r is the label of the last step to B
    A . B      A stands right before B                   A - B      A stands right after B
    A .. B     A stands anywhere before B                A -- B     A stands anywhere after B
    A $+ B     A is the next sibling left of B           A $- B     A is the next sibling right of B
    A $++ B    A is a sibling left of B                  A $-- B    A is a sibling right of B

The label r may be left out; `nsubj` is just that, `nsubj:*` also its subtypes, `/.../` a regular expression, `|` between several.

    !>r {...}            there is no such B
    ?>r {...}=x          if there are such B, each of them is x in a match of its own; if there is none, x stays unnamed
    [ >r {} | >s {} ]    at least one of the groups of relations holds; `!` and `?` may stand before it too
    {...}=x  or  =x      a name that was used before: the same word again

What is found is what a reader of logic expects, without order or greed: every distinct way to name words so that all relations hold.
Two nodes may be the same word unless a relation keeps them apart. Two limits keep this exact: a name inside `!` must be bound outside it,
and a name inside `?` must not be used outside it (save in another alternative). Where a pattern breaks them, RuleError says so.

How: bottom-up, each node gets the set of words that can fill it (sets are integers, one bit a word); only then are names read off from
the top, so that no choice is made that cannot be completed (Yannakakis 1981). Time grows with the pattern, the sentence and what is found.
"""

from quotes.language.patterns.matcher import Pattern
from quotes.language.patterns.sentence_index import SentenceIndex
from quotes.language.patterns.syntax import compile_pattern

__all__ = ["Pattern", "SentenceIndex", "compile_pattern"]
