"""Targets: the figures that a policy sets for a year, and those that it reports.

A figure counts where a year governs it: in its sentence, earlier in its paragraph, or, under a heading about goals, in
the paragraph that opens them. Under a heading about the present state a figure without a year is reported. Grants,
thresholds and what a layout box assigns are other kinds of facts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from loaders.document.document import Block, Document
from loaders.document.text import Text, sentences
from loaders.grammar import grammar, where
from loaders.layout.clusters import box_cluster
from loaders.policy.owners import Place, blocks, heading, places
from loaders.reading import Reading, Rejected
from loaders.targets import shared
from loaders.targets.indicators import reported
from loaders.targets.names import ACHIEVE, Measure, measure
from loaders.targets.numbers import Figure, figures
from loaders.targets.years import Year, years
from loaders.tasks.tables import Row, due, rows
from ontology.facts import Fact
from ontology.facts_work import TargetFact
from ontology.vocabulary import vocabulary

_PLANS = ("plan", "action_plan", "scheme", "opinion")
_GOALS = re.compile("目标")
_STATE = re.compile("现状|发展基础|产业基础|总体情况|基本情况|发展情况|发展成效")
_GRANT = re.compile(
    "奖励|奖补|补助|补贴|资助|给予|贴息|申报|申请|应具备|应满足|应当|不得|须|投资额的|设备购置|遴选|不低于项目|授信|评分|条件之一"
)
_COUNTS = re.compile(r"(?:家次|家|户|个|项|件|类|种|套|座|所|人次|人|名|台|辆|艘|部|条|架|场|处)$")
_CLAUSE = re.compile("[，；。：！？]")
_JOINS = re.compile("、|以及|和|及|与")
_RISES = re.compile(r"(?:提[升高]|增[长加]|上升|扩大|下降|降低|减少)(?:至|到|为)")
_SOFT = re.compile("力争|争取|努力")
_KEEP = re.compile(r"(?:保持|稳定|维持)(?:在|于)?[^，；。]{0,4}$")
_ATTRIBUTE = re.compile(
    r"^(?:、[一二三四五六七八九十百千万亿\d.]+元(?:以上)?)*的?(?![占，、；。同比年])[^，、；。占]{0,10}?(?:企业|项目|集群|公司|园区|平台|基金|产业园)"
)
# 1家<产值超3000亿元>的整车企业: a figure right behind a count says which things are counted.
_COUNTED = re.compile(r"\d\s*(?:余|多)?[家个户](?!以上|左右)[^，。；、\d]{1,8}$")
_LEVEL = re.compile("国家级|省级|市级|世界级|国家|省部级|区域级")
# What a goal starts from: 由<2021年的>120亿元增加到…, 较<2022年的>1500亿元翻一番.
_FROM = re.compile(r"(?:从|由|自|比|较)(20\d\d)年的?$")
# 浙江省 · 苏州市 · 柳河县, as titles and issuers begin.
_OWN = re.compile(
    r"^(?:中共)?(?P<province>[\u4e00-\u9fff]{2,3}(?:省|自治区))?(?P<city>(?!城市|都市)[\u4e00-\u9fff]{2,3}(?:市(?!场)|自治州))?"
    r"(?P<county>(?!关于|支持|促进|推动|加快|鼓励)[\u4e00-\u9fff]{1,3}?(?:县|区(?!域|块)))?"
)
_INTRODUCED = re.compile(r"(?:主持人)?([\u4e00-\u9fff]{2,4})（([^（）]+)）")
# At a press conference people say what has been reached, often without a year.
_REACHED = re.compile("已|累计|目前|现有|截[至止]|获批|拥有")
_SPEAKS = re.compile(
    r"^(?!其中|国家级|省级|市级)(?P<s>[^，。；、占]{2,20}?(?:产业集群|集群|产业|制造业))(?![和与及、的链基化集])"
)
_VERB = re.compile(rf"(?:{'|'.join(verb for verb in ACHIEVE.split('|') if len(verb) > 1)})")
# 同比分别增长5%和<下降>3%
_FALLS = ("下降", "降低", "减少", "回落")
_GROWS = re.compile(rf"(?:和|及|与|、)?(增长|提高|上升|{'|'.join(_FALLS)})$")
_RISEN = re.compile("[比较](?:上年|20\\d\\d年)(?:提[高升]|增[长加]|上升|扩大)$")
_REACHES = re.compile("，?(?:达到?|升至|增至)")
_GROWS_AT = re.compile(rf"(?:增长|提高|上升|{'|'.join(_FALLS)})$")
# 皖北六市…: several together, and not the city that was named last.
_SEVERAL = re.compile("[\u4e00-\u9fff]{2,4}[二两三四五六七八九十\\d]+[市县区州]")
_STANDS = re.compile("目前|现有|截[至止]|已(?:有|经|建成|集聚|培育|形成|引进|拥有|累计)")
_GOES_ON = re.compile("(?:累计|共)?(?:完成|实现)")
_PROVINCE = re.compile("(?:(?<![我全本])省|自治区)$")
_HERE = re.compile("我[省市县区]|全[省市县区]|本[省市县区]")


@dataclass
class _State:
    """What governs the figures of a part while it is read: the year, and since which heading or paragraph."""

    base: int | None
    year: Year | None = None
    words: Text | None = None
    section: object = None
    held: Measure | None = None
    last: Measure | None = None
    city: str | None = None  # the one that 我市 means
    said: str | None = None  # whose figure the paragraph gave last
    tasked: bool = False  # what a plan has done is counted, though no year is named


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a clause with one figure."""

    start: int
    end: int
    figure: Figure
    verb: bool
    follows: bool = field(default=False)  # the figure before stands in the same clause


def targets(document: Document) -> Reading:
    """The figures of a document in the order of the text."""
    found = [one for place in places(document) if place.part.role != "other" for one in _part(document, place)]
    facts: list[Fact] = [one for one in found if isinstance(one, TargetFact)]
    return Reading(tuple(facts), tuple(one for one in found if isinstance(one, Rejected)))


def _part(document: Document, place: Place) -> Iterator[TargetFact | Rejected]:
    date = place.part.date or place.policy.date
    period = re.search(r"(20\d\d)年?[-—–~～至](20\d\d)年", place.title)
    state = _State(int(date[:4]) if date else int(period[1]) - 1 if period else None)
    own, speakers = _territory(place), dict[str, _Whose]()
    plan = place.policy.kind in _PLANS and place.part.role in ("body", "annex")
    measured = {row.block.line: row for row in rows(blocks(document, place.part), place.prefix)}
    if place.part.role in ("body", "annex", "notice"):
        yield from _indicators(document, place, state.base, own)
    for block in blocks(document, place.part):
        if plan and (row := measured.get(block.line)) is not None:
            yield from _measures(document, row, state, own)
        if block.kind not in ("paragraph", "list") or _in_layout_box(block):
            continue
        sections = block.section.chain if block.section else ()
        goal = next((s for s in sections if s.kind != "title" and _GOALS.search(heading(document, s))), None)
        if goal is None or goal is not state.section:
            state.year, state.words = None, None
        if goal is not None and state.year is None and period:
            state.year = Year(int(period[2]), True, 0, 0)  # the last year of the period that the title names
        state.section, state.held, state.said = goal, None, None
        present = any(_STATE.search(heading(document, s)) for s in sections if s.kind != "title")
        state.tasked = plan and goal is None and not present
        whose = _speaker(block.text, speakers, own) if place.part.role == "record" else own
        for sentence in sentences(block.text):
            reached = place.part.role == "record" and _REACHED.search(sentence.string) is not None
            yield from _sentence(document, block, sentence, state, whose, present or reached)


def _indicators(document: Document, place: Place, base: int | None, whose: "_Whose") -> Iterator[TargetFact]:
    """The figures of tables with a column for each year: goals from the year of the plan on, reported before it."""
    for block, one in reported(blocks(document, place.part)):
        goal = one.goal or (base is not None and one.year >= base)
        yield TargetFact(
            evidence=document.evidence(block, one.name, one.cell),
            subject=whose.district or whose.territory,
            indicator=one.indicator,
            caliber=None,
            value=one.value,
            unit=one.unit,
            year=one.year,
            comparator=one.comparator,
            figure_kind="target" if goal else "actual",
            firmness="达到" if goal else None,
            territory=whose.territory,
        )


def _measures(document: Document, row: Row, state: _State, whose: "_Whose") -> Iterator[TargetFact | Rejected]:
    """What a row of a table of tasks counts, in the cell of the measure or of the task, for the year of its limit."""
    day = due(row.deadline) if row.deadline else None
    state.year, state.words = Year(int(day[:4]), True, 0, 0) if day else None, None
    state.section, state.held, state.said, state.tasked = None, None, None, True
    for cell in row.block.cells:
        if cell.string and (cell.string == row.measure or (row.measure is None and row.task in cell.string)):
            yield from _sentence(document, row.block, cell, state, whose, False)
    state.year = None


def _in_layout_box(block: Block) -> bool:
    return any(box_cluster(section) is not None for section in (block.section.chain if block.section else ()))


def _sentence(
    document: Document, block: Block, sentence: Text, state: _State, whose: "_Whose", present: bool
) -> Iterator[TargetFact | Rejected]:
    string = sentence.string
    # Under a heading about goals a year is one to come, where nothing says when the policy was issued.
    stated = list(years(string, 0 if state.base is None and state.section else state.base))
    grant = _GRANT.search(string) is not None
    pieces = list(_pieces(string))
    every: list[Measure] = []
    each: tuple[Measure, ...] = ()
    for i, piece in enumerate(pieces):
        figure = piece.figure
        while stated and stated[0].end <= figure.first:
            state.year = stated.pop(0)
            state.words = sentence[state.year.start : state.year.end]
        since = _FROM.search(string[: figure.start]) is not None
        if grant or not (state.year or since or present or state.tasked):
            continue
        before = _bare(string[piece.start : figure.start], state.base)
        count = _COUNTS.search(figure.unit) is not None
        held = state.last if piece.follows and not before.strip("、和与及") else state.held
        after = string[figure.end : piece.end]
        if not piece.follows:
            size = 1 + sum(1 for _ in takewhile(lambda one: one.follows, pieces[i + 1 :]))
            words = string[piece.start : figure.start].strip("，、；： ")
            each = shared.measures(words, size, every, each) if size > 1 else ()
        place = len(pieces[:i]) - max((j for j in range(i + 1) if not pieces[j].follows), default=i)
        if place < len(each):
            found: Measure | None = each[place]
        elif since and not before and not count:
            found = state.held  # 营业收入达到3000亿元，较2022年的<1500亿元>翻一番
        elif every and not count and not piece.follows and _REACHES.fullmatch(before):
            found = replace(
                every[-1], indicator=_RISEN.sub("", every[-1].indicator)
            )  # 率较上年提高5个百分点，达到<60%>
        else:
            found = measure(before, after, count=count, held=held, verb=piece.verb, follows=piece.follows)
        if found is None and state.section:
            words = string[piece.start : piece.end].strip("，、；。： ")
            yield Rejected("targets", block.line, words[:60], "目标中的数字，读不出是什么指标")
        if found is not None and place < len(each) and (own := _GROWS.match(before)):
            found = replace(found, indicator=_GROWS_AT.sub(own[1], found.indicator), down=own[1] in _FALLS)
        undated = state.year is None and not since
        if found is None or (undated and not _undated(found, piece, present or block.kind == "row")):
            state.held, state.last = (found, found) if found is not None and not found.borrowed else (state.held, found)
            continue
        if i + 1 < len(pieces) and (level := _LEVEL.fullmatch(found.indicator)):
            found = _completed(found, level[0], string[pieces[i + 1].figure.end : pieces[i + 1].end])
        state.held, state.last = (state.held if found.borrowed else found), found
        every.append(found)
        yield _fact(document, block, sentence, piece, found, state, whose)
    for year in stated:
        state.year, state.words = year, sentence[year.start : year.end]
    for group in grammar.place_lists(string):
        if len(group.places) == 1 and group.places[0].city:
            state.city = group.places[0].name


def _undated(found: Measure, piece: _Piece, stated: bool) -> bool:
    """Whether a figure counts though no year governs it: what is counted, or reached in a task of a plan."""
    if stated:
        return found.counts
    reached = piece.figure.unit == "%" and found.indicator.endswith(("率", "比例", "占比", "比重"))
    return (found.counts or reached) and piece.verb and len(found.indicator) <= _LONGEST


_LONGEST = 24


def _completed(found: Measure, level: str, after: str) -> Measure:
    """A measure that leaves its noun to the next one: 25个国家级、378个省级示范项目."""
    match = _LEVEL.match(after)
    return replace(found, indicator=level + after[match.end() :].strip("，、；。 ")) if match else found


def _bare(words: str, base: int | None) -> str:
    """Words without the years in them."""
    for year in reversed(list(years(words, base))):
        words = words[: year.start] + words[year.end :]
    words = _FROM.sub("", words)
    return re.sub(r"^(?:提[升高]|增[长加]|扩大|上升|下降|降低|减少)(?:(?:至|到|为)的?|的$)", "", words)


def _pieces(string: str) -> Iterator[_Piece]:
    """The stretches of a sentence that each hold one figure; figures in quotation marks and brackets are left out."""
    every = [
        figure
        for figure in figures(string)
        if grammar.depth(string, figure.first) <= 0 and not _describes(figure, string)
    ]
    verb = False
    for start, end in grammar.split(string, _CLAUSE):
        inside = [figure for figure in every if start <= figure.first < end]
        if not inside:
            verb = verb and not string[start:end].strip()
            continue
        cuts = [start, *(_cut(string, a, b) for a, b in pairwise(inside)), end]
        for i, figure in enumerate(inside):
            governed = verb or _VERB.search(string[start : figure.start]) is not None
            yield _Piece(cuts[i], cuts[i + 1], figure, governed, i > 0)
        verb = verb or _VERB.search(string[start : inside[-1].start]) is not None


def _describes(figure: Figure, string: str) -> bool:
    """Whether a figure only says which things are meant: 营业收入5亿元以上工业企业, 1家产值超百亿元的企业."""
    if _COUNTS.search(figure.unit):
        return False
    return _ATTRIBUTE.match(string[figure.end :]) is not None or _COUNTED.search(string[: figure.start]) is not None


def _cut(string: str, one: Figure, other: Figure) -> int:
    """Where a clause with two figures divides: at the last 、 or 和 between them, or before 提高到."""
    between = string[one.end : other.start]
    if rises := _RISES.search(between):
        return one.end + rises.start()
    if _JOINS.match(between):
        return one.end
    if (strong := between.find("以及")) > 0:
        return one.end + strong
    joins = [match.start() for match in _JOINS.finditer(between) if grammar.depth(between, match.start()) <= 0]
    return one.end + joins[-1] if joins else other.start


def _fact(
    document: Document,
    block: Block,
    sentence: Text,
    piece: _Piece,
    found: Measure,
    state: _State,
    whose: "_Whose",
) -> TargetFact:
    string, figure, year = sentence.string, piece.figure, state.year
    words = sentence[_first(string, piece) : piece.end].strip("，、；。： ")
    since = _FROM.search(string[: figure.start])
    stood = _STANDS.search(string[: figure.start]) is not None  # 目前已集聚…: no task
    goal = (year.goal if year is not None else state.tasked and not stood) and since is None
    value = -figure.value if found.down and not goal and not isinstance(figure.value, str) else figure.value
    pieces = [words]
    if state.words is not None and since is None and not _inside(state.words, words):
        pieces.append(state.words)
    several = _SEVERAL.match(string[piece.start : figure.start].lstrip("，、；： ")) is not None
    place = whose.territory if several else _place(string[: piece.end], whose.territory, state.city)
    if place == whose.territory and whose.words is not None:
        pieces.append(whose.words)
    if found.counts and found.subject and found.subject != whose.territory and _PROVINCE.search(found.subject):
        # In the plan of a city the name of the province belongs to what is counted: 广东省制造业创新中心3个.
        found = replace(found, subject=None, indicator=found.subject + found.indicator)
    subject = found.subject or _subject(string[: piece.start])
    if subject is None and state.said is not None and _GOES_ON.match(string):
        subject = state.said  # 甲产业完成增加值…；<完成>总产值…
    state.said = subject
    subject = subject or whose.district or place
    return TargetFact(
        subject=(whose.district or place) if subject is not None and _HERE.fullmatch(subject) else subject,
        indicator=found.indicator,
        caliber=found.caliber,
        value=value,
        unit=figure.unit,
        year=int(since[1]) if since else year.value if year is not None else None,
        comparator=figure.comparator,
        figure_kind="target" if goal else "actual",
        firmness=_firmness(string, piece) if goal else None,
        territory=place,
        evidence=document.evidence(block, *pieces),
    )


def _first(string: str, piece: _Piece) -> int:
    """Where the words of a figure begin: behind the list that stands before what it counts."""
    before = string[piece.start : piece.figure.start]
    if before.count("、") > 2:
        return piece.start + before.rindex("、") + 1
    joined = re.match("(?:以及|、|和|及|与)+", before)
    return piece.start + (joined.end() if joined else 0)


def _subject(before: str) -> str | None:
    """The industry that a clause further up in the sentence speaks of."""
    found = None
    for start, end in grammar.split(before, _CLAUSE):
        match = _SPEAKS.match(before[start:end])
        if (
            match
            and not re.search(r"\d|^(?:[以本对从为]|坚持|围绕|聚焦)", match["s"])
            and not grammar.is_predicate(match["s"])
        ):
            found = _HERE.sub("", match["s"])
    return found


def _inside(one: Text, other: Text) -> bool:
    return other.source()[0] <= one.source()[0] and one.source()[1] <= other.source()[1]


def _firmness(string: str, piece: _Piece) -> str:
    start = max(string.rfind("；", 0, piece.start), string.rfind("。", 0, piece.start)) + 1
    own = string[piece.start : piece.figure.start]
    if _KEEP.search(own) and not _SOFT.search(own):
        return "保持"
    if _SOFT.search(string[start : piece.figure.start]):
        return "力争"
    return "超过" if piece.figure.comparator == ">" else "达到"


@dataclass(frozen=True, slots=True)
class _Whose:
    """Whose figures are given, and the words that say so where the title above does not."""

    territory: str | None
    words: Text | None = None
    district: str | None = None  # where it is a part of the territory (广州市天河区)


def _territory(place: Place) -> _Whose:
    """Whose territory a policy speaks of: the county, city or province that its title or its issuers begin with."""
    if place.level == "national":
        return _Whose(None)
    title = place.title.lstrip("《")
    for words in (title, *place.policy.issuers):
        if (match := _OWN.match(words)) and match[0]:
            name = match["county"] or match["city"] or match["province"]
            signed = [mark.text for mark in place.policy.issuers_marks if match[0] in mark.text.string]
            return _Whose(
                _city_of(name) or name, None if words == place.title.lstrip("《") else next(iter(signed), None)
            )
    return _Whose(None)


def _speaker(text: Text, speakers: dict[str, _Whose], own: _Whose) -> _Whose:
    """The territory of whoever speaks at a press conference: that of the office named where he speaks first."""
    if match := _INTRODUCED.match(text.string):
        cities = (g.places[0].name for g in grammar.place_lists(match[2]) if g.places[0].city)
        city = next(cities, _city_of(match[2]))
        district = next((d.name for d in vocabulary().districts if f"市{d.name}" in match[2]), None)
        speakers[match[1]] = own if city is None else _Whose(city, text[match.start(2) : match.end(2)], district)
    name = re.match(r"([\u4e00-\u9fff]{2,4})[（：]", text.string)
    return speakers.get(name[1], own) if name else own


def _city_of(office: str) -> str | None:
    """The city whose name an office begins with (汕头市政府副市长)."""
    named = where.names()
    found = (named[office[start:end]] for start, end in grammar.place_names(office) if start == 0)
    return next((places[0].name for places in found if places[0].cls == "City"), None)


def _place(words: str, territory: str | None, city: str | None) -> str | None:
    """The place that a figure is of: the last one that the sentence names before it, or the policy's own.

    Args:
        words: the sentence up to the figure.
        territory: of the policy.
        city: the one that 我市 and 全市 mean in a policy that is no city's.
    """
    named = [g for g in grammar.place_lists(words) if len(g.places) == 1 and (g.places[0].city or g.marked)]
    here = list(_HERE.finditer(words))
    if named and (not here or named[-1].start > here[-1].start()):
        return named[-1].places[0].name
    if here and here[-1][0][1] == "市":
        return city or territory
    return territory
