"""Settings that a person keeps in a file: defaults of the options of commands.

In: the nearest `quotes.toml`, or `pyproject.toml` with a table `[tool.quotes]`, in the working
folder or one above it; the environment variable QUOTES_CONFIG names another file (empty: none).
Out: defaults for click. A key is the long name of an option: at the top for every command that has
it, in a table `[export]` or `[speakers.merge]` for one. Paths count from the folder of the file.

    store = "news"
    min-confidence = 0.6

    [export]
    columns = "speaker,words,outlet,url"

What is given on the command line or in the environment counts before it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from quotes.errors import InputError

FILE = "quotes.toml"
PROJECT = "pyproject.toml"
VARIABLE = "QUOTES_CONFIG"
NOT_SETTINGS = frozenset({"output", "purge", "chart", "help", "version"})  # of one run only

Settings = dict[str, Any]


def find_settings(folder: Path | None = None) -> tuple[Path, Settings] | None:
    """Return the file that holds the settings, and these; None where there is none.

    Raises:
        InputError: The file cannot be read, or is not TOML.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        return (Path(named), _read(Path(named))) if named else None
    start = (folder or Path.cwd()).absolute()
    for place in (start, *start.parents):
        for name in (FILE, PROJECT):
            if (place / name).is_file() and (found := _read(place / name)):
                return place / name, found
    return None


def _read(path: Path) -> Settings:
    """Return the settings of a file; none of a project file without a table for this program."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        if path.name == PROJECT and not os.environ.get(VARIABLE):
            return {}  # another program's file
        raise InputError(f"{path}: is not TOML: {error}") from error
    if path.name != PROJECT:
        return content
    tool = content.get("tool", {})
    found = tool.get("quotes", {}) if isinstance(tool, dict) else {}
    return found if isinstance(found, dict) else {}


def default_map(group: click.Group, settings: Settings, path: Path) -> Settings:
    """Return settings as defaults of the options of a group's commands, in click's form.

    Raises:
        InputError: A key is neither an option nor a command, or has a value of the wrong form.
    """
    shared = {name: value for name, value in settings.items() if name not in group.commands}
    own = {name: value for name, value in settings.items() if name in group.commands}
    used = set[str]()
    made = _defaults(group, own, shared, used, path)
    if unknown := sorted(shared.keys() - used):
        raise InputError(
            f"{path}: {unknown[0]}: no command has such an option: write it as after the two "
            'dashes, such as min-confidence = 0.6 or store = "news"'
        )
    return made


def _defaults(
    group: click.Group, settings: Settings, shared: Settings, used: set[str], path: Path
) -> Settings:
    """Return the defaults of each command of a group; `used` takes the shared keys it knows."""
    made = dict[str, Any]()
    for name, command in group.commands.items():
        asked = settings.get(name, {})
        if not isinstance(asked, dict):
            raise InputError(f"{path}: {name} is a command: write its settings in a table [{name}]")
        below = command.commands if isinstance(command, click.Group) else {}
        options = _options(command)
        wrong = next((key for key in asked if key not in options and key not in below), None)
        if wrong is not None:
            raise InputError(f"{path}: [{name}] {wrong}: `quotes {name}` has no such option")
        of_all = {key: value for key, value in shared.items() if key in options}
        used.update(of_all)
        made[name] = {
            str(options[key].name): _value(options[key], value, f"{path}: {key}", path.parent)
            for key, value in (of_all | asked).items()
            if key in options
        }
        if isinstance(command, click.Group):
            tables = {key: value for key, value in asked.items() if key in below}
            made[name] |= _defaults(command, tables, shared, used, path)
    return made


def _options(command: click.Command) -> Mapping[str, click.Option]:
    """Return the options of a command that a file may set, by their long names."""
    return {
        name.removeprefix("--"): option
        for option in command.params
        if isinstance(option, click.Option) and option.name not in NOT_SETTINGS
        for name in option.opts
        if name.startswith("--")
    }


def _value(option: click.Option, value: Any, where: str, folder: Path) -> Any:
    """Return the value of a setting as the option takes it.

    Raises:
        InputError: It is of no form that an option has.
    """
    if isinstance(value, list) and option.multiple:
        return [_value(option, each, where, folder) for each in value]
    if option.is_flag != isinstance(value, bool) or isinstance(value, list | dict):
        kind = "true or false" if option.is_flag else "a text or a number"
        raise InputError(f"{where}: is {value!r}: write {kind}")
    if option.multiple:
        return [value]
    if isinstance(option.type, click.Path) and isinstance(value, str) and value != "-":
        return _from_here(folder / Path(value).expanduser())
    return value if isinstance(value, bool) else str(value)


def _from_here(path: Path) -> str:
    """Return a path as one types it: without the working folder, where it is below it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
