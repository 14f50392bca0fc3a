"""CoNLL-U ⇄ Parse: texts parsed elsewhere come in, ours go out.

In: a file in CoNLL-U (`read_conllu`), or a document and its parse (`write_conllu`). Out: documents
with their parses, or the text of such a file. What is written reads back to the same text and the
same parse: besides the standard's own fields it has the original text (`# document_text`, a JSON
string) and the offsets of every word in it (`start_char`, `end_char` in MISC, as Stanza writes
them). The text of a file without these is made from `# text` and the spaces after its tokens;
`align` then moves a parse to another copy of the text. Broken trees are not repaired: a ParseError
names file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotes.errors import ParseError
from quotes.parsing.entity_types import ENTITY_KINDS
from quotes.parsing.normalization import normalize
from quotes.records import Document, EntityMention, Parse, Sentence, Span, Word

COLUMNS = 10
ESCAPES = {
    "s": " ",
    "t": "\t",
    "n": "\n",
    "r": "\r",
    "p": "|",
    "\\": "\\",
}  # of SpacesAfter, as UDPipe and Stanza write it


# Reading


@dataclass(slots=True)
class _Row:
    """One line of a sentence: a word, or a multi-word token from word `first` to word `last`."""

    line: int
    first: int
    last: int
    fields: list[str]
    misc: dict[str, str]


@dataclass(slots=True)
class _Block:
    """One sentence as it stands in the file."""

    line: int
    comments: dict[str, str] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)


@dataclass(slots=True)
class _Draft:
    """A document on its way: its text so far and what was found in it."""

    id: str
    original: str | None
    model: str
    text: str = ""
    gap: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    entities: list[EntityMention] = field(default_factory=list)

    def finished(self, path: Path) -> tuple[Document, Parse]:
        text = self.text if self.original is None else self.original
        parse = Parse(tuple(self.sentences), tuple(self.entities), self.model)
        return Document(id=self.id, text=text, source=str(path)), parse


def read_conllu(path: str | Path) -> Iterator[tuple[Document, Parse]]:
    """Yield the documents of a CoNLL-U file, each with its parse.

    A file without `# newdoc` is one document with the name of the file. Empty nodes are skipped.
    Names are read from MISC (`ner=B-PER`, `NER=S-PER`).

    Raises:
        ParseError: naming file and line.
    """
    path = Path(path)
    draft: _Draft | None = None
    count = 0
    for block in _blocks(path):
        if draft is None or any(
            key == "newdoc" or key.startswith("newdoc ") for key in block.comments
        ):
            if draft is not None:
                yield draft.finished(path)
            count += 1
            draft = _draft(path, block, count)
        _add(draft, path, block)
    if draft is None:
        raise ParseError(f"{path}: holds no sentence in CoNLL-U")
    yield draft.finished(path)


def _draft(path: Path, block: _Block, count: int) -> _Draft:
    name = block.comments.get("newdoc id") or (path.stem if count == 1 else f"{path.stem}-{count}")
    original = block.comments.get("document_text")
    if original is not None:
        try:
            original = str(json.loads(original))
        except ValueError as error:
            raise ParseError(
                f"{path}, line {block.line}: document_text is not a JSON string ({error})"
            ) from error
    return _Draft(name, original, block.comments.get("model", ""))


def _blocks(path: Path) -> Iterator[_Block]:
    block: _Block | None = None
    for number, line in _lines(path):
        if not line.strip():
            if block is not None and block.rows:
                yield block
                block = None
            continue
        block = block or _Block(number)
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            block.comments[key.strip()] = value.strip()
            continue
        row = _row(path, number, line)
        if row is not None:
            block.rows.append(row)
    if block is not None and block.rows:
        yield block


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                try:
                    line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    raise ParseError(
                        f"{path}, line {number}: not UTF-8 ({error.reason})"
                    ) from error
                yield number, line.rstrip("\r\n")
    except OSError as error:
        raise ParseError(f"{path}: cannot be read ({error.strerror})") from error


def _row(path: Path, number: int, line: str) -> _Row | None:
    fields = line.split("\t")
    if len(fields) != COLUMNS:
        raise ParseError(
            f"{path}, line {number}: {len(fields)} columns where CoNLL-U has {COLUMNS}, "
            "separated by tabs"
        )
    if re.fullmatch(r"\d+\.\d+", fields[0]):
        return None
    ids = re.fullmatch(r"(\d+)(?:-(\d+))?", fields[0])
    if ids is None:
        raise ParseError(
            f"{path}, line {number}: the first column must be a word's number, found {fields[0]!r}"
        )
    misc = (
        dict(part.partition("=")[::2] for part in fields[9].split("|")) if fields[9] != "_" else {}
    )
    return _Row(number, int(ids[1]), int(ids[2] or ids[1]), fields, misc)


def _add(draft: _Draft, path: Path, block: _Block) -> None:
    words = [row for row in block.rows if "-" not in row.fields[0]]
    heads = _heads(path, block, words)
    tokens = _tokens(path, block, words)
    spans = _places(draft, path, block, tokens, words)
    made = [_word(row, head, span) for row, head, span in zip(words, heads, spans, strict=True)]
    draft.sentences.append(Sentence(tuple(made)))
    draft.entities += _entities(path, tokens, spans)


def _heads(path: Path, block: _Block, words: Sequence[_Row]) -> list[int]:
    """Heads counted from 0, -1 for the root. Raises ParseError unless they form one tree."""
    if not words:
        raise ParseError(f"{path}, line {block.line}: a sentence without words")
    heads = []
    for number, row in enumerate(words, start=1):
        if row.first != number:
            raise ParseError(
                f"{path}, line {row.line}: word number {row.first} where {number} is due"
            )
        head = row.fields[6]
        if not head.isdecimal() or int(head) > len(words):
            raise ParseError(
                f"{path}, line {row.line}: head {head!r} is not a number from 0 to {len(words)}"
            )
        heads.append(int(head) - 1)
    roots = [row.line for row, head in zip(words, heads, strict=True) if head < 0]
    if len(roots) != 1:
        found = "no root" if not roots else f"roots on lines {', '.join(map(str, roots))}"
        raise ParseError(
            f"{path}, line {block.line}: a sentence has exactly one root, found {found}"
        )
    _refuse_cycles(path, words, heads)
    return heads


def _refuse_cycles(path: Path, words: Sequence[_Row], heads: Sequence[int]) -> None:
    safe = [head < 0 for head in heads]
    for start in range(len(heads)):
        way, at = [], start
        while not safe[at]:
            if at in way:
                raise ParseError(f"{path}, line {words[at].line}: the heads run in a circle")
            way.append(at)
            at = heads[at]
        for passed in way:
            safe[passed] = True


def _tokens(path: Path, block: _Block, words: Sequence[_Row]) -> list[_Row]:
    """Return the surface tokens: multi-word ones, and the words outside them."""
    tokens: list[_Row] = []
    inside = 0
    for row in block.rows:
        if row.last > len(words) or row.last < row.first:
            raise ParseError(
                f"{path}, line {row.line}: {row.fields[0]} reaches beyond the sentence's "
                f"{len(words)} words"
            )
        if "-" in row.fields[0] or row.first > inside:
            tokens.append(row)
            inside = row.last
    return tokens


def _word(row: _Row, head: int, span: Span) -> Word:
    form, lemma, upos, xpos, feats, deprel = (row.fields[i] for i in (1, 2, 3, 4, 5, 7))
    pairs = (
        ()
        if feats == "_"
        else tuple((key, value) for key, _, value in (f.partition("=") for f in feats.split("|")))
    )
    return Word(
        form=form,
        span=span,
        lemma=form if lemma == "_" else lemma,
        upos="X" if upos == "_" else upos,
        head=head,
        deprel="dep" if deprel == "_" else deprel,
        xpos="" if xpos == "_" else xpos,
        feats=pairs,
    )


# Places of words in the text


def _places(
    draft: _Draft, path: Path, block: _Block, tokens: Sequence[_Row], words: Sequence[_Row]
) -> list[Span]:
    if draft.original is not None:
        return _given_places(draft.original, path, tokens, words)
    start = _add_text(draft, block, tokens)
    spans: list[Span] = []
    for token in tokens:
        form = token.fields[1]
        gap = re.compile(r"\s*").match(draft.text, start)
        at = gap.end() if gap else start
        if not draft.text.startswith(form, at):
            found = draft.text[at : at + 20]
            raise ParseError(
                f"{path}, line {token.line}: {form!r} does not fit the sentence's text, which "
                f"goes on {found!r}"
            )
        start = at + len(form)
        spans += _split(form, [row.fields[1] for row in words[token.first - 1 : token.last]], at)
    return spans


def _given_places(
    text: str, path: Path, tokens: Sequence[_Row], words: Sequence[_Row]
) -> list[Span]:
    outer: dict[int, _Row] = {
        n: token for token in tokens for n in range(token.first, token.last + 1)
    }
    spans = []
    for row in words:
        misc = row.misc if "start_char" in row.misc else outer[row.first].misc
        start, end = misc.get("start_char", ""), misc.get("end_char", "")
        if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
            raise ParseError(
                f"{path}, line {row.line}: start_char and end_char must be places in "
                f"document_text (0 to {len(text)})"
            )
        spans.append(Span(int(start), int(end)))
    return spans


def _add_text(draft: _Draft, block: _Block, tokens: Sequence[_Row]) -> int:
    """Append a sentence's text to the document's, with white space before it as in the file.

    Returns:
        The offset where it starts.
    """
    if draft.text:
        fresh = any(key == "newpar" or key.startswith("newpar ") for key in block.comments)
        draft.text += draft.gap if "\n" in draft.gap or not fresh else "\n\n"
    start = len(draft.text)
    draft.text += block.comments.get("text") or _rebuilt(tokens)
    draft.gap = _space_after(tokens[-1])
    return start


def _rebuilt(tokens: Sequence[_Row]) -> str:
    return "".join(token.fields[1] + _space_after(token) for token in tokens).rstrip()


def _space_after(token: _Row) -> str:
    if token.misc.get("SpaceAfter") == "No":
        return ""
    escaped = token.misc.get("SpacesAfter")
    if escaped is None:
        return " "
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[0]), escaped)


def _split(surface: str, forms: Sequence[str], at: int) -> list[Span]:
    """Return the spans of the words of one token.

    Where their letters do not add up to those of the token, each has the whole token.
    """
    if "".join(forms) != surface:
        return [Span(at, at + len(surface))] * len(forms)
    spans = []
    for form in forms:
        spans.append(Span(at, at + len(form)))
        at += len(form)
    return spans


def _entities(path: Path, tokens: Sequence[_Row], spans: Sequence[Span]) -> list[EntityMention]:
    """Return the names from BIO or BIOES tags in MISC.

    Kinds of other tag sets are mapped, numbers and dates left out.
    """
    found: list[tuple[Span, str]] = []
    going = False
    for token in tokens:
        tag, _, kind = (token.misc.get("ner") or token.misc.get("NER") or "O").partition("-")
        if tag not in "BIESO" or (tag != "O" and not kind):
            raise ParseError(
                f"{path}, line {token.line}: the name tag {tag}-{kind} is none of B-, I-, E-, S- "
                "and O"
            )
        here = Span(spans[token.first - 1].start, spans[token.last - 1].end)
        if tag in "IE" and going and found[-1][1] == kind:
            found[-1] = (Span(found[-1][0].start, here.end), kind)
        elif tag != "O":
            found.append((here, kind))
        going = tag in "BI"
    return [EntityMention(span, ENTITY_KINDS[kind]) for span, kind in found if kind in ENTITY_KINDS]


# Another text


def align(document: Document, parse: Parse, *, source: str = "the parse") -> Parse:
    """Return the parse with spans into the text of another copy of its document.

    The text must have the same sentences in the same order. Spaces and the shape of quotation marks
    may differ, and there may be text between sentences that the parse left out.

    Args:
        document: The document to move the parse to.
        parse: The parse of a copy.
        source: The file of the parse, for messages.

    Raises:
        ParseError: naming `source` and the first sentence that is not there.
    """
    normal = normalize(document.text)
    places = [index for index, char in enumerate(normal.text) if char != " "]
    letters = "".join(normal.text[index] for index in places)
    names = sorted(parse.entities, key=lambda name: name.span)
    sentences, entities, at = [], [], 0
    for number, sentence in enumerate(parse.sentences, start=1):
        spans = list(dict.fromkeys(word.span for word in sentence.words))
        found = re.compile("".join(f"({_letters(sentence, span)})" for span in spans)).search(
            letters, at
        )
        if found is None:
            shown = " ".join(word.form for word in sentence.words[:8])
            raise ParseError(
                f"{source}: sentence {number} ({shown}) is not in the text of {document.id}, or "
                "not after the ones before it"
            )
        at = found.end()
        new = [
            normal.original(places[found.start(n)], places[found.end(n) - 1] + 1)
            for n in range(1, len(spans) + 1)
        ]
        moved = dict(zip(spans, new, strict=True))
        sentences.append(
            Sentence(tuple(replace(word, span=moved[word.span]) for word in sentence.words))
        )
        starts, ends = (
            {getattr(old, side): getattr(to, side) for old, to in moved.items()}
            for side in ("start", "end")
        )
        inside = [name for name in names if sentence.span.contains(name.span)]
        entities += [
            EntityMention(Span(starts[name.span.start], ends[name.span.end]), name.kind)
            for name in inside
        ]
    return Parse(tuple(sentences), tuple(entities), parse.model)


def _letters(sentence: Sentence, span: Span) -> str:
    """Return a pattern for the letters of a token.

    That is its form, or for words that share a token as many letters as the token has.
    """
    forms = [word.form for word in sentence.words if word.span == span]
    return (
        re.escape(normalize(forms[0]).text.replace(" ", ""))
        if len(forms) == 1
        else f".{{1,{len(span)}}}?"
    )


# Writing


def write_conllu(document: Document, parse: Parse) -> str:
    """Return a document and its parse as CoNLL-U.

    `read_conllu` gives both back as they were (of the document: id and text).
    """
    comments = [
        f"# newdoc id = {document.id}",
        f"# model = {parse.model}",
        f"# document_text = {_json(document.text)}",
    ]
    names = sorted(parse.entities, key=lambda name: name.span)
    blocks = []
    for number, sentence in enumerate(parse.sentences, start=1):
        inside = [name for name in names if sentence.span.contains(name.span)]
        rows = _rows(document.text, sentence, inside)
        text = "".join(
            row[1] + ("" if "SpaceAfter=No" in row[9] else " ") for row in _outer(rows)
        ).strip()
        comments += [f"# sent_id = {number}", f"# text = {text}"]
        blocks.append("\n".join([*comments, *("\t".join(row) for row in rows)]) + "\n\n")
        comments = []
    return "".join(blocks)


def _json(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return json.dumps(text)
    return json.dumps(text, ensure_ascii=False)


def _outer(rows: Sequence[list[str]]) -> Iterator[list[str]]:
    inside = 0
    for row in rows:
        first, _, last = row[0].partition("-")
        if int(first) > inside:
            yield row
            inside = int(last or first)


def _rows(text: str, sentence: Sentence, names: Sequence[EntityMention]) -> list[list[str]]:
    rows = []
    words = sentence.words
    for index, word in enumerate(words):
        last = index
        while last + 1 < len(words) and words[last + 1].span == word.span:
            last += 1
        spaced = last + 1 == len(words) or _spaced(
            text, words[last].span.end, words[last + 1].span.start
        )
        if last > index and (index == 0 or words[index - 1].span != word.span):
            surface = normalize(text, word.span).text
            rows.append(
                [
                    f"{index + 1}-{last + 1}",
                    surface,
                    *["_"] * 7,
                    _misc(word.span, names, spaced=spaced),
                ]
            )
        shared = last > index or (index > 0 and words[index - 1].span == word.span)
        feats = "|".join(f"{key}={value}" for key, value in word.feats) or "_"
        head = str(word.head + 1)
        misc = "_" if shared else _misc(word.span, names, spaced=spaced)
        rows.append(
            [
                str(index + 1),
                word.form,
                word.lemma,
                word.upos,
                word.xpos or "_",
                feats,
                head,
                word.deprel,
                "_",
                misc,
            ]
        )
    return rows


def _spaced(text: str, end: int, start: int) -> bool:
    return any(char.isspace() for char in text[end:start])


def _misc(span: Span, names: Sequence[EntityMention], *, spaced: bool) -> str:
    parts = [f"start_char={span.start}", f"end_char={span.end}"]
    name = next((name for name in names if name.span.contains(span)), None)
    if name is not None:
        first, last = name.span.start == span.start, name.span.end == span.end
        tag = "S" if first and last else "B" if first else "E" if last else "I"
        parts.append(f"ner={tag}-{name.kind}")
    if not spaced:
        parts.append("SpaceAfter=No")
    return "|".join(parts)
