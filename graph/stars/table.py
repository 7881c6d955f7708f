"""A cell for people: its sign, what is not sure about it, and its reasons in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.stars.layout import ROLES, STARS, Cell, Voice

UNSURE = 0.9
"""Confidence, of presence or of the level, below which a cell carries a sign: in every table and on every page."""

SIDES = {
    "held": ("认定", "held"),
    "override": ("人工修正", "corrected by hand"),
    "listed": ("支持列入", "for: listed"),
    "unlisted": ("支持未标星", "for: no star"),
    "silent": ("不作数", "decides nothing"),
    "named": ("点名", "named"),
    "rival": ("相反布局", "best rival layout"),
}
"""What a line of the reasons of a cell is, in Chinese and in English."""

_LEVELS = {3: "核心", 2: "重点", 1: "一般"}


def sign(cell: Cell | None) -> str:
    """A cell in one word: stars, or ● where the level is unknown; with a sign where it is not sure."""
    if cell is None:
        return ""
    stars = ("★" * cell.level if cell.level else "●") if cell.present else ""
    if cell.override is not None:
        return f"{stars or '0'}#"
    if cell.undecided:
        return f"{stars}??"
    return f"{stars}？" if cell.confidence < UNSURE or _guessed(cell) else stars


def _guessed(cell: Cell) -> bool:
    """Whether the level is only likely."""
    known = cell.level_confidence if cell.present and cell.level else None
    return known is not None and known < UNSURE


def doubt(cell: Cell) -> str:
    """What is not sure about a cell, in Chinese; empty where nothing is."""
    words = []
    if cell.override is not None:
        words.append("人工修正")
    elif cell.undecided:
        words.append("未决：两种答案不相上下")
    elif cell.confidence < UNSURE:
        words.append(f"把握 {cell.confidence:.2f}")
    elif _guessed(cell):
        words.append(f"星级把握 {cell.level_confidence:.3f}")
    if cell.opposes and cell.override is None:
        words.append(f"{len(cell.opposes)} 项见证相反")
    if cell.present and cell.level is None:
        words.append("星级不明")
    return "；".join(words)


def tie(cell: Cell) -> str:
    """An undecided cell with the witnesses on both sides, in Chinese; empty where a cell is decided."""
    if not cell.undecided:
        return ""
    listed, unlisted = (cell.supports, cell.opposes) if cell.inferred[0] else (cell.opposes, cell.supports)
    sides = (("支持列入", listed), ("支持未标星", unlisted), ("分不出两者", cell.silent))
    said = "；".join(f"{head}：{_all(voices)}" for head, voices in sides if voices)
    return f"未决 {cell.cluster}·{cell.city}：{said or '没有见证'}"


def _all(voices: Sequence[Voice]) -> str:
    return "、".join(f"{voice.says}（第 {voice.fact.evidence.span.line} 行）" for voice in voices)


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the reasons of a cell.

    `side` is a code of SIDES, `words` what is said in Chinese; the rest is where it stands, empty where nobody else
    says it.
    """

    side: str
    words: str
    file: str = ""
    line: int | None = None
    quote: str = ""
    cite: str = ""


def why(cell: Cell, scale: str = STARS) -> list[Reason]:
    """The reasons of a cell: what is held, who says so, who contradicts, and the best rival layout.

    Args:
        cell: of a layout.
        scale: of the layout; one of ROLES only names cities, so nothing there can be the other way.
    """
    reasons = [Reason("held", _held(cell, scale))]
    if (one := cell.override) is not None:
        words = f"{one.source}（{one.name}，{one.date}）；不修正则为{_inferred(cell)}"
        reasons.append(Reason("override", words, one.file, one.line, cite=one.source))
    if scale == ROLES:
        return [*reasons, *(_voiced("named", voice) for voice in cell.supports)]
    answer, other = ("listed", "unlisted") if cell.inferred[0] else ("unlisted", "listed")
    for side, voices in ((answer, cell.supports), (other, cell.opposes), ("silent", cell.silent)):
        reasons += [_voiced(side, voice) for voice in voices]
    changed = [place for place in cell.rival if place != (cell.cluster, cell.city)]
    change = f"同时改变 {'、'.join(map('·'.join, changed))}" if changed else "其他格不变"
    opposite = "未标星" if cell.inferred[0] else "列入"
    return [*reasons, Reason("rival", f"若认定为{opposite}：{change}，代价多 {cell.opposite:.2f}")]


def _voiced(side: str, voice: Voice) -> Reason:
    evidence = voice.fact.evidence
    return Reason(side, voice.says, evidence.file, evidence.span.line, evidence.span.quote, evidence.cite)


def _held(cell: Cell, scale: str) -> str:
    undecided = "；未决：换成相反答案几乎不增加代价" if cell.undecided else ""
    return f"{_answer(cell, scale)}，把握 {cell.confidence:.3f}{undecided}"


def _answer(cell: Cell, scale: str) -> str:
    if not cell.present:
        return "未标星"
    if scale == ROLES and cell.level is None:
        return "点名（不分星级）"
    sure = "" if cell.level_confidence is None else f"{cell.level_confidence:.2f}"
    if cell.level is None:
        return f"列入（星级不明{f'，最可能的星级把握只有 {sure}' if sure else ''}）"
    return f"列入（{_LEVELS[cell.level]}{f'，星级把握 {sure}' if sure else ''}）"


def _inferred(cell: Cell) -> str:
    present, level = cell.inferred
    return ("★" * level if level else "列入，星级不明") if present else "未标星"
