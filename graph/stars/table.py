"""A cell for people: its sign, what is not sure about it, and its reasons in sentences."""

from collections.abc import Sequence

from graph.stars.layout import ROLES, STARS, Cell, Voice

UNSURE = 0.95
"""Confidence below which a cell carries a sign."""

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
    return f"{stars}？" if cell.confidence < UNSURE else stars


def doubt(cell: Cell) -> str:
    """What is not sure about a cell, in Chinese; empty where nothing is."""
    words = []
    if cell.override is not None:
        words.append("人工修正")
    elif cell.undecided:
        words.append("未决：两种答案不相上下")
    elif cell.confidence < UNSURE:
        words.append(f"把握 {cell.confidence:.2f}")
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


def why(cell: Cell, scale: str = STARS) -> list[str]:
    """The reasons of a cell, a line each: what is held, who says so, who contradicts, and the best rival layout.

    Args:
        cell: of a layout.
        scale: of the layout; one of ROLES only names cities, so nothing there can be the other way.
    """
    lines = [f"{cell.cluster} · {cell.city}：{_held(cell, scale)}，把握 {cell.confidence:.3f}"]
    if cell.override is not None:
        one = cell.override
        lines.append(
            f"人工修正：{one.source}（{one.name}，{one.date}；{one.file} 第 {one.line} 行）；推断值为{_inferred(cell)}"
        )
    if cell.undecided:
        lines.append("未决：换成相反答案几乎不增加代价")
    if scale == ROLES:
        return [*lines, *(_voice("依据", voice) for voice in cell.supports)]
    answer, other = ("列入", "未标星") if cell.inferred[0] else ("未标星", "列入")
    for head, voices in ((f"支持{answer}", cell.supports), (f"反对{answer}", cell.opposes), ("不作数", cell.silent)):
        lines += [_voice(head, voice) for voice in voices]
    changed = [place for place in cell.rival if place != (cell.cluster, cell.city)]
    change = f"同时改变 {'、'.join(map('·'.join, changed))}" if changed else "其他格不变"
    lines.append(f"最强的相反布局：{other}，{change}，代价多 {cell.opposite:.2f}")
    return lines


def _held(cell: Cell, scale: str) -> str:
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


def _voice(head: str, voice: Voice) -> str:
    return f"{head}：{voice.says}（{voice.where}）{voice.fact.evidence.cite}"
