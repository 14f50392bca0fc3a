"""Relations of names: kinds that code compares, and the words for people beside them."""

from __future__ import annotations

import ast
from pathlib import Path

from quotes.names.relation import PHRASES, NameRelation, RelationKind, different

SHOWN = frozenset({"reason", "why", "step"})  # attributes with words for people


def test_each_kind_has_words_of_its_own() -> None:
    assert set(PHRASES) == set(RelationKind)
    assert len(set(PHRASES.values())) == len(PHRASES)


def test_a_relation_has_the_words_of_its_kind_unless_others_are_given() -> None:
    assert NameRelation(0.5, RelationKind.INITIAL).reason == "initial"
    assert different("surnames differ").reason == "surnames differ"
    assert different().different
    assert not NameRelation(1.0).different


def _compared(tree: ast.AST) -> list[ast.expr]:
    """Return what is compared, or looked at the beginning or end, anywhere in a module."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            found += [node.left, *node.comparators]
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("startswith", "endswith")
        ):
            found += [node.func.value, *node.args]
    return [part for each in found for part in ast.walk(each) if isinstance(part, ast.expr)]


def test_no_module_compares_words_for_people(root: Path) -> None:
    for folder in ("names", "identity", "store"):
        for path in (root / "quotes" / folder).rglob("*.py"):
            for part in _compared(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(part, ast.Constant):
                    assert part.value not in PHRASES.values(), f"{path.name}:{part.lineno}"
                if isinstance(part, ast.Attribute):
                    assert part.attr not in SHOWN, f"{path.name}:{part.lineno}: {part.attr}"
