"""How many profiles a second `match` answers, and whether a batch answers what single commands answer.

There is no peer to stand beside: no open program reads the clauses and decides them with what is unknown left unknown,
and the closed calculators of policy platforms publish no rates.
"""

import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from clusteratlas.atlas import Atlas, build_bundled
from ontology.vocabulary import vocabulary
from queries.match.attributes import attributes, profile
from queries.match.match import Matcher
from queries.match.table import records

PROFILES, SINGLE, WANTED = 10_000, 100, 1_000
_MONEY = (0, 1, 7, 40, 299, 300, 499, 500, 700, 2999, 3000, 5000, 9999, 10_000, 25_000, 100_000, 600_000)
_SHARES = ("0.5%", "2.9%", "3%", "5%", "12%", "15%", "40%", "59.9%", "60%", "70%", "75%", "95%")
_KINDS = ("工业企业", "制造业企业", "中小企业", "大型企业", "地级以上市政府", "工业互联网平台")
_DATES = ("2021-05-01", "2021-07-01", "2022-01-01", "2023-06-30", "2024-06-01", "2025-02-15", "2026-12-31")


def written(count: int = PROFILES) -> Iterator[dict[str, str]]:
    """Different profiles as people would write them: the same in every run, with gaps."""
    cities = [place.name for place in vocabulary().cities]
    clusters = [cluster.name for cluster in vocabulary().clusters_of()]
    codes = [one for one in attributes().values() if one.type in ("money", "ratio", "integer", "years", "boolean")]
    for number in range(count):
        mixed = (number * 2_654_435_761) % 2**32  # spreads neighbouring numbers
        values = {
            "city": cities[number % len(cities)],
            "cluster": clusters[mixed % len(clusters)],
            "kind": _KINDS[mixed // 7 % len(_KINDS)],
            "date": _DATES[mixed // 11 % len(_DATES)],
            "revenue": f"{number + 1}万元",
        }
        for place, one in enumerate(codes):
            turn = mixed // (place + 3) + number * (place + 1)
            if one.code in values or turn % 5 == 0:
                continue
            values[one.code] = {
                "money": f"{_MONEY[turn % len(_MONEY)]}万元",
                "ratio": _SHARES[turn % len(_SHARES)],
                "integer": str(turn % 101),
                "years": f"{turn % 12}年",
                "boolean": "否" if turn % 4 == 0 else "是",
            }[one.type]
        yield values


def answers(matcher: Matcher, batch: list[dict[str, str]]) -> list[list[dict[str, object]]]:
    """The objects that each profile's command prints."""
    read = [profile(values) for values in batch]
    return [records([(None, values, matcher.match(values))]).records() for values in read]


def command(directory: Path, *words: str) -> tuple[str, float]:
    """What `match` prints, and how long it takes from its start to its end, in seconds."""
    start = time.perf_counter()
    line = [sys.executable, "-m", "clusteratlas", "--graph", str(directory), "match", *words]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout, time.perf_counter() - start


def single(directory: Path, values: dict[str, str]) -> tuple[list[dict[str, object]], float]:
    """The objects that the command prints for one profile, and its seconds."""
    options = itertools.chain.from_iterable((f"--{code}", value) for code, value in values.items())
    printed, seconds = command(directory, "--format", "json", *options)
    found: list[dict[str, object]] = json.loads(printed)
    return found, seconds


def from_file(directory: Path, folder: Path) -> tuple[int, float]:
    """All profiles from one file: how many lines the command writes, and its seconds."""
    path, out = folder / "profiles.toml", folder / "answers.jsonl"
    blocks = (["[[profile]]", *(f'{code} = "{value}"' for code, value in values.items())] for values in written())
    path.write_text("\n".join(line for block in blocks for line in block), encoding="utf-8")
    _, seconds = command(directory, "--profile", str(path), "--format", "jsonl", "-o", str(out))
    with out.open("rb") as lines:
        return sum(1 for _ in lines), seconds


def rate(matcher: Matcher) -> tuple[float, float, float]:
    """Profiles a second of processor time: matched; read, matched and as JSON; and matched by the clock on the wall."""
    batch = list(written())
    assert len({tuple(sorted(values.items())) for values in batch}) == PROFILES
    read = [profile(values) for values in batch]
    for values in read[: len(vocabulary().cities)]:
        matcher.match(values)  # compiles for each city
    clock, start = time.perf_counter(), time.process_time()
    for values in read:
        matcher.match(values)
    matched, wall = time.process_time() - start, time.perf_counter() - clock
    start = time.process_time()
    answers(matcher, batch[: PROFILES // 10])
    printed = time.process_time() - start
    return PROFILES / matched, PROFILES / 10 / printed, PROFILES / wall


def main() -> None:
    """Build the bundled documents, print the rates, and compare a hundred answers with single commands."""
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "graph"
        build_bundled(directory)
        with Atlas(directory) as atlas:
            matcher = Matcher(atlas.index())
        matched, printed, wall = rate(matcher)
        lines, batch = from_file(directory, Path(folder))
        chosen = random.Random(20211231).sample(list(written()), SINGLE)
        expected = answers(matcher, chosen)
        alone = [single(directory, values) for values in chosen]
        different = sum(found != rows for (found, _), rows in zip(alone, expected, strict=True))
    print(f"\n| match: {PROFILES:,} different profiles x {len(matcher.offers)} offers | a second |\n| --- | ---: |")
    print(f"| verdicts, reasons, amounts | {matched:,.0f} (wanted {WANTED:,}; on the wall {wall:,.0f}) |")
    print(f"| profiles read from text, answers as JSON objects | {printed:,.0f} |")
    print(f"| the command: a file of {PROFILES:,}, {lines:,} rows as JSON lines | {PROFILES / batch:,.0f} |")
    print(f"| a single command, from its start to its end | {SINGLE / sum(seconds for _, seconds in alone):,.2f} |")
    print(f"| of {SINGLE} at random, single commands that answer otherwise | {different} |")
    if matched < WANTED or different or lines != PROFILES * len(matcher.offers):
        sys.exit(1)


if __name__ == "__main__":
    main()
