"""The subsectors and products that documents speak of, by name: what a registry may say that a firm does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.identity.spelling import chain_spelling, spelling
from graph.tables import Edge, Node
from ontology import ids
from ontology.errors import Ambiguous, NotFound
from ontology.things import near
from ontology.vocabulary import vocabulary

_CLASSES = ("Subsector", "Product")
"""The wider first: a name that both have means the wider, as everywhere."""


@dataclass(frozen=True)
class Stages:
    """Ids by the spelling of their names; a registry names stages and makes none."""

    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, rows: Iterable[Node | Edge]) -> "Stages":
        """Those among the rows of the documents' facts."""
        nodes = {row.id: row for row in rows if isinstance(row, Node) and row.cls in _CLASSES}
        found: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        names: dict[str, str] = {}
        for one in sorted(nodes.values(), key=lambda node: (_CLASSES.index(node.cls), node.id)):
            name, above = str(one.properties["name"]), one.id.split("/")[1:-1]
            names[name] = name
            if one.cls == _CLASSES[0] or not found[spelling(name)]:
                # Of two spellings of one subsector either will do: they are joined later.
                found[spelling(name)].setdefault(tuple(map(chain_spelling, map(ids.unpart, above))), one.id)
        return cls({key: tuple(same.values()) for key, same in found.items()}, names)

    def find(self, name: str, clusters: Iterable[str]) -> str:
        """The id of a stage.

        Args:
            name: as printed; a subsector that several clusters have may be written 集群/细分领域.
            clusters: ids of clusters, one of which decides where several have it.

        Raises:
            NotFound: no document speaks of it; with near names.
            Ambiguous: several clusters have it.
        """
        within, _, last = name.rpartition("/")
        if within and spelling(name) not in self.ids:
            return self.find(last, (vocabulary().cluster(within).id,))
        found = self.ids.get(spelling(name), ())
        homes = tuple(f"subsector/{cluster.removeprefix('cluster/')}/" for cluster in clusters)
        mine = [one for one in found if one.startswith(homes)] or found
        if not mine:
            if name not in self._near:  # a registry repeats its words, and to look for near ones takes long
                self._near[name] = near(name, self.names)
            raise NotFound("环节", name, self._near[name], remedy="环节应是载入的文件说到的细分领域或产品，也可以留空")
        if len(mine) > 1:
            raise Ambiguous("环节", name, tuple(f"{_home(one)}/{name}" for one in mine))
        return mine[0]


def _home(subsector: str) -> str:
    """What a subsector is of, in words."""
    above = subsector.removeprefix("subsector/").rpartition("/")[0]
    try:
        return vocabulary().cluster(f"cluster/{above}").name
    except NotFound:
        return ids.unpart(above.rpartition("/")[2])
