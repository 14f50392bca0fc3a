"""The package as a whole: its public names, what importing it costs, what is carried with it."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import quotes

HEAVY = (
    "torch",
    "pandas",
    "stanza",
    "transformers",
    "numpy",
    "pyarrow",
    "trafilatura",
    "rich",
    "ssl",
    "pypdf",
    "docx",
    "fastwarc",
    "feedparser",
    "ray",
)


def modules_after(code: str) -> set[str]:
    report = (
        f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize(
    "code",
    [
        "import quotes",
        "import quotes.pipeline",
        "from quotes.cli.main import cli; cli(['--help'])",
        "from quotes.cli.main import cli; cli(['extract', '--help'])",
        "from quotes.cli.main import cli; cli(['--version'])",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(code: str) -> None:
    assert not modules_after(code) & set(HEAVY)


def test_all_names_every_public_name(root: Path) -> None:
    tree = ast.parse((root / "quotes" / "__init__.py").read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("quotes")
        for alias in node.names
    }
    public = {name for name in imported if not name.startswith("_")} | {"__version__"}
    # a star import must not hide Python's own `open`
    assert public - {"open"} == set(quotes.__all__)
    assert quotes.open.__doc__
    assert all(hasattr(quotes, name) for name in quotes.__all__)
    assert quotes.__all__ == sorted(quotes.__all__, key=lambda name: (not name.isupper(), name))


def test_every_public_function_and_class_says_what_it_does() -> None:
    assert all(
        getattr(quotes, name).__doc__ for name in quotes.__all__ if callable(getattr(quotes, name))
    )


def test_there_is_one_version() -> None:
    try:
        installed = importlib.metadata.version("quotes-attribution")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("quotes is not installed in this environment")
    assert installed == quotes.__version__


def test_every_dependency_is_pinned_and_fits_what_the_project_asks_for(root: Path) -> None:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {
        canonicalize_name(name): version
        for name, _, version in (line.partition("==") for line in lines if "==" in line)
    }
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for text in [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]:
        wanted = Requirement(text)
        if wanted.name == project["name"]:
            continue  # an extra that takes in another one
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), text


def test_an_import_points_only_to_a_module_above_it(root: Path) -> None:
    """The gates of the design: each large dependency is imported in one place only."""
    gates: dict[str, str | tuple[str, ...]] = {
        "stanza": "parsing/",
        "torch": ("parsing/", "encoder/", "attribution/tagger/"),
        "transformers": (),  # Stanza alone loads it, for packages that bring a transformer
        "trafilatura": "readers",
    }
    gates |= {"tantivy": "statements/index.py", "ray": "workers/ray_actors.py"}
    gates |= {
        "click": "cli/",
        "urllib": ("readers/", "store/delta.py", "web/"),
    }
    gates |= {
        "pypdf": "readers/pdf.py",
        "docx": "readers/docx.py",
        "fastwarc": "readers/warc.py",
        "feedparser": "readers/feed.py",
    }
    gates |= {"starlette": "web/", "jinja2": "web/", "uvicorn": "web/"}
    gates |= {
        "deltalake": "store/delta.py",
        "duckdb": "store/views.py",
        "anyascii": "names/transliteration.py",
        "xlsxwriter": "output/tables/xlsx.py",
        "resvg_py": "output/charts/png.py",
    }
    for path in (root / "quotes").rglob("*.py"):
        place = path.relative_to(root / "quotes").as_posix()
        found = set(
            re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
        for package, gate in gates.items():
            assert package not in found or place.startswith(gate), f"{place} imports {package}"


def test_only_the_commands_print(root: Path) -> None:
    for path in (root / "quotes").rglob("*.py"):
        place = path.relative_to(root / "quotes").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                prints = node.id in ("print", "Console")
            elif isinstance(node, ast.Attribute):
                prints = node.attr in ("stdout", "stderr")
            else:
                continue
            assert not prints or place.startswith("cli/"), f"{place}:{node.lineno} prints"


def test_case_is_folded_in_one_place_only(root: Path) -> None:
    folder = root / "quotes"
    folding = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if "casefold(" in path.read_text(encoding="utf-8")
    ]
    assert folding == ["text/folding.py"]


# Modules in which `lower()` is right, beside that of the suffix of a file.
LOWER_CASE = {
    "attribution/content_choice.py": "names of features, as they were learned",
    "attribution/features.py": "names of features, as the scorer learned them",
    "attribution/generators/tagger.py": "lemmas, as the tagger learned them",
    "evaluation/worded_text.py": "the measure, as published",
    "quote_columns.py": "names of columns, as a database compares them",
    "parsing/heads.py": "forms, as the vocabulary of the model has them",
    "readers/columns.py": "truth values, as JSON has them",
    "statements/tokens.py": "letters of ASCII only, as folding has them",
    "text/letter_patterns.py": "letter by letter, as the database does: ß stays one",
    "web/middleware.py": "hosts and HTTP headers",
    "web/settings.py": "hosts",
}


def test_words_are_looked_up_folded(root: Path) -> None:
    """A word list has straight apostrophes and folded case: `fold_word` finds what is in it."""
    folder = root / "quotes"
    lower = re.compile(r"(?<!suffix)\.lower\(\)")
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if lower.search(path.read_text(encoding="utf-8"))
    }
    assert found == set(LOWER_CASE)


@pytest.mark.parametrize("package", ["cli", "identity", "output", "statements", "timeline", "web"])
def test_sql_stands_in_the_store_only(root: Path, package: str) -> None:
    """Other packages call named functions of `quotes.store`, and open no session of their own."""
    for path in (root / "quotes" / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"\bSELECT\b", node.value), f"{path}:{node.lineno}"
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("session", "_session"), f"{path}:{node.lineno}"


def test_the_model_holds_no_path_of_the_machine_that_made_it(root: Path) -> None:
    folder = root / "quotes" / "parsing" / "english"
    paths = re.compile(
        rb"(?<![\w.])/(?:home|root|Users|work|tmp|mnt|content)/\w"
    )  # not inside a web address
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".py":
            assert not paths.search(path.read_bytes()), path.name


def test_the_model_is_small(root: Path) -> None:
    folder = root / "quotes" / "parsing" / "english"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) <= 70e6


SHARED_BASENAMES = {
    "audit": "the source audit: its queries, its command, its page",
    "changes": "what changed between two versions: the comparison, its text",
    "check": "who said this: the search, its command",
    "documents": "articles with their quotes: as objects and lines, the command that lists them",
    "errors": "the exception tree, and what the web app adds to it",
    "interface": "the protocols of a parser and of a tagger",
    "search": "quotes with given words: the command, the page",
    "speakers": "the speakers of a store: queries, command, pages",
    "timeline": "the timeline of a speaker: command, text, chart",
}


def test_a_module_name_stands_for_one_thing(root: Path) -> None:
    places: dict[str, list[str]] = {}
    for path in (root / "quotes").rglob("*.py"):
        if path.stem != "__init__":
            places.setdefault(path.stem, []).append(path.as_posix())
    assert {name for name, found in places.items() if len(found) > 1} == set(SHARED_BASENAMES)


def imports_of(path: Path, modules: set[str]) -> set[str]:
    """Collect the modules of the package that a module imports when it is loaded."""
    found = set[str]()
    todo = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.If | ast.Try | ast.With):
            todo += node.body
        if isinstance(node, ast.ImportFrom) and node.module:
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (named & modules) or ({node.module} & modules)
    return found


def test_no_module_imports_itself_around_a_corner(root: Path) -> None:
    paths = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (root / "quotes").rglob("*.py")
    }
    left = {name: imports_of(path, set(paths)) - {name} for name, path in paths.items()}
    while free := {name for name, needed in left.items() if not needed & left.keys()}:
        left = {name: needed for name, needed in left.items() if name not in free}
    assert left == {}


NO_TESTS_OF_THEIR_OWN = {"defaults.py", "names/match_weights.py"}  # constants only
TESTED_BY = {  # modules that are tested through another one, by the file that does so
    "test_collection.py": ("conditions.py",),
    "attribution/tagger/test_tagger.py": (
        "attribution/tagger/inference.py",
        "attribution/tagger/interface.py",
        "attribution/tagger/network.py",
        "attribution/tagger/windows.py",
        "encoder/word_states.py",
    ),
    "attribution/generators/test_layout.py": ("attribution/generators/layout_candidates.py",),
    "attribution/test_acts.py": ("attribution/act_words.py", "attribution/content_form.py"),
    "attribution/test_conflicts.py": ("attribution/candidates.py",),
    "cli/test_add.py": ("readers/counts.py",),
    "cli/test_extract.py": ("output/terminal/quotes.py",),
    "cli/test_speakers.py": ("cli/speaker_details.py", "store/speakers.py"),
    "dates/test_attachment.py": ("dates/belonging.py",),
    "encoder/test_lstm.py": ("encoder/precision.py",),
    "encoder/test_shared.py": ("encoder/bert.py",),
    "evaluation/test_quote_results.py": (
        "evaluation/measures.py",
        "evaluation/quote_comparison.py",
        "evaluation/quote_errors.py",
        "evaluation/quote_tables.py",
    ),
    "evaluation/test_results.py": ("evaluation/metrics.py",),
    "language/test_made_up_language.py": ("language/thresholds.py",),
    "language/test_patterns.py": (
        "language/patterns/matcher.py",
        "language/patterns/sentence_index.py",
        "language/patterns/syntax.py",
    ),
    "output/charts/test_timeline.py": (
        "output/charts/drawing.py",
        "output/charts/inline.py",
        "output/charts/page.py",
        "output/charts/png.py",
        "output/charts/scale.py",
    ),
    "output/tables/test_tables.py": ("store/row_batches.py",),
    "parsing/test_parser.py": (
        "encoder/form_cache.py",
        "parsing/heads.py",
        "parsing/multitask.py",
        "parsing/stanza_pipelines.py",
    ),
    "readers/test_discovery.py": ("readers/sniffing.py",),
    "readers/test_docx.py": ("readers/office_metadata.py",),
    "readers/test_html.py": (
        "readers/embeds.py",
        "readers/page_tree.py",
    ),
    "readers/test_metadata.py": ("readers/losses.py", "readers/metadata_csv.py"),
    "readers/test_page_authors.py": ("readers/linked_data.py",),
    "readers/test_plain_text.py": ("readers/encoding.py",),
    "readers/test_table_formats.py": (
        "readers/columns.py",
        "readers/delimited.py",
        "readers/json_array.py",
        "readers/json_lines.py",
        "readers/parquet.py",
        "readers/table_rows.py",
    ),
    "speakers/test_antecedents.py": ("speakers/antecedent_features.py",),
    "speakers/test_coreference.py": ("speakers/steps.py",),
    "speakers/test_discourse.py": ("speakers/referents.py",),
    "speakers/test_name_spans.py": (
        "speakers/given_names.py",
        "speakers/headlines.py",
        "speakers/name_runs.py",
        "speakers/office_names.py",
    ),
    "speakers/test_resolution.py": ("speakers/described_roles.py",),
    "speakers/test_roles.py": ("speakers/roles_after.py", "speakers/roles_before.py"),
    "speakers/test_source_phrases.py": (
        "speakers/office_holders.py",
        "speakers/source_labels.py",
        "speakers/source_words.py",
    ),
    "statements/test_answers.py": ("statements/running_text.py",),
    "statements/test_changes.py": ("output/terminal/changes.py",),
    "statements/test_check.py": ("store/statement_rows.py",),
    "statements/test_grouping.py": ("statements/types.py",),
    "store/test_article_ids.py": ("readers/document_ids.py",),
    "store/test_entity_resolution.py": ("identity/usage_records.py", "store/name_graph.py"),
    "store/test_identification.py": ("store/name_changes.py",),
    "store/test_identity_cases.py": ("identity/cluster_speakers.py", "identity/name_nodes.py"),
    "store/test_metadata_reviews.py": ("store/reviews/metadata_reviews.py",),
    "store/test_quote_table.py": ("store/quote_table_refresh.py",),
    "store/test_rows.py": ("records.py",),
    "store/test_selection.py": ("store/quote_search.py",),
    "store/test_store.py": (
        "store/article_queries.py",
        "store/current.py",
        "store/reviews/anchoring.py",
        "store/removal.py",
        "store/reviews/applying.py",
        "store/reviews/writing.py",
    ),
    "test_api.py": ("arguments.py", "extracted.py", "readers/in_memory.py"),
    "test_pipeline.py": (
        "errors.py",
        "models.py",
        "parsing/interface.py",
    ),
    "timeline/test_timeline.py": ("store/quote_files.py", "timeline/said.py"),
    "output/test_verification_rows.py": ("output/time_code.py",),
    "verification/test_verifier.py": (
        "verification/findings.py",
        "verification/passage_index.py",
        "verification/passages.py",
        "verification/source_texts.py",
        "verification/splices.py",
    ),
    "verification/test_verify_draft.py": (
        "verification/store_search.py",
        "verification/verification.py",
    ),
    "web/test_hostile_input.py": (
        "web/openapi.py",
        "web/schemas.py",
    ),
    "web/test_adding.py": ("web/clusters.py",),
    "web/test_corrections.py": ("web/people.py", "web/submitted.py"),
    "web/test_search.py": ("web/cards.py", "web/query.py", "web/search_pages.py"),
    "web/test_statements.py": (
        "web/statement_overview.py",
        "web/statement_pages.py",
    ),
    "web/test_pages.py": (
        "store/audit.py",
        "web/app.py",
        "web/app_state.py",
        "web/articles.py",
        "web/audit.py",
        "web/routes.py",
        "web/speaker_pages.py",
        "web/speakers.py",
        "web/trees.py",
        "web/who_said.py",
    ),
    "web/test_reviews.py": (
        "store/review_queries.py",
        "web/background_identity.py",
        "web/forms.py",
        "web/jobs.py",
        "web/review_pages.py",
        "web/review_queue.py",
    ),
    "web/test_security.py": (
        "web/errors.py",
        "web/middleware.py",
        "web/settings.py",
    ),
}


def test_every_module_has_a_test_file_at_its_path(root: Path) -> None:
    named = {module: test for test, modules in TESTED_BY.items() for module in modules}
    modules = {
        path.relative_to(root / "quotes").as_posix()
        for path in (root / "quotes").rglob("*.py")
        if path.stem not in ("__init__", "__main__")
    }
    own = {
        module
        for module in modules
        if (root / "tests" / module).with_name(f"test_{Path(module).name}").is_file()
    }
    assert modules - own - NO_TESTS_OF_THEIR_OWN == named.keys()
    assert all((root / "tests" / test).is_file() for test in TESTED_BY)
    assert sum(map(len, TESTED_BY.values())) == len(named)
