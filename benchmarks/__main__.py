"""Run the measurements of one kind: `python -m benchmarks bench`, `python -m benchmarks soak`, or some by name.

`python -m benchmarks bench push stars` runs these two. What a module prints is shown, and kept in `results/<module>.md`
with when it was measured; `docs/benchmarks.md` is written from all that is kept.
"""

import io
import os
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path
from typing import Final

KINDS: Final = ("bench", "soak")
RESULTS: Final = Path(__file__).parent / "results"


class _Both(io.StringIO):
    """Keeps what is printed and shows it at once."""

    def write(self, text: str, /) -> int:
        sys.__stdout__.write(text) if sys.__stdout__ is not None else None
        return super().write(text)


def modules(kind: str) -> list[str]:
    """Names of the measurement modules of a kind ("bench" or "soak"), sorted."""
    return sorted(path.stem for path in Path(__file__).parent.glob(f"{kind}_*.py"))


def kept(name: str, printed: str, moment: str) -> str:
    """What a module printed as a section of the page; empty where it printed nothing.

    Args:
        name: of the module.
        printed: by its `main`.
        moment: when it was measured and how busy the machine was.
    """
    words = (import_module(f"benchmarks.{name}").__doc__ or name).strip().split("\n\n")[0]
    title = " ".join(words.split()).rstrip(".")
    command = f"`python -m benchmarks {name.replace('_', ' ', 1)}`"
    return f"## {title}\n\n{command}, {moment}.\n\n{printed.strip()}\n" if printed.strip() else ""


def run(name: str) -> None:
    """Run one module and keep what it prints; a module that ends with an error message is kept as well."""
    load = os.getloadavg()[0]
    moment = f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC, load {load:.1f}"
    printed = _Both()
    try:
        with redirect_stdout(printed):
            import_module(f"benchmarks.{name}").main()
    finally:
        if text := kept(name, printed.getvalue(), moment):
            RESULTS.mkdir(exist_ok=True)
            (RESULTS / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Run the modules of the kind given, or those named; exit status 2 where there is no such kind or module."""
    kind, *wanted = arguments or [""]
    known = modules(kind) if kind in KINDS else []
    names = [f"{kind}_{one}" for one in wanted] or known
    if not known or not set(names) <= set(known):
        print("用法：python -m benchmarks bench|soak [名称…]", file=sys.stderr)
        if known:
            print(f"有：{'、'.join(one.partition('_')[2] for one in known)}", file=sys.stderr)
        return 2
    for name in names:
        run(name)
    import_module("benchmarks.card").main(["page"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
