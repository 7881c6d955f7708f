"""The loaders: one for each kind of fact. A new kind of source or fact is one more entry."""

from collections.abc import Callable, Mapping

from loaders.citations import citations
from loaders.companies import companies
from loaders.criteria import criteria
from loaders.deadlines import deadlines
from loaders.document import Document
from loaders.instruments import instruments
from loaders.layout import layout
from loaders.places import places
from loaders.policies import policies
from loaders.reading import Reading
from loaders.supply import supply
from loaders.targets import targets
from loaders.tasks import tasks
from loaders.transfers import transfers
from loaders.witnesses import witnesses

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
