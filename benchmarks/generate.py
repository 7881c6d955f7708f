"""Graphs of any size in the shape of the bundled one: its classes, its relations, and degrees with as heavy a tail.

Every count of the bundled graph (`_PER_UNIT`) grows with the number of edges, except what a country does not have more
of: there are as many provinces as the square root of the size, each with its cities and clusters, and names repeat, so
that products grow with the power 0.8. Who gets an edge is drawn as `int(n * u ** k)`: the share of the first of `n` is
then `n ** (-1 / k)`, and each `k` below gives the share that the busiest node has in the bundled graph. Both ends of a
supply link are drawn from opposite ends of the list of products, as what everybody builds in is rarely what everybody
sells to.
"""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph.tables import Edge, Node, Tables, Value, canonical, parsed

ARGUMENTS: Final = "arguments.json"
UNIT: Final = 36_289
"""Edges of the bundled graph, to which the counts below belong."""

_PER_UNIT: Final[Mapping[str, int]] = {
    "Evidence": 2118,
    "Document": 5,
    "LayoutStatement": 907,
    "Assignment": 520,
    "Witness": 778,
    "SupplyLink": 519,
    "Site": 282,
    "Figure": 182,
    "Task": 94,
    "Policy": 87,
    "Mention": 64,
    "Company": 51,
    "Citation": 90,
}
_PRODUCTS, _AGENCIES, _HEAPS = 1170, 164, 0.8
_CITIES, _CLUSTERS, _SUBSECTORS = 21, 20, 5
_K: Final[Mapping[str, float]] = {
    "city": 1.47,
    "cluster": 1.14,
    "subsector": 1.2,
    "product": 1.36,
    "evidence": 1.64,
    "further": 2.0,
    "downstream": 2.3,
    "upstream": 1.72,
    "agency": 2.1,
    "policy": 1.8,
    "document": 4.0,
    "company": 1.7,
}
_ROLES = ("core", "key", "base", "support", "mention")
_BATCH: Final = 100_000
_SCHEMAS: Final = {"nodes": ("id", "class", "properties"), "edges": ("type", "from", "to", "properties")}
_KINDS: Final = {"nodes": "class", "edges": "type"}


@dataclass(frozen=True)
class Size:
    """How many of everything a graph of about `edges` edges has."""

    edges: int
    provinces: int = field(init=False)
    cities: int = field(init=False)
    clusters: int = field(init=False)
    products: int = field(init=False)
    agencies: int = field(init=False)

    def __post_init__(self) -> None:
        scale = self.edges / UNIT
        inside = min(1.0, scale**0.5)
        object.__setattr__(self, "provinces", max(1, round(scale**0.5)))
        object.__setattr__(self, "cities", max(3, round(_CITIES * inside)))
        object.__setattr__(self, "clusters", max(3, round(_CLUSTERS * inside)))
        object.__setattr__(self, "products", max(20, round(_PRODUCTS * scale**_HEAPS)))
        object.__setattr__(self, "agencies", max(5, round(_AGENCIES * scale**_HEAPS)))

    def of(self, cls: str) -> int:
        return max(2, round(_PER_UNIT[cls] * self.edges / UNIT))


class Generator:
    """The rows of one graph, the same in every run.

    Args:
        edges: about how many edges.
        seed: another graph of the same shape.
    """

    def __init__(self, edges: int, seed: int = 0) -> None:
        self.size = Size(edges)
        self._random = random.Random(f"{seed}/{edges}")

    def rows(self) -> Iterator[Node | Edge]:
        """All nodes and edges; an edge may come before its ends."""
        yield from self._places()
        yield from self._sources()
        yield from self._products()
        yield from self._layout()
        yield from self._supply()
        yield from self._assignments()
        yield from self._others()
        yield from self._work()

    def arguments(self) -> dict[str, list[dict[str, Value | None]]]:
        """For each question of the benchmark values to ask it with: a busy thing first, then one in the middle."""
        size, products, policies = self.size, self.size.products, self.size.of("Policy")
        busy, middle = self._city(0, 0), self._city(0, size.cities // 2)
        return {
            "city-products": [{"city": busy, "cluster": None}, {"city": middle, "cluster": None}],
            "evidence-of": [{"thing": "layout/0"}, {"thing": _product(products // 2)}],
            "shared-clusters": [{"city": busy}, {"city": middle}],
            "city-not-named": [
                {"city": busy, "cluster": self._cluster(0, size.clusters // 2)},
                {"city": middle, "cluster": self._cluster(0, 0)},
            ],
            "upstream-chain": [{"product": f"产品{at:06d}"} for at in (0, products // 50)],
            "policies-resting-on": [{"policy": _number(at)} for at in (0, policies // 10)],
            "city-cluster-counts": [{"city": None}, {"city": busy}],
            "widespread-products": [{"at_least": 5}, {"at_least": 12}],
        }

    def _pick(self, count: int, kind: str) -> int:
        return int(count * self._random.random() ** _K[kind])

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _city(self, province: int, city: int) -> str:
        return f"city/9{province:03d}{city:02d}"

    def _cluster(self, province: int, cluster: int) -> str:
        return f"cluster/p{province}/c{cluster:02d}"

    def _subsector(self, province: int, cluster: int, number: int) -> str:
        return f"subsector/p{province}/c{cluster:02d}/{number}"

    def _where(self) -> int:
        return self._random.randrange(self.size.provinces)

    def _evidence(self, source: str, further: float = 0.0) -> Iterator[Edge]:
        count = self.size.of("Evidence")
        yield _edge("evidencedBy", source, f"evidence/{self._pick(count, 'evidence')}")
        while further > 0:
            if self._chance(further):
                yield _edge("furtherEvidence", source, f"evidence/{self._pick(count, 'further')}")
            further -= 1

    def _statement(
        self, source: str, cls: str, properties: Mapping[str, Value], province: int
    ) -> Iterator[Node | Edge]:
        yield Node(source, cls, properties)
        yield _edge("edition", source, f"policy/{province % self.size.of('Policy')}")

    def _places(self) -> Iterator[Node | Edge]:
        size = self.size
        for province in range(size.provinces):
            yield Node(f"scheme/p{province}", "Scheme", {"name": f"分区{province}"})
            yield Node(f"region/p{province}/r", "Region", {"name": f"区域{province}"})
            yield _edge("inScheme", f"region/p{province}/r", f"scheme/p{province}", "vocabulary")
            for city in range(size.cities):
                code = self._city(province, city)
                names: dict[str, Value] = {
                    "name": f"市{province:03d}{city:02d}",
                    "code": code.removeprefix("city/"),
                    "province": "90",
                }
                yield Node(code, "City", names)
                yield _edge("inRegion", code, f"region/p{province}/r", "vocabulary")
            for cluster in range(size.clusters):
                own = self._cluster(province, cluster)
                known: dict[str, Value] = {
                    "name": f"集群{province}-{cluster}",
                    "number": cluster + 1,
                    "category": "pillar",
                }
                yield Node(own, "Cluster", known)
                yield _edge("inScheme", own, f"scheme/p{province}", "vocabulary")
                for number in range(_SUBSECTORS):
                    sub = self._subsector(province, cluster, number)
                    yield Node(sub, "Subsector", {"name": f"领域{province}-{cluster}-{number}"})
                    yield _edge("partOf", sub, own)
                    yield from self._evidence(sub, 2.4)

    def _sources(self) -> Iterator[Node | Edge]:
        size = self.size
        documents = size.of("Document")
        for number in range(documents):
            yield Node(
                f"document/{number}",
                "Document",
                {"name": f"文件{number}", "file": f"{number}.txt", "grade": "规划", "sha256": f"{number:064x}"},
            )
        for number in range(size.of("Evidence")):
            start, own = number * 97 % 200_000, self._pick(documents, "document")
            quote = f"支持第{number}号地区以{number % 977}类产品为重点，推动龙头企业牵头，协同上下游配套，打造产业集群"
            yield Node(
                f"evidence/{number}",
                "Evidence",
                {
                    "quote": quote,
                    "text": quote,
                    "start": start,
                    "end": start + len(quote),
                    "line": start // 60 + 1,
                    "section": f"第{number % 40}章",
                    "cite": f"《文件{own}》第{number % 40}章第{number}句",
                    "grade": "规划",
                },
            )
            yield _edge("inDocument", f"evidence/{number}", f"document/{own}")
        policies = size.of("Policy")
        for number in range(policies):
            yield Node(
                f"policy/{number}",
                "Policy",
                {"name": f"办法{number}", "doc_number": _number(number), "issued": _day(number), "draft": False},
            )
            yield from self._evidence(f"policy/{number}", 2.4)
        for number in range(size.of("Citation")):
            # What is cited is older, and the oldest most often.
            citing = self._random.randrange(1, policies)
            cited, relation = self._pick(citing, "policy"), ("依据", "贯彻落实", "参考")[number % 3]
            yield Node(f"citations/{number}", "Citation", {"relation": relation})
            yield _edge("citingPolicy", f"citations/{number}", f"policy/{citing}")
            yield _edge("citedPolicy", f"citations/{number}", f"policy/{cited}")
            yield from self._evidence(f"citations/{number}")
            short = {"依据": "basedOn", "贯彻落实": "implements", "参考": "cites"}[relation]
            yield _short(short, f"policy/{citing}", f"policy/{cited}", f"citations/{number}", relation=relation)

    def _products(self) -> Iterator[Node | Edge]:
        for number in range(self.size.products):
            yield Node(_product(number), "Product", {"name": f"产品{number:06d}"})
            yield from self._evidence(_product(number), 1.1)

    def _layout(self) -> Iterator[Node | Edge]:
        size = self.size
        for number in range(size.of("LayoutStatement")):
            own, province = f"layout/{number}", self._where()
            number_of_cluster, role = self._pick(size.clusters, "cluster"), _ROLES[self._pick(5, "city")]
            city = self._city(province, self._pick(size.cities, "city"))
            cluster = self._cluster(province, number_of_cluster)
            said: dict[str, Value] = {"role": role, "open_list": self._chance(0.3)}
            yield from self._statement(own, "LayoutStatement", said, province)
            yield _edge("aboutPlace", own, city)
            yield _edge("aboutCluster", own, cluster)
            yield _short("namedFor", city, cluster, own, **said)
            yield from self._evidence(own, 0.4)
            if self._chance(0.78):
                sub = self._subsector(province, number_of_cluster, self._pick(_SUBSECTORS, "subsector"))
                yield _edge("aboutSubsector", own, sub)
                yield _short("develops", city, sub, own, **said)
            for product in {
                self._pick(size.products, "product") for _ in range(self._random.choice((1, 1, 2, 2, 2, 6)))
            }:
                yield _edge("aboutProduct", own, _product(product))

    def _supply(self) -> Iterator[Node | Edge]:
        size = self.size
        for number in range(size.of("SupplyLink")):
            own, province = f"supply/{number}", self._where()
            source = _product(size.products - 1 - self._pick(size.products, "upstream"))
            target = _product(self._pick(size.products, "downstream"))
            if source == target:
                continue
            said: dict[str, Value] = {"relation": "input_to", "strength": "implied" if number % 3 else "explicit"}
            cluster = self._pick(size.clusters, "cluster")
            yield from self._statement(own, "SupplyLink", said, province)
            yield _edge("aboutCluster", own, self._cluster(province, cluster))
            yield _edge("upstream", own, source)
            yield _edge("downstream", own, target)
            yield _short("feeds", source, target, own, **said)
            yield from self._evidence(own)
            if self._chance(0.5):
                yield _edge("aboutSubsector", own, self._subsector(province, cluster, number % _SUBSECTORS))

    def _assignments(self) -> Iterator[Node | Edge]:
        """Layouts of whole provinces, the newest first, until there are enough; a witness or two for each cell."""
        size, left, edition = self.size, self.size.of("Assignment"), 0
        statements, witnesses, witness = size.of("LayoutStatement"), size.of("Witness"), 0
        while left > 0:
            for province in range(size.provinces):
                for cell in range(size.cities * size.clusters):
                    place, about = divmod(cell, size.clusters)
                    own = f"assignment/{edition}/p{province}/c{about:02d}/{place}"
                    city, cluster = self._city(province, place), self._cluster(province, about)
                    held: dict[str, Value] = {
                        "present": self._chance(0.9 - 0.035 * place * 20 / size.cities),
                        "current": edition == 0,
                        "confidence": round(0.5 + 0.5 * self._random.random(), 3),
                        "level": 1 + self._pick(3, "city"),
                        "override": False,
                    }
                    yield from self._statement(own, "Assignment", held, province)
                    yield _edge("aboutPlace", own, city)
                    yield _edge("aboutCluster", own, cluster)
                    yield from self._evidence(own, 3.8)
                    for _ in range(4):
                        yield from self._evidence(own)
                    for _ in range(2):
                        yield _edge("supportedBy", own, f"layout/{self._random.randrange(statements)}")
                    for _ in range(3):
                        yield _edge("supportedBy", own, f"witness/{self._pick(witnesses, 'company')}")
                    if held["present"] and held["current"]:
                        told = {name: held[name] for name in ("level", "confidence")}
                        yield _short("hosts", city, cluster, own, **told)
                    if witness < witnesses:
                        yield from self._witness(witness, province, city, cluster)
                        witness += 1
                    left -= 1
            edition += 1
        while witness < witnesses:
            province = self._where()
            city = self._city(province, self._pick(size.cities, "city"))
            yield from self._witness(witness, province, city, self._cluster(province, witness % size.clusters))
            witness += 1

    def _witness(self, number: int, province: int, city: str, cluster: str) -> Iterator[Node | Edge]:
        own = f"witness/{number}"
        printed: dict[str, Value] = {"source": "cell", "table": "pillar", "printed": "★", "value": 1}
        yield from self._statement(own, "Witness", printed, province)
        yield _edge("aboutPlace", own, city)
        yield _edge("aboutCluster", own, cluster)
        yield from self._evidence(own, 1.4)

    def _others(self) -> Iterator[Node | Edge]:
        size = self.size
        companies = size.of("Company")
        for number in range(companies):
            yield Node(f"company/{number}", "Company", {"name": f"公司{number}"})
        for number in range(size.of("Mention")):
            own, province, company = f"companies/{number}", self._where(), f"company/{self._pick(companies, 'company')}"
            city = self._city(province, self._pick(size.cities, "city"))
            cluster = self._cluster(province, self._pick(size.clusters, "cluster"))
            said: dict[str, Value] = {"relation": "龙头", "as_written": f"公司{number}"}
            yield from self._statement(own, "Mention", said, province)
            for relation, target in (("aboutCompany", company), ("aboutPlace", city), ("aboutCluster", cluster)):
                yield _edge(relation, own, target)
            yield _short("namedFor", company, city, own, **said)
            yield _short("activeIn", company, cluster, own, **said)
            yield from self._evidence(own)
        for number in range(size.of("Site")):
            own, province = f"site/{number}", self._where()
            yield Node(own, "Site", {"name": f"园区{number}", "kind": "base", "named": True})
            yield _edge("locatedIn", own, self._city(province, self._pick(size.cities, "city")))
            yield _edge("activeIn", own, self._cluster(province, self._pick(size.clusters, "cluster")))
            yield from self._evidence(own)

    def _work(self) -> Iterator[Node | Edge]:
        size = self.size
        for number in range(size.agencies):
            yield Node(f"agency/{number}", "Agency", {"name": f"部门{number}"})
        for number in range(size.of("Figure")):
            own, province = f"targets/{number}", self._where()
            city = self._city(province, self._pick(size.cities, "city"))
            said: dict[str, Value] = {"indicator": f"指标{number % 50}", "value": number / 7, "kind": "target"}
            yield from self._statement(own, "Figure", {**said, "comparator": "=", "unit": "%", "year": 2025}, province)
            yield _edge("provides", f"policy/{self._pick(size.of('Policy'), 'policy')}", own)
            yield _edge("subject", own, city)
            yield _edge("aboutPlace", own, city)
            yield from self._evidence(own, 1.1)
        for number in range(size.of("Task")):
            own = f"policy/task/{number}"
            yield Node(own, "Task", {"name": f"任务{number}", "task_number": str(number)})
            yield _edge("provides", f"policy/{self._pick(size.of('Policy'), 'policy')}", own)
            yield from self._evidence(own, 0.7)
            agencies = {self._pick(size.agencies, "agency") for _ in range(3)}
            for place, agency in enumerate(sorted(agencies)):
                yield _edge("ledBy" if place == 0 and number % 7 == 0 else "sharedBy", own, f"agency/{agency}")


def tables(edges: int, seed: int = 0) -> Tables:
    """A graph of about so many edges in memory."""
    rows = list(Generator(edges, seed).rows())
    return Tables.of((one for one in rows if isinstance(one, Node)), (one for one in rows if isinstance(one, Edge)))


def write(edges: int, folder: Path, seed: int = 0) -> tuple[int, int]:
    """Write a graph as `nodes.parquet` and `edges.parquet`, unsorted and without holding it in memory.

    Returns:
        How many nodes and edges.
    """
    generator = Generator(edges, seed)
    buffers: dict[str, list[tuple[str, ...]]] = {"nodes": [], "edges": []}
    counts = dict.fromkeys(buffers, 0)
    schemas = {name: pa.schema([(column, pa.string()) for column in columns]) for name, columns in _SCHEMAS.items()}
    writers = {
        name: pq.ParquetWriter(folder / f"{name}.parquet", schemas[name], compression="zstd") for name in schemas
    }

    def flush(name: str) -> None:
        counts[name] += len(buffers[name])
        if buffers[name]:
            columns = dict(zip(_SCHEMAS[name], map(list, zip(*buffers[name], strict=True)), strict=True))
            writers[name].write_table(pa.table(columns, schema=schemas[name]))
        buffers[name].clear()

    for row in generator.rows():
        if isinstance(row, Node):
            buffers["nodes"].append((row.id, row.cls, canonical(row.properties)))
            if len(buffers["nodes"]) == _BATCH:
                flush("nodes")
        else:
            buffers["edges"].append((row.type, row.source, row.target, canonical(row.properties)))
            if len(buffers["edges"]) == _BATCH:
                flush("edges")
    for name, writer in writers.items():
        flush(name)
        writer.close()
    (folder / ARGUMENTS).write_text(json.dumps(generator.arguments(), ensure_ascii=False), encoding="utf-8")
    return counts["nodes"], counts["edges"]


class Streamed:
    """Tables that are read from Parquet anew each time, so that only the engine's memory counts.

    Args:
        folder: of the two files.
        cls, relation: only nodes of this class and edges of this relation; None for all, "" for none.
    """

    def __init__(self, folder: Path, cls: str | None = None, relation: str | None = None) -> None:
        self._folder = folder
        self._only = {"nodes": cls, "edges": relation}

    @property
    def nodes(self) -> Iterator[Node]:
        for one, cls, properties in self._rows("nodes"):
            yield Node(one, cls, parsed(properties))

    @property
    def edges(self) -> Iterator[Edge]:
        for kind, source, target, properties in self._rows("edges"):
            yield Edge(kind, source, target, parsed(properties))

    def as_tables(self) -> Tables:
        """Itself, for functions that go once over nodes and edges and want nothing else."""
        return cast("Tables", self)

    def classes(self) -> list[str]:
        """The classes that occur."""
        return self._kinds("nodes")

    def parts(self) -> "Iterator[Streamed]":
        """The graph class by class and then relation by relation."""
        for cls in self.classes():
            yield Streamed(self._folder, cls, "")
        for relation in self._kinds("edges"):
            yield Streamed(self._folder, "", relation)

    def _kinds(self, name: str) -> list[str]:
        column = _KINDS[name]
        batches = pq.ParquetFile(self._folder / f"{name}.parquet").iter_batches(_BATCH, columns=[column])
        return sorted({one for batch in batches for one in pc.unique(batch.column(0)).to_pylist()})

    def _rows(self, name: str) -> Iterator[tuple[str, ...]]:
        only = self._only[name]
        if only == "":
            return
        for batch in pq.ParquetFile(self._folder / f"{name}.parquet").iter_batches(_BATCH):
            found = batch if only is None else batch.filter(pc.equal(batch.column(_KINDS[name]), only))
            yield from zip(*(column.to_pylist() for column in found.columns), strict=True)


def _edge(kind: str, source: str, target: str, origin: str = "document") -> Edge:
    return Edge(kind, source, target, {"origin": origin})


def _short(kind: str, source: str, target: str, via: str, **qualifiers: Value) -> Edge:
    return Edge(kind, source, target, {"origin": "rule", "via": via, **qualifiers})


def _product(number: int) -> str:
    return f"product/{number:06d}"


def _number(policy: int) -> str:
    return f"甲发〔2021〕{policy}号"


def _day(number: int) -> str:
    return f"20{10 + number % 15:02d}-{1 + number % 12:02d}-{1 + number % 28:02d}"
