"""Repairs of OCR residue that lose nothing: every character read keeps its offset in the source."""

import re

from loaders.document.text import Text

_CJK = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·〔〕]"
# The tags of typesetting that OCR leaves; anything else between < and > is the document's own text.
_TAGS = r"</?(?:p|b|i|u|br|em|strong|center|ul|ol|li|sup|sub|span|div|table|thead|tbody|tr|td|th)(?:\s[^<>\n]*)?/?>"
_MARKUP = re.compile(rf"<sup>.*?</sup>|{_TAGS}|\*\*|^\s*#+\s*|^\s*[-•]\s+(?=\S)")
# Words that OCR translated; only between Chinese signs, where they cannot be English text.
_TRANSLATED = (
    (re.compile(rf"(?<={_CJK})\s*(?<![A-Za-z])etc(?![A-Za-z])\.?\s*(?={_CJK})"), "等"),
    (re.compile(rf"(?<={_CJK})\s*(?<![A-Za-z])and(?![A-Za-z])\s*(?={_CJK})"), "和"),
)
_BLANK = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})|^\s+|\s+$")
_SPACES = re.compile(r"\s+")
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
# A half-width sign beside a Chinese character is a full-width one; in “1:2 800” it stays as it is. A bracket goes with
# its partner: a pair is widened where either of the two stands beside a Chinese character.
_SIGN = re.compile(rf"(?<={_CJK})[,;:?!]|[,;:?!](?={_CJK})|(?<=\d)[,;](?={_CJK})")
_WIDE_DIGIT = re.compile("[０-９]")
_BRACKET = re.compile(r"[()]")
_CHINESE = re.compile(_CJK)


def drop_markup(text: Text) -> Text:
    """The text without Markdown and HTML signs."""
    return text.replace(_MARKUP, "")


def repair(text: Text) -> Text:
    """The text as it should read: markup, blanks and translated words repaired, signs full-width, digits half-width."""
    text = drop_markup(text)
    for pattern, reading in _TRANSLATED:
        text = text.replace(pattern, reading, mark=True)
    text = text.replace(_WIDE_DIGIT, lambda match: str(int(match[0])))
    text = text.replace(_BLANK, "").replace(_SPACES, " ")
    if re.search(_CJK, text.string):
        text = text.replace(_SIGN, lambda match: match[0].translate(_WIDE))
        wide = _wide_brackets(text.string)
        text = text.replace(_BRACKET, lambda match: match[0].translate(_WIDE) if match.start() in wide else match[0])
    return text


def _wide_brackets(string: str) -> set[int]:
    """Places of the half-width brackets that should be full-width."""
    beside = {m.start() for m in _BRACKET.finditer(string) if any(map(_CHINESE.match, _neighbours(string, m.start())))}
    wide, opened = set(beside), []
    for match in re.finditer(r"[()（）]", string):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened and {start := opened.pop(), match.start()} & beside:
            wide |= {start, match.start()}
    return wide


def _neighbours(string: str, at: int) -> tuple[str, str]:
    return string[max(0, at - 1) : at], string[at + 1 : at + 2]


def is_finished(text: Text) -> bool:
    """Whether a paragraph ends as a sentence does, so that the next one cannot be its continuation."""
    return text.string.endswith(("。", "！", "？", "；", "：", "”", "）", "…", ".", ";", ":", ")", "—"))
