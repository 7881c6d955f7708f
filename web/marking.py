"""Text of documents on a page: its Chinese on an English page, and the signs of its layout.

Names and quotes stand in `bdi` because anybody wrote them.
"""

import re
from html import escape
from typing import Final

_SAID: Final = re.compile(r"<bdi>([^<]*[\u3400-\u9fff][^<]*)</bdi>")
_PROSE: Final = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")
"""Two words of an English sentence."""
_RUN: Final = re.compile(
    r"[《（“]*[\u3400-\u9fff](?:[\u3000-\u9fff\uff00-\uffefA-Za-z0-9“”—·.%+-]*[\u3400-\u9fff》）”])?"
)


_SIGN: Final = re.compile(r"^#{1,6} |\*\*", re.MULTILINE)
"""Of headings and of bold letters in a Markdown source."""


def signed(text: str) -> str:
    """A stretch of a source as HTML, in which the signs of its layout are still there, and are not shown.

    Args:
        text: of a document, as printed.
    """
    return _SIGN.sub(r'<span class="sign">\g<0></span>', escape(text))


def marked(page: str) -> str:
    """The page with its Chinese marked, so that it is read and set as what it is.

    Args:
        page: HTML of an English page, escaped.
    """
    return _SAID.sub(_mark, page)


def _mark(found: re.Match[str]) -> str:
    text = found[1]
    if _PROSE.search(text) is None:
        return f'<bdi lang="zh-CN">{text}</bdi>'
    return f"<bdi>{_RUN.sub(_span, text)}</bdi>"


def _span(found: re.Match[str]) -> str:
    return f'<span lang="zh-CN">{found[0]}</span>'
