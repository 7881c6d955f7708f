"""Whether engines agree about a question: the same rows as a multiset, and in the declared order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from queries.canonical import Row, ordered
from queries.library import Question
from queries.run import Answer, Engine, answer


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two engines differ.

    `kind` is `rows` (one has a row the other has not, or more often), `order` (the same rows, in another order), or
    `declared` (rows not in the declared order). `here` and `there` are the rows, None where there is none.
    """

    kind: str
    one: str
    other: str
    place: int
    here: Row | None
    there: Row | None

    def __str__(self) -> str:
        what = {"rows": "行不同", "order": "顺序不同", "declared": "不合声明的顺序"}[self.kind]
        return f"{what}，第 {self.place + 1} 行：{self.one} {self.here!r}，{self.other} {self.there!r}"


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the engines answered, and where they differ from the first of them."""

    question: str
    answers: tuple[Answer, ...]
    differences: tuple[Difference, ...]

    @property
    def agreed(self) -> bool:
        return not self.differences


def compare(question: Question, arguments: Mapping[str, object] | None, engines: Sequence[Engine]) -> Agreement:
    """Ask every engine and compare each with the first.

    Args:
        question: from the library.
        arguments: as for `run.answer`.
        engines: at least two; the first is the one the others are held against.
    """
    answers = tuple(answer(question, arguments, engine) for engine in engines)
    found = [difference for other in answers[1:] if (difference := differ(answers[0], other)) is not None]
    return Agreement(question.name, answers, tuple(found))


def differ(one: Answer, other: Answer) -> Difference | None:
    """The first difference of two answers to the same question; None where they agree."""
    counts, others = Counter(one.rows), Counter(other.rows)
    if counts != others:
        more = [row for row in one.rows if counts[row] > others[row]]
        less = [row for row in other.rows if others[row] > counts[row]]
        here, there = next(iter(more), None), next(iter(less), None)
        place = one.rows.index(here) if here is not None else other.rows.index(less[0])
        return Difference("rows", one.engine, other.engine, place, here, there)
    for answered in (one, other):
        for place, (row, due) in enumerate(
            zip(answered.rows, ordered(list(answered.rows), answered.question), strict=True)
        ):
            if not _same(row, due):
                return Difference("declared", answered.engine, "声明", place, row, due)
    for place, (row, there) in enumerate(zip_longest(one.rows, other.rows)):
        if not _same(row, there):
            return Difference("order", one.engine, other.engine, place, row, there)
    return None


def _same(one: Row | None, other: Row | None) -> bool:
    """Equal in value and type: Python holds true for equal to 1."""
    return one == other and [type(v) for v in one or ()] == [type(v) for v in other or ()]
