"""How well the loaders read: precision, recall and F1 against the development gold set.

`make score` builds the bundled documents, scores their facts with `tests/gold/score.py` and writes `docs/quality.md`.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import fresh, sentences
from clusteratlas import Atlas, bundled
from graph.build import build
from graph.directory import GraphDirectory
from graph.evidence import MANY, busy_quotes
from loaders.document.document import parse
from loaders.document.source import read
from loaders.policy.parts import parts, with_heads
from loaders.registry import LOADERS
from tests.graph.stars.measure import markdown, run

HOME = Path(__file__).resolve().parent.parent
SCORE = HOME / "tests" / "gold" / "score.py"
UNSEEN = HOME.parent / "shared" / "gold"
UNSEEN_MARKS = {"instruments": 0.90, "criteria": 0.85, "tasks": 0.85}
REST = (
    "Written by `make score`: the sentences of the bundled documents with an amount, a percentage, a 《》 or a 牵头",
    "that no fact quotes, with their line. Many say again what another sentence has said (《条例》), or speak of",
    "somebody who leads (企业牵头) without giving a duty.",
)
SEEDS = range(40)
MARKS = {
    "layout": {"f1": 0.95, "role": 0.93, "products": 0.80},
    "policies": {"f1": 1.0, "doc_number": 1.0, "issued": 1.0, "issuers": 1.0},
    "companies": {"f1": 0.95, "city": 0.92},
    "places": {"f1": 0.85, "city": 0.92},
    "targets": {"f1": 0.92, "year": 0.92, "comparator": 0.92},
    "supply": {"f1": 0.85},
    "citations": {"f1": 0.92, "relation": 0.88},
    "instruments": {"f1": 0.95, "cap": 1.0, "valid_to": 1.0, "regions": 1.0, "excludes": 1.0},
    "criteria": {"f1": 0.92},
    "tasks": {"f1": 0.97, "agencies": 0.97, "lead": 0.97},
}
"""What the loaders have to reach: F1 of the kind, and the share of matched pairs with the attribute right."""


def scores(facts: Path, gold: Path = SCORE.parent / "dev") -> dict[str, dict[str, object]]:
    """Run the scorer over a folder of facts."""
    command = [sys.executable, str(SCORE), str(facts), "--gold", str(gold), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return {kind: row for kind, row in found.items() if row is not None}


def value(row: dict[str, object], mark: str) -> float:
    attributes = row["attributes"]
    assert isinstance(attributes, dict)
    return float(str(row["f1"] if mark == "f1" else attributes[mark]))


def unseen(folder: Path = UNSEEN) -> list[str]:
    """The scores of two policies of other provinces; [] where their texts are missing, which are not part of this."""
    program, texts = folder / "score_unseen.py", folder / "external" / "documents"
    if not program.exists():
        return []
    with tempfile.TemporaryDirectory() as facts:
        for kind, rows in fresh.facts(texts).items():
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (Path(facts) / f"{kind}.jsonl").write_text("".join(lines), encoding="utf-8")
        command = [sys.executable, str(program), facts, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return ["| kind | F1 | mark |", "| --- | ---: | --- |"] + [
        f"| {kind} | {found[kind]:.3f} | ≥ {mark:.2f} {'✓' if found[kind] >= mark else '✗'} |"
        for kind, mark in UNSEEN_MARKS.items()
    ]


def kept(page: Path, heading: str) -> list[str]:
    """The section of a page under a heading, as it stands; for what cannot be measured here."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    match = re.search(rf"^{re.escape(heading)}\n\n(.*?)(?=\n\n## |\Z)", text, re.MULTILINE | re.DOTALL)
    return match[1].split("\n") if match else ["Not measured here."]


def proofs() -> list[str]:
    """The sections about documents that the rules were not written for, and about what no fact claims."""
    last, first = fresh.scores(fresh.facts(fresh.FRESH)), fresh.first()
    every = [sentence for path in bundled.documents() for sentence in _ledger(path)]
    (HOME / "docs" / "coverage.md").write_text(
        "\n".join(["# Sentences that no fact quotes", "", *REST, *sentences.listed(every)]).rstrip() + "\n",
        encoding="utf-8",
        newline="\n",
    )
    outside = unseen()
    return [
        "## Five fresh documents",
        "",
        "Written with their expected facts by somebody who had not seen the loaders (`tests/fresh/README.md`). The",
        "first score is that of the loaders before their authors had seen the texts; the last was reached with the",
        "texts in sight and says how well the rules fit them.",
        "",
        *fresh.table(last, first),
        "",
        "## Plans read at first sight",
        "",
        "Folder after folder (`tests/fresh/README.md`), each written with its facts before the loaders ran on it and",
        "mended before the next was written: the first figures of the later ones say what to expect of an unseen plan.",
        "",
        *(line for name in fresh.PLANS for line in (f"`{name}`", "", *_plans(name), "")),
        "## Texts of other provinces, written with their facts before the loaders ran",
        "",
        "By the authors of the loaders of money, pair after pair, each before the loaders had been improved on it",
        "(`tests/loaders/unseen/README.md`): the first figures say what to expect of a text that nobody has looked at.",
        "",
        *fresh.unseen_table(),
        "",
        "## Two policies of other provinces",
        "",
        *(outside or kept(HOME / "docs" / "quality.md", "## Two policies of other provinces")),
        "",
        "## Sentences that ought to hold a fact",
        "",
        "Those with an amount, a percentage, a 《》 or a 牵头, and the share that a fact quotes in part. The others",
        "are listed in [coverage.md](coverage.md).",
        "",
        *sentences.table(every),
        "",
    ]


def _plans(name: str) -> list[str]:
    folder = fresh.FRESH / name
    return fresh.table(fresh.scores(fresh.facts(folder), folder), fresh.first(folder))


def _ledger(path: Path) -> tuple[sentences.Sentence, ...]:
    document = parse(read(path))
    document = with_heads(document, parts(document))
    facts = [fact for loader in LOADERS.values() for fact in loader(document).facts]
    return sentences.ledger(document, facts)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = GraphDirectory(Path(folder) / "graph")
        build(directory, bundled.documents(), **bundled.knowledge())
        with Atlas(directory.path) as atlas:
            found = scores(atlas.build.path / "facts")
            busy = [
                (count, str(atlas.rows().by_id[name].properties["quote"])) for name, count in busy_quotes(atlas.rows())
            ]
            counts = {kind: len(atlas.facts(kind)) for kind in LOADERS}
            coverage = atlas.receipt()["coverage"]
    lines = [
        "# Quality of what is read",
        "",
        "Written by `make score` (`python -m benchmarks.quality`): the facts of the bundled documents against the",
        "development gold set in `tests/gold/dev`, scored by `tests/gold/score.py`. The rules were written with this",
        "half of the gold in sight, so these figures say how well they fit it, not how well they do elsewhere.",
        "",
        "| kind | facts | P | R | F1 | attributes on matched pairs | mark |",
        "| --- | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for kind, row in found.items():
        attributes = row["attributes"]
        assert isinstance(attributes, dict)
        said = ", ".join(f"{name} {share:.2f}" for name, share in attributes.items())
        marks = {m: v for m, v in MARKS.get(kind, {}).items() if m == "f1" or m in attributes}
        met = ", ".join(f"{m} ≥ {v:.2f} {'✓' if value(row, m) >= v else '✗'}" for m, v in marks.items())
        figures = " | ".join(f"{float(str(row[name])):.3f}" for name in ("precision", "recall", "f1"))
        lines.append(f"| {kind} | {counts[kind]} | {figures} | {said} | {met} |")
    lines += [
        "",
        "The other kinds have no gold; their evidence is checked like all other: "
        + ", ".join(f"{kind} {counts[kind]}" for kind in counts if kind not in found)
        + ".",
        "",
        *proofs(),
        "## The reconciled star layout",
        "",
        f"On {len(SEEDS)} random layouts with known truth, damaged in the ways of the printed tables; how and why",
        "stands in [stars.md](stars.md).",
        "",
        markdown(run(SEEDS)[0]),
        "",
        "## Coverage",
        "",
        "Characters of each document (blanks not counted) that a loader has claimed as evidence. What is unread is",
        "not all prose: the receipt lists the longest stretches that hold a known name.",
        "",
        "| document | characters | claimed | furniture | unread |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    assert isinstance(coverage, list)
    for row in coverage:
        size = row["characters"]
        shares = (f"{row[name]} ({row[name] / size:.0%})" for name in ("claimed", "furniture", "unread"))
        lines.append(f"| {row['file']} | {size} | {' | '.join(shares)} |")
    lines += [
        "",
        f"## Quotes that more than {MANY} statements cite",
        "",
        "Each is a sentence that lists many cities at once: it is the evidence of a statement for every city in it,",
        "and of the products and the subsector that they share." if busy else "None.",
        "",
        *(f"- {count} × {quote}" for count, quote in busy),
    ]
    (HOME / "docs" / "quality.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8", newline="\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
