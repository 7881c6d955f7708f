"""The star layout that holds now: who carries which cluster at which level, and who a city's peers are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from queries.index import Index
from queries.phrase import Phrase

Matrix = npt.NDArray[np.float64]

NO_LAYOUT = Phrase(
    "无数据：载入的文件里没有星表，也没有逐集群点名城市的意见；载入后重新 build 即有",
    "No data: the loaded documents have no star table and no opinion that names cities cluster by cluster;"
    " load one and build again",
)
NO_CELL = Phrase("无数据", "no data")
NO_STAR = Phrase("未标星", "no star")


@dataclass(frozen=True, slots=True)
class Cell:
    """What the graph holds about a city and a cluster.

    Attributes:
        id: of the Assignment.
        city, cluster: ids.
        present: whether the layout gives the city the cluster.
        level: 3 core, 2 key, 1 general; None where it is present and the level is not known, 0 where it is absent.
        confidence: of `present`, 0 to 1.
    """

    id: str
    city: str
    cluster: str
    present: bool
    level: int | None
    confidence: float

    @property
    def least(self) -> int:
        """The level at least: a star whose number is not known is one star or more."""
        return 1 if self.level is None else self.level


@dataclass(frozen=True)
class Layout:
    """The current edition of the layout.

    Attributes:
        edition: id of the Policy; None where the graph has no layout.
        cities, clusters: ids in the order of the codes and of the plan.
        cells: by city and cluster.
        regions: city -> ids of the regions that this edition puts it in.
    """

    edition: str | None
    cities: tuple[str, ...]
    clusters: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    regions: Mapping[str, tuple[str, ...]]

    def carried(self, city: str) -> list[Cell]:
        """The clusters that a city carries."""
        return [c for k in self.clusters if (c := self.cells.get((city, k))) is not None and c.present]

    def carriers(self, cluster: str) -> list[Cell]:
        """The cities that carry a cluster."""
        return [c for city in self.cities if (c := self.cells.get((city, cluster))) is not None and c.present]

    def peers(self, city: str) -> tuple[str, ...]:
        """The other cities of its region in this edition, all others where the edition has no regions."""
        mine = set(self.regions.get(city, ()))
        others = tuple(other for other in self.cities if other != city)
        return tuple(other for other in others if mine & set(self.regions.get(other, ()))) if mine else others

    def matrix(self) -> Matrix:
        """1 where a city (row) carries a cluster (column), else 0."""
        rows = [
            [float((c := self.cells.get((city, cluster))) is not None and c.present) for cluster in self.clusters]
            for city in self.cities
        ]
        return np.array(rows, dtype=np.float64).reshape(len(self.cities), len(self.clusters))


def layout(index: Index) -> Layout:
    """The layout of the current edition; empty where no document gives one."""
    cells: dict[tuple[str, str], Cell] = {}
    editions: set[str] = set()
    for node in index.of("Assignment"):
        said = node.properties
        if said.get("current") is not True or "present" not in said:  # without it, it decides nothing
            continue
        city, cluster = (index.edges(node.id, relation)[0].target for relation in ("aboutPlace", "aboutCluster"))
        editions.update(edge.target for edge in index.edges(node.id, "edition"))
        present = said["present"] is True
        level = said.get("level")
        known = level if isinstance(level, int) else None
        cells[city, cluster] = Cell(
            node.id, city, cluster, present, known if present else 0, float(str(said["confidence"]))
        )
    cities = tuple(sorted({city for city, _ in cells}))
    clusters = tuple(sorted({cluster for _, cluster in cells}, key=lambda one: (_number(index, one), one)))
    regions = {city: _regions(index, city, editions) for city in cities}
    return Layout(min(editions, default=None), cities, clusters, cells, regions)


def _number(index: Index, cluster: str) -> int:
    number = index.node(cluster).properties.get("number")
    return number if isinstance(number, int) else 1_000


def _regions(index: Index, city: str, editions: set[str]) -> tuple[str, ...]:
    schemes = tuple(edition.replace("policy/", "region/", 1) + "/" for edition in editions)
    return tuple(edge.target for edge in index.edges(city, "inRegion") if edge.target.startswith(schemes or ("-",)))


def stars(cell: Cell | None) -> Phrase:
    """A cell in signs: ★★★, ★★, ★, ● where the level is not known, 未标星, 无数据 where the layout has no such cell."""
    if cell is None:
        return NO_CELL
    if not cell.present:
        return NO_STAR
    return Phrase("●" if cell.level is None else "★" * cell.level)
