"""A picture of a part of the graph: one HTML file that needs nothing else, neither network nor server.

Labels come from documents that anyone may have written, so nothing of them is ever markup or script: they go into the
page as escaped text and into the script's data as JSON, ids are replaced by numbers, and the page's own policy lets
no script run but the two whose hashes it names.
"""

import base64
import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.rings import Position, distances, positions

Lang = Literal["zh", "en"]

LIMIT: Final = 500
"""Most dots of one picture; what is farther from the centre is left out, and the picture says so."""

EDGE_LABELS: Final = 60
"""Up to so many edges carry their label on the canvas; beyond it, only the list and the pointer show it."""

_HERE = Path(__file__).parent
_LABEL_COLUMNS: Final = 26
_FONT: Final = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

# Colour and shape both tell the class, since not everybody tells colours apart (Okabe and Ito's palette).
_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "City": ("#0072B2", "dot"),
    "Region": ("#56B4E9", "hexagon"),
    "Cluster": ("#D55E00", "star"),
    "Subsector": ("#E69F00", "diamond"),
    "Product": ("#8A7A00", "square"),
    "Company": ("#009E73", "triangle"),
    "Policy": ("#CC79A7", "triangleDown"),
    "Agency": ("#7A5195", "hexagon"),
    "Document": ("#555555", "square"),
    "Evidence": ("#888888", "dot"),
    "Site": ("#3E5C76", "triangle"),
    "Platform": ("#6D597A", "star"),
    "Project": ("#4C6A2E", "triangleDown"),
    "Instrument": ("#8C4A4A", "diamond"),
    "Benefit": ("#4C6A2E", "diamond"),
    "Condition": ("#8C4A4A", "square"),
    "Recognition": ("#8C4A4A", "star"),
    "Task": ("#6D597A", "hexagon"),
    "Deadline": ("#6D597A", "dot"),
}
_OTHER_LOOKS: Final = (("#2F4858", "diamond"), ("#2F4858", "square"), ("#2F4858", "triangle"), ("#2F4858", "dot"))
"""Of further classes, by their names."""

_WORDS: Final[Mapping[Lang, Mapping[str, str]]] = {
    "zh": {
        "lang": "zh-CN",
        "picture": "关系图，内容与旁边的清单相同",
        "legend": "图例",
        "list": "清单",
        "chosen": "选中",
        "centre": "回到中心",
        "all": "看全图",
        "hint": "点图上或清单里的名称，可看说明并定位；滚轮缩放，拖动平移。",
        "left_out": "为便于阅读，只画出离中心最近的 {shown} 个，另有 {left} 个未画。",
    },
    "en": {
        "lang": "en",
        "picture": "Picture of relations; the list beside it says the same",
        "legend": "Legend",
        "list": "List",
        "chosen": "Selected",
        "centre": "Back to the centre",
        "all": "Show all",
        "hint": "Click a name in the picture or in the list to see more; scroll to zoom, drag to move.",
        "left_out": "Only the {shown} things nearest to the centre are drawn, {left} more are not.",
    },
}


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A thing: `label` names it, `cls` is its class (the ontology's local name), `lines` say more about it."""

    id: str
    label: str
    cls: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """A relation from one thing to another, with a label for people."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one picture shows.

    `centre` is the id of the thing in the middle; `classes` gives the name of each class in the language of the page;
    `note` is a sentence under the title.
    """

    title: str
    nodes: tuple[PictureNode, ...]
    edges: tuple[PictureEdge, ...]
    centre: str | None = None
    classes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


def visible(text: str) -> str:
    """The text without what HTML cannot hold (control characters, lone surrogates), which becomes U+FFFD."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n" else c for c in text)


def short(label: str, columns: int = _LABEL_COLUMNS) -> str:
    """A label for the canvas: one line, cut at `columns` (a Chinese character takes two)."""
    line = " ".join(label.split())
    used = 0
    for place, character in enumerate(line):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > columns:
            return line[:place] + "…"
    return line


def look(cls: str) -> tuple[str, str]:
    """Colour and shape of a class, the same in every picture."""
    spare = hashlib.sha256(cls.encode()).digest()[0] % len(_OTHER_LOOKS)
    return _LOOKS.get(cls, _OTHER_LOOKS[spare])


@cache
def _scripts() -> tuple[str, str]:
    """The two scripts of the page: vis-network as pyvis carries it, and the page's own few lines."""
    import pyvis

    library = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    # Text mode makes every line end LF, which is what a browser hashes.
    return library.read_text("utf-8"), (_HERE / "static" / "picture.js").read_text("utf-8")


@cache
def policy() -> str:
    """The Content-Security-Policy of a picture: no address at all, and only its own two scripts."""
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _scripts())
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _checked(nodes: Sequence[PictureNode], edges: Sequence[PictureEdge], centre: str | None) -> str:
    """The id of the centre; the node with most relations where none is given.

    Raises:
        ValueError: no node, an id given twice, or an edge or centre that is no node.
    """
    ids = {node.id for node in nodes}
    if not nodes or len(ids) != len(nodes):
        raise ValueError("a picture needs nodes, each id once")
    ends = [end for edge in edges for end in (edge.source, edge.target)]
    if unknown := ({*ends, *([] if centre is None else [centre])} - ids):
        raise ValueError(f"not among the nodes: {sorted(unknown)}")
    if centre is not None:
        return centre
    degree = {node.id: 0 for node in nodes}
    for end in ends:
        degree[end] += 1
    return min(degree, key=lambda node: (-degree[node], node))


def _options(edges: int) -> dict[str, object]:
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "tooltipDelay": 120, "hideEdgesOnDrag": edges > 400},
        "nodes": {"font": {"face": _FONT, "size": 15, "color": "#1a1a1a", "strokeWidth": 3, "strokeColor": "#ffffff"}},
        "edges": {
            "smooth": False,
            "color": {"color": "#b8bcc4", "highlight": "#1a1a1a", "hover": "#555555"},
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
            "font": {"face": _FONT, "size": 11, "color": "#555555", "align": "middle"},
        },
    }


def _network_html(
    nodes: Sequence[PictureNode],
    edges: Sequence[PictureEdge],
    where: Mapping[str, Position],
    opaque: Mapping[str, str],
    centre: str,
    page: Mapping[str, object],
) -> str:
    """The page as pyvis renders it from our template (pyvis's own one loads from the network)."""
    # Imported here: pyvis brings IPython, half a second that only pictures should cost.
    from pyvis.network import Network

    network = Network(directed=True, notebook=False, cdn_resources="in_line")
    network.templateEnv = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    network.path = "picture.html"
    network.templateEnv.globals.update(page)
    for node in nodes:
        colour, shape = look(node.cls)
        x, y = where[node.id]
        network.add_node(
            opaque[node.id],
            label=short(node.label),
            title="\n".join((node.label, *node.lines)),
            color=colour,
            shape=shape,
            size=26 if node.id == centre else 14,
            x=x,
            y=y,
        )
    for edge in edges:
        words = {"label": edge.label} if len(edges) <= EDGE_LABELS else {}
        network.add_edge(opaque[edge.source], opaque[edge.target], title=edge.label, **words)
    # Assigned and not set_options(), which removes every space, also those in the names of fonts.
    network.options = _options(len(edges))
    return str(network.generate_html(notebook=False))


def picture(
    nodes: Sequence[PictureNode],
    edges: Sequence[PictureEdge],
    title: str,
    lang: Lang = "zh",
    *,
    centre: str | None = None,
    classes: Mapping[str, str] | None = None,
    note: str = "",
) -> str:
    """An interactive picture as one HTML page, to be written as UTF-8; the same input gives the same bytes.

    Args:
        nodes: the things; beyond `LIMIT` those farthest from the centre are left out.
        edges: the relations between them.
        title: the page's title and heading.
        lang: language of the page's own words.
        centre: id of the thing in the middle; by default the one with most relations.
        classes: name of each class for the legend and the list; a class without one shows its local name.
        note: a sentence under the heading.

    Raises:
        ValueError: no node, an id given twice, or an edge or centre that is no node.
    """
    middle = _checked(nodes, edges, centre)
    names = classes or {}
    steps = distances([node.id for node in nodes], [(edge.source, edge.target) for edge in edges], middle)
    nearest = sorted(nodes, key=lambda node: (steps[node.id], node.cls, node.label, node.id))[:LIMIT]
    shown = [
        PictureNode(
            node.id,
            visible(node.label) if node.label.strip() else node.id,
            node.cls,
            tuple(visible(line) for line in node.lines),
        )
        for node in nearest
    ]
    kept = {node.id: node for node in shown}
    lines = sorted(
        (
            PictureEdge(edge.source, edge.target, visible(edge.label))
            for edge in edges
            if edge.source in kept and edge.target in kept
        ),
        key=lambda edge: (edge.source, edge.target, edge.label),
    )
    where = positions([node.id for node in shown], [(edge.source, edge.target) for edge in lines], steps)
    opaque = {node.id: f"n{number}" for number, node in enumerate(shown)}
    words = _WORDS[lang]
    left = len(nodes) - len(shown)
    groups = {cls: [node for node in shown if node.cls == cls] for cls in sorted({node.cls for node in shown})}
    relations: dict[str, list[tuple[str, str]]] = {node.id: [] for node in shown}
    for edge in lines:
        relations[edge.source].append((edge.label, kept[edge.target].label))
    page = {
        "words": words,
        "title": visible(title),
        "notes": [
            text for text in (visible(note), left and words["left_out"].format(shown=len(shown), left=left)) if text
        ],
        "policy": policy(),
        "scripts": _scripts(),
        "groups": [(visible(names.get(cls, cls)), *look(cls), members) for cls, members in groups.items()],
        "opaque": opaque,
        "relations": relations,
        "centre": opaque[middle],
    }
    return _network_html(shown, lines, where, opaque, middle, page)


def scene_html(scene: Scene, lang: Lang = "zh") -> str:
    """The picture of a scene; see `picture`."""
    return picture(
        scene.nodes, scene.edges, scene.title, lang, centre=scene.centre, classes=scene.classes, note=scene.note
    )
