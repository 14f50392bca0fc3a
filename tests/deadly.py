"""Items that do something in the worker that receives them: end it, as a crash in a library would, or say how it was started."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.records import Document, Failure


@dataclass(frozen=True, kw_only=True)
class Deadly(Document):
    """Deadly to everyone who receives it; with `marker`, a file that is not there yet, to the first alone, which makes the file."""

    marker: str = ""

    def __reduce__(self) -> Any:
        return _die, (self.marker, self.id, self.text, self.language)


def _die(marker: str, name: str, text: str, language: str) -> Document:
    if not marker or not os.path.exists(marker):
        if marker:
            Path(marker).touch()
        os._exit(7)
    return Document(id=name, text=text, language=language)


class Asking(Failure):
    """Becomes, in the worker that is handed it, a Failure whose message is the worker's environment: NAME=VALUE a line."""

    def __reduce__(self) -> Any:
        return _told, ()


def _told() -> Failure:
    return Failure("environment", "read", "\n".join(f"{name}={value}" for name, value in os.environ.items()))
