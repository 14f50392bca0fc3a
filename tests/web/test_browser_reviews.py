"""Reviewing and correcting in a real browser, with the mouse and with keys alone."""

from __future__ import annotations

from typing import Any

import pytest

from quotes.records import ReviewRequest
from tests.browser import Newsroom, new_page, sign_in
from tests.stores import put
from tests.web_client import ARTICLES


def under_review(page: Any) -> str:
    """Return the id of the quote that is shown."""
    found: str = page.get_attribute("[data-review] .actions[data-quote]", "data-quote")
    return found


def press_for_next(page: Any, key: str) -> None:
    """Press a key, and wait until another quote is shown."""
    shown = under_review(page)
    page.keyboard.press(key)
    page.wait_for_function(
        "last => document.querySelector('[data-review] .actions[data-quote]')?.dataset.quote"
        " !== last",
        arg=shown,
    )


def test_from_a_search_to_a_correction_that_lasts(page: Any, newsroom: Newsroom) -> None:
    page.goto("/search")
    page.fill("#q", "fight")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=fight*")
    assert "2 quotes" in page.inner_text("h1")
    page.click(".card:has-text('The Harbour Post') .from a.title")
    page.wait_for_selector("#panel .evidence")
    assert "We will fight it" in page.inner_text("#panel .evidence")
    page.wait_for_selector("#panel .arcs svg")
    assert "Lindqvist" in page.text_content("#panel .arcs svg")
    # Another quote by a click in the text
    page.click("#text a.seg.content:has-text('Prices will rise')")
    page.wait_for_selector("#panel .evidence:has-text('Prices will rise again')")
    page.click("#text a.seg.content:has-text('We will fight')")
    page.wait_for_selector("#panel .evidence:has-text('We will fight')")
    sign_in(page)
    page.click("#panel summary:has-text('Correct')")
    page.fill("#panel details[open] input[name=speaker]", "Carl Ek")
    page.check("#panel details[open] input[name=new]")
    page.click("#panel details[open] button:has-text('Save')")
    page.wait_for_selector("#panel .state.checked:has-text('corrected by Ada')")
    assert "Corrected: speaker." in page.inner_text(".message")
    assert page.locator("#text a.seg.content.checked").count() >= 1
    # The new name gets a timeline, which shows the quote
    corrected = page.url.split("quote=")[1].split("#")[0]
    for _ in range(60):
        if page.goto("/speaker/carl-ek").ok:
            break
        page.wait_for_timeout(250)
    assert "1 quote" in page.inner_text("section:has(#when)")
    page.wait_for_selector(f".card:has(a[href='/quote/{corrected}']) .state.checked")
    # Re-run add: still corrected
    list(put(newsroom.store, ARTICLES, again=True))
    assert [q.speaker for q in newsroom.store.quotes_of("harbour") if q.id == corrected] == [
        "Carl Ek"
    ]
    page.goto("/article?id=harbour")
    page.click("#text a.seg.content:has-text('We will fight')")
    page.wait_for_selector("#panel .evidence:has-text('Carl Ek')")


def test_the_timeline_of_a_known_speaker_shows_a_correction_at_once(
    page: Any, newsroom: Newsroom
) -> None:
    quote = next(q for q in newsroom.store.quotes_of("=school"))
    page.goto(f"/quote/{quote.id}")
    sign_in(page)
    page.click("summary:has-text('Correct')")
    page.fill("details[open] input[name=speaker]", "Anna Lindqvist")
    page.click("details[open] button:has-text('Save')")
    page.wait_for_selector(".state.checked")
    page.goto("/speaker/anna-lindqvist")
    page.wait_for_selector("#chart svg a")
    page.click("summary:has-text('Figures by month')")
    assert "2024-02" in page.inner_text("section:has(#chart) table")
    page.wait_for_selector(f".card:has(a[href='/quote/{quote.id}']) .state.checked")


def test_ten_quotes_are_checked_with_keys_alone(page: Any, newsroom: Newsroom) -> None:
    page.goto("/review")
    sign_in(page)
    reviewed = list[str]()
    for key in "aaxaaxaxaa":
        assert under_review(page) not in reviewed
        reviewed.append(under_review(page))
        press_for_next(page, key)
    page.wait_for_function("() => /7 of .*3 rejected/.test(document.body.innerText)")
    assert "accept" in page.inner_text("#undo")
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert under_review(page) == reviewed[-1]
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert under_review(page) == reviewed[-3]
    assert "machine" in page.inner_text("[data-review] h2")
    press_for_next(page, "Space")
    page.keyboard.press("?")
    assert "undo your last review" in page.inner_text("dialog[open]")
    stands = {j.action for j in newsroom.store.reviews()}
    assert stands == {"accept", "reject", "undo"}


def test_quotes_that_wait_on_the_page_have_all_that_the_first_one_has(
    page: Any, newsroom: Newsroom
) -> None:
    page.goto("/review")
    sign_in(page)
    waiting = "document.getElementById('following').content.childElementCount"
    assert page.evaluate(waiting) == 5
    for _ in range(2):
        press_for_next(page, "Space")
        page.wait_for_function(f"() => {waiting} === 5")
    shown = under_review(page)
    page.keyboard.press("w")
    assert page.inner_text("[data-review] .why .proof").strip()
    answer = page.request.get(f"/api/quote/{shown}").json()["quote"]
    assert answer["rule"] in page.content()
    if answer["speaker_id"]:
        page.keyboard.press("m")
        page.wait_for_selector("[data-review] .same :not(a)")


def test_who_decides_quickly_does_not_wait_for_what_is_saved(page: Any, newsroom: Newsroom) -> None:
    page.goto("/review")
    sign_in(page)
    held, released = list[Any](), list[bool]()

    def hold(route: Any) -> None:  # the answer to the first review comes late
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/reviews", hold)
    shown = [under_review(page)]
    for _ in range(8):  # more than wait on the page at first
        press_for_next(page, "a")
        shown.append(under_review(page))
    assert len(set(shown)) == 9
    assert newsroom.store.reviews() == ()
    released.append(True)
    held[0].continue_()
    page.wait_for_function("() => /8 of .*checked/.test(document.body.innerText)")
    assert [review.quote for review in newsroom.store.reviews()] == shown[:8]


def test_on_a_phone_the_words_to_review_are_never_behind_the_bar(
    page: Any, newsroom: Newsroom
) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto("/review")
    sign_in(page)
    for _ in range(4):
        words = page.locator("[data-review] #text mark.content").first.bounding_box()
        bar = page.locator("[data-review] .decide").bounding_box()
        assert words["y"] >= 0
        assert words["y"] + min(words["height"], 24) <= bar["y"] + 1
        press_for_next(page, "Space")


@pytest.mark.parametrize("size", [(1200, 900), (390, 700)])
def test_accept_is_in_the_same_place_for_every_quote(
    page: Any, newsroom: Newsroom, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("/review")
    sign_in(page)
    places = set[tuple[int, int]]()
    for _ in range(6):
        box = page.locator("[data-review] button[data-key=a]").bounding_box()
        places.add((round(box["x"]), round(box["y"])))
        assert box["y"] + box["height"] <= size[1]
        press_for_next(page, "Space")
    assert len(places) == 1


def test_the_old_name_is_selected_when_its_field_is_clicked(page: Any, newsroom: Newsroom) -> None:
    quote = next(q for q in newsroom.store.quotes_of("harbour") if q.speaker)
    page.goto(f"/quote/{quote.id}")
    sign_in(page)
    page.click("summary:has-text('Correct')")
    page.click("details[open] input[name=speaker]")
    page.wait_for_function("() => getSelection().toString() !== ''")
    page.keyboard.type("Nell")
    assert page.input_value("details[open] input[name=speaker]") == "Nell"


def test_a_correction_is_saved_with_ctrl_enter(page: Any, newsroom: Newsroom) -> None:
    quote = next(q for q in newsroom.store.quotes_of("harbour") if q.speaker)
    page.goto(f"/quote/{quote.id}")
    sign_in(page)
    page.click("summary:has-text('Correct')")
    words = page.locator("details[open] textarea[name=content]")
    colour = "element => getComputedStyle(element).color"
    assert words.evaluate(colour) == page.locator("body").evaluate(colour)
    page.fill("details[open] input[name=role]", "harbour master")
    page.press("details[open] input[name=role]", "Control+Enter")
    page.wait_for_selector(".message:has-text('Corrected: role.')")
    assert newsroom.store.reviews()[-1].value == "harbour master"


@pytest.mark.parametrize("script", [True, False])
def test_what_is_checked_has_solid_lines_in_its_article_and_on_its_page(
    chromium: Any, newsroom: Newsroom, script: bool
) -> None:
    quote = next(q for q in newsroom.store.quotes_of("harbour") if q.speaker)
    newsroom.store.review(ReviewRequest(action="accept", by="Ada", quote=quote.id))
    opened = new_page(chromium, newsroom, script=script)
    for address, words in (
        ("/article?id=harbour", f"#text a[data-q^='{quote.id}'].content"),
        (f"/quote/{quote.id}", "#text mark.content"),
        (f"/review?at={quote.id}", "#text mark.content"),
    ):
        opened.goto(address)
        assert opened.locator(words).count() >= 1
        assert opened.locator(f"{words}:is(.checked, .is-checked *)").count() >= 1, address
    opened.context.close()


def test_a_long_press_on_a_passage_meets_no_link(chromium: Any, newsroom: Newsroom) -> None:
    context = chromium.new_context(
        base_url=newsroom.address, viewport={"width": 390, "height": 844}, has_touch=True,
        is_mobile=True,
    )  # fmt: skip
    phone = context.new_page()
    phone.goto("/article?id=harbour")
    passage = phone.locator("#text .seg.content").first
    assert passage.get_attribute("href") is None
    passage.tap()
    phone.wait_for_selector("#panel .evidence")
    assert passage.inner_text()[:20] in phone.inner_text("#panel .evidence")
    context.close()


def test_an_undo_waits_for_the_review_before_it(page: Any, newsroom: Newsroom) -> None:
    page.goto("/review")
    sign_in(page)
    first = under_review(page)
    page.keyboard.press("a")
    page.wait_for_selector("#undo button")
    second = under_review(page)
    with page.expect_navigation():
        page.keyboard.press("x")
        page.keyboard.press("Backspace")
    assert under_review(page) == second
    page.wait_for_selector(".message:has-text('Undone: reject')")
    undone = {r.undoes for r in newsroom.store.reviews() if r.undoes}
    assert [r.quote for r in newsroom.store.reviews() if r.id not in undone and r.quote] == [first]


def test_speakers_are_merged_and_split_on_the_screen_of_the_review(
    page: Any, newsroom: Newsroom
) -> None:
    of_lindqvist = [
        quote.id
        for quote in newsroom.store.quotes_of("harbour")
        if quote.speaker == "Anna Lindqvist"
    ]
    newsroom.store.review(
        ReviewRequest(action="speaker", by="Ben", quote=of_lindqvist[0], value="Anna Lindquist")
    )
    newsroom.store.identify()
    page.goto(f"/review?at={of_lindqvist[1]}")
    sign_in(page)
    page.keyboard.press("1")  # does nothing while nobody is asked for
    page.keyboard.press("m")
    page.wait_for_selector(".candidates button:has-text('Anna Lindquist')")
    assert "1 quote" in page.inner_text(".candidates li >> nth=0")
    with page.expect_navigation():
        page.keyboard.press("1")
    assert page.url.startswith(f"{newsroom.address}/review")
    assert under_review(page) == of_lindqvist[1]
    assert len(newsroom.store.speaker("Anna Lindquist").aliases) == 2
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert len(newsroom.store.speaker("Anna Lindquist").aliases) == 1
    page.goto(f"/review?at={of_lindqvist[1]}")
    page.keyboard.press("s")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [(j.action, j.documents) for j in newsroom.store.reviews()][-1] == (
        "split",
        ("harbour",),
    )
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert newsroom.store.reviews()[-1].action == "undo"


def test_a_missed_quote_is_added_by_marking_its_words(page: Any, newsroom: Newsroom) -> None:
    page.goto("/article?id=harbour")
    page.evaluate(
        """() => {
          const pieces = [...document.querySelectorAll('#text .seg')];
          const piece = pieces.find(s => s.textContent.includes('told'));
          const node = piece.firstChild, range = document.createRange();
          range.setStart(node, node.data.indexOf('told'));
          range.setEnd(node, node.data.indexOf('told') + 4);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("() => document.querySelector('#missed textarea').value === 'told'")
    page.click("#missed summary")
    page.fill("#missed input[name=by]", "Ada")
    page.fill("#missed input[name=value]", "The Clerk")
    page.check("#missed input[name=new][type=checkbox]")
    page.click("#missed button:has-text('Add the quote')")
    page.wait_for_selector(".message:has-text('Quote added')")
    added = [j for j in newsroom.store.reviews() if j.action == "add"]
    text = newsroom.store.document("harbour").text
    assert [j.content[0].of(text) for j in added] == ["told"]
    assert text[: added[0].content[0].start].count("told") == 0  # that very place


@pytest.mark.parametrize("script", [True, False])
def test_the_title_and_day_of_an_article_are_corrected_and_undone(
    chromium: Any, newsroom: Newsroom, script: bool
) -> None:
    opened = new_page(chromium, newsroom, script=script)
    opened.goto("/article?id=harbour")
    title = opened.inner_text("h1")
    opened.click("#metadata > summary")
    opened.fill("#metadata input[name=title]", "Harbour fees")
    opened.fill("#metadata input[name=published]", "31 February 2024")
    opened.fill("#metadata input[name=by]", "Ada")
    opened.click("#metadata button:has-text('Save')")
    assert "day of publication" in opened.inner_text("[role=alert]")
    opened.fill("input[name=published]", "8 March 2024")
    opened.click("button:has-text('Save')")
    opened.wait_for_selector("h1:has-text('Harbour fees')")
    assert "8 March 2024" in opened.inner_text(".from")
    assert "title, day of publication corrected by Ada" in opened.inner_text(".from")
    opened.click("#metadata li:has-text('title') button:has-text('Undo')")
    opened.wait_for_selector(".message:has-text('Undone: title')")
    assert opened.inner_text("h1") == title
    opened.context.close()
