"""The five fresh documents: scored as `tests/fresh/README.md` says, beside their first score.

The first score (`tests/fresh/first.json`) is that of the loaders before anybody who writes them had seen the texts; it
is never changed. The last one was reached with the texts in sight.
"""

import importlib.util
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from loaders.document.document import parse
from loaders.document.source import read
from loaders.policy.parts import parts, with_heads
from loaders.registry import LOADERS
from ontology.facts import record

HOME = Path(__file__).resolve().parent.parent
FRESH = HOME / "tests" / "fresh"
UNSEEN = HOME / "tests" / "loaders" / "unseen"
PLANS = ("second", "third", "fourth", "fifth", "sixth", "seventh")
Row = dict[str, Any]


def scorer(path: Path = HOME / "tests" / "gold" / "score.py") -> ModuleType:
    """The scorer of the gold set, with the kinds that only the fresh documents have."""
    spec = importlib.util.spec_from_file_location("gold_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    any_quote: Callable[[Row, Row], float] = lambda gold, fact: 1.0  # noqa: E731
    module.RULES["deadlines"] = ([], [lambda f: f["what"], lambda f: f.get("date")], any_quote, 0.5, 2)
    module.RULES["transfers"] = ([], [lambda f: f["mechanism"]], lambda g, f: float(_ends(module, g, f)), 0.5, 4)
    module.ATTRIBUTES["deadlines"] = {name: _alike(module, name) for name in ("who", "to", "recurs")}
    module.ATTRIBUTES["transfers"] = {"platform": _alike(module, "platform")}
    return module


def _alike(module: ModuleType, name: str) -> Callable[[Row, Row], bool | None]:
    return lambda gold, fact: module.similar(gold[name], fact.get(name)) >= 0.6 if gold.get(name) else None


def _ends(module: ModuleType, gold: Row, fact: Row) -> bool:
    """Whether a transfer has the two ends of the gold; one that has no direction may have them in either order."""
    want = [module.plain(gold[name]) for name in ("from", "to")]
    have = [module.plain(fact.get(name)) for name in ("from", "to")]
    if not gold.get("symmetric"):
        return want == have
    known = {name for name in have if name}
    return set(want) == set(have) or (len(known) == 1 and known < set(want))


def facts(folder: Path) -> dict[str, list[Row]]:
    """What the loaders read from the texts of a folder, by kind."""
    found: dict[str, list[Row]] = {kind: [] for kind in LOADERS}
    for path in sorted(folder.glob("*.txt")):
        document = parse(read(path))
        document = with_heads(document, parts(document))
        for kind, loader in LOADERS.items():
            rows = {row["id"]: row for row in map(record, loader(document).facts)}
            found[kind] += [json.loads(json.dumps(row, ensure_ascii=False)) for row in rows.values()]
    return found


def gold_rows(folder: Path, kind: str) -> list[Row]:
    paths = sorted(folder.glob(f"*.{kind}.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def scores(
    found: Mapping[str, Iterable[Row]], folder: Path = FRESH, names: Collection[str] | None = None
) -> dict[str, Row]:
    """Precision, recall, F1 and attributes of each kind over the texts of a folder.

    Args:
        found: facts by kind, as `facts` gives them.
        folder: holds the texts and `<document>.<kind>.jsonl`.
        names: of the texts that count, without ending; None for all.
    """
    module = scorer()
    texts = module.documents(folder)
    result: dict[str, Row] = {}
    for kind in module.RULES:
        want = [module.prepare(kind, row) for row in gold_rows(folder, kind) if _counts(row, names)]
        have = [row for row in found.get(kind, ()) if _counts(row, names)]
        held = [dict(row) for row in have if module.holds(row, texts)]
        loose = [row for row in have if not module.holds(row, texts)]
        if kind != "layout" and (want or held):
            result[kind] = module.score(kind, [module.prepare(kind, row) for row in held], loose, want, False)
    return result


def _counts(row: Row, names: Collection[str] | None) -> bool:
    return names is None or str(row["file"]).removesuffix(".txt") in names


def unseen_table() -> list[str]:
    """The texts of `tests/loaders/unseen`, pair by pair: the first score of each kind of money, and the last."""
    kinds = ("instruments", "criteria", "deadlines")
    groups: list[Row] = json.loads((UNSEEN / "first.json").read_text(encoding="utf-8"))
    found = facts(UNSEEN)
    lines = [
        f"| texts | {' | '.join(f'{kind}, first P/R/F1 → last F1' for kind in kinds)} |",
        "| --- | --- | --- | --- |",
    ]
    for group in groups:
        last = scores(found, UNSEEN, group["texts"])
        cells = [
            f"{'/'.join('–' if value is None else f'{value:.3f}' for value in group[kind])} → {last[kind]['f1']:.3f}"
            for kind in kinds
        ]
        lines.append(f"| {', '.join(group['texts'])} | {' | '.join(cells)} |")
    return lines


def table(last: Mapping[str, Row], first: Mapping[str, Row]) -> list[str]:
    """The scores as a Markdown table, first and last beside each other."""
    lines = ["| kind | gold | first F1 | last P | last R | last F1 | attributes, first → last |"]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    for kind, row in last.items():
        if (before := first.get(kind)) is None:
            continue  # a kind that these texts were not written for
        pairs = [(name, before["attributes"].get(name), share) for name, share in row["attributes"].items()]
        said = ", ".join(f"{name} {'–' if was is None else f'{was:.2f}'} → {share:.2f}" for name, was, share in pairs)
        figures = " | ".join(f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
        lines.append(f"| {kind} | {row['gold']} | {before['f1']:.3f} | {figures} | {said} |")
    return lines


def first(folder: Path = FRESH) -> dict[str, Row]:
    """The first scores of the texts of a folder."""
    known: dict[str, Row] = json.loads((folder / "first.json").read_text(encoding="utf-8"))
    return known
