"""The command `quotes`: the group of commands, `quotes model`, and the exit codes.

Results go to standard output (or `--output`), everything about them (progress, failures) to
standard error. Exit codes: 0, all done; 1, `verify` found something, or `check` or
`search` nothing; 2, a document failed or the
command was not understood; 130, stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Any

import click

from quotes import __version__
from quotes.cli.add import add, remove
from quotes.cli.audit import audit
from quotes.cli.check import check
from quotes.cli.common_options import Verbosity, add_common_options
from quotes.cli.completion import COMPLETING, completion
from quotes.cli.configuration import default_map, find_settings
from quotes.cli.diff import diff
from quotes.cli.documents import documents
from quotes.cli.evaluate import evaluate
from quotes.cli.export import export
from quotes.cli.extract import extract
from quotes.cli.interrupts import Interrupts
from quotes.cli.options import EXIT_FAILED, EXIT_STOPPED, model_option
from quotes.cli.search import search
from quotes.cli.serve import serve
from quotes.cli.show import show
from quotes.cli.speakers import speakers
from quotes.cli.standard_output import (
    STANDARD_OUTPUT,
    cannot_be_written,
    drop_standard_output,
    is_failed_write,
)
from quotes.cli.timeline import timeline
from quotes.cli.verify import verify
from quotes.errors import InputError, QuotesError
from quotes.text.folding import fold_case


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__, "-V", "--version", prog_name="quotes", message="%(prog)s %(version)s"
)
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
    completion,
):
    cli.add_command(command)


add_common_options(cli)


def main() -> None:
    """Run the command `quotes` and exit with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # not if the stream was replaced by another object
            # UTF-8 whatever the locale says: articles are Unicode
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_flushed(_exit_code()))


def _flushed(code: int) -> int:
    """Return the exit code once standard output is written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        drop_standard_output()
    except OSError as error:
        return _not_written(error)
    return code


def _not_written(error: OSError) -> int:
    """Print that standard output cannot be written, and return the exit code."""
    click.echo(f"quotes: {cannot_be_written(STANDARD_OUTPUT, error)}", err=True)
    drop_standard_output()
    return EXIT_FAILED


def _exit_code() -> int:
    """Run the command line and return its exit code, with errors printed."""
    said = Verbosity()
    try:
        with Interrupts():
            return (
                cli.main(
                    prog_name="quotes", standalone_mode=False, obj=said, default_map=_settings()
                )
                or 0
            )
    except (click.Abort, KeyboardInterrupt):
        click.echo("quotes: stopped; everything printed so far is complete", err=True)
        return EXIT_STOPPED
    except (click.ClickException, QuotesError) as error:
        if said.debug:
            click.echo(traceback.format_exc(), err=True, nl=False)
        click.echo(f"quotes: {_message(error)}", err=True)
        return EXIT_FAILED
    except OSError as error:
        if not is_failed_write(error):
            raise
        return _not_written(error)


def _settings() -> dict[str, Any]:
    """Return the defaults that a file of settings gives; none while a shell completes a word."""
    try:
        found = find_settings()
        return default_map(cli, found[1], found[0]) if found else {}
    except InputError:
        if COMPLETING in os.environ:
            return {}
        raise


def _message(error: click.ClickException | QuotesError) -> str:
    """Return an error as one line; one of use names the command whose help says more."""
    if not isinstance(error, click.UsageError):
        return error.message if isinstance(error, click.ClickException) else str(error)
    message = error.format_message().strip()
    command = error.ctx.command_path if error.ctx else "quotes"
    if not message.endswith(("?", "?)")):
        message = message.rstrip(".") + ":"
    return f"{fold_case(message[:1])}{message[1:]} see `{command} --help`"
