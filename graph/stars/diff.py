"""What two editions of the layout changed, as far as their scales allow it to be said."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.stars.layout import ROLES, Cell, Layout


@dataclass(frozen=True, slots=True)
class Change:
    """One cell in two editions.

    `change` is added, removed, raised, lowered, unknown (a level is not known), same, both, only_old or only_new;
    `words` says it in Chinese.
    """

    cluster: str
    city: str
    change: str
    words: str
    old: Cell | None
    new: Cell | None

    def record(self) -> Mapping[str, object]:
        """The flat form for tables."""
        return {
            "cluster": self.cluster,
            "city": self.city,
            "change": self.change,
            "words": self.words,
            "old_level": self.old.level if self.old else None,
            "new_level": self.new.level if self.new else None,
            "confidence": min(cell.confidence for cell in (self.old, self.new) if cell is not None),
        }


def diff(old: Layout, new: Layout, *, old_name: str = "旧版", new_name: str = "新版") -> tuple[Change, ...]:
    """The cells that either edition has, with what changed.

    Args:
        old: the older edition.
        new: the newer one.
        old_name: how to call it, for example 2020.
        new_name: likewise.

    Returns:
        Added or removed, raised or lowered only where both editions use one scale; otherwise who named and who listed
        the cell. A cell that neither has, or that is the same star in both, is left out; one that is open in the older
        edition (its list ends in 等) is never called added.
    """
    names = {
        **dict.fromkeys((c.cluster, c.city) for c in new.cells),
        **dict.fromkeys((c.cluster, c.city) for c in old.cells),
    }
    one_scale = old.scale == new.scale
    changes = []
    for cluster, city in names:
        before, after = old.cell(cluster, city), new.cell(cluster, city)
        if one_scale and cluster not in old.open_lists:
            made = _compared(before, after, old.scale)
        else:
            made = _named(before, after, old, new, old_name, new_name)
        if made is not None:
            changes.append(Change(cluster, city, *made, before, after))
    return tuple(changes)


def _compared(before: Cell | None, after: Cell | None, scale: str) -> tuple[str, str] | None:
    had, has = before is not None and before.present, after is not None and after.present
    if had != has:
        return ("added", "新增") if has else ("removed", "取消")
    if before is None or after is None or not has or scale == ROLES:
        return None
    if before.level is None or after.level is None:
        return "unknown", "两版均列入，星级不明，无从比较"
    if before.level == after.level:
        return None
    return ("raised", "升级") if after.level > before.level else ("lowered", "降级")


def _named(
    before: Cell | None, after: Cell | None, old: Layout, new: Layout, old_name: str, new_name: str
) -> tuple[str, str] | None:
    had, has = before is not None and before.present, after is not None and after.present
    old_verb, new_verb = (("点名" if layout.scale == ROLES else "列入") for layout in (old, new))
    new_silent = "未点名" if new.scale == ROLES else "未标星"
    old_silent = "未点名" if old.scale == ROLES else "未标星"
    if had and has:
        return "both", f"{old_name} {old_verb}，{new_name} {new_verb}"
    if had:
        return "only_old", f"{old_name} {old_verb}，{new_name} {new_silent}"
    if has:
        return "only_new", f"{new_name} {new_verb}，{old_name} {old_silent}"
    return None
