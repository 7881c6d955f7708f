"""`docs/benchmarks.md`, written from the kept numbers alone, so that it can be written anew at any time."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "benchmarks.md"
RESULTS: Final = Path(__file__).parent / "results"
REMARKS: Final = Path(__file__).parent / "remarks"

ENGINES: Final[Mapping[str, str]] = {
    "oxigraph": "Oxigraph",
    "rdflib": "rdflib",
    "networkx": "networkx",
    "cypher": "embedded Cypher",
    "neo4j": "Neo4j",
    "neo4j-csv": "Neo4j, bulk CSV",
}
_WANTED = 10.0
_GB = 1 << 30
_SET = ("oxigraph", "neo4j", "neo4j-csv")
"""Engines that keep the graph on disk and choose how much of it is in memory: a line through it says nothing."""
_LEFT = {"memory": "passed 4 GB", "time": "passed ten minutes"}


def write(found: Mapping[str, Any], path: Path = PAGE) -> None:
    """Write the page.

    Args:
        found: the content of `results/card.json`.
        path: where it goes.
    """
    parts = [
        "# Benchmarks\n\nWritten by `make bench` from `benchmarks/results/`; do not edit. How to measure: "
        "[benchmarks/README.md](../benchmarks/README.md).",
        _machine(found.get("machine", {})),
        _library(found["library"]) if "library" in found else "",
    ]
    sizes = {int(size): part for size, part in found.get("sizes", {}).items() if part["engines"]}
    if sizes:
        ordered = dict(sorted(sizes.items()))
        parts += [_graphs(ordered), _load(ordered), _questions(ordered), _growth(ordered), _ends(ordered)]
    parts += [_remark("limits"), *_others()]
    path.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8", newline="\n")


def _remark(name: str) -> str:
    """What people have added to the numbers."""
    path = REMARKS / f"{name}.md"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    marks = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (heads, marks, *rows))


def _machine(known: Mapping[str, Any]) -> str:
    if not known:
        return ""
    parts = ", ".join(f"{name} {number}" for name, number in known["parts"].items())
    server = known["server"].removeprefix("neo4j-").removesuffix(".jar")
    return (
        f"{known['system']}, {known['cores']} cores, {known['memory'] / _GB:.0f} GB; Python {known['python']}, "
        f"{known['java']}; {parts}, Neo4j Community {server} (heap 1.5 GB, page cache 512 MB, the JVM's defaults "
        "otherwise). The machine was shared with other work: where a load is given, it is the system's load average "
        "before; ratios within one run under one load hold, single milliseconds do not."
    )


def _when(moment: Mapping[str, Any]) -> str:
    return f"{moment['at']} UTC, load {moment['load'][0]}"


def _library(found: Mapping[str, Any]) -> str:
    times: Mapping[str, Mapping[str, float]] = found["times"]
    names = list(next(iter(times.values())))
    total = {name: sum(one[name] for one in times.values()) for name in names}
    titles = {**ENGINES, "cypher": "embedded Cypher, warm", "neo4j": "Neo4j, plain driver, warm"}
    titles["neo4j, our client"] = "Neo4j through `query --cypher-uri`, warm"
    rows = [
        (titles[name], f"{total[name]:,.0f}", f"{total[name] / total['oxigraph']:.1f}", _mean(times, name, "oxigraph"))
        for name in names
    ]
    agreed = "All answers were the same on all engines."
    if found["different"]:
        agreed = "**Answers differed**: " + ", ".join(sorted(set(found["different"]))) + "."
    parts = [
        "## The question library on the bundled documents",
        f"{found['nodes']:,} nodes, {found['edges']:,} edges; {len(times)} questions, {found['asked']} sets of "
        f"arguments, all engines in one process in turns ({_when(found['before'])}; after it "
        f"{found['after']['load'][0]}). The fastest of several rounds (other work on the machine disturbs it least), "
        f"rows fetched to the last. {agreed}",
        _table(("engine", "all, ms", "× Oxigraph", "× Oxigraph, geometric mean of the questions"), rows),
        _verdict(times, total, "rdflib", "oxigraph", _WANTED),
        _exceptions(times, "rdflib", "oxigraph", _WANTED, "sparql"),
        _verdict(times, total, "neo4j", "cypher", 1.0),
        _exceptions(times, "neo4j", "cypher", 1.0, "cypher"),
        "<details><summary>Every question</summary>",
        _every(times, names),
        "</details>",
    ]
    return "\n\n".join(part for part in parts if part)


def _mean(times: Mapping[str, Mapping[str, float]], name: str, other: str) -> str:
    return f"{statistics.geometric_mean(one[name] / one[other] for one in times.values()):.1f}"


def _verdict(
    times: Mapping[str, Mapping[str, float]], total: Mapping[str, float], slow: str, fast: str, wanted: float
) -> str:
    ratio = total[slow] / total[fast]
    held = "reached" if ratio >= wanted else "**not reached**"
    below = sum(one[slow] / one[fast] < wanted for one in times.values())
    return (
        f"**The whole library through {ENGINES[fast]} is {ratio:.3g} times as fast as through {ENGINES[slow]}** "
        f"(wanted: {wanted:g}; {held}). Of {len(times)} questions {len(times) - below} reach {wanted:g} by themselves, "
        f"{below} do not" + (":" if below else ".")
    )


def _exceptions(times: Mapping[str, Mapping[str, float]], slow: str, fast: str, wanted: float, remarks: str) -> str:
    low = sorted((one[slow] / one[fast], name) for name, one in times.items() if one[slow] / one[fast] < wanted)
    if not low:
        return ""
    rows = [
        (f"`{name}`", f"{ratio:.1f}", f"{times[name][fast]:.1f}", f"{times[name][slow]:.1f}") for ratio, name in low
    ]
    table = _table(("question", "times as fast", f"{ENGINES[fast]}, ms", f"{ENGINES[slow]}, ms"), rows)
    return f"{table}\n\n{_remark('why-' + remarks)}".strip()


def _every(times: Mapping[str, Mapping[str, float]], names: Sequence[str]) -> str:
    heads = ("question", "Oxigraph, ms", *(f"{ENGINES.get(name, name)}, ×" for name in names if name != "oxigraph"))
    return _table(
        heads,
        (
            (
                f"`{question}`",
                f"{one['oxigraph']:.1f}",
                *(f"{one[name] / one['oxigraph']:.2f}" for name in names if name != "oxigraph"),
            )
            for question, one in times.items()
        ),
    )


def _graphs(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    rows = [(f"{n:,}", f"{p['nodes']:,}", f"{p['edges']:,}", f"{p['generated']:.0f}") for n, p in sizes.items()]
    return (
        "## Growing graphs\n\n`benchmarks/generate.py` makes graphs in the shape of the bundled one: every class and "
        "relation in its share, and for each kind of edge a tail as heavy as there (the busiest evidence, city, "
        "product, agency … has the same share of the edges). Provinces grow with the square root of the size, each "
        "with 21 cities and 20 clusters; products with the power 0.8. The same seed gives the same rows.\n\n"
        + _table(("asked for", "nodes", "edges", "seconds to generate"), rows)
        + "\n\nEach engine runs in a process of its own over the same two Parquet tables, one after another, and is "
        "watched ten times a second: memory is the resident size of the measuring process and of everything it starts, "
        "the JVMs included, at one moment together. It leaves at the size where that passes 4 GB, or where the load or "
        "the questions together pass ten minutes, and is not run at larger ones. Eight questions, two sets of "
        "arguments each: the busiest thing and one in the middle."
    )


def _engine_rows(part: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(name, part["engines"][name]) for name in ENGINES if name in part["engines"]]


def _why(one: Mapping[str, Any]) -> str:
    if not one["left"]:
        return ""
    stage = {"ready": "loading", "loaded": "in the questions"}.get(one["stage"], "starting")
    return f"**left**: {_LEFT.get(one['left'], one['left'])} {stage}"


def _load(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    rows = []
    for size, part in sizes.items():
        done = [one["loaded"] for _, one in _engine_rows(part) if one["loaded"]]
        least = min(done, default=math.nan)
        for name, one in _engine_rows(part):
            seconds = one["loaded"]
            took = (f"{seconds:,.1f}", f"{seconds / least:.1f}") if seconds else ("—", "—")
            memory = tuple(f"{one[key] / _GB:.2f}" for key in ("together", "client", "servers"))
            rows.append((f"{size:,} · {ENGINES[name]}", *took, *memory, _when(one), _why(one)))
    heads = ("edges · engine", "seconds", "× fastest", "GB together", "GB Python", "GB its servers", "when", "")
    return (
        "### Load\n\nFrom the tables to the first question, by the package's own functions: Oxigraph as `build` writes "
        "and optimises its store on disk; rdflib by parsing N-Triples; networkx by `to_networkx`; the embedded engine "
        "with its start; Neo4j by `push` into an empty server (the server's start is not counted), and by the CSV of "
        "`export` with `neo4j-admin database import`, the server's start and the constraints. Memory is the peak of "
        "the whole run, the questions included: of all processes at one moment, of the Python that measures, and of "
        "each process that it starts, added up.\n\n" + _table(heads, rows)
    )


def _medians(one: Mapping[str, Any]) -> dict[str, float]:
    """Milliseconds by question, both sets of arguments together; only what was answered for both."""
    found: dict[str, list[float]] = {}
    for line in one["questions"]:
        found.setdefault(line["question"], []).append(1000 * line["seconds"])
    return {name: sum(times) for name, times in found.items() if len(times) == 2}


def _disagree(part: Mapping[str, Any]) -> list[str]:
    answers: dict[tuple[str, int], set[str]] = {}
    for _, one in _engine_rows(part):
        for line in one["questions"]:
            answers.setdefault((line["question"], line["place"]), set()).add(line["sha"])
    return sorted({name for (name, _), shas in answers.items() if len(shas) > 1})


def _questions(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    parts = [
        "### Eight questions\n\nMilliseconds through Oxigraph for both sets of arguments together, and how many times "
        "as long the others take; below 1 is faster. The fastest of up to six runs after the first."
    ]
    for size, part in sizes.items():
        times = {name: _medians(one) for name, one in _engine_rows(part)}
        base = times.get("oxigraph", {})
        lines = [line for _, one in _engine_rows(part) for line in one["questions"]]
        names = list(dict.fromkeys(line["question"] for line in lines))
        rows = []
        for name in names:
            returned = {line["place"]: line["rows"] for line in lines if line["question"] == name}
            cells = [f"{base[name]:,.1f}" if name in base else "—"]
            for engine in list(ENGINES)[1:]:
                own = times.get(engine, {}).get(name)
                cells.append("—" if own is None else f"{own / base[name]:.2f}" if name in base else f"{own:,.1f} ms")
            rows.append((f"`{name}`", " + ".join(f"{n:,}" for _, n in sorted(returned.items())), *cells))
        heads = ("question", "rows", "Oxigraph, ms", *(f"{title}, ×" for title in list(ENGINES.values())[1:]))
        differ = _disagree(part)
        agreed = f"**Different answers**: {', '.join(differ)}." if differ else "Every engine gave the same rows."
        parts.append(f"#### {size:,} edges\n\n{_table(heads, rows)}\n\n{agreed}")
    return "\n\n".join([*parts, _remark("questions")]).strip()


def slope(points: Sequence[tuple[float, float]]) -> float | None:
    """The exponent k of y = c · x^k by least squares over the logarithms; None where there are less than two points."""
    if len(points) < 2:
        return None
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    return statistics.linear_regression(xs, ys).slope


def _growth(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    series: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for part in sizes.values():
        for name, one in _engine_rows(part):
            if one["left"]:
                continue
            values = {"load": one["loaded"], "memory": one["together"], **_medians(one)}
            for what, value in values.items():
                series.setdefault(what, {}).setdefault(name, []).append((part["edges"], value))
    rows = []
    for what, by_engine in series.items():
        slopes = [slope(by_engine.get(name, [])) for name in ENGINES]
        title = what if what in ("load", "memory") else f"`{what}`"
        rows.append((title, *("—" if one is None else f"{one:.2f}" for one in slopes)))
    reach = ", ".join(
        f"{title} {max((int(p) for s, p in [(s, s) for s in sizes if _stays(sizes[s], name)]), default=0):,}"
        for name, title in ENGINES.items()
    )
    return (
        "### How cost grows\n\nThe exponent k of cost = c · edgesᵏ by least squares over the sizes that the engine "
        f"finished ({reach}): 0 does not grow, 1 grows with the graph. Answers grow too (see the rows above), so that "
        "a question which looks up one thing has at best the exponent of its rows; small sizes hold fixed costs, which "
        "lower the exponents of load and memory.\n\n" + _table(("", *ENGINES.values()), rows)
    )


def _stays(part: Mapping[str, Any], name: str) -> bool:
    one = part["engines"].get(name)
    return one is not None and not one["left"]


def _ends(sizes: Mapping[int, Mapping[str, Any]]) -> str:
    rows = []
    for name, title in ENGINES.items():
        own = [(size, part) for size, part in sizes.items() if _stays(part, name)]
        if not own:
            continue
        points = [(part["edges"], part["engines"][name]) for _, part in own]
        edges, last = points[-1]
        before = points[-2] if len(points) > 1 else None
        growth = (
            (last["together"] - before[1]["together"]) / (edges - before[0]) if before else last["together"] / edges
        )
        fixed = last["together"] - growth * edges
        reach = [f"{max(0.0, (limit * _GB - fixed) / growth) / 1e6:,.1f}" for limit in (4, 16, 64)]
        each = f"{growth:,.0f}"
        if name in _SET:
            each, reach = "—", ["—"] * len(reach)
        left = next(
            (
                f"{size:,}: {_why(part['engines'][name])}"
                for size, part in sizes.items()
                if name in part["engines"] and part["engines"][name]["left"]
            ),
            "",
        )
        rows.append(
            (
                title,
                f"{edges:,}",
                each,
                f"{edges / last['loaded']:,.0f}",
                *reach,
                left.replace("**", ""),
            )
        )
    heads = ("", "largest run, edges", "bytes an edge", "edges a second, load", "4 GB", "16 GB", "64 GB", "left at")
    return (
        "### Where one machine ends\n\nThe first three columns of numbers were run; the next three are arithmetic: "
        "millions of edges that fit into so much memory, in a straight line from the last two sizes. Oxigraph and "
        "Neo4j keep the graph on disk: they work with less memory than they have data, and get slower.\n\n"
        + _table(heads, rows)
    )


def _others() -> list[str]:
    """What the other measurements printed, each under its name."""
    texts = (path.read_text(encoding="utf-8").strip() for path in sorted(RESULTS.glob("*.md")))
    return [f"#{text}" if text.startswith("# ") else text for text in texts]
