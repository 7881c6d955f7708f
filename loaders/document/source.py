"""Reading a document's bytes: encoding, checksum, lines."""

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ontology.errors import DocumentError
from ontology.facts import QUOTE_LIMIT, Span


@dataclass(frozen=True)
class Source:
    """A document as printed: its file name, the SHA-256 of its bytes, and its text in code points."""

    file: str
    sha256: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which lines start; lines end at `\\n` only."""
        return (0, *(i + 1 for i, sign in enumerate(self.text) if sign == "\n"))

    def line(self, offset: int) -> int:
        """The 1-based line that holds `offset`."""
        return bisect_right(self.line_starts, offset)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The stretch from `start` to `end` as spans of at most 200 characters, cut after punctuation."""
        found = []
        while start < end:
            piece = self.text[start : min(end, start + QUOTE_LIMIT)]
            if start + len(piece) < end:
                cut = max(piece.rfind(sign) for sign in "。；，、\n")
                piece = piece[: cut + 1] if cut > QUOTE_LIMIT // 2 else piece
            quote = piece.strip()
            if quote:
                at = start + piece.index(quote)
                found.append(Span(at, at + len(quote), self.line(at), quote))
            start += len(piece)
        return tuple(found)


def decode(data: bytes, file: str) -> str:
    """The text of UTF-8 (with or without a mark) or GB18030 bytes; raises DocumentError for anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            last = error
    line = data[: last.start].count(b"\n") + 1
    raise DocumentError(file, "不是 UTF-8 或 GB18030 编码的文本", line=line, remedy="请将文件另存为 UTF-8 文本后重试")


def read_bytes(path: Path) -> bytes:
    """A document's bytes; raises DocumentError where the file is missing, unreadable or empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(path, "找不到这个文件", remedy="请检查路径") from None
    except OSError as error:
        raise DocumentError(path, f"无法读取（{error.strerror}）", remedy="请检查文件权限") from None
    if not data.strip():
        raise DocumentError(path, "文件是空的", remedy="请检查它是否完整")
    return data


def read(path: Path) -> Source:
    """Read a text document; raises DocumentError where it is missing, unreadable, empty or not text."""
    data = read_bytes(path)
    return Source(path.name, hashlib.sha256(data).hexdigest(), decode(data, path.name))
