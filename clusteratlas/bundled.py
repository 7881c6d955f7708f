"""Where the documents that come with the project are: in the wheel beside this file, in a checkout in `data/`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from graph.assembling import Beliefs
    from graph.corrections import Corrections
    from loaders.policy.manifest import Entry

_HERE = Path(__file__).resolve().parent


def data() -> Path:
    """The data folder: `documents/`, `manifest.toml`."""
    inside = _HERE / "data"
    return inside if inside.is_dir() else _HERE.parent / "data"


def documents() -> list[Path]:
    return sorted((data() / "documents").glob("*.txt"))


def boundaries() -> Path:
    """Outlines of the cities, for the map."""
    return data() / "geo" / "guangdong_21_cities.geojson"


class Knowledge(TypedDict):
    """What a build is told beside the documents."""

    manifest: "Mapping[str, Entry]"
    beliefs: "Beliefs"
    corrections: "Corrections"


def knowledge() -> Knowledge:
    """The manifest, how far witnesses of the star layout are believed, and people's corrections of stars and facts.

    Raises:
        FileProblem: one of the files cannot be used; it is named, with the line.
    """
    # Here, because loaders and solver take a second to import, which only a build should cost.
    from graph.assembling import Beliefs
    from graph.corrections import read_corrections
    from graph.stars.overrides import read_overrides
    from graph.stars.reliability import reliability
    from loaders.policy.manifest import manifest

    overrides, problems = read_overrides(data() / "overrides" / "stars.csv")
    beliefs = Beliefs(reliability(data() / "reliability.toml"), overrides, problems)
    corrections = read_corrections(data() / "overrides" / "facts.csv")
    return Knowledge(manifest=manifest(data() / "manifest.toml"), beliefs=beliefs, corrections=corrections)
