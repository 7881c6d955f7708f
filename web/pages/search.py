"""Search: things by their names, and the full text of the documents."""

from typing import Final

from graph.search import Hit
from ontology.errors import ParameterError
from ontology.model import model
from queries.phrase import either
from web.finder import ORDER
from web.said import in_order, said
from web.site import Site
from web.view import Asked, Sheet, View

SHOWN: Final = 40
"""Things and passages of the page; JSON and CSV have up to ALL."""

ALL: Final = 500

TEXT: Final = "text"
"""The kind of passages."""


def page(site: Site, asked: Asked) -> View:
    """What is found for `?q=`; `?kind=` keeps to one class of things, or to `text`.

    Raises:
        ParameterError: no such class.
    """
    say, text, kind = asked.say, asked.get("q"), asked.get("kind")
    if kind not in ("", TEXT) and kind not in model().classes:
        raise ParameterError("kind", either((*ORDER, TEXT)), kind)
    found = site.finder.find(text) if text and kind != TEXT else []
    counts = {
        cls: sum(1 for one in found if one.node.cls == cls) for cls in dict.fromkeys(one.node.cls for one in found)
    }
    classes = sorted(counts, key=lambda cls: (ORDER.index(cls) if cls in ORDER else len(ORDER), cls))
    kept = [one for one in found if kind in ("", one.node.cls)][:ALL]
    hits = list(site.atlas.search(text, ALL)) if text and kind in ("", TEXT) else []
    title = say(f"搜索“{text}”", f"Search “{text}”") if text else say("搜索", "Search")
    return View(
        "search.html",
        title,
        {
            "q": text,
            "things": [{"id": one.node.id, "class": one.node.cls, "name": say.name(one.node)} for one in kept],
            "passages": [_record(site, hit) for hit in hits],
        },
        Sheet(
            title,
            [say("类别", "class"), say("名称", "name"), say("标识", "id"), say("依据", "citation"), say("行", "line")],
            [
                *((say.cls(one.node.cls), say.name(one.node), one.node.id, None, None) for one in kept),
                *(
                    (say("原文", "passage"), hit.snippet, site.document_ids.get(hit.file), hit.cite, hit.line)
                    for hit in hits
                ),
            ],
        ),
        {
            "q": text,
            "kind": kind,
            "near": site.finder.near(text) if text and not found and kind != TEXT else [],
            "found": kept,
            "counts": counts,
            "classes": classes,
            "hits": [(hit, site.document_ids.get(hit.file), _pieces(hit.snippet, text)) for hit in hits],
            "shown": SHOWN if not kind else ALL,
            "about": {one.node.id: _about(site, one.node.id) for one in kept[:SHOWN]},
        },
    )


def _record(site: Site, hit: Hit) -> dict[str, object]:
    return {
        "document": site.document_ids.get(hit.file),
        "line": hit.line,
        "section": hit.section,
        "cite": hit.cite,
        "snippet": hit.snippet,
        "count": hit.count,
    }


def _about(site: Site, identifier: str) -> str:
    """What tells things of one name apart: what they belong to, and the first words said of them."""
    parents = site.index.targets(identifier, "partOf")
    if parents:
        return str(parents[0].properties.get("name", ""))
    statements = in_order(said(site.index, one) for one in site.index.statements(identifier)[:20])
    names = (str(one.clusters[0].properties.get("name")) for one in statements if one.clusters)
    node = site.index.nodes[identifier]
    return "" if node.cls in ("City", "Cluster") else "、".join(list(dict.fromkeys(names))[:3])


def _pieces(snippet: str, text: str) -> list[tuple[str, bool]]:
    """The passage cut at the words that were asked for; True for these."""
    words = sorted({word.casefold() for word in text.split()}, key=len, reverse=True)
    lower = snippet.casefold()
    if len(lower) != len(snippet):
        return [(snippet, False)]
    pieces: list[tuple[str, bool]] = []
    place = rest = 0
    while place < len(snippet):
        word = next((word for word in words if lower.startswith(word, place)), "")
        if not word:
            place += 1
            continue
        if rest < place:
            pieces.append((snippet[rest:place], False))
        pieces.append((snippet[place : place + len(word)], True))
        place = rest = place + len(word)
    return [*pieces, (snippet[rest:], False)] if rest < len(snippet) else pieces
