"""The page of errors: escaped, self-contained."""

from __future__ import annotations

import re

from quotes.evaluation import (
    Article,
    DocumentComparison,
)
from tests.evaluation.annotated import (
    bracketed,
    perfect,
    place,
    quoted,
)


def test_the_page_escapes_what_articles_say_and_loads_nothing(council: Article) -> None:
    from quotes.evaluation.error_page import SCRIPT, error_page
    from quotes.evaluation.error_report import find_errors

    text = "<script>alert(1)</script> & “Ruiz” [s:<b>Ruiz</b>] [c:said] [p:that <img src=x> fell]."
    article = bracketed(text)
    wrong = quoted(article, 0, content=place(article, "alert"), rule='"><i>')
    from quotes.records import Parse

    made = error_page(
        [
            (c.article.document, find_errors(c), Parse(()))
            for c in (DocumentComparison(article, (wrong,)), perfect(council))
        ],
        title="<Errors>",
    )
    assert made.count("<script>") == 1
    assert "<img" not in made
    assert "<b>Ruiz" not in made
    assert "&lt;Errors&gt;" in made
    assert not re.findall(
        r"(?:src|href)=|url\(|https?:", made.replace(SCRIPT, "").replace("&lt;img src=", "")
    )
