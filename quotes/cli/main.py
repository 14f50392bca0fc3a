"""The command `quotes`: the group of commands, `quotes model`, and the exit codes.

Results go to standard output (or `--output`), everything about them (progress, failures) to
standard error. Exit codes: 0, all done; 1, `verify` found something, or `check` or
`search` nothing; 2, a document failed or the
command was not understood; 130, stopped with Ctrl-C.
"""

from __future__ import annotations

import sys

import click

from quotes import __version__
from quotes.cli.add import add, remove
from quotes.cli.audit import audit
from quotes.cli.check import check
from quotes.cli.diff import diff
from quotes.cli.documents import documents
from quotes.cli.evaluate import evaluate
from quotes.cli.export import export
from quotes.cli.extract import extract
from quotes.cli.options import EXIT_FAILED, EXIT_STOPPED, model_option
from quotes.cli.search import search
from quotes.cli.serve import serve
from quotes.cli.show import show
from quotes.cli.speakers import speakers
from quotes.cli.timeline import timeline
from quotes.cli.verify import verify
from quotes.errors import QuotesError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="quotes", message="%(prog)s %(version)s")
def cli() -> None:
    """Who said what, when and in which role in news articles.

    \b
    quotes extract article.txt          who said what, as a table; nothing is stored
    quotes add articles/                store articles and who said what in them
    quotes speakers                     list the speakers in the store
    quotes timeline "Maria Zakharova"   what she said, when and in which role
    quotes search ceasefire             who said something with this word
    quotes check "all parties agree"    who said this, and how every outlet printed it
    quotes verify draft.docx --against sources/   every quotation against its sources
    quotes export --output quotes.xlsx  write quotes for a spreadsheet
    """


@cli.command()
@model_option
def model(model: str) -> None:
    """Show the model: its files and their sizes, its scores, its licence.

    \b
    quotes model
    quotes model --model stanza:en
    """
    from quotes.parsing.model_card import describe

    click.echo(describe(model))


for command in (
    extract,
    documents,
    search,
    show,
    diff,
    evaluate,
    add,
    speakers,
    timeline,
    check,
    verify,
    audit,
    export,
    remove,
    serve,
):
    cli.add_command(command)


def main() -> None:
    """Run the command `quotes` and exit with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not if the stream was replaced by another object
            # UTF-8 whatever the locale says: articles are Unicode
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_exit_code())


def _exit_code() -> int:
    """Run the command line and return its exit code, with errors printed."""
    try:
        return cli.main(prog_name="quotes", standalone_mode=False) or 0
    except click.Abort:
        click.echo("quotes: stopped; everything printed so far is complete", err=True)
        return EXIT_STOPPED
    except click.ClickException as error:
        error.show()
        return EXIT_FAILED
    except QuotesError as error:
        click.echo(f"quotes: {error}", err=True)
        return EXIT_FAILED
