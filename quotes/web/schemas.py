"""The JSON schemas of the values of each page.

Data only: for each page the names and types of its values, as `openapi` describes them. The tests
compare them with what the pages answer.
"""

from __future__ import annotations

from typing import Any

from quotes.output.verification_rows import COLUMNS
from quotes.store.quote_search import FACETS
from quotes.web.highlights import SPAN_KINDS

Schema = dict[str, Any]

TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "day": {"type": "string", "format": "date"},
    "moment": {"type": "string", "format": "date-time"},
    "number": {"type": "integer"},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "flag": {"type": "boolean"},
}


def _type(name: str) -> Schema:
    """Return the schema of a type; "?" after its name: or null."""
    schema = TYPES[name.removesuffix("?")]
    return schema | {"type": [schema["type"], "null"]} if name.endswith("?") else schema


def _record(fields: str = "", **schemas: Schema) -> Schema:
    """Return the schema of an object.

    Args:
        fields: Names with their types, such as "id text, title text?".
        **schemas: Further fields, which have schemas of their own.
    """
    pairs = [field.split() for field in fields.split(",") if field.strip()]
    properties = {name: _type(kind) for name, kind in pairs} | schemas
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(item: str | Schema) -> Schema:
    """Return the schema of a list of a component, of a type or of objects."""
    return {"type": "array", "items": _part(item) if isinstance(item, str) else item}


def _part(name: str) -> Schema:
    """Return a reference to a component, or the schema of a type."""
    return _type(name) if name[0].islower() else {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _rows(item: str | Schema, fields: str = "", **schemas: Schema) -> Schema:
    """Return the schema of an object with `items`."""
    return _record(fields, items=_list(item), **schemas)


_PAGED = "total number, page number, pages number"
_SHOWN = """
    id text, document text, words text, speaker_id text?, speaker_name text?, speaker text?,
    role text?, outlet text?, title text?, published day?, type text, confidence share,
    copy_of text?, day day?, said_on day?, said_precision text?, review text?, reviewed_by text?"""
_QUOTE = f"""{_SHOWN},
    position number, kind text?, cue text?, speaker_confidence share, probability share,
    factuality text, act text, rule text,
    nested_in text?, when_text text?"""
_CARD = "url text?, statement text?, prints number, outlets number, wordings number, disputed flag"
_EVIDENCE = """
    id text, document text, title text?, outlet text?, published day?, words text,
    content_text text, said_on_text text, addressee text?,
    speaker text?, speaker_id text?, speaker_name text?, kind text?, role text?,
    type text, factuality text, act text, said_on day?, said_precision text?, when_text text?,
    confidence share, speaker_confidence share, probability share, rule text, path text?,
    resolved_by text?, nested_in text?, review text?, reviewed_by text?"""
_AUDITED = (
    "named", "unnamed", "organizations", "groups", "documents", "unresolved", "direct", "indirect",
    "mixed",
)  # fmt: skip
_COUNTED = ", ".join(f"{name} number, {name}_share share" for name in _AUDITED)
_JOB = """
    id text, by text, state text, message text, done number, added number, revised number,
    unchanged number, failed number, quotes number"""
_NAMES = _list(_record("name text, kind text, score share, reason text, by text"))
_NAMES_AND_ROLES = {
    "names": _NAMES,
    "roles": _list(
        _record("role text, first day?, last day?, articles number", forms=_list("text"))
    ),
}

COMPONENTS: dict[str, Schema] = {
    "Quote": _record(_QUOTE),
    "Card": _record(f"{_QUOTE}, {_CARD}"),
    "Speaker": _record("id text?, name text?, prints number"),
    "Print": _record(
        "id text, words text, speaker_id text?, speaker_name text?, speaker text?, outlet text?, "
        "published day?, document text"
    ),
    "Statement": _record(
        "id text, words text, type text, prints number, outlets number, wordings number, "
        "disputed flag, first_outlet text?, first day?",
        speakers=_list(_record("id text, name text")),
    ),
    "Chip": _record("name text, value text, label text"),
    "Match": _record(
        f"{_SHOWN}, likeness share, verdict text", pieces=_list(_record("kind text, text text"))
    ),
    "Found": {
        "allOf": [_part("Match"), _record("outlets number", prints=_list("Print"))],
    },
    "Evidence": _record(
        f"{_EVIDENCE}, {_CARD}",
        **{kind: _list(_record("start number, end number, text text")) for kind in SPAN_KINDS},
        reported_by=_list("text"),
        reviews=_list("text"),
    ),
    "Value": _record("value text, label text, count number"),
    "Facets": _record(
        "",
        **{name: _list("Value") for name in FACETS},
    ),
    "Name": _record("id text, name text, kind text?"),
    "Side": _record(
        "id text, name text, kind text?, total number", quotes=_list("Quote"), **_NAMES_AND_ROLES
    ),
    "Candidate": _record("id text, name text, score share, reason text"),
    "Review": _record(
        "id text, at moment, by text, action text, document text?, quote text?, words text, "
        "value text?, undoes text?, why text, stands flag, unanchored flag",
        names=_list("text"),
        documents=_list("text"),
    ),
    "Person": _record(
        "id text, name text, kind text?, quotes number, outlets number, here flag, label text"
    ),
    "Task": _record("place text?", quote=_part("Evidence"), people=_list("Person")),
    "Job": _record(_JOB),
    "Failure": _record("id text, at moment, stage text, message text, source text?"),
}

_PROGRESS = _record("quotes number, checked number, left number")
_AGREEMENT = _record(
    "accepted number, rejected number, changed number, reviewed number, "
    "with_program share?, reviewed_by_several number, among_reviewers share?"
)
_ANSWER = _or_null(
    _record(
        "verdict text, quote text, factuality text, prints number, outlets number, wordings number",
        speakers=_list("Speaker"),
        first=_or_null(_part("Print")),
    )
)
_QUOTE_PAGE = _record(quote=_part("Evidence"), history=_list("Review"), people=_list("Person"))

_CHANGED_QUOTE = _or_null(_record("id text, words text, speaker text?, type text, factuality text"))
_CHANGES = _rows(
    _record(
        "change text",
        before=_CHANGED_QUOTE,
        after=_CHANGED_QUOTE,
        pieces=_list(_record("kind text, text text")),
    ),
    "since number",
)

_CHECK = _record("id text, by text, state text, title text, summary text")


def _finding() -> Schema:
    """Return the schema of a row of `quotes verify`: all but a few of its columns may be null."""
    given = ("draft", "line", "verdict", "also", "words", "type", "senses", "notes", "id")
    schemas: dict[str, Schema] = {}
    for name, kind, _ in COLUMNS:
        if kind == "list":
            schemas[name] = _list("text")
        else:
            schemas[name] = _type(kind if name in given else f"{kind}?")
    schemas["score"] = {"type": ["number", "null"]}
    return _record("", **schemas)


SCHEMAS: dict[str, Schema] = {
    "search": _rows(
        "Card",
        f"{_PAGED}, words text, topic flag, note text, copies number, articles number",
        terms=_list("text"),
        people=_list(
            _record(
                "id text, name text, kind text?, quotes number, articles number, outlets number"
            )
        ),
        said=_list("Found"),
        answer=_ANSWER,
        home=_or_null(
            _record(
                progress=_record("quotes number, checked number, left number"),
                disputed=_list("Statement"),
                speakers=_list(_record("id text, name text, quotes number, outlets number")),
            )
        ),
        totals=_or_null(_record("all number, speaker number, words number")),
        nearest=_list("Card"),
        facets=_part("Facets"),
        chips=_list("Chip"),
    ),
    "texts": _rows(
        _record("id text, title text?, outlet text?, published day?, around text"),
        "words text, most number",
        terms=_list("text"),
    ),
    "check": _rows("Found", "words text, note text", answer=_ANSWER),
    "quote": _QUOTE_PAGE,
    "evidence": _QUOTE_PAGE,
    "tree": _record("quote text, svg text, reason text"),
    "article": _rows(
        "Evidence",
        "id text, title text?, outlet text?, author text?, published day?, source text?, "
        "url text?, copy_of text?, language text?, revision number, text text",
        chosen=_or_null(_part("Evidence")),
        history=_list("Review"),
        people=_list("Person"),
        changes=_or_null(_CHANGES),
        speakers=_list(
            _record(
                "id text?, name text?, role text?",
                quotes=_list(
                    _record(
                        "id text, words text, type text, factuality text, probability share, "
                        "review text?"
                    )
                ),
            )
        ),
    ),
    "people": _rows("Person"),
    "articles": _rows(
        _record(
            "id text, title text?, outlet text?, published day?, quotes number, checked number, "
            "speakers number"
        ),
        _PAGED,
    ),
    "speakers": _rows(
        _record(
            "id text, name text, kind text?, quotes number, articles number, outlets number, "
            "first day?, first_precision text?, last day?, last_precision text?"
        ),
        _PAGED,
    ),
    "speaker": _rows(
        "Card",
        f"{_PAGED}, id text, name text, kind text?, wikidata text?, words text",
        terms=_list("text"),
        chips=_list("Chip"),
        days=_list(_record("day day, precision text, quotes number")),
        months=_list(_record("month text, type text, quotes number")),
        together=_list(_record("speaker_id text, name text, articles number")),
        candidates=_list("Candidate"),
        facets=_part("Facets"),
        **_NAMES_AND_ROLES,
    ),
    "chart": _record("svg text"),
    "merge": _rows("Side", "together number"),
    "same": _rows({"allOf": [_part("Candidate"), _part("Side")]}, speaker=_part("Side")),
    "clusters": _rows(
        _record(
            "score share",
            reasons=_list("text"),
            speakers=_list(
                _record(
                    "id text, name text, kind text?, total number, role text?",
                    names=_NAMES,
                    quotes=_list("Quote"),
                )
            ),
        ),
        f"{_PAGED}, ready flag",
    ),
    "statement": _rows(
        {"allOf": [_part("Match"), _record(_CARD)]},
        "id text, words text, outlets number, wordings number",
        first=_list("Match"),
        speakers=_list("Speaker"),
        elsewhere=_list("Card"),
    ),
    "statements": _rows(
        "Statement",
        f"{_PAGED}, ready flag",
        counts=_record("outlets number, changed number, disputed number"),
    ),
    "review": _rows(
        {"allOf": [_part("Quote"), _record("score number, place text")]},
        progress=_PROGRESS,
        agreement=_AGREEMENT,
        groups=_record(
            "",
            **{name: _list("Value") for name in ("articles", "outlets", "speakers", "rules")},
        ),
        chips=_list("Chip"),
        current=_or_null(_part("Task")),
        following=_list("Task"),
        last=_list("Review"),
        own=_list("Review"),
    ),
    "review_after": _rows(
        "Task",
        progress=_PROGRESS,
        agreement=_AGREEMENT,
        last=_list("Review"),
        own=_list("Review"),
    ),
    "guide": _record(),
    "collection": _rows(
        _record(
            "outlet text?, all flag, quotes number, articles number, speakers number, "
            f"checked number, {_COUNTED}",
            top=_list(_record("id text, name text, quotes number")),
        ),
        "failed number",
        facts=_record(
            "articles number, copies number, first day?, last day?, outlets number, "
            "quotes number, checked number, speakers number"
        ),
        speakers=_list(_record("id text, name text, quotes number, outlets number")),
        failures=_list("Failure"),
        runs=_list(
            _record(
                "id text, started moment, ended moment?, made_by text, added number?, "
                "revised number?, unchanged number?, failed number?, quotes number?"
            )
        ),
    ),
    "failures": _rows("Failure"),
    "reviews": _rows(
        {"allOf": [_part("Review"), _record("title text?, undone text?")]},
        f"{_PAGED}, unanchored number",
    ),
    "add": _rows("Job", "max_bytes number, fetching flag", endings=_list("text")),
    "job": _rows(_record("document text, title text?, outcome text, message text"), _JOB),
    "verify": _rows(_CHECK, "max_bytes number, max_chars number", endings=_list("text")),
    "verification": _rows(
        _finding(),
        "id text, by text, state text, title text, message text, summary text, unchecked text, "
        "left_out number",
        failures=_list("text"),
    ),
}

REVIEWED = _rows(_record("id text, action text, by text, quote text?, document text?"))
STARTED = _record("job text")
