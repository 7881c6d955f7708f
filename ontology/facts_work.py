"""Facts about work: figures, tasks with who is responsible for them, and how policies cite each other."""

from dataclasses import dataclass
from typing import ClassVar

from ontology.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFact(Fact):
    """A figure that a document sets or reports.

    `subject` is whose figure it is, `indicator` what is measured, `caliber` the statistical scope as printed
    (规上, 可比口径). `value` is a number, or text where the print gives a range (3-5); `unit` keeps 万 and 亿 as
    printed. `year` is a year, a range as printed (2022-2025), or None. `comparator` is one of = >= > <= < 约.
    `figure_kind` is target or actual; `firmness` is 达到, 力争, 保持 or 超过, of targets only. `territory` is the place
    whose figure it is.
    """

    kind: ClassVar[str] = "targets"
    subject: str | None
    indicator: str
    caliber: str | None
    value: float | int | str
    unit: str | None
    year: int | str | None
    comparator: str
    figure_kind: str
    firmness: str | None
    territory: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """An agency that a clause further up adds to a task (以下…均含), with the line of the clause."""

    agency: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact(Fact):
    """Something that a policy gives to agencies to do.

    `lead` only with an explicit 牵头; `others` are all other bodies in their order, `inherited` those among them that
    the row itself does not print. `deadline` and `measure` are as printed.
    """

    kind: ClassVar[str] = "tasks"
    policy: str
    number: str | None
    group: str | None
    task: str
    lead: tuple[str, ...]
    others: tuple[str, ...]
    inherited: tuple[Inherited, ...] = ()
    deadline: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationFact(Fact):
    """A policy refers to another one. `from_title` is the policy whose relation is stated, wherever it is printed."""

    kind: ClassVar[str] = "citations"
    from_title: str
    to_title: str
    to_doc_number: str | None
    relation: str
