"""What tests of tables share: a filled store."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.store import Store
from tests.stores import stocked


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Store:
    return stocked(tmp_path / "store", frozen)
