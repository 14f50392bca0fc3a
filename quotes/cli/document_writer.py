"""Documents with their quotes, written as each comes: text for people, JSON lines, CSV, sheets.

In: one document after the other. Out: standard output or a file. Text, JSON lines, CSV and TSV are
written at once; a sheet, Parquet and SQLite when all is there. Columns that come after the header
of CSV or TSV was written are added to a file at the end, and left out of standard output.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from quotes.cli.progress import notify
from quotes.cli.standard_output import paged_console, standard_output, writing_to
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
        line_numbers: The table says in which line of the text each quote begins.
        columns: Columns of rows, in this order; none is all, and those of the articles.
        bom: CSV and TSV begin with a byte order mark.
    """

    file_format: str = "table"
    nested: bool = True
    with_text: bool = False
    explain: bool = False
    line_numbers: bool = False
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
        self._late_columns = dict[str, None]()  # that came after the header
        self._late_cells = dict[int, dict[str, str]]()  # theirs, by the number of the row
        self._written = 0  # rows of CSV and TSV
        self._held: list[Shown] | None = []  # alone, it is paged

    def __enter__(self) -> DocumentWriter:
        streamed = self._form.file_format in ("table", "jsonl", *DELIMITED)
        with writing_to(self._output):
            self._stream: TextIO = (
                open(self._output, "w", encoding="utf-8", newline="")
                if self._output and streamed
                else sys.stdout
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: object, _traceback: TracebackType | None
    ) -> None:
        try:
            with writing_to(self._output):
                self._finish(kind)
        except InputError:
            if kind is None or not issubclass(kind, InputError):
                raise  # else the first error has said it

    def _finish(self, kind: type[BaseException] | None) -> None:
        """Write what waits for the end, and close the file."""
        if self._held:
            with paged_console() as console:
                self._print(console, *self._held[0])
        if self._form.file_format in DELIMITED and self._header is None:
            self._write_header([])
        if self._late_columns and not self._output:
            names = ", ".join(self._late_columns)
            notify(f"{names}: not in the header, so left out: give --output, or write JSON lines")
        if self._form.file_format in ("xlsx", "parquet", "sqlite"):
            if kind is None or issubclass(kind, KeyboardInterrupt):
                self._write_table()
        elif self._output:
            self._stream.close()
            if self._late_columns:
                self._add_late_columns(Path(self._output))

    def __call__(
        self, document: Document, quotes: Sequence[Quote], hidden: NotShown | None = None
    ) -> None:
        """Write one document, and flush the stream; a table that explains tells what is hidden.

        Raises:
            InputError: It cannot be written.
        """
        with writing_to(self._output):
            self._write(document, quotes, hidden)
            self._stream.flush()

    def _write(self, document: Document, quotes: Sequence[Quote], hidden: NotShown | None) -> None:
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

            made = plain_text(document, quotes, explain=form.explain, lines=form.line_numbers)
            self._stream.write(self._separator + made)
            if form.explain and hidden:
                self._stream.write(not_shown_text(document, hidden))
            self._separator = "\n\n"

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
            self._write_row(self._stream, documents.to_cells(row, self._header))
            late = [name for name in row if name not in self._header]
            if late and not self._form.columns:
                self._late_columns |= dict.fromkeys(late)
                cells = documents.to_cells(row, late)
                self._late_cells[self._written] = dict(zip(late, cells, strict=True))
            self._written += 1

    def _add_late_columns(self, path: Path) -> None:
        """Write the file again with the columns that came after its header."""
        from quotes.output.tables.atomic_file import atomic_file

        names, delimiter = list(self._late_columns), DELIMITERS[self._form.file_format]
        with path.open(encoding="utf-8", newline="") as before, atomic_file(path) as whole:
            after = io.TextIOWrapper(whole, encoding="utf-8", newline="")
            for number, row in enumerate(csv.reader(before, delimiter=delimiter), start=-1):
                cells = self._late_cells.get(number, {})
                late = names if number < 0 else [cells.get(name, "") for name in names]
                self._write_row(after, [*row, *late])
            after.flush()
            after.detach()

    def _write_header(self, rows: Sequence[documents.Row]) -> None:
        """Write the names of the columns."""
        self._header = self._form.columns or documents.names_of(rows)
        self._stream.write(BOM if self._form.bom else "")
        self._write_row(self._stream, self._header)

    def _write_row(self, stream: TextIO, cells: Sequence[str]) -> None:
        """Write a line of cells."""
        delimiter = DELIMITERS[self._form.file_format]
        csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerow(cells)

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
        form, width = self._form, console.width
        console.print(
            renderable(document, quotes, width=width, explain=form.explain, lines=form.line_numbers)
        )
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
