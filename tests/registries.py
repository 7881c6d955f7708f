"""Registries of invented firms for tests, with credit codes whose check sign is right."""

import csv
import io
from collections.abc import Iterable, Sequence

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
HEADER = ("企业名称", "统一社会信用代码", "城市", "集群", "环节", "称号")


def code(number: int, division: str = "441900") -> str:
    """The credit code of an invented firm; by the standard's own formula, and not by what is tested."""
    first = f"91{division}MA{number:07}"
    total = sum(SIGNS.index(sign) * 3**place for place, sign in enumerate(first))
    return first + SIGNS[(31 - total % 31) % 31]


def table(rows: Iterable[Sequence[object]], header: Sequence[str] = HEADER) -> str:
    """A table as text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()
