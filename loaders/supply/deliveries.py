"""The constructions in which goods go from somewhere to somebody: 甲地的乙供应丙地丁企业, 甲地为丙地丁企业提供乙."""

import re
from collections.abc import Iterator

from loaders.grammar import where
from loaders.grammar.grammar import members, place_names, unique
from loaders.supply.link import Link, Setting
from loaders.supply.lists import after_etc, clause_texts, things, without_lead

_HOW = "(?:主要|重点|就近|本地|批量|直接|定向|优先)*"
_MAKERS = "(?:制造|生产|加工)?(?:企业|厂商|厂家|工厂|厂|市场)"
# 甲地的乙供应<丙地丁企业>; 供应链, 供应能力 are words.
_GIVES = re.compile(
    rf"(?P<left>^|^[^，；。]*?[^向为由从自等]){_HOW}(?:供应|供给|配套供应|(?<!相)(?<!产业)配套(?=[^，；。]*企业$))"
    "(?![链商端侧量率]|质量|结构|效率|安全|能力|体系|保障|水平|不足|企业|基地|比例|关系)(?P<right>[^，；。]{2,40}?)(?:等|$)"
)
# 甲地向<丙地>供应乙; 甲地为<丙地丁企业>提供乙(配套).
_TOWARDS = re.compile("向(?P<whom>[^，；。向]{2,24}?)供[给应](?P<goods>[^，；。]{0,40})")
_FOR = re.compile(
    rf"为(?P<whom>[^，；。为]{{2,24}}?(?:{_MAKERS})?){_HOW}"
    "(?:(?:配套)?供[给应]|提供(?=.)|(?<=企业)(?:协作)?配套|(?<=产业)配套)(?P<goods>[^，；。]{0,40}?)(?:的?配套(?:服务|产品)?)?$"
)
_NO_GOODS = re.compile("服务|保障|支撑|支持|资金|平台|场景|政策|方案|条件|人才|融资|空间|便利|担保")
_NO_TRADE = re.compile("中小|龙头|骨干|科技|创新|上下游|本地|相关|各类|^[市县]|群众|用户|客户|资源池|平台|体系")
# A zone that is run as one, at the beginning of a member of a list.
_ZONE = re.compile("[\u4e00-\u9fff]{2,4}?(?:新区|经开区|高新区|开发区)")


def deliveries(sentence: str, setting: Setting) -> Iterator[Link]:
    """Places that supply places, and goods that go into what the firms supplied make.

    Where a clause names no place that gives, it is those of a clause before, else the city whose plan it is.
    """
    before: list[str] = []
    for start, end, clause in clause_texts(sentence):
        match = _TOWARDS.search(clause) or _FOR.search(clause)
        if match:
            left, right, goods = clause[: match.start()], match["whom"], match["goods"]
        elif match := _GIVES.search(clause):
            left, right, goods = match["left"], match["right"], ""
        else:
            before = _taken(clause)[0] or before
            continue
        right = re.sub("^[我本]市", f"{setting.home or ''}市", right)
        origins, made = _taken(left)
        goals, trades = _taken(re.sub(rf"{_MAKERS}$", "", after_etc(right)[0]))
        for one in origins or before or [name for name in (setting.home,) if name]:
            yield from (Link(one, other, "region_supplies", start, end) for other in goals if other != one)
        before = origins or before
        firms = re.search(f"{_MAKERS}$", after_etc(right)[0]) is not None
        if firms or (match.re is _GIVES and not goals):
            given = [goods] if goods else made
            yield from _goods(given, trades, start, end)


def _goods(given: list[str], trades: list[str], start: int, end: int) -> Iterator[Link]:
    names = [name for text in given for name in things(after_etc(text)[0], lead=False)]
    for name in names:
        if not _NO_GOODS.search(name):
            yield from (
                Link(name.removesuffix("企业"), trade, "input_to", start, end)
                for trade in trades
                if not _NO_TRADE.search(trade)
            )


def _taken(text: str) -> tuple[list[str], list[str]]:
    """The places that the members of a list begin with, and what is left of the members: 潜江<光刻胶>、宜昌<磷酸>."""
    listed = re.sub("^(?:支持|帮扶|推动|鼓励|引导|推进|逐步|加快|形成|实现)+", "", text)
    places: list[str] = []
    rests: list[str] = []
    for a, b in members(listed):
        member = listed[a:b].strip()
        place, end = _place(member)
        if place:
            places.append(place)
        rest = re.sub("^(?:[市县区](?![场内域])|地区|[的等地])+", "", member[end:])
        rests += [rest] if len(rest) > 1 else []
    if not places and (whole := re.match("全[省市]", listed)):
        places, rests = [whole[0]], [rest for rest in (listed[2:],) if len(rest) > 1]
    if not rests and not places:
        rests = things(without_lead(listed))
    return list(unique(places)), rests


def _place(member: str) -> tuple[str | None, int]:
    """The place, zone or district that a member begins with, and where it ends."""
    end = next((b for a, b in place_names(member) if a == 0), 0)
    zone = _ZONE.match(member)
    district = where.district_at_start(member)
    if zone and (end or district or len(zone[0]) <= 4):
        return zone[0], zone.end()
    if end:
        meant = where.names()[member[:end]]
        return meant[0].name, end
    return district, len(district or "")
