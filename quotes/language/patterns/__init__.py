"""A small pattern language over dependency trees, which knows nothing of any language.

In: a pattern and a Sentence. Out: the words that the pattern names. It is a subset of Semgrex
(Chambers et al. 2007, "Learning Alignments and Leveraging Natural Logic", section 4.1; Bauer et al.
2023, "Semgrex and Ssurgeon, Searching and Manipulating Dependency Graphs"), for trees in Universal
Dependencies.

    {}                             any word
    {upos:VERB; lemma:@speech}     a word that passes every test; `!` before a test negates it
    {...}=cue                      the same, and its place is given out under the name `cue`
    {...} >nsubj {...} >obj {...}  the word on the left (the anchor) is in all relations after it
    {...} >conj ({...} >nsubj {})  with brackets the relations belong to the inner word

Attributes: `lemma` (in any case of letters), `upos`, `xpos`, `deprel`. Values: as written,
`"in quotes"`, `@list` for any entry of a word list; `|` between several.

    A >r B     A is the head of B by relation r
    A <r B     A depends on B by r
    A -- B     A stands anywhere after B

The label r may be left out. `nsubj` is just that, not its subtypes; `|` stands between several.

    !>r {...}            there is no such B; nothing can be named inside
    {...}=x  or  =x      a name that was used before: the same word again

What is found is what a reader of logic expects, without order or greed: every distinct way to name
words so that all relations hold. Two nodes may be the same word unless a relation keeps them apart.

How: bottom-up, each node gets the set of words that can fill it (sets are integers, one bit a
word); only then are names read off from the top, so that no choice is made that cannot be completed
(Yannakakis 1981). Time grows with the pattern, the sentence and what is found.
"""

from quotes.language.patterns.matcher import Pattern
from quotes.language.patterns.sentence_index import SentenceIndex
from quotes.language.patterns.syntax import compile_pattern

__all__ = ["Pattern", "SentenceIndex", "compile_pattern"]
