"""The sessions in the documentation, and the picture: run for real.

    python -m docs.sessions

runs every command line that begins with `$` in a `console` block and every `>>>` in a `pycon` block
of PAGES, writes what they print back into the pages, and draws docs/extract.svg.
tests/docs/test_pages.py runs the same and compares.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/commands.md", "docs/analysis.md")
PICTURE = "docs/extract.svg"
PICTURED = "seeds/002_1922ce6d63d1e91d.txt"
COLUMNS = 100

BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)\n", re.MULTILINE)
PROGRESS = re.compile(
    r"^quotes: (?:loading the model|\d+ (?:of \d+ )?articles?,).*\n", re.MULTILINE
)
# rich names fonts on a server, which a picture must not load
FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def rewritten(page: str) -> str:
    """Return the text of a page with each session as it comes out now.

    All sessions of a page are one, in a folder like the checkout.
    """
    names: dict[str, object] = {}

    def run(block: re.Match[str]) -> str:
        kind, session = block.groups()
        lines = console(session) if kind == "console" else python(session, names)
        return f"```{kind}\n{''.join(lines)}```"

    with linked_checkout() as folder, contextlib.chdir(folder):
        return BLOCK.sub(run, page)


@contextlib.contextmanager
def linked_checkout() -> Iterator[Path]:
    """Give a folder with links to all files of the checkout, in which sessions may leave others."""
    with tempfile.TemporaryDirectory() as name:
        for entry in ROOT.iterdir():
            if entry.name != "quotes-store":
                Path(name, entry.name).symlink_to(entry)
        yield Path(name)


def console(session: str) -> Iterator[str]:
    """Yield each command line with what it prints."""
    for command in COMMAND.findall(session):
        yield f"$ {command}\n{printed(command)}"


def printed(command: str) -> str:
    """Return what a command line prints here, with the `quotes` of this Python."""
    folder = str(Path(sys.executable).parent)
    env = os.environ | {
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(COLUMNS),
        "NO_COLOR": "1",
    }
    if not (Path(folder) / "quotes").exists():
        command = re.sub(r"^quotes\b", f"{sys.executable} -m quotes", command)
    done = subprocess.run(
        command, shell=True, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.stdout + PROGRESS.sub("", done.stderr)


def python(session: str, names: dict[str, object]) -> Iterator[str]:
    """Yield each statement with what it prints, in the interpreter's form."""
    for example in doctest.DocTestParser().get_examples(session):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(example.source, "<session>", "single"), names)
        first, *more = example.source.splitlines(keepends=True)
        yield f">>> {first}" + "".join(f"... {line}" for line in more) + out.getvalue()


def picture() -> str:
    """Return the table that a terminal shows for PICTURED, as SVG."""
    from rich.console import Console
    from rich.terminal_theme import MONOKAI

    from quotes.defaults import MIN_CONFIDENCE
    from quotes.models import load_models
    from quotes.output.terminal.quotes import renderable
    from quotes.pipeline import run, shown_by_default
    from quotes.readers import Metadata, read, require_date

    documents = read(ROOT / PICTURED, defaults=Metadata(published=require_date("2023-10-27")))
    (result,) = run(documents, models=lambda language: load_models(language=language))
    console = Console(
        record=True,
        width=COLUMNS + 10,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
    )
    shown = shown_by_default(result.quotes, MIN_CONFIDENCE)  # type: ignore[union-attr]
    console.print(renderable(result.document, shown, width=console.width))  # type: ignore[union-attr]
    svg = console.export_svg(
        title=f"quotes extract {PICTURED} --published 2023-10-27", theme=MONOKAI, unique_id="quotes"
    )
    return FONT.sub("", svg)


def main() -> None:
    """Write all pages and the picture anew."""
    for name in PAGES:
        path = ROOT / name
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / PICTURE).write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
