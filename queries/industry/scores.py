"""The scores of gaps: each a formula over named terms, so that a row can print both."""

from collections.abc import Mapping
from dataclasses import dataclass

Terms = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A value with the formula and the terms that made it.

    Attributes:
        value: 0 to 1, the greater the more the documents speak for a gap; None where nothing was loaded to compute it.
        formula: in words, the same for all rows of a kind.
        terms: the terms of the formula, by name.
    """

    value: float | None
    formula: str
    terms: Terms

    def words(self) -> str:
        """The terms as people read them."""
        return "，".join(f"{name} {value:g}" for name, value in self.terms)


NOT_NAMED = "点名的他市数 ÷ 可比他市数（布局该集群或被点名）× 0.5^（名单以“等”结尾）× 0.5^（所在区域被点名）"
LOWER = "Σ max(0, 同区域城市星级 − 本市星级) ÷ (3 × 同区域已知星级的城市数)；未标星计 0，星级不明的他市按 1 计"
INPUT = "范围权重（同区域有 1/3、省内他市有 2/3、全省未点名 1）× 需要它的环节数 ÷ (需要它的环节数 + 1)"
FIRMS = "本市星级（不明按 1 计）÷ 3 ÷ (1 + 登记企业数)"
RELATED = "关联密度：Σ 该市已标星集群与本集群的关联度 ÷ Σ 全部集群与本集群的关联度"

SCOPE: Mapping[str, float] = {"region": 1 / 3, "province": 2 / 3, "nobody": 1.0}
"""Who makes an input that the city is not named for: a city of its region, another city of the province, none."""


def not_named(named: int, comparable: int, open_list: bool, region_named: bool) -> Score:
    """Others are named and this city is not.

    Args:
        named: other cities that are named.
        comparable: other cities that carry the cluster or are named; at least `named` and at least 1.
        open_list: whether a list ends in 等, so that it may mean the city too.
        region_named: whether a region of the city is named.
    """
    value = named / max(comparable, named, 1) * 0.5**open_list * 0.5**region_named
    terms = (
        ("点名的他市", named),
        ("可比他市", comparable),
        ("名单以“等”结尾", open_list),
        ("所在区域被点名", region_named),
    )
    return Score(value, NOT_NAMED, terms)


def lower_level(mine: int, peers: tuple[int, ...]) -> Score:
    """The peers hold the cluster at a higher level.

    Args:
        mine: level of the city, 0 where it has no star.
        peers: levels of the peers, 0 where they have none; at least one.
    """
    above = sum(max(0, level - mine) for level in peers)
    terms = (("星级差之和", above), ("可比城市", len(peers)), ("本市星级", mine))
    return Score(above / (3 * max(len(peers), 1)), LOWER, terms)


def missing_input(scope: str, needed_by: int) -> Score:
    """No document gives an input to the city.

    Args:
        scope: a key of SCOPE.
        needed_by: how many of the city's stages need it.
    """
    weight = SCOPE[scope]
    return Score(
        weight * needed_by / (needed_by + 1), INPUT, (("范围权重", round(weight, 4)), ("需要它的环节", needed_by))
    )


def few_firms(level: int, firms: int | None) -> Score:
    """A cluster with a star and no firm on record.

    Args:
        level: 1 to 3.
        firms: firms on record; None where no registry is loaded.
    """
    if firms is None:
        return Score(None, FIRMS, (("本市星级（至少）", level),))
    return Score(level / 3 / (1 + firms), FIRMS, (("本市星级（至少）", level), ("登记企业", firms)))


def near_cluster(density: float) -> Score:
    """A cluster without star near to those that the city has; the density is 0 to 1."""
    return Score(density, RELATED, (("关联密度", round(density, 4)),))
