"""Words for people in both languages: text in Chinese that knows its English."""

from collections.abc import Iterable

from ontology.vocabulary import vocabulary


class Phrase(str):
    """Text in Chinese; `en` is the same in English. It is text, so that whatever takes text takes it.

    Args:
        zh: the Chinese words.
        en: the English words, with `{}` where the parts go; the Chinese ones where there are none.
        parts: what the English words are filled with, phrases in English.
    """

    __slots__ = ("_en", "_parts")

    _en: str
    _parts: tuple[object, ...]

    def __new__(cls, zh: str, en: str = "", parts: tuple[object, ...] = ()) -> "Phrase":
        made = super().__new__(cls, zh)
        made._en = en
        made._parts = parts
        return made

    @property
    def en(self) -> str:
        """The words in English; put together only here, because most are never asked for."""
        if not self._en:
            return str(self)
        return self._en.format(*map(english, self._parts)) if self._parts else self._en


def phrase(zh: str, en: str, *parts: object) -> Phrase:
    """A phrase with parts: `{}` (`{0}` where the order differs) in both wordings stands for one.

    Args:
        zh, en: the two wordings.
        parts: figures, text, phrases.
    """
    return Phrase(zh.format(*parts) if parts else zh, en, parts)


def joined(parts: Iterable[str], zh: str = "；", en: str = "; ") -> Phrase:
    """Phrases one after another, empty ones left out.

    Args:
        parts: phrases, or text that is the same in both languages.
        zh, en: what stands between them.
    """
    kept = tuple(one for one in parts if one)
    return Phrase(zh.join(kept), en.join("{}" for _ in kept), kept)


def listed(parts: Iterable[str]) -> Phrase:
    """Names in a row: 广州、深圳 and 广州, 深圳."""
    return joined(parts, "、", ", ")


def either(parts: Iterable[str]) -> Phrase:
    """One of several: zh 或 en and zh or en."""
    return joined(parts, " 或 ", " or ")


def coded(scheme: str, notation: str) -> Phrase:
    """A code of a list in words; what the list does not hold stays as it is."""
    concept = vocabulary().codes(scheme).get(notation)
    return Phrase(notation) if concept is None else Phrase(concept.name, concept.name_en or "")


def english(value: object) -> object:
    """A value in English: phrases in their English words, everything else as it is."""
    return value.en if isinstance(value, Phrase) else value
