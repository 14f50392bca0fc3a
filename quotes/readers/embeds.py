"""Passages of a page that its markup gives to somebody: embedded posts, credited quotations.

In: the cleaned tree of a page. Out: `Passage`s, in order of the page, each with a placeholder
paragraph in its place, because the extraction of the article moves, shortens and drops embedded
posts. Which passages end up in the article is decided in `html`. It reads the markup that the
platforms' own embed codes have, and the credits of HTML (`<cite>`, `<footer>`, `<figcaption>`); a
block quotation without a credit stays a paragraph like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from quotes.readers.page_tree import LINE_BREAK, Element, blocks, paragraphs

POST = re.compile(
    r"(?:^|[\s_-])(?:twitter-(?:tweet|video)|instagram-media|bluesky-embed|mastodon-embed|fb-post|fb-xfbml-parse-ignore|reddit-(?:embed-bq|card)"
    r"|tiktok-embed|threads-post|text-post-media|truthsocial-embed)(?:$|[\s_-])",
    re.IGNORECASE,
)
DAY = r"\w+\.? \d{1,2}, \d{4}|\d{1,2} \w+\.? \d{4}"
HANDLE = r"@[\w.]+(?:@[\w.-]+)?"
# The credit line as the platforms write it, whichever is theirs; `name` is the author.
CREDITS = (
    re.compile(rf"^[—–-]+\s*(?P<name>\S.*?)\s*\({HANDLE}\)"),
    re.compile(rf"^[—–-]+\s*(?P<name>{HANDLE})(?:\s|$)"),
    re.compile(
        rf"^(?:A post shared by|Post by|Posted by)\s+(?P<name>\S.*?)\s*(?:\({HANDLE}\)|\son\s.*|$)"
    ),
    re.compile(r"^(?:by|from)\s?(?P<name>u/[\w-]+)"),
    re.compile(rf"^(?P<name>{HANDLE})$"),
    re.compile(rf"^[—–-]+\s*(?P<name>\S.*?),?\s+(?:{DAY})$"),
)
CHROME = re.compile(
    r"^(?:View this post on \w+|View on \w+|See more posts? .*|♬.*|\[image or embed\]|(?:\d+ "
    r")?(?:likes?|comments?)|Loading.*)$",
    re.IGNORECASE,
)
LINKS_AT_END = re.compile(
    r"(?:\s*(?:https?://)?(?:pic\.twitter\.com|t\.co)/\w+…?|\s*\[image or embed\])+$"
)
NAME = re.compile(r"[^,;|(–—:\n]+")
DASHES = "—–―- \xa0~"
KEPT = ("article", "main", "body", "html", "section")
MARK = "quotespassage"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that markup gives to somebody.

    Holds the paragraphs, the line that credits them, and where in it the author's name stands.
    """

    content: tuple[str, ...]
    credit: str
    name: str | None

    @property
    def text(self) -> str:
        """The passage as it stands in the document."""
        return "\n\n".join((*self.content, self.credit) if self.credit else self.content)


def take_passages(tree: Element) -> list[Passage]:
    """Put a placeholder into the tree for each passage.

    The n-th of the list returned belongs to the n-th placeholder.
    """
    found: list[Passage] = []
    for element in list(tree.iter("blockquote", "div")):
        if _attached(element, tree) and (element.tag == "blockquote" or _is_post(element)):
            _take(element, found)
    return found


def placeholder(number: int) -> str:
    """Return the word that stands before and after the n-th passage's words in the tree."""
    return f"{MARK}{number}x"


def _attached(element: Element, tree: Element) -> bool:
    return element is not tree and any(parent is tree for parent in element.iterancestors())


def _is_post(element: Element) -> bool:
    return bool(POST.search(element.get("class", "")))


def _take(element: Element, found: list[Passage]) -> None:
    if _is_post(element):
        outer, passage = _wrapper(element), _post(element)
        if passage is None:
            outer.drop_tree()
            return
    else:
        outer, passage = _credited(element)
    if passage is not None:
        _replace(outer, passage, len(found))
        found.append(passage)


def _post(element: Element) -> Passage | None:
    """Return an embedded post; None without words of its author (they come by script)."""
    parts = [
        part
        for block in blocks(element)
        for text in paragraphs(block)
        for part in _credit_apart(text)
    ]
    credits = [number for number, part in enumerate(parts) if _credit(part)]
    at = credits[-1] if credits else None
    found = None if at is None else _credit(parts[at])
    content = [
        own for number, part in enumerate(parts) if number != at and (own := _own_words(part))
    ]
    credit, name = ("", None) if found is None else (found.string, found.group("name"))
    if name and name.startswith("u/"):
        credit = f"by {name}"  # Reddit's code has no spaces around its links
    return (
        Passage(tuple(content), credit, name) if any(map(str.isalpha, "".join(content))) else None
    )


def _credit_apart(text: str) -> list[str]:
    """Return a paragraph, with its last line for itself if that is a credit."""
    head, _, last = text.rpartition("\n")
    return [head, last] if head and _credit(last) else [text]


def _credit(line: str) -> re.Match[str] | None:
    return next((match for pattern in CREDITS if (match := pattern.match(line))), None)


def _own_words(text: str) -> str:
    """Return the words of a post's author in a paragraph of it, without what the platform adds."""
    return "" if CHROME.match(text) else LINKS_AT_END.sub("", text).strip()


def _credited(element: Element) -> tuple[Element, Passage | None]:
    """Return the element to replace and the passage of a credited block quotation.

    The credit stands inside it or in the caption of its figure.
    """
    outer = element
    credit = next(element.iter("footer"), None)
    if credit is None:
        credit = next((cite for cite in element.iter("cite") if _ends(cite, element)), None)
    if credit is None and (figure := element.getparent()).tag == "figure":
        outer, credit = figure, next(figure.iter("figcaption"), None)
    if credit is None:
        return outer, None
    line = " ".join(" ".join(blocks(credit)).replace(LINE_BREAK, " ").split())
    name = _name(line, credit)
    credit.drop_tree()
    content = [text for block in blocks(element) for text in paragraphs(block)]
    content = [text for text in content if text.strip(DASHES)]
    if not content or name is None:
        _append(element, line)
        return outer, None
    return outer, Passage((*content[:-1], content[-1].rstrip(DASHES.replace("-", ""))), line, name)


def _ends(cite: Element, element: Element) -> bool:
    """Return whether nothing but space follows, as after a credit.

    A work's title in a sentence is `<cite>` too.
    """
    inside = cite
    while inside is not element:
        if (inside.tail or "").strip(LINE_BREAK + " \n\t") or inside.getnext() is not None:
            return False
        inside = inside.getparent()
    return True


def _append(element: Element, line: str) -> None:
    if line:
        paragraph = etree.SubElement(element, "p")
        paragraph.text = line


def _name(line: str, credit: Element) -> str | None:
    """Return the author in a credit line.

    What stands before the first comma, bracket or dash, without the title of a work.
    """
    work = next((cite for cite in credit.iter("cite")), None) if credit.tag != "cite" else None
    rest = line.lstrip(DASHES)
    if (
        work is not None
        and (title := " ".join(work.text_content().split()))
        and not rest.startswith(title)
    ):
        rest = rest.split(title)[0]
        rest = re.sub(r"(?:\s+[a-z]+)+\s*$", "", rest)
    found = NAME.match(rest)
    name = found.group().strip() if found else ""
    return name if any(map(str.isalpha, name)) else None


def _wrapper(element: Element) -> Element:
    """Return the outermost element that holds nothing else.

    Sites wrap embedded posts in boxes that extraction throws away.
    """
    words = _words(element)
    outer = element
    while (
        (parent := outer.getparent()) is not None
        and parent.tag not in KEPT
        and _words(parent) == words
    ):
        outer = parent
    return outer


def _words(element: Element) -> str:
    return "".join(element.text_content().split())


def _replace(outer: Element, passage: Passage, number: int) -> None:
    """Put a paragraph of as many words in the place of a passage, as extraction goes by length."""
    words = " ".join(passage.text.split())
    paragraph = etree.Element("p")
    paragraph.text = f"{placeholder(number)} {words} {placeholder(number)}"
    paragraph.tail = outer.tail
    outer.tail = None
    outer.getparent().replace(outer, paragraph)
