"""Options that every command has: short names, how much is said, and the store, at the end.

In: the group `quotes` with its commands. Out: the same group, in which each command and each
command of a command takes `--quiet`, `--verbose` and `--debug`, the short names of SHORT, and
`--store` where the command above it has one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import click
from click.core import ParameterSource

SHORT = {"--output": "-o", "--format": "-f", "--store": "-s"}
FORMAT = "quotes: %(message)s"


@dataclass(slots=True)
class Verbosity:
    """How much a run of the command says on standard error."""

    quiet: bool = False  # errors only
    verbose: bool = False  # what is going on, too
    debug: bool = False  # everything, with the traceback of an error


def verbosity() -> Verbosity:
    """Return how much the command that runs now is to say."""
    context = click.get_current_context(silent=True)
    found = context.find_root().obj if context else None
    return found if isinstance(found, Verbosity) else Verbosity()


def add_common_options(group: click.Group) -> None:
    """Give each command of a group, and those below it, the options that all have."""
    for command, above in commands_below(group):
        used = {name for option in command.params for name in option.opts}
        for option in command.params:
            long = next((name for name in option.opts if name in SHORT), None)
            if long and SHORT[long] not in used:
                option.opts.insert(0, SHORT[long])
        names = {option.name for option in command.params}
        store = next((option for option in above.params if option.name == "store"), None)
        if store is not None and "store" not in names:
            command.params.append(_store_at_the_end(store))
        command.params += (option for option in _verbosity_options() if not used & set(option.opts))


def commands_below(group: click.Group) -> Iterator[tuple[click.Command, click.Group]]:
    """Yield each command of a group, and those of these, with the group that it is in."""
    for command in group.commands.values():
        yield command, group
        if isinstance(command, click.Group):
            yield from commands_below(command)


def _store_at_the_end(store: click.Parameter) -> click.Option:
    """Return the option `--store` of a command whose group has it: the last one given counts."""

    def remember(context: click.Context, _param: click.Parameter, value: str | None) -> None:
        if is_given(context, "store"):
            context.obj = value  # what the group hands to its commands

    return click.Option(
        list(store.opts),
        metavar="FOLDER",
        type=click.Path(),
        expose_value=False,
        callback=remember,
        help="Folder of the store.",
    )


def _verbosity_options() -> list[click.Option]:
    """Return the options that say how much is printed on standard error."""

    def remember(context: click.Context, param: click.Parameter, value: bool) -> None:
        said = context.find_root().obj
        if value and isinstance(said, Verbosity) and param.name:
            setattr(said, param.name, True)
            if param.name != "quiet":
                _log(logging.DEBUG if param.name == "debug" else logging.INFO)

    def option(*names: str, help: str) -> click.Option:
        return click.Option(
            list(names), is_flag=True, expose_value=False, callback=remember, help=help
        )

    return [
        option("-q", "--quiet", help="Print errors only, beside the result."),
        option("-v", "--verbose", help="Also print what is done."),
        option("--debug", help="Print all there is, and where an error comes from."),
    ]


def _log(level: int) -> None:
    """Send what the package logs to standard error."""
    log = logging.getLogger("quotes")
    if not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter(FORMAT))
        log.addHandler(handler)
    log.setLevel(min(level, log.level or level))


def is_given(context: click.Context, name: str) -> bool:
    """Return True if a parameter was given on the command line, not by a default or a file."""
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE
