import json
from datetime import date
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError, LanguageError
from quotes.readers import Metadata, read
from quotes.readers.html import read_html
from quotes.records import Document
from tests.paths import TESTS

PAGES = TESTS / "pages"
OPENING = (
    "The council of Nordby met on Thursday night to decide what becomes of the old quay and of "
    "those who work on it."
)
CLOSING = (
    "A decision is due in the autumn, when the council meets again in the town hall that was "
    "built for it last year."
)


def page(body: str, head: str = "") -> bytes:
    return (
        f"<html lang='en'><head>{head}</head><body><article>"
        f"<p>{OPENING}</p>{body}<p>{CLOSING}</p></article></body></html>"
    ).encode()


def document(data: bytes, **known: object) -> Document:
    return read_html(data, id="page", metadata=Metadata(**known), source="page.html")  # type: ignore[arg-type]


def paragraphs(found: Document) -> list[str]:
    return found.text.split("\n\n")


def embeds(found: Document) -> list[tuple[str, str | None, str | None]]:
    return [
        (e.content.of(found.text), e.source.of(found.text) if e.source else None, e.author)
        for e in found.embeds
    ]


def test_a_news_page_gives_its_article_and_what_is_known_of_it() -> None:
    (found,) = read(PAGES / "plain.html")
    assert isinstance(found, Document)
    assert paragraphs(found) == [
        "The transport minister, Olav Berg, defended his plan for the harbour on Thursday, saying "
        "it would create jobs for years.",
        "“We will not stop,” he said.",
        "Critics disagreed with him strongly — and said so in public.",
        "What next?",
        "The council will vote next week. One member called it “a ‘bad’ idea”.",
        "We have heard all of this before, and nothing came of it.",
        "That was in a letter from the traders’ guild, which has 40 members in the town and in "
        "the villages around it.",
        "The minister will be in Nordby on Monday to answer questions from the public.",
    ]
    assert (found.title, found.outlet, found.author) == (
        "Minister defends harbour plan",
        "The Harbour Post",
        "Ana Lund",
    )
    assert (found.published, found.language) == (date(2021, 5, 6), "en")
    assert found.id == found.source == "https://harbour.example/news/2021/plan"
    assert found.embeds == ()


def test_embedded_posts_stand_in_their_place_and_belong_to_their_authors() -> None:
    (found,) = read(PAGES / "posts.html")
    assert isinstance(found, Document)
    assert embeds(found) == [
        ("We were promised answers.\n\nWe got none. #Quay", "Lise Dahl", "Lise Dahl"),
        ("Good talks today in the harbour.", "Olav Berg", "Olav Berg"),
        ("A quay is not a toy.", "Traders of Nordby", "Traders of Nordby"),
        ("Nobody asked the fishermen, and nobody ever does.", "Karin Vik", "Karin Vik"),
        ("The state will pay its share.", "Olav Berg", "Olav Berg"),
        ("Look at this quay! #quay", "@quayfan", "@quayfan"),
        ("Anyone else tired of the quay?", "u/nordbyfan", "u/nordbyfan"),
        ("The town council will meet on Monday.", "Nordby Council", "Nordby Council"),
    ]
    assert paragraphs(found)[1:5] == [
        "We were promised answers.",
        "We got none. #Quay",
        "— Lise Dahl (@lisedahl) May 6, 2021",
        "The minister, Olav Berg, answered within the hour and rejected the charge.",
    ]
    assert "weekend supplement" not in found.text  # a post beside the article
    assert (found.published, found.author) == (date(2021, 5, 6), "Ana Lund; Per Holm")


def test_an_amp_page_reads_like_any_other() -> None:
    (found,) = read(PAGES / "amp.html")
    assert isinstance(found, Document)
    assert embeds(found) == [("Back on the water at last.", "Mette Bay", "Mette Bay")]
    assert paragraphs(found)[1:4] == [
        "Back on the water at last.",
        "— Mette Bay (@mettebay) February 3, 2022",
        "“Nobody has won,” said Mette Bay, who leads the seamen’s union. “But we can all go back "
        "to work.”",
    ]
    assert (found.title, found.author, found.published) == (
        "Ferry strike ends",
        "Bo Rask",
        date(2022, 2, 3),
    )


WORDS = st.lists(
    st.text("abcdefgh“”’<&>é😀—@(", min_size=1, max_size=9).filter(
        lambda w: any(map(str.isalpha, w))
    ),
    min_size=1,
    max_size=12,
)
NAMES = st.from_regex(r"[A-Z][a-zé]{1,8} [A-Z][a-z’]{1,8}", fullmatch=True)


@settings(max_examples=40)
@given(st.lists(st.tuples(WORDS, NAMES), min_size=1, max_size=4))
def test_offsets_of_embedded_posts_hold_for_any_words(posts: Any) -> None:
    body = "".join(
        '<div class="embed"><blockquote class="twitter-tweet">'
        f"<p>{escape('x ' + ' '.join(words))}</p>— {escape(name)} (@a) May 6, 2021"
        f"</blockquote></div><p>Paragraph number {number} of the article follows here, said the "
        "clerk.</p>"
        for number, (words, name) in enumerate(posts)
    )
    found = document(page(body))
    assert embeds(found) == [("x " + " ".join(words), name, name) for words, name in posts]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<blockquote><p>It is over.</p><cite>Karin Vik, fisher</cite></blockquote>",
            ("It is over.", "Karin Vik", "Karin Vik"),
        ),
        (
            "<blockquote>It is over.<footer>&mdash; Karin Vik</footer></blockquote>",
            ("It is over.", "Karin Vik", "Karin Vik"),
        ),
        (
            "<blockquote><p>It is over. — <cite>Karin Vik</cite></p></blockquote>",
            ("It is over.", "Karin Vik", "Karin Vik"),
        ),
        (
            "<figure class=quote><blockquote><p>One.</p><p>Two.</p></blockquote>"
            "<figcaption>– Karin Vik (fisher)</figcaption></figure>",
            ("One.\n\nTwo.", "Karin Vik", "Karin Vik"),
        ),
        (
            "<blockquote class='twitter-tweet'><p>It is over.</p></blockquote>",
            ("It is over.", None, None),
        ),
        (
            "<blockquote class='twitter-tweet'>"
            "<p>- Quay<br>- Jobs</p>&mdash; Vik (@v) May 6, 2021</blockquote>",
            ("- Quay\n- Jobs", "Vik", "Vik"),
        ),
    ],
)
def test_credits_of_block_quotations(markup: Any, expected: Any) -> None:
    assert embeds(document(page(markup))) == [expected]


def test_a_block_quotation_without_a_credit_is_a_paragraph() -> None:
    found = document(
        page(
            "<p>He wrote to us:</p><blockquote><p>I read <cite>The Post</cite> daily.</p>"
            "</blockquote>"
        )
    )
    assert found.embeds == ()
    assert "I read The Post daily." in paragraphs(found)


def test_posts_that_hold_no_words_leave_nothing_behind() -> None:
    found = document(
        page(
            "<blockquote class='instagram-media'><a>View this post on Instagram</a>"
            "<p>A post shared by A (@a)</p></blockquote>"
        )
    )
    assert paragraphs(found) == [OPENING, CLOSING]


def test_a_sentence_lifted_out_for_show_is_not_said_twice() -> None:
    found = document(
        page(
            "<p>“We should never have sold the old quay,” she said.</p>"
            "<blockquote>We should never have sold the old quay</blockquote>"
        )
    )
    assert found.text.count("never have sold") == 1


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset='iso-8859-1'>"),  # wrong, as often
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("cp1252", "<meta charset='windows-1252'>"),
        ("cp1252", "<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>"),
        ("cp1252", "<meta charset='utf-8'>"),
        ("cp1252", "<meta charset='no-such-thing'>"),
        ("cp1252", ""),
    ],
)
def test_encodings_declared_rightly_wrongly_or_not_at_all(encoding: Any, head: Any) -> None:
    line = "“The café is José’s,” she said – and left."
    data = page(f"<p>{line}</p>", head).decode().encode(encoding)
    assert line in paragraphs(document(data))


def test_an_xml_declaration_gives_the_encoding() -> None:
    line = "Министр José"
    data = b'<?xml version="1.0" encoding="koi8-r"?>' + page(
        f"<p>“The word is {line[:7]},” she said.</p>".replace("“", "").replace("”", "")
    ).decode().encode("koi8-r")
    assert "The word is Министр, she said." in paragraphs(document(data))


def test_malformed_markup_is_read_as_a_browser_would() -> None:
    data = (
        b"<html lang=en><body><article><p>"
        + OPENING.encode()
        + b"<p>The mayor <b>said <i>no</b> twice.</i><div><p>"
        + CLOSING.encode()
    )
    assert paragraphs(document(data)) == [OPENING, "The mayor said no twice.", CLOSING]


def test_a_page_that_extraction_finds_nothing_in_still_has_paragraphs() -> None:
    assert (
        document(b"<html><body><p>The mayor said no.</p></body></html>").text
        == "The mayor said no."
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"<html><body><script>var a = 1;</script></body></html>",
        b"<html><body><p>123</p></body></html>",
        b"<!-- -->",
    ],
)
def test_a_page_without_an_article_is_refused(data: Any) -> None:
    with pytest.raises(InputError, match=r"^page\.html: "):
        document(data)


def test_a_page_that_a_script_fills_in_may_state_its_text() -> None:
    stated = json.dumps(
        {
            "@graph": [
                {
                    "articleBody": "The mayor said that she’d leave.\n\n"
                    "The council &amp; the guild agreed."
                }
            ]
        }
    )
    data = (
        f'<html><head><script type="application/ld+json">{stated}</script></head>'
        '<body><div id="app"></div></body></html>'
    )
    assert (
        document(data.encode()).text
        == "The mayor said that she’d leave.\n\nThe council & the guild agreed."
    )


def test_markup_within_a_word_does_not_split_it() -> None:
    found = document(
        page(
            "<p><span class='dropcap'>T</span>he mayor met the <a href='/r'>Russia</a>ns and "
            "<b>no</b>body else.</p>"
        )
    )
    assert "The mayor met the Russians and nobody else." in paragraphs(found)


@pytest.mark.parametrize(
    "markup",
    [
        "<span class='rollover-person'><a class='rollover-person-link' href='/k'>Karin Vik</a>"
        "<span class='rollover-person-box'><a href='/k'>Karin Vik</a>"
        "<a href='/1'>Quay talks fail</a>"
        "<a href='/k'>MORE</a></span></span>",
        "<span class='tooltip'>Karin Vik<span class='tooltip-text'>Fisher, 62</span></span>",
        "<a href='/k'>Karin Vik</a><span role='tooltip'>Fisher, 62</span>",
        "<span><a href='/k'>Karin Vik</a><span><b>Karin Vik</b><i>Fisher, 62</i></span></span>",
    ],
)
def test_a_box_that_pops_up_over_a_word_is_no_part_of_the_sentence(markup: str) -> None:
    found = document(page(f"<p>“It is over,” {markup} said on Tuesday.</p>"))
    assert "“It is over,” Karin Vik said on Tuesday." in paragraphs(found)


@pytest.mark.parametrize(
    "markup",
    [
        "<span class='popup-link'>Karin Vik</span>",
        "<span class='tooltip'>Karin Vik</span>",
        "<b>Karin</b> <span><i>Vik</i></span>",
    ],
)
def test_a_word_that_a_box_explains_stays(markup: str) -> None:
    found = document(page(f"<p>“It is over,” {markup} said on Tuesday.</p>"))
    assert "“It is over,” Karin Vik said on Tuesday." in paragraphs(found)


def test_preformatted_text_keeps_its_lines() -> None:
    found = document(page("<pre>VIK: It is over.\nBERG: <b>No.</b>\n\nVIK: It is.\r\nIt is!</pre>"))
    assert paragraphs(found)[1:3] == ["VIK: It is over.\nBERG: No.", "VIK: It is.\nIt is!"]


def test_a_story_of_little_but_posts_keeps_them_all() -> None:
    posts = [
        (f"This is reaction number {number} to the quay.", f"Ann Vik {number}")
        for number in range(6)
    ]
    body = "".join(
        "<blockquote class='twitter-tweet'>"
        f"<p>{text}</p>&mdash; {name} (@x) May 6, 2021</blockquote>"
        for text, name in posts
    )
    found = document(
        (
            f"<html><body><article><p>Here is what people said.</p>{body}</article></body></html>"
        ).encode()
    )
    assert embeds(found) == [(text, name, name) for text, name in posts]


def test_a_page_in_another_language_is_refused() -> None:
    french = (
        "<p>Le ministre a déclaré mardi que la réforme des retraites serait appliquée dès "
        "janvier, malgré la grève.</p>" * 5
    )
    with pytest.raises(LanguageError, match=r"French \(fr\)"):
        document(f"<html lang='fr'><body><article>{french}</article></body></html>".encode())


def test_thousands_of_nested_elements_are_no_harm() -> None:
    data = b"<html><body>" + b"<div>" * 5000 + page("<p>The mayor said no.</p>") + b"</div>" * 5000
    try:
        assert "Nordby" in document(data).text
    except InputError as error:
        assert "page.html" in str(error)  # noqa: PT017


def test_what_a_person_gives_wins_over_the_page() -> None:
    found = document(
        (PAGES / "plain.html").read_bytes(), outlet="Given", published=date(2000, 1, 1)
    )
    assert (found.outlet, found.published, found.author) == ("Given", date(2000, 1, 1), "Ana Lund")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_or_refused(data: Any) -> None:
    try:
        document(b"<html><body><p>" + data)
    except InputError as error:
        assert str(error).startswith("page.html: ")  # noqa: PT017


def test_very_large_pages_are_not_compared_with_slower_programs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import trafilatura

    asked = list[bool]()

    def extraction(*arguments: Any, **options: Any) -> Any:
        asked.append(options["fast"])
        return bare_extraction(*arguments, **options)

    bare_extraction = trafilatura.bare_extraction
    monkeypatch.setattr(trafilatura, "bare_extraction", extraction)
    rows = "".join(f"<tr><td>{n}</td><td>x</td></tr>" for n in range(2_000))
    small = document(page("<p>The mayor said no.</p>"))
    large = document(page(f"<p>The mayor said no.</p><table>{rows}</table>"))
    assert paragraphs(large) == paragraphs(small) == [OPENING, "The mayor said no.", CLOSING]
    assert asked == [False, True]


def test_words_lifted_out_of_a_paragraph_are_left_out() -> None:
    words = "It was the best of all days that we had seen on this quay"
    body = f"<p>“{words}, and the last,” she said.</p><blockquote>{words}</blockquote>"
    found = document(page(body))
    assert paragraphs(found) == [OPENING, f"“{words}, and the last,” she said.", CLOSING]
