"""Text that has been repaired and still knows where every character came from."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Repair:
    """A reading that differs from the print: at `at` the text reads `reading` where `printed` stands."""

    at: int
    reading: str
    printed: str


@dataclass(frozen=True, slots=True)
class Text:
    """A string whose characters keep their offsets in the source.

    `starts[i]` and `ends[i]` bound, in code points of the source, what character `i` was read from. Slices and
    concatenations are Texts again, so evidence can be cut from any part of a repaired sentence.
    """

    string: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, string: str, offset: int = 0) -> "Text":
        """The text as it stands in the source from `offset` on."""
        return cls(
            string, tuple(range(offset, offset + len(string))), tuple(range(offset + 1, offset + 1 + len(string)))
        )

    def __str__(self) -> str:
        return self.string

    def __len__(self) -> int:
        return len(self.string)

    def __getitem__(self, part: slice) -> "Text":
        start, stop, _ = part.indices(len(self.string))
        repairs = tuple(Repair(r.at - start, r.reading, r.printed) for r in self.repairs if start <= r.at < stop)
        return Text(self.string[start:stop], self.starts[start:stop], self.ends[start:stop], repairs)

    def __add__(self, other: "Text") -> "Text":
        shifted = tuple(Repair(r.at + len(self), r.reading, r.printed) for r in other.repairs)
        return Text(
            self.string + other.string, self.starts + other.starts, self.ends + other.ends, self.repairs + shifted
        )

    @classmethod
    def join(cls, pieces: "Sequence[Text]") -> "Text":
        """The texts one behind the other, in linear time."""
        repairs, at = list[Repair](), 0
        for piece in pieces:
            repairs += (Repair(r.at + at, r.reading, r.printed) for r in piece.repairs)
            at += len(piece)
        return cls(
            "".join(piece.string for piece in pieces),
            tuple(chain.from_iterable(piece.starts for piece in pieces)),
            tuple(chain.from_iterable(piece.ends for piece in pieces)),
            tuple(repairs),
        )

    def source(self) -> tuple[int, int]:
        """Start and end offsets in the source of a text that is not empty."""
        return self.starts[0], self.ends[-1]

    def within(self, start: int, end: int) -> "Text":
        """What was read from between two offsets of the source."""
        first = next((i for i, at in enumerate(self.starts) if at >= start), len(self))
        last = next((i for i in range(len(self), first, -1) if self.ends[i - 1] <= end), first)
        return self[first:last]

    def strip(self, characters: str | None = None) -> "Text":
        left = len(self.string) - len(self.string.lstrip(characters))
        return self[left : max(left, len(self.string.rstrip(characters)))]

    def replace(
        self, pattern: re.Pattern[str], reading: str | Callable[[re.Match[str]], str], *, mark: bool = False
    ) -> "Text":
        """Read `reading` wherever `pattern` stands; with `mark` the change is remembered as a repair."""
        pieces, last = list[Text](), 0
        for match in pattern.finditer(self.string):
            start, end = match.span()
            new = reading if isinstance(reading, str) else reading(match)
            if start == end or new == match[0]:
                continue
            at = self.starts[start], self.ends[end - 1]
            repairs = (Repair(0, new, match[0].strip()),) if mark else ()
            pieces += (self[last:start], Text(new, (at[0],) * len(new), (at[1],) * len(new), repairs))
            last = end
        return Text.join([*pieces, self[last:]]) if last else self

    def split(self, pattern: re.Pattern[str]) -> Iterator["Text"]:
        """The pieces between the matches of `pattern`, empty ones left out."""
        last = 0
        for match in pattern.finditer(self.string):
            if match.start() > last:
                yield self[last : match.start()]
            last = match.end()
        if last < len(self.string):
            yield self[last:]

    def marked(self) -> str:
        """The string with every repair followed by what is printed, in 〔〕."""
        out, last = [], 0
        for repair in sorted(self.repairs, key=lambda r: r.at):
            end = repair.at + len(repair.reading)
            out += [self.string[last:end], f"〔原文：{repair.printed}〕"]
            last = end
        return "".join([*out, self.string[last:]])


_TERMINAL = re.compile(r"(?<=[。！？；])(?![”’）」』])")
_OPEN, _CLOSE = "“‘（《「『〈", "”’）》」』〉"


def sentences(text: Text, terminal: re.Pattern[str] = _TERMINAL) -> Iterator[Text]:
    """The sentences of a text, each with its closing sign; signs inside brackets and quotation marks end nothing."""
    last = 0
    for match in terminal.finditer(text.string):
        piece = text.string[last : match.start()]
        depth = sum(piece.count(sign) for sign in _OPEN) - sum(piece.count(sign) for sign in _CLOSE)
        if depth <= 0 and match.start() > last:
            yield text[last : match.start()]
            last = match.start()
    if text.string[last:].strip():
        yield text[last:]
