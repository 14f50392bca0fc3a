"""The tables of a store as DuckDB views of what counts now, with reviews applied.

In: the Parquet files of each table and a few small tables made from them. Out: rows, Arrow tables
and pandas frames. Reads only.

The last row of each document's id counts, and rows of other tables whose document and batch it
names. Rows that an interrupted or superseded commit left are in no view.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pandas
import pyarrow as pa
import pyarrow.parquet as pq

from quotes.errors import StoreError
from quotes.records import METADATA
from quotes.store.frames import typed
from quotes.store.reviews.metadata_reviews import COLUMNS as OF_DOCUMENTS
from quotes.store.schema import ACT_BEFORE_FORMAT_3, TABLES
from quotes.store.selection import IS_COUNTED
from quotes.store.sql_literals import text_literals

HASHES = f"DuckDB {duckdb.__version__}"  # whose function `hash` numbers what is noted elsewhere
MEMORY = "300MB"  # of DuckDB; what does not fit goes to its temporary folder
_SPEAKER = [
    ("speaker_id", pa.string()),
    ("speaker_name", pa.string()),
    ("speaker_kind", pa.string()),
]
SMALL = {
    "hidden": pa.schema([("document", pa.string()), ("batch", pa.string())]),
    "copies": pa.schema([("document", pa.string()), ("original", pa.string())]),
    "names": pa.schema([("name", pa.string()), ("kind", pa.string()), *_SPEAKER]),
    "reassigned_names": pa.schema([("document", pa.string()), ("name", pa.string()), *_SPEAKER]),
    # a hash of each document and batch that counts; filled where rows from elsewhere are looked up
    "current": pa.schema([("key", pa.uint64())]),
    "reviewed": pa.schema(
        [
            *[pa.field(c.name, c.type) for c in TABLES["quotes"].columns],
            ("review", pa.string()),
            ("reviewed_by", pa.string()),
            ("reviews", pa.list_(pa.string())),
        ]
    ),
    # what people said of documents; `fields` has the names of the columns that count
    "corrected_metadata": pa.schema(
        [
            ("document", pa.string()),
            ("fields", pa.list_(pa.string())),
            *[(name, pa.date32() if name == "published" else pa.string()) for name in METADATA],
        ]
    ),
}


PRINTED = (
    "id", "document", "batch", "speaker", "kind", "role", "type", "factuality", "act", "words",
    "cue", "source", "said_on", "said_precision", "confidence", "speaker_confidence", "outlet",
    "title", "published", "url",
)  # fmt: skip
# `Quote.probability`
PROBABILITY = (
    "CASE WHEN q.speaker IS NULL THEN q.confidence ELSE q.confidence * q.speaker_confidence END"
)
OF_QUOTES = {name: name for name in METADATA}  # the column of each property of the document
OF_PRINTED = {name: name for name in METADATA if name in PRINTED}
ONLY_DAY = {"published": "published"}
_TYPES = {column.name: column.type for column in TABLES["quotes"].columns}


def views(filled: frozenset[str]) -> dict[str, str]:
    """Return the query of each view, in the order in which they build on each other.

    Args:
        filled: the small tables that hold rows; the others are left out, since each costs time.
    """

    def counts(document: str) -> str:
        if "hidden" not in filled:
            return "TRUE"
        same = f"h.document = r.{document} AND h.batch = r.batch"
        return f"NOT EXISTS (SELECT 1 FROM hidden h WHERE {same})"

    reviews = "NULL::VARCHAR AS review, NULL::VARCHAR AS reviewed_by, NULL::VARCHAR[] AS reviews"
    reviewed = f"SELECT r.*, {reviews} FROM filed_quotes r WHERE {counts('document')}"
    if "reviewed" in filled:
        reviewed += """ AND NOT EXISTS (SELECT 1 FROM reviewed j WHERE j.id = r.id)
            UNION ALL BY NAME SELECT * FROM reviewed"""
    original, copied = "NULL::VARCHAR", ""
    if "copies" in filled:
        original, copied = "c.original", "LEFT JOIN copies c ON c.document = r.id"

    def corrected(query: str, columns: Mapping[Any, str], *, key: str = "document") -> str:
        return _corrected(query, columns, filled, key=key)

    return {
        "machine_documents": f"""
            SELECT r.id, r.sha256, r.source, r.outlet, r.title, r.author, r.published, r.language,
                   {original} AS copy_of, r.quotes, r.extra, r.added, r.made_by, r.text,
                   r.batch
            FROM raw_documents r {copied} WHERE {counts("id")}""",
        "documents": corrected("SELECT * FROM machine_documents", OF_DOCUMENTS, key="id"),
        "machine_revisions": """
            SELECT id, batch, added, sha256, published, title, made_by, text, source, outlet,
                   author, language, embeds, extra,
                   CAST(sum(changed) OVER earlier AS INTEGER) AS revision
            FROM (
                SELECT *,
                       CAST(sha256 IS DISTINCT FROM lag(sha256) OVER earlier AS INTEGER) AS changed
                FROM raw_documents WINDOW earlier AS (PARTITION BY id ORDER BY added, batch)
            ) WINDOW earlier AS (PARTITION BY id ORDER BY added, batch)""",
        "revisions": corrected("SELECT * FROM machine_revisions", OF_DOCUMENTS, key="id"),
        "machine_quotes": f"SELECT r.* FROM raw_quotes r WHERE {counts('document')}",
        "reviewed_quotes": corrected(f"SELECT * EXCLUDE (filename) FROM ({reviewed})", OF_QUOTES),
        "found_quotes": _found(corrected(reviewed, OF_QUOTES), filled),
        "quotes": "SELECT * EXCLUDE (filename) FROM found_quotes",
        "counted_quotes": f"SELECT * FROM quotes WHERE {IS_COUNTED}",
        "aliases": corrected(f"SELECT r.* FROM raw_aliases r WHERE {counts('document')}", ONLY_DAY),
        "roles": corrected(f"SELECT r.* FROM raw_roles r WHERE {counts('document')}", ONLY_DAY),
        "speakers": "SELECT * FROM raw_speakers",
        "reviews": 'SELECT * FROM raw_reviews ORDER BY "at", id',
        "failures": """
            SELECT * FROM raw_failures f
            WHERE NOT EXISTS (SELECT 1 FROM raw_documents d WHERE d.id = f.id AND d.added > f."at")
            QUALIFY row_number() OVER (PARTITION BY id, stage, message ORDER BY "at" DESC) = 1
            ORDER BY "at", id""",
        "runs": """
            SELECT * FROM raw_runs
            QUALIFY row_number() OVER (PARTITION BY id ORDER BY ended DESC NULLS LAST) = 1
            ORDER BY started""",
    }


def _corrected(
    query: str, columns: Mapping[Any, str], filled: frozenset[str], *, key: str = "document"
) -> str:
    """Return the query for rows with what people said of their documents.

    Args:
        query: The query for the rows.
        columns: The column of each property (METADATA) that the rows have.
        filled: The small tables that hold rows.
        key: The column with the id of the document.
    """
    if "corrected_metadata" not in filled:
        return query
    values = ", ".join(
        f"CASE WHEN list_contains(m.fields, '{name}') THEN m.{name} ELSE d.{column} END AS {column}"
        for name, column in columns.items()
    )
    return f"""
        SELECT d.* REPLACE ({values}) FROM ({query}) d
        LEFT JOIN corrected_metadata m ON m.document = d.{key}"""


def _found(reviewed: str, filled: frozenset[str]) -> str:
    """Return the query for quotes with reviews applied, speaker, day and original."""
    owner, name, reassigned = "n.speaker_id", "n.speaker_name", ""
    if "reassigned_names" in filled:
        owner, name = f"coalesce(m.speaker_id, {owner})", f"coalesce(m.speaker_name, {name})"
        reassigned = (
            "LEFT JOIN reassigned_names m ON m.document = q.document AND m.name = q.speaker"
        )
    original, copies = (
        ("c.original", "LEFT JOIN copies c ON c.document = q.document")
        if "copies" in filled
        else ("NULL::VARCHAR", "")
    )
    return f"""
        SELECT q.*, {owner} AS speaker_id, coalesce({name}, q.speaker) AS speaker_name,
               {PROBABILITY} AS probability, coalesce(q.said_on, q.published) AS day,
               {original} AS copy_of
        FROM ({reviewed}) q {reassigned}
        LEFT JOIN names n ON n.name = q.speaker AND n.kind IS NOT DISTINCT FROM q.kind {copies}
        WHERE q.review IS DISTINCT FROM 'rejected'"""


def current_rows(filled: frozenset[str]) -> str:
    """Return the query for the quotes of `known`, rows of the past, as they are now."""
    printed, reviewed_columns = (", ".join(f"{side}.{name}" for name in PRINTED) for side in "rj")
    there = "SELECT key FROM current WHERE key IN (SELECT hash(document, batch) FROM known)"
    reviewed = f"""
        SELECT {printed}, NULL::VARCHAR AS review FROM known r
        WHERE hash(r.document, r.batch) IN ({there})"""
    if "reviewed" in filled:
        reviewed += f""" AND NOT EXISTS (SELECT 1 FROM reviewed j WHERE j.id = r.id)
            UNION ALL SELECT {reviewed_columns}, j.review FROM reviewed j
            WHERE j.id IN (SELECT id FROM known)"""
    return _found(_corrected(reviewed, OF_PRINTED, filled), filled)


class Session:
    """A connection with the views over one state of a store.

    Safe to use from several threads: each query has a cursor of its own.
    """

    def __init__(self, *, memory: str = MEMORY, temporary: str | None = None) -> None:
        config: dict[str, Any] = {
            "memory_limit": memory,
            "preserve_insertion_order": False,
            "enable_external_access": True,
        }
        if temporary:
            config["temp_directory"] = temporary
        self._connection = duckdb.connect(":memory:", config=config)
        self._connection.execute(
            "SET enable_progress_bar = false; SET TimeZone = 'UTC'; "
            "SET parquet_metadata_cache = true"
        )
        self._memory = memory
        self._lock = threading.RLock()
        self._files: dict[str, tuple[str, ...]] = {}
        self._filled: frozenset[str] | None = None
        self._complete = set[str]()  # files known to have all columns
        self.kept: dict[str, tuple[pa.Table, pa.Table]] = {}  # for `document_rows`
        for name, schema in SMALL.items():
            self.replace_table(name, schema.empty_table())
        for name in TABLES:
            self.files(name, ())
        self._create_views()

    @contextmanager
    def room(self, memory: str) -> Iterator[None]:
        """Allow the database more memory (such as "2GB") within."""
        with self._lock:
            self._connection.execute(f"SET memory_limit = '{memory}'")
            try:
                yield
            finally:
                self._connection.execute(f"SET memory_limit = '{self._memory}'")

    def files(self, table: str, files: Sequence[str]) -> None:
        """Set the files of a table. Raises StoreError naming one that cannot be read."""
        with self._lock, _read_errors():
            empty = f"empty_{table}"
            if table not in self._files:
                self.replace_table(empty, TABLES[table].schema.empty_table())
            listed = text_literals(files)
            columns = ", ".join(_read_column(table, c.name) for c in TABLES[table].columns)
            source = f"read_parquet([{listed}])" if files else empty
            if files and self._lacks(table, files):  # a column that older files lack is missing
                read = f"read_parquet([{listed}], union_by_name = true)"
                source = f"(SELECT * FROM {empty} UNION ALL BY NAME SELECT * FROM {read})"
            self._connection.execute(
                f"CREATE OR REPLACE VIEW raw_{table} AS SELECT {columns} FROM {source}"
            )
            if table == "quotes":  # with the file of each row, so that others need not be opened
                known = source.startswith("read_parquet")
                name = "filename" if known else "NULL::VARCHAR AS filename"
                self._connection.execute(
                    f"CREATE OR REPLACE VIEW filed_quotes AS SELECT {columns}, {name} FROM {source}"
                )
            self._files[table] = tuple(files)
            if table in ("documents", "quotes"):
                self.kept = {}

    def files_of(self, table: str) -> tuple[str, ...]:
        """Return the files of a table."""
        return self._files[table]

    def rows_of_files(self, table: str, files: Sequence[str]) -> list[dict[str, Any]]:
        """Return the rows of some files of a table."""
        if not files:
            return []
        if self._lacks(table, files):  # by an earlier one
            read = f"read_parquet([{text_literals(files)}], union_by_name = true)"
            return self.rows(f"SELECT * FROM empty_{table} UNION ALL BY NAME SELECT * FROM {read}")
        columns = ", ".join(_read_column(table, column.name) for column in TABLES[table].columns)
        return self.rows(f"SELECT {columns} FROM read_parquet([{text_literals(files)}])")

    def replace_table(self, name: str, rows: pa.Table) -> None:
        """Replace the rows of one of the small tables."""
        with self._lock:
            self._connection.register("incoming", rows)
            self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")
            self._connection.unregister("incoming")
            self._note_filled(name, rows.num_rows > 0)

    def replace_rows(
        self, name: str, rows: pa.Table, *, column: str, values: Sequence[str]
    ) -> None:
        """Replace the rows that have one of these values in a column, in one transaction."""
        with self._lock:
            self._connection.register("incoming", rows)
            try:
                self._connection.begin()
                self._connection.execute(
                    f"DELETE FROM {name} WHERE {column} IN (SELECT unnest(?))", [list(values)]
                )
                self._connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise
            finally:
                self._connection.unregister("incoming")
            if self._filled is not None:
                found = self._connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall()
                self._note_filled(name, bool(found))

    def _note_filled(self, name: str, is_filled: bool) -> None:
        """Create the views anew where a small table holds rows now and did not, or the reverse."""
        if self._filled is not None and is_filled != (name in self._filled):
            self._create_views()

    def _create_views(self) -> None:
        """Create the views for the small tables that hold rows now."""
        filled = {
            name
            for name in SMALL
            if self._connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]
        }
        for name, query in views(frozenset(filled)).items():
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")
        self._filled = frozenset(filled)

    def arrow(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> pa.Table:
        """Run a SELECT and return its rows as an Arrow table."""
        with self._lock:
            cursor = self._connection.cursor()
        try:
            if any(
                statement.type != duckdb.StatementType.SELECT
                for statement in cursor.extract_statements(query)
            ):
                raise StoreError(
                    "only SELECT is allowed here: the tables of a store are changed by its commands"
                )
            found: pa.Table = cursor.sql(query, params=parameters or None).to_arrow_table()
            return found
        except duckdb.Error as error:
            raise StoreError(f"the query could not be answered: {str(error).strip()}") from error
        finally:
            cursor.close()

    def reader(
        self, query: str, parameters: Sequence[Any] = (), *, size: int = 20_000
    ) -> pa.RecordBatchReader:
        """Run a SELECT and return its rows batch by batch, of at most `size` rows each."""
        with self._lock:
            cursor = self._connection.cursor()  # one of its own, which the reader keeps alive
        try:
            return cursor.sql(query, params=list(parameters) or None).to_arrow_reader(size)
        except duckdb.Error as error:
            raise StoreError(f"the query could not be answered: {str(error).strip()}") from error

    def over(
        self,
        tables: Mapping[str, pa.Table],
        query: Callable[[dict[str, str]], str],
        parameters: Sequence[Any] = (),
    ) -> pa.Table:
        """Run a SELECT over Arrow tables by their names, and return its rows as an Arrow table.

        Args:
            tables: the Arrow tables.
            query: makes the SELECT from the queries of the views (`views`).
            parameters: of the SELECT.
        """
        with self._lock:
            cursor, own = self._connection.cursor(), views(self._filled or frozenset())
        try:
            for name, rows in tables.items():
                cursor.register(name, rows)
            found: pa.Table = cursor.sql(
                query(own), params=list(parameters) or None
            ).to_arrow_table()
            return found
        except duckdb.Error as error:
            raise StoreError(f"the query could not be answered: {str(error).strip()}") from error
        finally:
            cursor.close()

    def current_rows(
        self,
        known: Mapping[str, Sequence[Any]],
        columns: Sequence[str],
        where: str,
        parameters: Sequence[Any],
    ) -> list[dict[str, Any]]:
        """Return known quotes (columns PRINTED) as they are now. Reads no file; needs `current`."""
        with self._lock:
            cursor, query = self._connection.cursor(), current_rows(self._filled or frozenset())
        try:
            cursor.register(
                "known",
                pa.table([pa.array(known[name], _TYPES[name]) for name in PRINTED], names=PRINTED),
            )
            query = f"SELECT {', '.join(columns)} FROM ({query}) WHERE {where}"
            found: list[dict[str, Any]] = (
                cursor.sql(query, params=list(parameters) or None).to_arrow_table().to_pylist()
            )
            return found
        except duckdb.Error as error:
            raise StoreError(f"the query could not be answered: {str(error).strip()}") from error
        finally:
            cursor.close()

    def rows(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[dict[str, Any]]:
        """Run a SELECT and return its rows as dictionaries."""
        found: list[dict[str, Any]] = self.arrow(query, parameters).to_pylist()
        return found

    def frame(
        self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> pandas.DataFrame:
        """Run a SELECT and return its rows as a typed frame (`typed`)."""
        return typed(self.arrow(query, parameters))

    def value(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
        """Run a SELECT and return the first value of the first row, None without a row."""
        found = self.arrow(query, parameters)
        return found.column(0)[0].as_py() if found.num_rows else None

    def close(self) -> None:
        """Free the memory."""
        self._connection.close()

    def _lacks(self, table: str, files: Sequence[str]) -> bool:
        """Return True if one of the files was written before a column was added to the table."""
        wanted = {column.name for column in TABLES[table].columns}
        for file in files:
            if file not in self._complete and not wanted <= set(_names(file)):
                return True
            self._complete.add(file)
        return False


def _read_column(table: str, name: str) -> str:
    """Return the expression of a column as it is read from the files of a table."""
    if (table, name) == ("quotes", "act"):
        return f"coalesce(act, {ACT_BEFORE_FORMAT_3}) AS act"
    return f'"{name}"'


def _names(file: str) -> list[str]:
    """Return the columns of a Parquet file."""
    try:
        names: list[str] = pq.read_schema(file).names
    except pa.ArrowException as error:
        raise OSError(f"{file}: {error}") from error
    return names


@contextmanager
def _read_errors() -> Iterator[None]:
    """Raise a StoreError for a file of a table that cannot be read."""
    try:
        yield
    except (duckdb.Error, OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise StoreError(
            f"a table of the store cannot be read: {reason}: "
            "restore it from a copy; the others are untouched"
        ) from error
