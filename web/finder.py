"""Finds things by name: Chinese, English, codes, pinyin and its initials."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from graph.identity import plain
from graph.tables import Node
from ontology.vocabulary import near
from web.index import BEHIND, Index, is_statement

ORDER: Final = ("City", "Cluster", "Subsector", "Product", "Company", "Policy", "Region", "Agency", "Document")
"""Classes in the order in which equally good finds are listed; further classes follow."""

_NAMES: Final = ("name", "name_en", "code", "doc_number", "full_name", "credit_code", "title", "title_as_printed")
_BRACKETS: Final = str.maketrans("[(【（]）】)", "〔〔〔〔〕〕〕〕")
_EXACT, _BEGINS, _HOLDS, _SOUNDS, _SOUND_BEGINS, _INITIALS, _ALL_WORDS = range(7)


@dataclass(frozen=True, slots=True)
class Found:
    """A thing with the name that fits, when it is not the name shown, and how well (0 best)."""

    node: Node
    by: str
    score: int


@dataclass(frozen=True, slots=True)
class _Entry:
    node: Node
    names: tuple[tuple[str, str], ...]
    sounds: tuple[tuple[str, str], ...]
    everything: str


class Finder:
    """An index of all names; made once, then only read.

    Args:
        index: the graph.
    """

    def __init__(self, index: Index) -> None:
        things = (n for n in index.ground.tables.nodes if n.cls not in BEHIND and not is_statement(n.cls))
        self._entries = [_entry(node) for node in things]

    def near(self, text: str) -> list[Node]:
        """Things with names like a text that nothing is called, the nearest first; pinyin counts as a name."""
        names: dict[str, str] = {}
        for entry in sorted(self._entries, key=lambda one: _rank(one.node.cls)):
            for name in (*(key for _, key in entry.names), *(sound for sound, _ in entry.sounds)):
                names.setdefault(name, entry.node.id)
        nodes = {entry.node.id: entry.node for entry in self._entries}
        return [nodes[one] for one in near(text, names)]

    def find(self, text: str, cls: str = "") -> list[Found]:
        """Things whose names fit, best first.

        Args:
            text: a name or a part of one, a code, pinyin (dongguan, dg), or several words.
            cls: only things of this class; all where empty.
        """
        wanted = _written(text)
        if not wanted:
            return []
        words = [_written(word) for word in text.split()]
        found = [
            Found(entry.node, by, score)
            for entry in self._entries
            if cls in ("", entry.node.cls)
            for by, score in [_fit(entry, wanted, words)]
            if score >= 0
        ]
        return sorted(found, key=_key)


def _key(found: Found) -> tuple[int, int, int, str]:
    return found.score, _rank(found.node.cls), len(str(found.node.properties.get("name", ""))), found.node.id


def _rank(cls: str) -> int:
    return ORDER.index(cls) if cls in ORDER else len(ORDER)


def _written(name: str) -> str:
    """A name for comparison; brackets of every kind are those of document numbers."""
    return plain(name).translate(_BRACKETS)


def _fit(entry: _Entry, wanted: str, words: Iterable[str]) -> tuple[str, int]:
    """The name that fits best and how well; -1 where none does."""
    best = ("", -1)
    for by, name in entry.names:
        score = _EXACT if name == wanted else _BEGINS if name.startswith(wanted) else _HOLDS if wanted in name else -1
        if score >= 0 and (best[1] < 0 or score < best[1]):
            best = (by, score)
    if best[1] < 0 and wanted.isascii() and wanted.isalpha():
        for sound, initials in entry.sounds:
            if wanted == sound:
                return sound, _SOUNDS
            if len(wanted) > 2 and sound.startswith(wanted):
                best = (sound, _SOUND_BEGINS)
            elif best[1] < 0 and len(wanted) > 1 and initials.startswith(wanted):
                best = (initials, _INITIALS)
    if best[1] < 0 and all(word in entry.everything for word in words):
        best = ("", _ALL_WORDS)
    return best


def _entry(node: Node) -> _Entry:
    names = [(name, _written(name)) for name in dict.fromkeys(_names(node)) if plain(name)]
    shown = str(node.properties.get("name", ""))
    labelled = tuple(("" if name == shown else name, key) for name, key in names)
    return _Entry(node, labelled, tuple(_sounds(shown)), "\n".join(key for _, key in names))


def _names(node: Node) -> Iterator[str]:
    for key in _NAMES:
        if value := node.properties.get(key):
            yield str(value)
    aliases = node.properties.get("aliases", ())
    yield from aliases if isinstance(aliases, tuple) else ()
    yield node.id.rpartition("/")[2]  # 441900, advanced-materials


def _sounds(name: str) -> Iterator[tuple[str, str]]:
    """Pinyin of a name and its initials: dongguan, dg."""
    # Imported here: the dictionary takes a quarter of a second, which only searching should cost.
    from pypinyin import lazy_pinyin

    if any("\u4e00" <= character <= "\u9fff" for character in name):
        syllables = [plain(one) for one in lazy_pinyin(name)]
        letters = ["".join(c for c in one if c.isalnum()) for one in syllables]
        yield "".join(letters), "".join(one[:1] for one in letters)
