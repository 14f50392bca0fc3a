"""Completion of commands, options and names by a shell, and `quotes completion`, which sets it up.

In: what is typed so far. Out: what it may go on as: speakers, outlets and documents come from the
store that the command line, the environment or the settings name. Nothing is printed, whatever goes
wrong.
"""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem, get_completion_class

from quotes.defaults import STORE_FOLDER
from quotes.text.folding import fold_case

COMPLETING = "_QUOTES_COMPLETE"  # the variable by which a shell asks for completion
SHELLS = ("bash", "zsh", "fish")
MAX_NAMES = 50


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script that lets a shell complete commands, options and names.

    Speakers, outlets and documents are completed from the store.

    \b
    eval "$(quotes completion bash)"                             in ~/.bashrc
    eval "$(quotes completion zsh)"                              in ~/.zshrc
    quotes completion fish > ~/.config/fish/completions/quotes.fish
    """
    from quotes.cli.main import cli

    made = get_completion_class(shell)
    assert made is not None
    own = made(cli, {}, "quotes", COMPLETING)
    click.echo(own.source_template % own.source_vars())


def complete_speaker(
    context: click.Context, _param: click.Parameter | None, typed: str
) -> list[CompletionItem]:
    """Return speakers of the store whose name, or a word of it, begins with what is typed."""
    return _complete(context, typed, "speaker_names")


def complete_outlet(
    context: click.Context, _param: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Return outlets of the store whose name, or a word of it, begins with what is typed."""
    return _complete(context, typed, "outlet_names")


def complete_document(
    context: click.Context, _param: click.Parameter, typed: str
) -> list[CompletionItem]:
    """Return ids of documents of the store that begin with what is typed."""
    return _complete(context, typed, "document_ids")


def _complete(context: click.Context, typed: str, named: str) -> list[CompletionItem]:
    """Return those names of a kind that begin, or have a word that begins, with what is typed."""
    from quotes.errors import QuotesError
    from quotes.store import known_names, open_store

    try:
        with open_store(_store(context), on_message=lambda _message: None) as opened:
            found = getattr(known_names, named)(opened)
    except QuotesError:
        return []
    wanted = fold_case(typed)
    fitting = [name for name in found if f" {fold_case(name)}".find(f" {wanted}") >= 0]
    return [CompletionItem(name) for name in fitting[:MAX_NAMES]]


def _store(context: click.Context) -> str:
    """Return the store of a command line that is being typed."""
    inner: click.Context | None = context
    while inner is not None:
        if isinstance(inner.obj, str):
            return inner.obj
        if found := inner.params.get("store"):
            return str(found)
        inner = inner.parent
    return STORE_FOLDER
