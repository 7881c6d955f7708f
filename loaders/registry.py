"""The loaders: one for each kind of fact. A new kind of fact is one more entry among those of its form of document."""

from collections.abc import Callable, Mapping

from loaders.companies.companies import companies
from loaders.document.document import Document
from loaders.firms.firms import firms
from loaders.layout.layout import layout
from loaders.layout.witnesses import witnesses
from loaders.money.criteria import criteria
from loaders.money.deadlines import deadlines
from loaders.money.instruments import instruments
from loaders.places.places import places
from loaders.places.transfers import transfers
from loaders.policy.citations import citations
from loaders.policy.home import at_home
from loaders.policy.policies import policies
from loaders.reading import Reading
from loaders.supply.supply import supply
from loaders.targets.targets import targets
from loaders.tasks.tasks import tasks

PROSE: Mapping[str, Callable[[Document], Reading]] = {
    "policies": at_home(policies),
    "layout": at_home(layout),
    "companies": at_home(companies),
    "witnesses": at_home(witnesses),
    "places": at_home(places),
    "supply": at_home(supply),
    "transfers": at_home(transfers),
    "targets": at_home(targets),
    "tasks": at_home(tasks),
    "citations": at_home(citations),
    "instruments": at_home(instruments),
    "criteria": at_home(criteria),
    "deadlines": at_home(deadlines),
}
TABLES: Mapping[str, Callable[[Document], Reading]] = {"firms": firms}
LOADERS = {**PROSE, **TABLES}


def readings(document: Document) -> dict[str, Reading]:
    """What the loaders of a document's form read: those of tables where it has records, else those of prose."""
    return {kind: loader(document) for kind, loader in (TABLES if document.records else PROSE).items()}
