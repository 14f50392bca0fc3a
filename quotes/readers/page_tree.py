"""HTML bytes to a clean tree.

In: the bytes of a page. Out: an lxml tree of what a reader sees: without scripts, hidden elements,
pop-up boxes, advertisements and pull quotes, with quotation marks in place of `<q>` and
`LINE_BREAK` in place of `<br>` and of line ends in `<pre>`. It judges nothing else: what belongs to
the article is decided in `html`.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from quotes.errors import InputError
from quotes.readers.encoding import BYTE_ORDER_MARKS, decode, decode_as, kind_of, without_surrogates

Element = Any  # lxml carries no types

# Stands for <br> and line ends of <pre> until the text is put together; extraction drops or doubles
# real ones.
LINE_BREAK = "\u2424"
CHARSET = re.compile(
    rb"""(?:charset\s*=\s*["']?|<\?xml[^>]{0,100}encoding\s*=\s*["'])\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
NOT_IN_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\u00ad\u200b\ufeff" + LINE_BREAK + "]"
)  # controls, soft hyphens, zero-width spaces
INVISIBLE = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "select",
    "textarea",
    "button",
)
INLINE = ("span", "b", "strong", "i", "em", "u", "font", "a", "small", "big")
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|a11y-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
ADVERT_CLASS = re.compile(
    r"(?:^|\s)(?:ads?|adverts?|advertisement|ad-(?:slot|box|container|wrapper|unit|label))(?:$|\s)",
    re.IGNORECASE,
)
PULL_QUOTE = re.compile(r"pull-?_?quote", re.IGNORECASE)
# Boxes with a portrait, an explanation or links, shown over a word when the pointer is on it. Those
# with the word in them ("tooltip") are told from the boxes themselves by where they stand.
POP_UP = re.compile(
    r"(?:^|[\s_-])(?:tool-?tip|pop-?over|pop-?up|hover-?(?:card|box)?|roll-?over|fly-?out|info-?tip"
    r"|dropdown|mouse-?over|preview-card)(?:$|[\s_-]|text|content|box|card)",
    re.IGNORECASE,
)
POP_UP_LABEL = re.compile(
    r"(?:^|[\s_-])(?:link|trigger|label|toggle|target|term|anchor|word|name)(?:$|\s)", re.IGNORECASE
)
MAX_BEFORE = 5  # elements before a box that may be its word
MIN_LABEL = 4  # characters of a word that a box repeats
PARAGRAPHS = ("p", "li", "blockquote", "dd", "td")
Q_MARKS = (("“", "”"), ("‘", "’"))


def decode_page(data: bytes, name: str) -> str:
    """Return the source of a page.

    By its byte-order mark, as UTF-8 where it is, else as it declares, else as any text.

    Raises:
        InputError: as above.
    """
    if (kind := kind_of(data)) or any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return decode(data, name)
    if (declared := _declared(data)) and not _is_utf8(data):
        return (
            decode_as(data.replace(b"\x00", b""), declared, name)
            if declared == "utf-8"
            else data.decode(declared, "replace")
        )
    return decode(data.replace(b"\x00", b"") if _is_utf8(data) and not kind else data, name)


def _declared(data: bytes) -> str | None:
    found = CHARSET.search(data[:4096])
    try:
        codec = codecs.lookup(found.group(1).decode("ascii")).name if found else None
    except (LookupError, UnicodeDecodeError):
        return None
    if codec is None or codec.startswith(("utf-16", "utf-32")) or b"\x00" in data:
        return None  # a declaration that could be read cannot be in either
    # Browsers read Latin-1 and ASCII as Windows-1252, and so do the people who write pages.
    known = {
        "iso8859-1": "cp1252",
        "ascii": "cp1252",
        "iso8859-9": "cp1254",
        "gb2312": "gb18030",
        "gbk": "gb18030",
    }
    codec = known.get(codec, codec)
    return codec if _is_text_codec(codec) else None


def _is_text_codec(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name), str)
    except (LookupError, UnicodeError):
        return False


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def parse_page(source: str, name: str) -> Element:
    """Return the tree of a page as it was written.

    Raises:
        InputError: where there is no markup to be made out.
    """
    source = XML_DECLARATION.sub("", without_surrogates(source).replace("\x00", ""), count=1)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            f"{name}: cannot be read as HTML ({error}): is the file complete?"
        ) from error


def clean(tree: Element) -> None:
    """Take out what readers do not see or see twice, and put characters for their markup."""
    for element in list(tree.iter(*INVISIBLE)):
        element.drop_tree()
    for element in list(tree.iter(etree.Element)):
        if (
            element.getparent() is not None
            and element.tag not in ("html", "body")
            and _unseen(element)
        ):
            element.drop_tree()
    for element in [e for e in tree.iter(etree.Element) if _is_pop_up(e)]:
        element.drop_tree()
    for element in tree.iter(etree.Element):
        element.text = element.text and NOT_IN_TEXT.sub("", element.text)
        element.tail = element.tail and NOT_IN_TEXT.sub("", element.tail)
    for element in tree.iter("pre"):
        _mark_line_ends(element)
    for element in list(tree.iter(*INLINE)):
        if element.text_content()[-1:].isalpha() and (element.tail or "")[:1].isalpha():
            # A drop capital, a part of a word: extraction would put a space here.
            element.drop_tag()
    for element in list(tree.iter("br")):
        element.tail = LINE_BREAK + (element.tail or "")
        element.drop_tag()
    for element in list(tree.iter("q")):
        _quotation_marks(element)
    for element in list(tree.iter("q", "wbr")):
        element.drop_tag()


def _unseen(element: Element) -> bool:
    classes = element.get("class", "")
    names = f"{classes} {element.get('id', '')}"
    hidden = element.get("hidden") is not None or HIDDEN_STYLE.search(element.get("style", ""))
    return bool(
        hidden
        or HIDDEN_CLASS.search(classes)
        or ADVERT_CLASS.search(classes)
        or PULL_QUOTE.search(names)
    )


def _is_pop_up(element: Element) -> bool:
    """Tell whether an element inside a paragraph is a box that pops up over a word of it.

    The word itself stands before the box, often in one wrapper with it, and often again in it.
    """
    paragraph = next(element.iterancestors(*PARAGRAPHS), None)
    if paragraph is None or element.tag in PARAGRAPHS:
        return False
    if element.get("role") == "tooltip":
        return True
    before = _text_before(element, paragraph)
    classes = element.get("class", "")
    if POP_UP.search(classes) and not POP_UP_LABEL.search(classes):
        wrapper = element.getparent()
        inside = wrapper is not paragraph and POP_UP.search(wrapper.get("class", ""))
        return bool(inside and before) or element.tag in ("div", "aside")
    if len(element) < 2 or element.tag not in ("span", "div"):
        return False
    own = " ".join(element.text_content().split())
    label = " ".join(before.split())
    return bool(own) and len(label) >= MIN_LABEL and own.startswith(label) and own != label


def _text_before(element: Element, paragraph: Element) -> str:
    """Return the text that stands before an element in its wrapper, and in nothing around it."""
    wrapper = element.getparent()
    if wrapper is paragraph:
        previous = element.getprevious()
        return "" if previous is None or (previous.tail or "").strip() else previous.text_content()
    parts = [wrapper.text or ""]
    for each in islice(element.itersiblings(preceding=True), MAX_BEFORE):
        parts += [each.text_content(), each.tail or ""]
    return "".join(parts).strip()


def _mark_line_ends(element: Element) -> None:
    """Put `LINE_BREAK` for the line ends of preformatted text."""
    for each in element.iter(etree.Element):
        each.text = each.text and each.text.strip("\r").replace("\n", LINE_BREAK)
        if each is not element:
            each.tail = each.tail and each.tail.replace("\n", LINE_BREAK)


def _quotation_marks(element: Element) -> None:
    depth = sum(1 for _ in element.iterancestors("q"))
    opening, closing = Q_MARKS[depth % 2]
    element.text = opening + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + closing
    else:
        element.text += closing


# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "item", "li", "list", "main", "nav", "ol", "p", "pre", "quote",
    "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "amp-twitter",
    "amp-instagram",
})
# fmt: on


def blocks(root: Element) -> list[str]:
    """Return the text below an element, one string a block, with runs of spaces as one.

    Line breaks are still `LINE_BREAK`.
    """
    found: list[list[str]] = [[]]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS and element is not root:
            found.append([])
        if event == "start":
            found[-1].append(element.text or "")
        elif element is not root:
            found[-1].append(element.tail or "")
    return [
        text
        for parts in found
        if (text := " ".join("".join(parts).split()).strip(LINE_BREAK + " "))
    ]


def paragraphs(block: str) -> list[str]:
    """Return a block as paragraphs: split where two line breaks meet, with a line end for one."""
    found: list[list[str]] = [[]]
    for line in (" ".join(line.split()) for line in block.split(LINE_BREAK)):
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return ["\n".join(part) for part in found if part]
