"""20,000 damaged documents are read to the end, and facts on untouched lines remain. Run with `make soak`."""

import random
import time
from pathlib import Path

from clusteratlas import bundled
from tests.loaders import mutations
from tests.loaders.test_mutations import LINES, TEXTS, said

COUNT = 20_000
SHARE = 0.01
SEEDS = range(12)


def kept(path: Path) -> tuple[int, int]:
    """How many facts on untouched lines remain, and of how many, with at most 1% of the lines of a document changed."""
    text = path.read_text(encoding="utf-8")
    lines, base = text.split("\n"), mutations.facts(text)
    remain = total = 0
    for seed in SEEDS:
        other, same = mutations.touched(text, SHARE, random.Random(seed))
        found = {said(kind, fact) for kind, facts in mutations.facts(other).items() for fact in facts}
        for kind, facts in base.items():
            for fact in facts:
                own = {at for s in fact.evidence.spans for at in range(s.line - 1, s.line + s.quote.count("\n"))}
                if all(lines[at] in same for at in own):
                    total += 1
                    remain += said(kind, fact) in found
    return remain, total


def main() -> None:
    start, failed, facts = time.perf_counter(), 0, 0
    for seed, text in mutations.many(TEXTS, range(1_000_000, 1_000_000 + COUNT), LINES):
        try:
            facts += mutations.check(text)
        except Exception as error:
            failed += 1
            print(f"seed {seed}: {type(error).__name__}: {error}")
    seconds = time.perf_counter() - start
    print(f"{COUNT} 份损坏的文档：{failed} 份出错，读出 {facts} 条事实，{seconds:.0f} 秒")
    for path in bundled.documents():
        remain, total = kept(path)
        print(f"{path.name}：未改动的行上 {total} 条事实，保留 {remain / max(1, total):.1%}")
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
