"""The scores of gaps: each a formula over named terms, so that a row can print both."""

from collections.abc import Mapping
from dataclasses import dataclass

from queries.phrase import Phrase, joined, phrase

Terms = tuple[tuple[Phrase, float], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A value with the formula and the terms that made it.

    Attributes:
        value: 0 to 1, the greater the more the documents speak for a gap; None where nothing was loaded to compute it.
        formula: in words, the same for all rows of a kind.
        terms: the terms of the formula, by name.
    """

    value: float | None
    formula: Phrase
    terms: Terms

    def words(self) -> Phrase:
        """The terms as people read them."""
        return joined((phrase("{} {:g}", "{} {:g}", name, value) for name, value in self.terms), "，", ", ")


NOT_NAMED = Phrase(
    "点名的他市数 ÷ 可比他市数（布局该集群或被点名）× 0.5^（名单以“等”结尾）× 0.5^（所在区域被点名）",
    "other cities named ÷ comparable cities (that carry the cluster or are named)"
    " × 0.5^(the list ends in 等) × 0.5^(a region of the city is named)",
)
LOWER = Phrase(
    "Σ max(0, 同区域城市星级 − 本市星级) ÷ (3 × 同区域已知星级的城市数)；未标星计 0，星级不明的他市按 1 计",
    "Σ max(0, stars of a city of the region − stars of the city) ÷ (3 × cities of the region); no star counts 0,"
    " an unknown level of another city 1",
)
INPUT = Phrase(
    "范围权重（同区域有 1/3、省内他市有 2/3、全省未点名 1）× 需要它的环节数 ÷ (需要它的环节数 + 1)",
    "weight (its region has it 1/3, the province has it 2/3, nobody is named 1) × stages that need it"
    " ÷ (stages that need it + 1)",
)
FIRMS = Phrase(
    "本市星级（不明按 1 计）÷ 3 ÷ (1 + 登记企业数)",
    "stars of the city (unknown counts 1) ÷ 3 ÷ (1 + firms on record)",
)
RELATED = Phrase(
    "关联密度：Σ 该市已标星集群与本集群的关联度 ÷ Σ 全部集群与本集群的关联度",
    "density: Σ proximity of the city's starred clusters ÷ Σ proximity of all clusters",
)

_NAMED = Phrase("点名的他市", "other cities named")
_COMPARABLE = Phrase("可比他市", "comparable cities")
_OPEN = Phrase("名单以“等”结尾", "the list ends in 等")
_REGION = Phrase("所在区域被点名", "a region of the city is named")
_ABOVE = Phrase("星级差之和", "sum of stars above")
_PEERS = Phrase("可比城市", "cities of the region")
_MINE = Phrase("本市星级", "stars of the city")
_WEIGHT = Phrase("范围权重", "weight")
_NEEDED = Phrase("需要它的环节", "stages that need it")
_AT_LEAST = Phrase("本市星级（至少）", "stars of the city (at least)")
_RECORDED = Phrase("登记企业", "firms on record")
_DENSITY = Phrase("关联密度", "density")

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
        (_NAMED, named),
        (_COMPARABLE, comparable),
        (_OPEN, open_list),
        (_REGION, region_named),
    )
    return Score(value, NOT_NAMED, terms)


def lower_level(mine: int, peers: tuple[int, ...]) -> Score:
    """The peers hold the cluster at a higher level.

    Args:
        mine: level of the city, 0 where it has no star.
        peers: levels of the peers, 0 where they have none; at least one.
    """
    above = sum(max(0, level - mine) for level in peers)
    terms = ((_ABOVE, above), (_PEERS, len(peers)), (_MINE, mine))
    return Score(above / (3 * max(len(peers), 1)), LOWER, terms)


def missing_input(scope: str, needed_by: int) -> Score:
    """No document gives an input to the city.

    Args:
        scope: a key of SCOPE.
        needed_by: how many of the city's stages need it.
    """
    weight = SCOPE[scope]
    return Score(weight * needed_by / (needed_by + 1), INPUT, ((_WEIGHT, round(weight, 4)), (_NEEDED, needed_by)))


def few_firms(level: int, firms: int | None) -> Score:
    """A cluster with a star and no firm on record.

    Args:
        level: 1 to 3.
        firms: firms on record; None where no registry is loaded.
    """
    if firms is None:
        return Score(None, FIRMS, ((_AT_LEAST, level),))
    return Score(level / 3 / (1 + firms), FIRMS, ((_AT_LEAST, level), (_RECORDED, firms)))


def near_cluster(density: float) -> Score:
    """A cluster without star near to those that the city has; the density is 0 to 1."""
    return Score(density, RELATED, ((_DENSITY, round(density, 4)),))
