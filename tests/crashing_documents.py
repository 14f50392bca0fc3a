"""Documents that end the program that receives them, as a crash in a library would."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.records import Document


@dataclass(frozen=True, kw_only=True)
class CrashingDocument(Document):
    """A document that ends each process that receives it.

    With `marker`, the path of a file that is not there yet, only the first, which makes the file.
    """

    marker: str = ""

    def __reduce__(self) -> Any:
        return _crash, (self.marker, self.id, self.text, self.language)


def _crash(marker: str, name: str, text: str, language: str) -> Document:
    if not marker or not os.path.exists(marker):
        if marker:
            Path(marker).touch()
        os._exit(7)
    return Document(id=name, text=text, language=language)
