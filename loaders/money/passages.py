"""A policy as the loaders of money read it: its passages, its own regions and its own use of 以上 and 以下."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.document.document import Block, Document, Section
from loaders.document.text import Text
from loaders.grammar.grammar import place_lists
from loaders.grammar.quantities import Boundary, boundary_of
from loaders.money.rows import row_texts
from loaders.policy.parts import Part, parts
from loaders.policy.policies import policies
from ontology.errors import NotFound
from ontology.facts import PolicyFact
from ontology.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, put together where a page break cut it behind a bracket; `block` is its first block.

    Of a row of a table, `text` is the sentence that it stands for and `row` the row as printed.
    """

    block: Block
    text: Text
    row: Text | None = None

    def said(self, start: int, end: int) -> Text:
        """The words between two offsets of the text, as they are quoted."""
        return self.row if self.row is not None else self.text[start:end]

    @property
    def section(self) -> Section | None:
        return self.block.section


@dataclass(frozen=True)
class PolicyText:
    """The text of one policy.

    Args:
        title: its title; `role` and `kind` as `loaders.policy.parts` has them.
        fact: what `loaders.policy.policies` read about it, if it is one of its own.
        passages: its paragraphs, notice and annexes included, tables left out.
        rows: the rows of its tables that give money.
        boundary: whether 以上 and 以下 include the number.
        regions: names that the text gives to lists of cities (珠三角 → eight cities).
        unfit: cities that the text leaves out: by 不含, or by listing all the others of the province.
    """

    title: str
    role: str
    kind: str | None
    fact: PolicyFact | None
    passages: tuple[Passage, ...]
    rows: tuple[Passage, ...]
    boundary: Boundary
    regions: Mapping[str, tuple[str, ...]]
    unfit: tuple[str, ...]

    @property
    def number(self) -> str | None:
        return self.fact.doc_number if self.fact is not None else None

    @property
    def territory(self) -> str | None:
        """全省 where the policy is a province's."""
        return "全省" if self.fact is not None and self.fact.level == "provincial" else None

    def places(self, string: str) -> tuple[str, ...]:
        """The cities or regions that a stretch names, regions resolved to the cities that this policy counts in."""
        found: list[str] = []
        for name in self.named(string):
            found += self._resolved(name)
        return tuple(dict.fromkeys(found))

    def named(self, string: str) -> tuple[str, ...]:
        """The cities or regions that a stretch is about, as they are called; names inside longer names left out."""
        found = [place.name for group in place_lists(string) for place in group.places]
        found += [name for name in self.regions if name in string and name not in found]
        return tuple(dict.fromkeys(found))

    def prefix(self, string: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
        """The places that a subject begins with: resolved, as called, and where they end (珠三角地区的企业上年末…)."""
        pattern = _place_prefix(tuple(self.regions))
        match = pattern.match(string)
        if match is None:
            area = _AREA.match(string)
            called = tuple(re.split(r"、|和|及|与", area["places"])) if area is not None else ()
            return called, called, area.end() if area is not None else 0
        names = tuple(name for group in re.split(r"、|和|及|与|以及", match["places"]) if (name := _called(group)))
        resolved: list[str] = []
        for name in names:
            resolved += self._resolved(name)
        return tuple(dict.fromkeys(resolved)), names, match.end()

    def _resolved(self, name: str) -> tuple[str, ...]:
        if name in self.regions:
            return self.regions[name]
        meant = vocabulary().place_names().get(name, ())
        if meant and all(place.cls == "City" for place in meant):
            return tuple(place.name for place in meant)
        if self.number is not None:
            try:
                region = vocabulary().region(name, self.number)
            except NotFound:
                return (name,)
            if region.source == self.number:
                members = {city.id: city.name for city in vocabulary().cities}
                named = tuple(members[m] for m in region.members if m in members)
                return named or (name,)
        return (name,)


# A part of a province that no vocabulary names (陕南、陕北地区).
_AREA = re.compile(
    r"(?:对|在|位于|其中|，)*(?!其[他它]|各|全|所有|不同|国家|本|该|有关|相关|重点|部分)"
    r"(?P<places>[\u4e00-\u9fff]{1,2}[东南西北中](?:[、和及与][\u4e00-\u9fff]{1,2}[东南西北中])*)地区(?:的)?(?:企业|项目)?(?:的)?"
)


@cache
def _place_prefix(more: tuple[str, ...]) -> re.Pattern[str]:
    labels = sorted({*vocabulary().place_names(), *more}, key=lambda name: (-len(name), name))
    one = rf"(?:{'|'.join(map(re.escape, labels))})(?:地区|市)?(?:的(?:{'|'.join(map(re.escape, labels))})(?:地区)?)?"
    join = "(?:、|和|及|与|以及)"
    return re.compile(
        rf"^(?:对|在|位于|其中|，)*(?P<places>{one}(?:{join}{one})*)(?:等?(?:市|地区|各市|地市))?(?:（[^（）]*）)?(?:的)?(?:企业|项目)?(?:的)?"
    )


def _called(name: str) -> str:
    """A region as it is called: without 的, 地区 and 市."""
    bare = name.replace("的", "").removesuffix("地区")
    city = bare.removesuffix("市")
    return city if city in vocabulary().place_names() else bare


_OPENS = re.compile(r"(?:[（(][^（）()]{1,3}[）)]|\d+[.、．]|[一二三四五六七八九十]+、)\s*(?P<name>[^，。；：]{2,30})$")


def heading_of(policy: PolicyText, section: Section) -> str:
    """The name of a section; where its heading is read as a paragraph, the words of that paragraph."""
    if section.name or section.kind == "title":
        return section.name
    first = next((passage.text.string for passage in policy.passages if passage.section == section), "")
    match = _OPENS.match(first)
    return re.sub(r"（[^（）]*）$", "", match["name"]) if match is not None else ""


def clause_of(passage: Passage) -> str | None:
    """Where a passage stands, in words."""
    return " ".join(passage.block.path_below_title) or None


def policy_texts(document: Document) -> tuple[PolicyText, ...]:
    """The policies of a document, in the order of the text.

    An explanation of a policy that stands in the same document says nothing of its own and is left out.
    """
    found = parts(document)
    known = {fact.evidence.span.line: fact for fact in policies(document).facts if isinstance(fact, PolicyFact)}
    result: list[PolicyText] = []
    for index, part in enumerate(found):
        if part.role in ("annex", "other") or part.continues is not None or part.issues:
            continue
        if part.role == "interpretation" and _is_here(found, part):
            continue
        own = _own(found, index)
        fact = next((known[line] for p in own for line in _lines(document, p) if line in known), None)
        passages = tuple(passage for p in own for passage in _passages(document.blocks[p.start : p.end]))
        rows = tuple(
            Passage(block, text, block.text) for p in own for block, text in row_texts(document.blocks[p.start : p.end])
        )
        result.append(_policy_text(document, part, fact, passages, rows))
    return tuple(result)


def _lines(document: Document, part: Part) -> Iterator[int]:
    """Where the policy fact of a part may quote its title."""
    yield from (block.line for block in document.blocks[part.start : part.end] if block.kind == "title")


def _is_here(found: Sequence[Part], part: Part) -> bool:
    """Whether the text that an explanation explains stands in the document."""
    explained = found[part.parent] if part.parent is not None else None
    return explained is not None and explained.role == "body"


def _own(found: Sequence[Part], index: int) -> list[Part]:
    """The parts of a policy: what issues it, itself, what goes on with it, its annexes."""
    part = found[index]
    notice = [found[part.parent]] if part.role == "body" and part.parent is not None else []
    more = [p for p in found if p.continues == index or (p.role == "annex" and p.parent == index)]
    return [part, *more, *notice]


def _policy_text(
    document: Document, part: Part, fact: PolicyFact | None, passages: tuple[Passage, ...], rows: tuple[Passage, ...]
) -> PolicyText:
    whole = "\n".join(passage.text.string for passage in passages)
    regions = _regions(whole)
    title = fact.title if fact is not None else (part.title or _cited(document, part))
    return PolicyText(
        title=title,
        role=part.role,
        kind=part.kind,
        fact=fact,
        passages=passages,
        rows=rows,
        boundary=boundary_of(whole),
        regions=regions,
        unfit=_unfit(whole),
    )


def _cited(document: Document, part: Part) -> str:
    head = document.cite((), document.blocks[part.start].line)
    match = re.match(r"《(.+?)》", head)
    return match[1] if match else document.source.file


# ---- Paragraphs

_OPEN_START = re.compile(r"(?:不(?:低|少|高|超|多|得)|以上|以下|以内|的|，|、|。|；|）|予以|给予|万元|亿元|%)")


# A line that ends so has been cut, whatever comes next (亩均税收不 / 低于15万元).
_OPEN_END = re.compile(r"(?:不|[，、的为达按至或和及])$")


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph goes on with the next one."""
    if _OPEN_START.match(after):
        return True
    return _OPEN_END.search(before) is not None and not re.match(
        r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[^条章]{1,5}[条章]", after
    )


def _passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    """Paragraphs; one that begins as no sentence can goes on with the one before."""
    held: Passage | None = None
    for block in blocks:
        if block.kind not in ("paragraph", "list", "heading"):
            if block.kind != "furniture" and held is not None:
                yield held
                held = None
            continue
        if held is not None and held.block.kind != "heading" and _goes_on(held.text.string, block.text.string):
            held = Passage(held.block, held.text + block.text)
            continue
        if held is not None:
            yield held
        held = Passage(block, block.text)
    if held is not None:
        yield held


# ---- Regions

_BRACKET = re.compile(r"（([^（）]*)）")
_NAME = r"[\u4e00-\u9fff]{2,4}?市?"
_CITY_LIST = re.compile(rf"^{_NAME}(?:、{_NAME})+(?:(?:和|及|与){_NAME})?$")
_REGION_NAME = re.compile(r"(?:[一二三]类|[\u4e00-\u9fff]{1,6}?)(?:地区|区域|片区|类区)$")
_MANY, _LONG = 3, 6


def _regions(whole: str) -> dict[str, tuple[str, ...]]:
    """Lists of cities in brackets behind a region's name: 珠三角地区（广州、珠海 … 市，下同）."""
    names = sorted(vocabulary().place_names(), key=lambda name: (-len(name), name))
    result: dict[str, tuple[str, ...]] = {}
    for match in _BRACKET.finditer(whole):
        before = whole[max(0, match.start() - 14) : match.start()]
        name = next((label for label in names if before.endswith(label)), None)
        if name is None and (found := _REGION_NAME.search(re.split(r"[，。；：、的对\n]", before)[-1])):
            name = found[0]
        cities = _cities(match[1], name is not None)
        if name is not None and len(cities) >= _MANY:
            result.setdefault(name.removesuffix("地区") or name, cities)
    return result


def _cities(string: str, region: bool) -> tuple[str, ...]:
    """The cities that a bracket lists; names that no vocabulary knows only behind a region or with 市."""
    inside = re.sub(r"，?下同$", "", string)
    groups = place_lists(inside)
    named = tuple(place.name for group in groups for place in group.places if place.city)
    if len(named) >= _MANY and sum(group.end - group.start for group in groups) >= len(inside) - 4:
        return named
    if not _CITY_LIST.match(inside) or not (region or "市" in inside):
        return ()
    return tuple(member.removesuffix("市") for member in re.split(r"[、和及与]", inside) if member)


_WITHOUT = re.compile(r"（?不(?:含|包括|包含)(?P<places>[\u4e00-\u9fff、]{2,16}?)(?:，下同)?[）。，；]")


_OWN = r"本(?:办法|细则|措施|政策(?:措施)?|规定|意见|通知|指南|方案)"
# 本办法不适用于深圳市; 本办法适用于全省各市，深圳市除外.
_NOT_FOR = re.compile(rf"{_OWN}不适用于?(?P<places>[\u4e00-\u9fff、]{{2,16}})")
_BUT = re.compile(rf"{_OWN}(?:的)?适用[^。；]{{0,40}}?[，（](?:但)?(?P<places>[\u4e00-\u9fff、]{{2,16}}?)除外")


def _unfit(whole: str) -> tuple[str, ...]:
    """Cities left out by 不含, or because the text lists (nearly) all the others of the province."""
    said = [
        place.name
        for pattern in (_WITHOUT, _NOT_FOR, _BUT)
        for match in pattern.finditer(whole)
        for group in place_lists(match["places"])
        for place in group.places
        if place.city
    ]
    if said:
        return tuple(dict.fromkeys(said))
    listed = {
        place.name
        for group in place_lists(re.sub(r"[（）]", "。", whole))
        if len(group.places) >= _LONG
        for place in group.places
        if place.city
    }
    every = [city.name for city in vocabulary().cities]
    left = [name for name in every if name not in listed]
    return tuple(left) if listed and len(left) * 6 <= len(every) else ()
