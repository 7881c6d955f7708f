"""The only place where a fact becomes rows of the graph's tables: one function for each kind of fact."""

from collections.abc import Callable

from graph.mapping.firms import clashes, firm_rows
from graph.mapping.money import criterion_rows, deadline_rows, instrument_rows
from graph.mapping.places import place_fact_rows, supply_rows, transfer_rows
from graph.mapping.rows import (
    READ,
    Collector,
    Context,
    Merge,
    Rows,
    edition_rows,
    evidence_rows,
    place_rows,
    properties,
    reviewed,
)
from graph.mapping.stages import Stages
from graph.mapping.statements import company_rows, layout_rows, policy_rows, witness_rows
from graph.mapping.work import citation_rows, cited_numbers, target_rows, task_rows
from graph.tables import Edge, Node
from ontology.facts import CompanyFact, Fact, LayoutFact, PolicyFact, WitnessFact
from ontology.facts_firms import FirmFact
from ontology.facts_money import CriterionFact, DeadlineFact, InstrumentFact
from ontology.facts_places import PlaceFact, SupplyFact, TransferFact
from ontology.facts_work import CitationFact, TargetFact, TaskFact

__all__ = [
    "MAPPINGS",
    "READ",
    "Collector",
    "Context",
    "Merge",
    "Rows",
    "Stages",
    "cited_numbers",
    "clashes",
    "edition_rows",
    "evidence_rows",
    "fact_rows",
    "place_rows",
    "properties",
]

MAPPINGS: dict[type[Fact], Callable[..., Rows]] = {
    LayoutFact: layout_rows,
    WitnessFact: witness_rows,
    PolicyFact: policy_rows,
    CompanyFact: company_rows,
    PlaceFact: place_fact_rows,
    SupplyFact: supply_rows,
    TransferFact: transfer_rows,
    TargetFact: target_rows,
    TaskFact: task_rows,
    CitationFact: citation_rows,
    InstrumentFact: instrument_rows,
    CriterionFact: criterion_rows,
    DeadlineFact: deadline_rows,
    FirmFact: firm_rows,
}


def fact_rows(fact: Fact, context: Context) -> list[Node | Edge]:
    """The rows of a fact.

    Raises:
        AtlasError: the fact names a city, cluster or place that no vocabulary knows, or a firm that other rows of
            registries contradict; nothing of it is kept.
    """
    return list(reviewed(MAPPINGS[type(fact)](fact, context), fact))
