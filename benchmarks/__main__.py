"""Run the measurements of one kind: `python -m benchmarks bench` or `python -m benchmarks soak`."""

import sys
from importlib import import_module
from pathlib import Path


def modules(kind: str) -> list[str]:
    """Names of the measurement modules of a kind ("bench" or "soak"), sorted."""
    return sorted(path.stem for path in Path(__file__).parent.glob(f"{kind}_*.py"))


def main(arguments: list[str]) -> int:
    """Run every module of the kind given; exit status 2 where the kind is unknown."""
    if arguments not in (["bench"], ["soak"]):
        print("用法：python -m benchmarks bench|soak", file=sys.stderr)
        return 2
    names = modules(arguments[0])
    if not names:
        print(f"benchmarks/ 里还没有 {arguments[0]}_*.py", file=sys.stderr)
    for name in names:
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
