from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pytest

from quotes.readers import Metadata, read
from quotes.records import Document, Failure

SAID = "The mayor said on Thursday that the bridge would open in May."
FULL = (
    f"<p>{SAID}</p><p>“It is <b>time</b>,” she said.</p><blockquote><p>Never.</p>"
    "<cite>Olav Berg</cite></blockquote>"
)


def rss(
    *entries: str, head: str = "<title>The Harbour Post</title><language>en-gb</language>"
) -> str:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0" {spaces}><channel>{head}{items}</channel></rss>'
    )


def atom(*entries: str) -> str:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Coast</title>{body}</feed>'


def results(folder: Path, data: str | bytes, name: str = "news.xml", **known: object) -> list[Any]:
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read(folder / name, defaults=Metadata(**known)))  # type: ignore[arg-type]


def test_an_entry_with_its_full_text(tmp_path: Path) -> None:
    entry = (
        "<title>Bridge &amp;amp; ferry</title><link>https://harbour.example/bridge</link>"
        "<guid isPermaLink='false'>7</guid>"
        "<dc:creator>Ana Lund</dc:creator><pubDate>Tue, 05 Mar 2024 23:30:00 +0100</pubDate>"
        f"<description>A teaser.</description><content:encoded><![CDATA[{FULL}]]></content:encoded>"
    )
    (found,) = results(tmp_path, rss(entry))
    assert isinstance(found, Document)
    assert found.text.split("\n\n") == [SAID, "“It is time,” she said.", "Never.", "Olav Berg"]
    assert (found.id, found.source) == (
        "https://harbour.example/bridge",
        "https://harbour.example/bridge",
    )
    assert (found.title, found.author, found.outlet) == (
        "Bridge & ferry",
        "Ana Lund",
        "The Harbour Post",
    )
    assert (found.published, found.language) == (date(2024, 3, 5), "en")
    assert [(embed.content.of(found.text), embed.author) for embed in found.embeds] == [
        ("Never.", "Olav Berg")
    ]


def test_a_teaser_is_a_document_too_and_an_entry_without_text_is_named(tmp_path: Path) -> None:
    entries = (
        f"<title>One</title><description>{SAID}</description>",
        "<title>Two</title>",
        f"<description>&lt;p&gt;{SAID}&lt;/p&gt;</description>",
    )
    first, second, third = results(tmp_path, rss(*entries), "news.rss")
    assert (first.id, first.text, first.title) == ("news:1", SAID, "One")
    assert isinstance(second, Failure)
    assert second.message == f"{tmp_path / 'news.rss'}: entry 2 holds no text, only the title 'Two'"
    assert (third.id, third.text, third.title) == ("news:3", SAID, None)


def test_atom(tmp_path: Path) -> None:
    entries = (
        f"<id>tag:coast.example,2024:1</id><title type='html'>&lt;i&gt;Bridge&lt;/i&gt;</title>"
        f"<content type='html'>{escape(FULL)}</content>"
        "<author><name>Ana Lund</name></author><author><name>Per Holm</name></author>"
        "<published>2024-03-05T08:00:00Z</published>"
        "<updated>2024-03-09T08:00:00Z</updated>",
        "<id>2</id><link href='https://coast.example/2'/><title>a &lt; b</title>"
        "<updated>2024-03-09T08:00:00Z</updated>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{SAID}</p></div>"
        "</content>",
        f"<id>3</id><summary type='text'>{SAID}\nx &lt; y</summary>",
    )
    first, second, third = results(tmp_path, atom(*entries), "coast.atom", author="Given")
    assert (first.id, first.title, first.author, first.outlet) == (
        "tag:coast.example,2024:1",
        "Bridge",
        "Ana Lund; Per Holm",
        "Coast",
    )
    assert (first.published, second.published) == (
        date(2024, 3, 5),
        None,
    )  # updated is not published
    assert (second.id, second.text, second.title, second.author) == (
        "https://coast.example/2",
        SAID,
        "a < b",
        "Given",
    )
    assert third.text == f"{SAID}\nx < y"


def test_rss_1_with_the_day_of_dublin_core(tmp_path: Path) -> None:
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Coast</title></channel>'
        "<item><title>One</title><link>https://coast.example/1</link>"
        f"<description>{SAID}</description><dc:date>2024-03-05</dc:date></item></rdf:RDF>"
    )
    (found,) = results(tmp_path, data)
    assert (found.id, found.published, found.outlet) == (
        "https://coast.example/1",
        date(2024, 3, 5),
        "Coast",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: Any) -> None:
    text = rss(f"<description>“The café is José’s,” she said. {SAID}</description>").replace(
        "UTF-8", encoding.removesuffix("-sig")
    )
    (found,) = results(tmp_path, text.encode(encoding))
    assert found.text.startswith("“The café is José’s,” she said.")


def test_a_feed_that_breaks_off_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    data = rss(
        f"<title>One</title><description>{SAID}</description>",
        f"<title>Two</title><description>{SAID} And more.</description>",
    )
    found = results(tmp_path, data[: data.index("And more")])
    assert [result.title for result in found if isinstance(result, Document)] == ["One"]
    assert isinstance(found[-1], Failure)
    assert "breaks off" in found[-1].message


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "is empty"),
        (
            "<html><body><p>The mayor said no.</p></body></html>",
            "is XML but not an RSS or Atom feed (it begins with <html>)",
        ),
        (
            '<?xml version="1.0"?><urlset><url/></urlset>',
            "is XML but not an RSS or Atom feed (it begins with <urlset>)",
        ),
        ("The mayor said no.", "is not an RSS or Atom feed, nor XML"),
        (rss(), "is a feed without entries"),
        (
            rss(f"<description>{SAID} &b; &c;</description>").replace("<rss", BOMB + "<rss"),
            "declares entities of its own",
        ),
        (
            rss(f"<description>{SAID} &b;</description>")
            .replace("<rss", BOMB + "<rss")
            .encode("utf-16"),
            "declares entities of its own",
        ),
        (b"%PDF-1.4 and more", "looks like a PDF"),
    ],
)
def test_what_is_no_feed_is_said(tmp_path: Path, data: Any, reason: Any) -> None:
    (failure,) = results(tmp_path, data)
    assert isinstance(failure, Failure)
    assert failure.message.startswith(f"{tmp_path / 'news.xml'}: {reason}")
