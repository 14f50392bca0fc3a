import threading
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import LanguageError
from quotes.readers import Metadata, languages, read, read_text
from quotes.readers.languages import detect, language_code
from quotes.records import Document, Failure
from tests.paths import SEEDS

FOREIGN = [
    (
        "fr",
        "French",
        "Le ministre a déclaré mardi que la réforme des retraites serait appliquée dès janvier.",
    ),
    (
        "de",
        "German",
        "Der Minister sagte am Dienstag, die Reform der Renten werde im Januar umgesetzt.",
    ),
    (
        "es",
        "Spanish",
        "El ministro dijo el martes que la reforma de las pensiones se aplicará en enero.",
    ),
    ("ru", "Russian", "Министр заявил во вторник, что пенсионная реформа вступит в силу в январе."),
    ("ar", "Arabic", "قال الوزير يوم الثلاثاء إن إصلاح نظام التقاعد سيبدأ في شهر يناير المقبل."),
    ("zh", "Chinese", "部长周二表示，养老金改革将于一月开始实施。"),
    (
        "nl",
        "Dutch",
        "De minister zei dinsdag dat de hervorming van de pensioenen in januari ingaat.",
    ),
]


@pytest.mark.parametrize(("code", "name", "text"), FOREIGN)
def test_a_text_in_a_language_without_rules_is_refused_by_name(
    code: Any, name: Any, text: Any
) -> None:
    assert detect(text) == code
    with pytest.raises(
        LanguageError, match=rf"^note: text is in {name} \({code}\); rules exist for: .*en"
    ):
        read_text(text, id="note")


@pytest.mark.parametrize(
    "text",
    [
        "“Let me say this,” Müller said.",
        "Poll: Wealthy Voters Abandon Incumbent Party for Challenger",
        "Xi Jinping, Jean-Yves Le Drian, Olaf Scholz and Pedro Sánchez met Volodymyr Zelenskyy in "
        "Reykjavík, aides said.",
        "¡No pasarán! said the sign.",
        "OK",
        "THE MAYOR SAID THAT THE BRIDGE WOULD OPEN IN MAY AND THAT NO ONE WOULD BE ASKED TO LEAVE",
    ],
)
def test_english_is_never_refused_for_its_names_or_for_being_short(text: Any) -> None:
    assert read_text(text).language == "en"


def test_long_foreign_passages_within_an_english_text_do_no_harm() -> None:
    english = (
        "The mayor said that the bridge would open in May, and the council agreed with her. " * 40
    )
    french = FOREIGN[0][2] * 60
    assert read_text(english + french + english).language == "en"


def test_the_language_given_counts_only_where_the_words_leave_room() -> None:
    french = FOREIGN[0][2]
    with pytest.raises(LanguageError, match="French"):
        read_text(french, metadata=Metadata(language="en"))
    assert (
        read_text(
            "The mayor said that the new bridge would open in May.",
            metadata=Metadata(language="fr"),
        ).language
        == "en"
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("English", "en"),
        ("fr", "fr"),
        ("klingon", None),
        ("", None),
    ],
)
def test_languages_are_given_by_code_or_name(given: Any, code: Any) -> None:
    assert language_code(given) == code


def test_a_folder_in_several_languages_gives_failures_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FOREIGN[0][2], encoding="utf-8")
    (tmp_path / "b.txt").write_text("The mayor said that the bridge would open in May.")
    failure, document = read(tmp_path)
    assert isinstance(failure, Failure)
    assert isinstance(document, Document)
    assert "text is in French (fr)" in failure.message


def test_the_seeds_are_english() -> None:
    assert [(found.id, found.language) for found in read(SEEDS) if isinstance(found, Document)] == [
        (path.stem, "en") for path in sorted(SEEDS.iterdir())
    ]


def test_no_article_of_the_gold_set_is_refused(gold: Any) -> None:
    found = list(read(gold / "polnear" / "dev" / "text"))
    assert len(found) == 84
    assert not [result for result in found if isinstance(result, Failure)]


def test_a_failure_names_the_language_that_has_no_rules(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text("Президент заявил, что переговоры продолжатся в Женеве.", encoding="utf-8")
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    assert failure.language == "ru"


def test_who_needs_the_model_while_it_is_loaded_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loads, began, may_end = [], threading.Event(), threading.Event()
    known = languages._identifier()

    @cache
    def load() -> Any:
        loads.append(1)
        began.set()
        may_end.wait(10)
        return known

    monkeypatch.setattr(languages, "_loaded_identifier", load)
    languages.load_in_background()
    assert began.wait(10)
    threading.Timer(0.05, may_end.set).start()
    assert detect(FOREIGN[0][2]) == "fr"
    assert len(loads) == 1
