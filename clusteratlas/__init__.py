"""Cluster Atlas: a knowledge graph of industrial clusters, cities, companies and policies.

import clusteratlas
atlas = clusteratlas.open()
atlas.sparql("SELECT ?name WHERE { ?c a <https://clusteratlas.example/ontology/City> ; …name ?name }")
"""

from importlib.metadata import PackageNotFoundError, version

from clusteratlas.neighbours import check_neighbours

check_neighbours()

from clusteratlas.atlas import Atlas, open  # noqa: E402

try:
    __version__ = version("clusteratlas")
except PackageNotFoundError:  # a checkout without an installation
    __version__ = "0+checkout"

__all__ = ["Atlas", "__version__", "open"]
