"""How far each kind of witness is believed: one file of probabilities, set beforehand."""

import tomllib
from dataclasses import dataclass, fields, replace
from math import exp, log
from pathlib import Path

from ontology.errors import FileProblem


class ReliabilityError(FileProblem):
    """The reliabilities cannot be used."""

    kind = "可信度"


@dataclass(frozen=True, slots=True)
class Reliability:
    """Probabilities by witness and way of erring; `data/reliability.toml` says what each one means.

    All are between 0 and 1, except `box_weight`, a number of pseudo-observations, and `confidence_slope`, which turns
    the cost of the opposite into log odds.
    """

    map_list_kept: float
    map_list_added: float
    box_kept: float
    box_added: float
    box_weight: float
    earlier_kept: float
    earlier_added: float
    row_total_right: float
    map_count_right: float
    column_total_right: float
    column_total_dropped: float
    column_total_inserted: float
    cell_lost: float
    cell_added: float
    cell_misread: float
    cell_overwritten: float
    cell_slid: float
    cell_column_lost: float
    confidence_slope: float
    confidence_highest: float

    def scaled(self, witness: str, factor: float) -> "Reliability":
        """The same with a witness's costs of disbelief multiplied (0.5 trusts it half as much).

        Args:
            witness: the prefix of its fields (`map_list`, `box`, `row_total` …).
            factor: of the log odds of every field of the witness.
        """
        names = [f.name for f in fields(self) if f.name.startswith(witness + "_") and f.name not in _FREE]
        return replace(self, **{name: _scaled(getattr(self, name), factor) for name in names})


_FREE = ("box_weight", "confidence_slope")
WITNESSES = ("map_list", "box", "earlier", "row_total", "map_count", "column_total", "cell")


def _scaled(probability: float, factor: float) -> float:
    return 1 / (1 + exp(-factor * log(probability / (1 - probability))))


def reliability(path: Path) -> Reliability:
    """Read the reliabilities.

    Args:
        path: a TOML file with a table for each witness.

    Raises:
        ReliabilityError: the file is missing or unreadable, a value is missing, unknown or not between 0 and 1.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ReliabilityError(path, "找不到这个文件") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReliabilityError(path, f"不是可读的 TOML（{error}）") from None
    values = {
        f"{witness}_{name}": value
        for witness, table in content.items()
        if isinstance(table, dict)
        for name, value in table.items()
    }
    expected = {field.name for field in fields(Reliability)}
    if lacking := sorted(expected - values.keys()):
        raise ReliabilityError(path, f"缺少 {'、'.join(lacking)}")
    if unknown := sorted(values.keys() - expected):
        raise ReliabilityError(path, f"不认识 {'、'.join(unknown)}")
    for name, value in values.items():
        top = float("inf") if name in _FREE else 1.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < top:
            raise ReliabilityError(path, f"{name} 应为 0 与 {top:g} 之间的数，实为 {value}")
    return Reliability(**{name: float(value) for name, value in values.items()})
