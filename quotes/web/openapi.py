"""The OpenAPI description of the API, made from the table of pages.

In: the table. Out: plain values. What is not in the table is not described, and the tests request
everything that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotes import __version__
from quotes.records import METADATA
from quotes.web.article_metadata import MAX_URL_CHARS
from quotes.web.parameters import MAX_NUMBER, MAX_TEXT_CHARS, Param
from quotes.web.reviews import ACTIONS
from quotes.web.routes import Page
from quotes.web.schemas import COMPONENTS, REVIEWED, SCHEMAS, STARTED, Schema

PARAMETERS: dict[str, dict[str, Any]] = {
    "text": {"type": "string", "maxLength": MAX_TEXT_CHARS},
    "day": {"type": "string", "format": "date"},
    "number": {"type": "integer", "minimum": 0, "maximum": MAX_NUMBER},
    "share": {"type": "number", "minimum": 0, "maximum": 1},
    "choice": {"type": "string"},
}
_METADATA = ", ".join(METADATA)
ABOUT = "Who said what, when and in which role in the articles of this collection."
TEXT = {"type": "string", "maxLength": 500}
OF_ARTICLE: dict[str, Schema] = {
    name: {**TEXT, "maxLength": MAX_URL_CHARS, "description": "of the article (metadata)"}
    for name in METADATA
}
REVIEW = {
    "type": "object",
    "required": ["action", "by"],
    "properties": {
        "action": {"type": "string", "enum": list(ACTIONS)},
        "by": {
            "type": "string",
            "minLength": 1,
            "maxLength": 80,
            "description": "the name of the reviewer",
        },
        "quote": {
            **TEXT,
            "description": "the id of a quote (accept, reject, speaker, role, type, date, span)",
        },
        "document": {**TEXT, "description": f"the id of an article (add, metadata, {_METADATA})"},
        "value": {
            **TEXT,
            "description": f"the new speaker, role, type or date, or of an article {_METADATA}; "
            "empty removes it",
        },
        "content": {
            "type": "string",
            "description": "the words of the quote (add, span), parts joined by …",
        },
        "content_spans": {**TEXT, "description": "their offsets, such as 5-20,30-41"},
        "cue": {"type": "string"},
        "source": {"type": "string"},
        "names": {
            "type": "array",
            "items": TEXT,
            "description": "names of speakers (merge, split)",
        },
        "documents": {
            "type": "array",
            "items": TEXT,
            "description": "articles in which the name is another speaker (split)",
        },
        **OF_ARTICLE,
        "rule": {**TEXT, "description": "accept_all: quotes of this rule"},
        "speaker": {**TEXT, "description": "accept_all: quotes of this speaker"},
        "undoes": {**TEXT, "description": "the id of the review to undo (undo)"},
        "check": {**TEXT, "description": "the id of a check of a draft (accept_finding)"},
        "finding": {**TEXT, "description": "the id of a finding in it (accept_finding)"},
        "why": {**TEXT, "description": "the reason; accept_finding needs one"},
    },
}
ARTICLE = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "description": "the text of an article"},
        **dict.fromkeys(("title", "outlet", "author", "language", "url"), TEXT),
        "published": {"type": "string", "format": "date"},
        "by": {"type": "string", "maxLength": 80},
    },
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "code", "message"],
            "properties": {
                "status": {"type": "integer"},
                "code": {"type": "string"},
                "message": {"type": "string"},
            },
        }
    },
}


def openapi(pages: Sequence[Page]) -> dict[str, Any]:
    """Describe everything under /api/."""
    paths: dict[str, Any] = {page.api: {"get": _operation(page)} for page in pages}
    paths["/api/reviews"]["post"] = _change("storeReview", "Store a review", REVIEW, 201, REVIEWED)
    paths["/api/add"]["post"] = _change("addText", "Add an article", ARTICLE, 202, STARTED)
    return {
        "openapi": "3.1.0",
        "info": {"title": "quotes", "version": __version__, "description": ABOUT},
        "paths": paths,
        "components": {"schemas": {**COMPONENTS, "Error": ERROR}},
    }


def _operation(page: Page) -> dict[str, Any]:
    return {
        **_answered(page.name, page.description, 200, SCHEMAS[page.name]),
        "parameters": [_parameter(param) for param in page.params if param.name != "format"],
    }


def _change(
    name: str, description: str, body: Schema, status: int, schema: Schema
) -> dict[str, Any]:
    return {
        **_answered(name, description, status, schema),
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
    }


def _answered(name: str, description: str, status: int, schema: Schema) -> dict[str, Any]:
    error = {"$ref": "#/components/schemas/Error"}
    return {
        "operationId": name,
        "summary": description,
        "responses": {
            str(status): _json("as described", schema),
            "default": _json("refused, with the reason", error),
        },
    }


def _parameter(param: Param) -> dict[str, Any]:
    schema = {**PARAMETERS[param.kind], **({"enum": list(param.choices)} if param.choices else {})}
    if param.several:  # the name stands once for each value, as is usual for a query
        schema = {"type": "array", "items": schema}
    return {
        "name": param.name,
        "in": param.where,
        "required": param.required,
        "description": param.description,
        "schema": schema,
    }


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
