"""Where a sentence names companies: constructions that only a company's name can fill.

A name is found by its place in a construction, not by a list of names: the members before 等龙头企业, what carries
a project (以X为龙头, X<城市>…项目), words that end as a firm's name does (…公司, …集团, …分行), the name before a
project in quotation marks, and, once a document has introduced a name, that name before a quoted or bracketed place.
"""

import re
from collections.abc import Iterator
from functools import cache

from loaders.companies.families import ALIASED, MASK, kin
from loaders.companies.found import LATIN, Found
from loaders.companies.words import (
    COMMON_STEM,
    GENERIC,
    TECHNICAL,
    firm_like,
    is_common,
    is_firm,
    is_place,
    is_trade,
    marks,
    own_part,
    trades,
    weak_marks,
)
from loaders.grammar.grammar import clauses, members, place_names, split
from ontology.vocabulary import vocabulary

_FIRM = "企业|公司|厂商|运营商|供应商"
# A class of firms: nouns only, between 等 and 企业; several trades (重点电池制造、充电设备制造企业) only after 一批.
_NOUNS = "[^，。；：、等的对为与向应把将被并让使“”]"
_OF_FIRMS = re.compile(
    rf"等(?P<head>(?:“[^“”，。；]{{2,8}}”)?(?:(?:一大批|一批|若干|多家|\s?\d+\s?[多余]?家)(?:{_NOUNS}|、){{0,24}}?|{_NOUNS}{{0,12}}?)(?:{_FIRM}))"
    r"(?!组织|名称|等|融资|化|间|法人|或个人|[和及与](?:重大|重点)?项目)"
)
_COUNTED = re.compile(rf"(?P<head>\s?(?:\d+\s?|[两三四五六七八九十]+)家{_NOUNS}{{0,10}}?(?:{_FIRM}))")
# 甲、乙等具有国际竞争力的龙头企业: what the firms have or are to be stands before their class.
_PRAISED = re.compile(
    rf"等(?:一批)?(?:具有|具备|拥有|行业|国内|国际|全球|世界|在)[^，。；：、]{{2,20}}?的(?P<head>{_NOUNS}{{0,10}}?(?:{_FIRM}))"
    r"(?!组织|名称|等|融资|化|间|法人)"
)
# 代表企业有甲、乙等; 龙头企业包括甲、乙。
_NAMED_AFTER = re.compile(
    r"(?P<head>(?:代表性?|龙头|骨干|重点|链主|领军|核心|主要|知名|优势|头部|标杆)”?企业)(?:主要)?"
    r"(?:有|包括|包含|如|：)(?P<list>[^，。；：]{2,120}?)(?=等|[，。；]|$)"
)
# 发挥甲集团、乙国投等国有平台作用
_OF_PLATFORMS = re.compile("等(?P<head>[^，。；、等]{0,6}(?:国有|国资|投融资|国企)平台)")
_OF_PROJECTS = re.compile(rf"等(?P<head>(?:(?:一批|\s?\d+\s?个){_NOUNS}{{0,24}}?|{_NOUNS}{{0,10}}?(?:重点|重大))项目)")
_NO_CLASS = re.compile(
    "部门|机构|方式|形式|支持|推动|引导|帮助|推进|鼓励|依托|技术|各类|资源|组织|市统筹|市依|政策|服务商|要求|配套企|领域|行业|产业链?企|方面|环节|给予|开展|提供|培育|引进"
)
_LED = re.compile(r"以(?P<list>[^，。；]{2,80}?)为(?P<head>龙头|链主|核心|牵引)")
_PROJECTS = re.compile(r"(?P<head>项目|基地)")
_SUFFIX = re.compile(
    "(?:有限责任公司|股份有限公司|有限公司|分公司|公司|集团|分行)(?!治理|法|管理|债|制|化|股票|类|等级|业)"
)
# The place in brackets that the full name of a firm holds: 甲（舟山）造船有限公司.
_SEATED = re.compile("（[\u4e00-\u9fff]{2,4}）[^，。；：、（）]{0,12}公司")
_SEAT = re.compile("（[\u4e00-\u9fff]{2,4}）[^，。；：、（）]{0,12}公司$")
_SIGNS = "，。；：、（）()\t “”\n"
_QUOTED = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9]{1,15}|[\u4e00-\u9fff]{2,6})“[^“”]{4,60}(?:项目|平台|基地)”")
# 广州“粤芯”等集成电路重大项目: a name in quotation marks behind a place.
_QUOTED_NAME = re.compile("“(?P<name>[^“”，。、]{2,8})”等(?P<head>[^，。；等]{0,12}(?:项目|企业))")
_PLACE_OF = re.compile(r"（(?P<name>[^（）]{2,8}?)(?:区域|片区|园区|厂区|基地)）")

# Words that open a member and are no part of the name.
_VERBS = re.compile(
    r"^.*(?:充分发挥|发挥|做大做强|做强做大|做优做强|支持|推动|推进|鼓励|引导|依托|利用|培育|引进|加快建设|建设|加快推进|加快推动|加快|围绕|承接|"
    r"集聚|汇聚|聚集|拥有|涌现|打造|深化|抓好|抓实|紧盯|盯紧|扶持|壮大|吸引|招引|带动|联合|会同|形成|如|包括|以及|及其|落户|现有|其中|通过|组织|由|与|和|对|向|在|以|了|出|加强|提升|优化|提高|所属|旗下|子公司|母公司|整合|将其)"
)
# Institutions of the state or the market that are named as firms are.
_INSTITUTION = re.compile("交易所|转让系统|股转|交易中心|人民银行")
# Among firms: two characters and a trade (某某技术).
_TRADED_FIRM = re.compile("[\u4e00-\u9fff]{2}(?:技术|装备|材料|设备|制造|服务)")
# A firm's trade, as names end in it; what follows it in a project's name is the project.
_TRADE = (
    "石化|炼化|化工|钢铁|电子|科技|半导体|光电|汽车|电力|能源|重工|船舶|制药|药业|生物|食品|集团|股份|实业|新材|精密|智能|通信|软件|网络|"
    "传媒|互娱|环保|机械|电气|电器|仪器|纸业|水泥|铝业|铜业|激光|机器人"
)
_TRADED = re.compile(rf"^(?:{_TRADE})")
_PROJECT_TAIL = re.compile(
    r"(?:及(?:相关|配套)[^，、]*)?(?:新型|绿色|安全|高质量|整体|一体化|改扩建|扩建|技改|改造|二期|三期|一期|升级|发展|搬迁|生产线|产线|建设|工程)+$"
)
_SITE = re.compile(r"^(?:全球|华南|亚太|中国区)[^，。；、]{0,16}(?:基地|总部|中心|工厂|园)")
# A works that stands in the middle of a firm's name and its place: 某某<陆河>试车场; and what a firm calls its bodies.
_WORKS = re.compile("(?:试车场|试飞场|工厂|生产基地|制造基地|总部|总部基地|研发中心|数据中心|厂区|钢厂|船厂)$")
_BODY_SITE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{4,14}(?:研究中心|检测中心|设计院))(?:华南|华东|亚太|全球)[^，。；、]{0,8}(?:基地|总部)"
)
_JOINED = re.compile("、|和|及|以及|与")


def names(sentence: str, known: frozenset[str]) -> tuple[Found, ...]:
    """The companies that a sentence names, in order.

    Args:
        sentence: one sentence or table cell, repaired.
        known: names that the document has introduced before.
    """
    found: dict[tuple[int, int], Found] = {}
    sentence = ALIASED.sub(lambda match: MASK * len(match[0]), sentence)
    for finder in (
        _listed,
        _suffixed,
        _led,
        _projects,
        _quoted,
        _bracketed,
        _sites,
        _stems,
        _recurring,
        _opened,
        _actors,
        kin,
    ):
        here = {one.name for one in found.values()} if finder is _recurring else set()
        for one in finder(sentence, known | here):
            if len(one.name) < 2 or is_place(one.name) or _INSTITUTION.search(one.name):
                continue
            if not any(one.start < other.end and other.start < one.end for other in found.values()):
                found[one.start, one.end] = one
    return tuple(sorted(found.values(), key=lambda one: one.start))


_AROUND = re.compile("(?:围绕|聚焦|面向|针对|涵盖|包括|覆盖|关于|按照|通过|运用|人民政府及)[^，。；]*$")
_LEADING = re.compile("龙头|链主|骨干|领军|头部|重点")


def doubtful(sentence: str) -> tuple[tuple[int, int], ...]:
    """Lists before 等龙头企业 and the like that seem to name trades, though not every member is one."""
    found = []
    for match in _OF_FIRMS.finditer(sentence):
        start = max(sentence.rfind(sign, 0, match.start()) for sign in "，。；：") + 1
        words = [sentence[a:b] for a, b in _members(sentence[start : match.start()], start)]
        unsure = not all(map(is_trade, words)) and _about_trades(sentence[start : match.start()], words, match["head"])
        if unsure and _LEADING.search(match["head"]) and not _NO_CLASS.search(match["head"]):
            found.append((start, match.end()))
    return tuple(found)


_MAKERS = re.compile("(?:设备|装备|材料|零部件|部件|产品)企业$")
_WANTED = re.compile("^[^、]*(?:引进|招引|引育|招商)")


def _listed(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """甲、乙等龙头企业; 甲、乙3家企业; 加快建设甲、乙等一批…项目."""
    for pattern in (_OF_FIRMS, _PRAISED, _OF_PROJECTS, _OF_PLATFORMS, _COUNTED, _NAMED_AFTER):
        for match in pattern.finditer(sentence):
            if _NO_CLASS.search(match["head"]):
                continue
            start, end = match.span("list") if pattern is _NAMED_AFTER else _before(sentence, match.start())
            stretch = sentence[start:end]
            spans = _members(stretch, start)
            if labelled := pattern is _NAMED_AFTER and sentence.startswith("：", match.end("head")):
                spans = [(a, a + len(_SEATS.sub("", sentence[a:b]))) for a, b in spans]
            words = [sentence[a:b] for a, b in spans]
            if _MAKERS.search(match["head"]) and _WANTED.search(stretch):
                continue  # 引进甲炉、乙机等设备企业: what they are to make
            if not words or (_about_trades(stretch, words, match["head"]) and not labelled):
                continue
            cue = stretch[: spans[0][0] - start] + match["head"]
            for (a, b), word in zip(spans, words, strict=True):
                if pattern is _OF_PROJECTS and len(word) > _SHORT:
                    if name := bearer(word, known):
                        yield Found(a, a + len(name), name, cue, match["head"])
                elif (
                    (labelled and not _CLASSES.search(word))
                    or not GENERIC.search(word)
                    or (_LEADING.search(match["head"]) and _TRADED_FIRM.fullmatch(word))
                ):
                    yield Found(a, b, word, cue, match["head"])


_SHORT = 6  # characters of a firm's name without its form; a longer member of a list of works is what it builds


def bearer(word: str, known: frozenset[str]) -> str | None:
    """The firm that the name of its works begins with (轴研科技<精密轴承扩能改造>); None where none shows."""
    if introduced := [name for name in known if word.startswith(name)]:
        return max(introduced, key=len)
    if (opens := _opening().match(word)) and own_part(opens["stem"]):
        return opens["name"]
    carrier = _carrier(word) if place_names(word) else word
    return carrier if carrier != word and not (GENERIC.search(carrier) or TECHNICAL.match(carrier)) else None


@cache
def _opening() -> re.Pattern[str]:
    """A firm's name at the beginning of its works' name."""
    return re.compile(
        rf"(?P<name>(?P<stem>[\u4e00-\u9fff]{{2,3}}?)(?:{marks()}|(?P<weak>{weak_marks()})(?!料)))(?=.{{2}})"
    )


def _before(sentence: str, end: int) -> tuple[int, int]:
    """The words of a clause before a position."""
    return max(sentence.rfind(sign, 0, end) for sign in "，。；：") + 1, end


def _members(stretch: str, offset: int) -> list[tuple[int, int]]:
    """The members of a list, the verb before the first taken off."""
    spans = []
    for i, (a, b) in enumerate(members(stretch)):
        if i == 0 and (verb := _VERBS.match(stretch[a:b])):
            a += verb.end()
        while a < b and stretch[a] in f" “{MASK}":
            a += 1
        while a < b and stretch[b - 1] in f" ”{MASK}":
            b -= 1
        if a < b:
            spans.append((a + offset, b + offset))
    return spans


# Where a firm of a labelled list is, or what it is to another: 甲（某市某县）, 乙（甲全资子公司）.
_SEATS = re.compile("（[\u4e00-\u9fff、]+）$")
_CLASSES = re.compile("(?:企业|机构|公司|院所|高校|项目)$|^(?:暂无|无|空白)")


def _about_trades(stretch: str, words: list[str], head: str) -> bool:
    """Whether a list before 等…企业 names trades, products or agencies and no firms."""
    if _AROUND.search(stretch) and not _LEADING.search(head):
        return True
    trades = sum(map(is_trade, words))
    return trades == len(words) or (2 * trades >= len(words) and not any(map(is_firm, words)))


def _led(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """以韶钢为龙头; 以甲一体化项目、乙乙烯项目为龙头."""
    for match in _LED.finditer(sentence):
        for a, b in members(match["list"]):
            word = match["list"][a:b]
            project = word.endswith("项目") or (match["list"].endswith("项目") and b < len(match["list"]))
            core = match["head"] in ("核心", "牵引")
            if core and not project:
                continue
            start = match.start("list") + a
            name = _carrier(word.removesuffix("项目")) if project else word
            if len(name) >= 2 and not GENERIC.search(name) and not is_place(name) and not TECHNICAL.match(name):
                if project and len(name) < 3:
                    continue
                if not project and re.search("[区县镇市省带链化]$|数据|互联网|制造", name):
                    continue
                yield Found(start, start + len(name), name, f"为{match['head']}" + ("项目" if project else ""), "")


def _carrier(project: str) -> str:
    """The firm's part of a project's name: 中科广东炼化〈一体化〉, 甲〈新型一体化〉."""
    last = None
    while last != project:
        last = project
        project = _PROJECT_TAIL.sub("", project)
    for a, b in place_names(project):
        if a >= 2:
            trade = _TRADED.match(project[b:])
            return project[: b + trade.end()] if trade else project[:b]
    return project


def _projects(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """甲<城市>…项目: a firm's name, the place of its works, and what is built there."""
    for match in _PROJECTS.finditer(sentence):
        start = max(sentence.rfind(sign, 0, match.start()) for sign in "，。；：") + 1
        stretch = sentence[start : match.start()]
        a, b = list(split(stretch, _JOINED))[-1]
        if verb := _VERBS.match(stretch[a:b]):
            a += verb.end()
        word = stretch[a:b]
        places = [p for p in place_names(word) if p[0] >= 2]
        if any(word.startswith(name) for name in known):
            continue  # the name that the text has introduced, see _recurring
        if (
            not places
            or GENERIC.search(word[: places[0][0]])
            or is_place(word[: places[0][0]])
            or match["head"] != "项目"
        ):
            continue
        name = _carrier(word)
        if len(word) <= 16 and re.fullmatch(r"[A-Za-z\u4e00-\u9fff]+", name):
            yield Found(start + a, start + a + len(name), name, stretch[:a] + "项目", "")


def _suffixed(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """Names that end in 公司, 集团, 分行."""
    for match in _SUFFIX.finditer(sentence):
        if _SEATED.match(sentence, match.end()):
            continue  # 甲集团<（乙）某某有限公司>: one name
        at = seat.start() if (seat := _SEAT.search(sentence, 0, match.end())) else match.start()
        start = max(sentence.rfind(sign, 0, at) for sign in _SIGNS) + 1
        if verb := _VERBS.match(sentence[start : match.start()]):
            start += verb.end()
        word = sentence[start : match.end()]
        if match.start() - start < 2 or re.search("企业|事务所|一批|各类|其他", word) or is_common(word):
            continue
        yield Found(start, match.end(), word, sentence[max(0, start - 12) : start], "")


def _quoted(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """甲“…项目”; a known name before any quoted platform."""
    for match in _QUOTED.finditer(sentence):
        name, start = match["name"], match.start("name")
        verb = None if name[0].isascii() else _VERBS.match(name)
        if verb:
            name, start = name[verb.end() :], start + verb.end()
        if (
            len(name) >= 2
            and not GENERIC.search(name)
            and not TECHNICAL.match(name)
            and (name[0].isascii() or name in known)
        ):
            yield Found(start, start + len(name), name, "项目", "")
    for match in _QUOTED_NAME.finditer(sentence):
        if any(b == match.start() for _, b in place_names(sentence)):
            yield Found(match.start("name"), match.end("name"), match["name"], match["head"], match["head"])
    for name in sorted(known):
        for match in re.finditer(re.escape(name) + "(?=“[^“”]{2,30}”[^，。；]{0,12}(?:中心|平台|基地|项目))", sentence):
            yield Found(match.start(), match.end(), name, "项目", "")


def _stems(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """<省市>甲…中心项目, where 甲 is a known name without its trade (甲半导体)."""
    for name in sorted(known):
        stem = re.sub(rf"(?:{_TRADE})$", "", name)
        if stem == name or len(stem) < 2:
            continue
        for a, b in place_names(sentence):
            if re.match(
                rf"{re.escape(stem)}(?!{name[len(stem) :]})[^，。；、]{{0,20}}(?:项目|中心|基地)", sentence[b:]
            ):
                yield Found(a, b + len(stem), name, "项目", "")


_ACTS = re.compile("牵头|联合|参与|扩大|带动|加快|(?:的)?(?:引领|龙头|带动)*(?:作用|优势)")


def _recurring(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """A known name before its project (建设<甲>…项目), or as the one who acts (支持<甲>牵头…)."""
    for name in sorted(known, key=lambda name: (-len(name), name)):
        if len(name) < 3:
            continue
        for match in re.finditer(re.escape(name), sentence):
            before, behind = sentence[: match.start()], sentence[match.end() :]
            verb = _VERBS.search(before)
            governed = verb is not None and verb.end() == match.start()
            listed = bool(before) and before[-1] in "、，；：。"
            if (governed and re.match("[^，。；、“”]{2,24}?项目", behind)) or (
                (governed or listed) and _OF_WORKS.match(behind)
            ):
                yield Found(match.start(), match.end(), name, "项目", "")
            elif (governed and _ACTS.match(behind)) or (len(name) > 3 and _stands_alone(before, behind, governed)):
                yield Found(match.start(), match.end(), name, before[-4:], "")


_OF_WORKS = re.compile(
    "[^，。；、“”的]{2,20}?(?:项目|基地|产业城|产业园|工业园|总部|工厂|生产线|中试线|总装线|平台|车间)"
)
_ALONE = re.compile(
    "[、，。；）]|[和与及在等]|$|(?:联合|牵头|建设|打造|组建|共建|合作|整合|将|发展|布局|投资|参与|开展|扩大|研发|开发)"
)


def _stands_alone(before: str, behind: str, governed: bool) -> bool:
    """Whether a known name is a member of a list or a subject by itself, and no part of a longer name."""
    opens = governed or not before or before[-1] in "，；：、。和与及由"
    return opens and _ALONE.match(behind) is not None


# 支持某某智能在<甲市>建设…; 依托某某重工打造…: what fills the place of the one who acts and ends as firms' names do.
_ACTOR = re.compile(
    r"(?:支持|鼓励|推动|引导|依托|发挥|以|由|联合|引进|协调)(?P<name>(?P<stem>[\u4e00-\u9fff]{2,4}?)(?P<trade>TRADE))"
    r"(?=在(?P<at>[\u4e00-\u9fff]{2,6})|牵头|联合|打造|建设|组建|投资|为龙头|为链主|为牵引|扩大生产|扩产|增资)"
)


# 鼓励甲、乙牵头组建…: several that act, each of them known or named as firms are.
_ACTORS = re.compile(
    r"(?:支持|鼓励|推动|引导|依托|发挥|由|联合|协调)(?P<list>[^，。；：、等的在]{3,10}(?:、[^，。；：、等的在]{3,10}?)+?)"
    r"(?=在|牵头|联合|打造|建设|组建|投资|开发|开展|扩大|增资)"
)


def _actors(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """支持某某智能在<甲市>建设; 鼓励甲、乙牵头."""
    for match in _ACTORS.finditer(sentence):
        spans = [(a + match.start("list"), b + match.start("list")) for a, b in members(match["list"])]
        if all(sentence[a:b] in known or firm_like(sentence[a:b]) for a, b in spans):
            yield from (Found(a, b, sentence[a:b], match[0][:2], "") for a, b in spans)
    for match in _actor().finditer(sentence):
        away = match["at"] is None or any(start == 0 for start, _ in place_names(match["at"]))
        common = COMMON_STEM.search(match["stem"]) or TECHNICAL.match(match["name"]) or is_trade(match["stem"])
        if away and not common and not place_names(match["stem"]) and not GENERIC.search(match["name"]):
            yield Found(*match.span("name"), match["name"], sentence[max(0, match.start() - 4) : match.end()], "")


@cache
def _actor() -> re.Pattern[str]:
    return re.compile(_ACTOR.pattern.replace("TRADE", trades()))


def _opened(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """推进某某石化六期项目、某某新材<甲市>基地: what opens the names of works and ends as only firms' names do."""
    for start, end in clauses(sentence):
        for a, b in members(sentence[start:end]):
            word, at = sentence[start + a : start + b], start + a
            verb = _VERBS.match(word)
            for skip in (0, verb.end()) if verb else (0,):
                opens = _opening().match(word, skip)
                if (latin := LATIN.match(word, skip)) and _OF_WORKS.match(word, latin.end()):
                    yield Found(at + skip, at + latin.end(), latin[0], "项目", "")
                    break
                if opens is None or not own_part(opens["stem"]):
                    continue
                works = _OF_WORKS.match(word, opens.end())
                if works and (not opens["weak"] or works[0].endswith("项目") or place_names(works[0])):
                    yield Found(at + skip, at + opens.end(), opens["name"], "项目", "")
                    break


def _bracketed(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """松山湖高新区（华为区域）: a known name, or one that says it is a family of firms (…系)."""
    for match in _PLACE_OF.finditer(sentence):
        name = match["name"]
        if name in known or (name.endswith("系") and len(name) > 2):
            yield Found(match.start("name"), match.end("name"), name, "", "")


# An estate that bears the name of the firm that runs it; names of waters, hills and towns are places.
_ESTATE = re.compile(
    "依托(?P<name>[\u4e00-\u9fff]{2,4}?(?<![湖湾山岛河江港海洲岭溪沙城镇村区县市型化能业]))(?:创新产业城|产业城|总部大厦|总部园区)"
)


def district_names(name: str) -> bool:
    """Whether a name holds that of a district."""
    return any(label in name for label in vocabulary().district_names())


def _sites(sentence: str, known: frozenset[str]) -> Iterator[Found]:
    """依托大族全球…制造产业基地: the name before 全球, 华南 … and a works."""
    for match in _ESTATE.finditer(sentence):
        name = match["name"]
        if not (is_trade(name) or TECHNICAL.match(name) or place_names(name) or district_names(name)):
            yield Found(match.start("name"), match.end("name"), name, "依托", "")
    for a, b in split(sentence, re.compile("[，。；、]|和|以及")):
        word = re.sub("等?(?:重大|重点)?(?:项目)?(?:规划)?(?:建设|发展|落地|投产)?$", "", sentence[a:b])
        if verb := _VERBS.match(word):
            a, word = a + verb.end(), word[verb.end() :]
        if body := _BODY_SITE.match(word):
            yield Found(a, a + body.end("name"), body["name"], sentence[max(0, a - 4) : a] + "基地", "")
            continue
        yield from _works(word, a)
        for length in (2, 3, 4):
            name, rest = word[:length], word[length:]
            if _SITE.match(rest) and re.fullmatch("[A-Za-z\u4e00-\u9fff]+", name) and not is_place(name):
                if not GENERIC.search(name) and not TECHNICAL.match(name) and not re.search("[的一具有最在]|板$", name):
                    yield Found(a, a + length, name, sentence[max(0, a - 4) : a] + "基地", "")
                break


def _works(word: str, offset: int) -> Iterator[Found]:
    """某某<陆河>试车场: a short name, the place of its works, and the works."""
    for a, b in place_names(word):
        name = word[:a]
        if _WORKS.fullmatch(word[b:].lstrip("县区市")) and re.fullmatch("[A-Za-z\u4e00-\u9fff]{2,6}", name):
            common = TECHNICAL.match(name) or is_trade(name) or re.search("[的一具有最在是和及]|[性型化级]$", name)
            if not common and not is_place(name) and not place_names(name):
                yield Found(offset, offset + len(name), name, "项目", "")
            return
