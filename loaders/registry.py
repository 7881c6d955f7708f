"""The loaders: one for each kind of fact. A new kind of source or fact is one more entry."""

from collections.abc import Callable, Mapping

from loaders.companies.companies import companies
from loaders.document.document import Document
from loaders.layout.layout import layout
from loaders.layout.witnesses import witnesses
from loaders.money.criteria import criteria
from loaders.money.deadlines import deadlines
from loaders.money.instruments import instruments
from loaders.places.places import places
from loaders.places.transfers import transfers
from loaders.policy.citations import citations
from loaders.policy.policies import policies
from loaders.reading import Reading
from loaders.supply.supply import supply
from loaders.targets.targets import targets
from loaders.tasks.tasks import tasks

LOADERS: Mapping[str, Callable[[Document], Reading]] = {
    "policies": policies,
    "layout": layout,
    "companies": companies,
    "witnesses": witnesses,
    "places": places,
    "supply": supply,
    "transfers": transfers,
    "targets": targets,
    "tasks": tasks,
    "citations": citations,
    "instruments": instruments,
    "criteria": criteria,
    "deadlines": deadlines,
}
