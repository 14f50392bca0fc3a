"""The articles that a command is given: its options, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import click

from quotes.cli.options import Day
from quotes.errors import InputError
from quotes.readers.metadata import Metadata
from quotes.records import Document, Failure, Parse

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = (
    click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path()),
    click.option(
        "--published",
        type=Day(),
        help="Day of publication (YYYY-MM-DD), where no column or metadata.csv gives it.",
    ),
    click.option(
        "--outlet", metavar="NAME", help="Who published it, where no column or metadata.csv says."
    ),
    click.option(
        "--author",
        metavar="NAME",
        help='Who wrote it, where no column or metadata.csv says: "I" outside of quotations.',
    ),
    click.option(
        "--language",
        metavar="CODE",
        help="Language of the texts (ISO 639-1), instead of guessing it.",
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        help="In CSV, Parquet and JSON lines: the column or key NAME holds "
        "FIELD (text, id, title, outlet, author, published, language). May be repeated.",
    ),
    click.option(
        "--model",
        default="embedded",
        show_default=True,
        metavar="MODEL",
        help="embedded, a package of Stanza (stanza:en, downloaded when missing) or a folder of Stanza models.",
    ),
    click.option(
        "--parsed",
        type=click.Path(),
        metavar="FILE",
        help="A CoNLL-U file with the parses, made elsewhere. Without PATH, the documents are made from it alone.",
    ),
)


def input_options(command: F) -> F:
    """Adds the paths and the options that say what is known of them."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def documents(
    paths: Sequence[str], *, parsed: str | None, columns: Sequence[str], known: Mapping[str, Any]
) -> Iterator[Document | Failure | tuple[Document, Parse]]:
    """What the options stand for, one by one. Raises click.UsageError where they stand for nothing."""
    from quotes.readers import read

    if not paths and not parsed:
        raise click.UsageError(
            "Give at least one PATH: a file, a folder, an address, or - for standard input."
        )
    defaults = Metadata(**known)
    found = read(paths, defaults=defaults, columns=_columns(columns))
    return _with_parses(parsed, found if paths else None, defaults) if parsed else found


def nothing_in(paths: Sequence[str]) -> InputError:
    """What to say of paths that hold no article."""
    return InputError(f"{' '.join(paths)}: nothing to read: no articles in it")


def _with_parses(
    parsed: str, found: Iterator[Document | Failure] | None, known: Metadata
) -> Iterator[Document | Failure | tuple[Document, Parse]]:
    """The documents with their parses from a CoNLL-U file; without documents, those that the file itself makes."""
    from quotes.parsing.conllu import read_conllu
    from quotes.pipeline import described, join_parses

    if found is None:
        return ((described(document, known), parse) for document, parse in read_conllu(parsed))
    return join_parses(
        found, {document.id: parse for document, parse in read_conllu(parsed)}, source=parsed
    )


def _columns(pairs: Sequence[str]) -> dict[str, str]:
    """("text=body",) as {"text": "body"}."""
    found = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(found.values()):
        raise InputError("--column: write FIELD=NAME, as in --column text=body")
    return found
