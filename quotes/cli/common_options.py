"""Options that every command has: short names, how much is said, and the store, at the end.

In: the group `quotes` with its commands. Out: the same group, in which each command and each
command of a command takes `--quiet`, `--verbose` and `--debug`, the short names of SHORT, `--store`
where the command above it has one, and those that print an answer `--output`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from quotes.cli.options import output_option
from quotes.cli.standard_output import report_format, standard_output_in

SHORT = {"--output": "-o", "--format": "-f", "--store": "-s"}
FORMAT = "quotes: %(message)s"
ANSWERING = frozenset(
    {"documents", "search", "show", "speakers", "timeline", "check", "diff"}
)  # commands that print an answer, which `--output` writes to a file


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
        if command.name in ANSWERING:
            _add_output(command)
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


def _add_output(command: click.Command) -> None:
    """Give a command `--output`, which writes to a file what it prints."""
    answer = command.callback
    assert answer is not None
    output_format = next((o for o in command.params if o.name == "output_format"), None)
    formats = getattr(output_format and output_format.type, "choices", ("table",))

    @wraps(answer)
    def run(*args: Any, output: str | None, **given: Any) -> Any:
        context = click.get_current_context()
        if output is None:
            return answer(*args, **given)
        if isinstance(command, click.Group) and context.invoked_subcommand is not None:
            raise click.UsageError("--output: give it at the end.")
        wanted = given.get("output_format") if is_given(context, "output_format") else None
        found = report_format(output, wanted, tuple(formats))
        if output_format is not None:
            given["output_format"] = found
        with standard_output_in(output):
            return answer(*args, **given)

    command.callback = run
    at = len(command.params) if output_format is None else command.params.index(output_format) + 1
    option = output_option(lambda: None).__click_params__[0]  # type: ignore[attr-defined]
    command.params.insert(at, option)


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
