"""What all pages share: the graph, its index, and what is computed once for each build."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from graph.tables import Node
from queries.index import Index as Ground
from queries.match.match import Matcher
from web.answers import Answer
from web.atlas import AtlasLike, Summary
from web.finder import Finder
from web.geo import Boundaries, Tiles, tiles
from web.index import Index, is_statement
from web.layouts import Layout, groups, layouts, regions
from web.said import said, title
from web.speech import Speech
from web.stars import Stars, assigned


@dataclass
class Site:
    """A graph with what the pages look up in it.

    Args:
        atlas: the graph; it does not change while the site is open.
        given: where stars come from; by default from the graph's assignments.
        boundaries: of the cities, where there are any.
        answers: the first answers, once they have been asked for.
        today: the day that a page takes where its address names none; the page prints it.
    """

    atlas: AtlasLike
    given: Stars | None = None
    boundaries: Boundaries | None = None
    answers: dict[object, Answer] = field(default_factory=dict)
    today: Callable[[], date] = date.today

    @cached_property
    def index(self) -> Index:
        return Index(self.atlas.tables())

    @property
    def ground(self) -> Ground:
        """The index that the analyses take."""
        return self.index.ground

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.ground)

    @cached_property
    def stars(self) -> Stars:
        return self.given or assigned(self.index)

    @cached_property
    def layouts(self) -> tuple[Layout, ...]:
        """The editions of the star layout, the current one first."""
        return layouts(self.index)

    @cached_property
    def cities(self) -> tuple[Node, ...]:
        """The cities as the overview has them, by region; by their codes where there is no star layout."""
        if not self.layouts:
            return tuple(self.index.named("City"))
        found = groups(regions(self.index, self.layouts[0], self.layouts), self.layouts[0])
        return tuple(city for _, cities in found for city in cities)

    @cached_property
    def tiles(self) -> Tiles:
        """Where the cities stand on the map of tiles."""
        return tiles(list(self.index.named("City")))

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.index)

    @cached_property
    def summary(self) -> Summary:
        return self.atlas.summary()

    def name_of(self, say: Speech, identifier: str) -> str:
        """The name of a node; "" where it has none. What a graph calls a statement is Chinese, its parts are not."""
        node = self.index.nodes.get(identifier)
        if node is None or "name" not in node.properties:
            return ""
        return title(said(self.index, node), say) if say.lang == "en" and is_statement(node.cls) else say.name(node)

    @cached_property
    def document_ids(self) -> dict[str, str]:
        """The id of each document by its file's name."""
        return {str(node.properties.get("file")): node.id for node in self.index.of_class("Document")}
