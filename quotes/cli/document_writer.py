"""Documents with their quotes, written as each comes: text for people, JSON lines, CSV, sheets.

In: one document after the other. Out: standard output or a file. Text, JSON lines, CSV and TSV are
written at once; a sheet, Parquet and SQLite when all is there.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from quotes.cli.progress import notify
from quotes.cli.standard_output import paged_console, standard_output
from quotes.errors import InputError
from quotes.output import documents
from quotes.output.formats import DELIMITED
from quotes.records import Document, Quote

if TYPE_CHECKING:
    from types import TracebackType

    from quotes.output.not_shown import NotShown

    Shown = tuple[Document, Sequence[Quote], NotShown | None]

BOM = "\ufeff"
DELIMITERS = {"csv": ",", "tsv": "\t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How documents are written.

    Attributes:
        file_format: table, jsonl, csv, tsv, xlsx, parquet or sqlite.
        nested: JSON lines hold a document, else a quote.
        with_text: Documents in JSON lines hold their text.
        explain: The table says why and where.
        columns: Columns of rows, in this order; none is all, and those of the articles.
        bom: CSV and TSV begin with a byte order mark.
    """

    file_format: str = "table"
    nested: bool = True
    with_text: bool = False
    explain: bool = False
    columns: Sequence[str] = ()
    bom: bool = False


class DocumentWriter:
    """A writer of documents with their quotes, in one format."""

    def __init__(self, output: str | None, form: Form) -> None:
        self._output, self._form = output, form
        self._on_terminal = not output and sys.stdout.isatty()
        self._separator = ""  # before the next document in plain text
        self._rows = list[documents.Row]()  # of formats that are written at the end
        self._header: Sequence[str] | None = None  # of CSV and TSV, once it is written
        self._left_out = dict[str, None]()  # columns that came after the header
        self._held: list[Shown] | None = []  # alone, it is paged

    def __enter__(self) -> DocumentWriter:
        streamed = self._form.file_format in ("table", "jsonl", *DELIMITED)
        try:
            self._stream: TextIO = (
                open(self._output, "w", encoding="utf-8", newline="")
                if self._output and streamed
                else sys.stdout
            )
        except OSError as error:
            raise InputError(f"{self._output}: cannot be written: {error.strerror}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _traceback: TracebackType | None
    ) -> None:
        if self._held:
            with paged_console() as console:
                self._print(console, *self._held[0])
        if self._form.file_format in DELIMITED and self._header is None:
            self._write_header([])
        if self._left_out:
            names = ", ".join(self._left_out)
            notify(f"{names}: not in the header, so left out: write JSON lines or xlsx")
        if self._form.file_format in ("xlsx", "parquet", "sqlite"):
            if kind is None or issubclass(kind, KeyboardInterrupt):
                self._write_table()
        elif self._output:
            self._stream.close()

    def __call__(
        self, document: Document, quotes: Sequence[Quote], hidden: NotShown | None = None
    ) -> None:
        """Write one document, and flush the stream; a table that explains tells what is hidden."""
        form = self._form
        if form.file_format == "jsonl":
            self._write_json(document, quotes)
        elif form.file_format in DELIMITED:
            self._write_cells(documents.to_rows(document, quotes))
        elif form.file_format != "table":
            self._rows += documents.to_rows(document, quotes)
        elif self._on_terminal:
            self._show(document, quotes, hidden)
        else:
            from quotes.output.terminal.quotes import not_shown_text, plain_text

            self._stream.write(self._separator + plain_text(document, quotes, explain=form.explain))
            if form.explain and hidden:
                self._stream.write(not_shown_text(document, hidden))
            self._separator = "\n\n"
        self._stream.flush()

    def _write_json(self, document: Document, quotes: Sequence[Quote]) -> None:
        """Write the document, or each quote, as a line of JSON."""
        if self._form.nested:
            line = documents.to_json(document, quotes, with_text=self._form.with_text)
            self._stream.write(line + "\n")
            return
        for row in documents.to_json_rows(document, quotes):
            chosen = {name: row[name] for name in self._form.columns} or row
            self._stream.write(json.dumps(chosen, ensure_ascii=False) + "\n")

    def _write_cells(self, rows: Sequence[documents.Row]) -> None:
        """Write rows as lines of cells; the first ones decide on the columns of the header."""
        if self._header is None:
            if not rows:
                return
            self._write_header(rows)
        assert self._header is not None
        for row in rows:
            self._write_row(documents.to_cells(row, self._header))
            if not self._form.columns and len(row) > len(documents.NAMES):
                self._left_out |= dict.fromkeys(name for name in row if name not in self._header)

    def _write_header(self, rows: Sequence[documents.Row]) -> None:
        """Write the names of the columns."""
        self._header = self._form.columns or documents.names_of(rows)
        self._stream.write(BOM if self._form.bom else "")
        self._write_row(self._header)

    def _write_row(self, cells: Sequence[str]) -> None:
        """Write a line of cells."""
        delimiter = DELIMITERS[self._form.file_format]
        csv.writer(self._stream, delimiter=delimiter, lineterminator="\n").writerow(cells)

    def _show(self, document: Document, quotes: Sequence[Quote], hidden: NotShown | None) -> None:
        """Print on a terminal; the first document waits to see whether it is the only one."""
        from rich.console import Console

        if self._held == []:
            self._held.append((document, quotes, hidden))
            return
        console = Console(file=self._stream, highlight=False, emoji=False)
        for held in self._held or ():
            self._print(console, *held)
        self._held = None
        self._print(console, document, quotes, hidden)

    def _print(
        self,
        console: object,
        document: Document,
        quotes: Sequence[Quote],
        hidden: NotShown | None,
    ) -> None:
        """Print a document on a console."""
        from rich.console import Console
        from rich.text import Text

        from quotes.output.terminal.quotes import not_shown_text, renderable

        assert isinstance(console, Console)
        console.print(renderable(document, quotes, width=console.width, explain=self._form.explain))
        if self._form.explain and hidden:
            console.print(Text(not_shown_text(document, hidden)))

    def _write_table(self) -> None:
        """Write all rows in a format that is made as a whole."""
        from quotes.output import tables
        from quotes.output.tables.atomic_file import atomic_file

        batch = documents.to_batch(self._rows)
        if self._output:
            with atomic_file(Path(self._output)) as stream:
                tables.write_batch(batch, stream, self._form.file_format, self._form.columns)
            return
        with standard_output() as stream:
            tables.write_batch(batch, stream, self._form.file_format, self._form.columns)
