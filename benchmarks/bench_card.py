"""The benchmark card: every engine over the bundled graph and over growing ones; see `card.py` for parts of it."""

from benchmarks.card import main as measure


def main() -> None:
    """Measure everything; the numbers are kept in `results/card.json`, from which the page is written."""
    measure()


if __name__ == "__main__":
    main()
