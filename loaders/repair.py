"""Repairs of OCR residue that lose nothing: every character read keeps its offset in the source."""

import re

from loaders.text import Text

_CJK = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·〔〕]"
_MARKUP = re.compile(r"<sup>.*?</sup>|</?[a-zA-Z][^<>\n]*>|\*\*|^\s*#+\s*|^\s*[-•]\s+(?=\S)")
# Words that OCR translated; only between Chinese signs, where they cannot be English text.
_TRANSLATED = (
    (re.compile(rf"(?<={_CJK})\s*\betc\b\.?\s*(?={_CJK})"), "等"),
    (re.compile(rf"(?<={_CJK})\s*\band\b\s*(?={_CJK})"), "和"),
)
_BLANK = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})|^\s+|\s+$")
_SPACES = re.compile(r"\s+")
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
# A half-width sign beside a Chinese character is a full-width one; in “1:2 800” or “(SiC)” it may stay as it is,
# except that a bracket is widened together with its partner.
_SIGN = re.compile(rf"(?<={_CJK})[,;:?!]|[,;:?!](?={_CJK})|(?<=\d)[,;](?={_CJK})")
_BRACKET = re.compile(r"[()]")


def drop_markup(text: Text) -> Text:
    """The text without Markdown and HTML signs."""
    return text.replace(_MARKUP, "")


def repair(text: Text) -> Text:
    """The text as it should read: markup, blanks of typesetting and translated words repaired, signs full-width."""
    text = drop_markup(text)
    for pattern, reading in _TRANSLATED:
        text = text.replace(pattern, reading, mark=True)
    text = text.replace(_BLANK, "").replace(_SPACES, " ")
    if re.search(_CJK, text.string):
        text = text.replace(_SIGN, lambda match: match[0].translate(_WIDE))
        text = text.replace(_BRACKET, lambda match: match[0].translate(_WIDE))
    return text


def is_finished(text: Text) -> bool:
    """Whether a paragraph ends as a sentence does, so that the next one cannot be its continuation."""
    return text.string.endswith(("。", "！", "？", "；", "：", "”", "）", "…", ".", ";", ":", ")", "—"))
