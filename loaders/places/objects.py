"""The objects of a clause's verbs: what is built, what is leant on, taken apart where one verb follows the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.grammar.grammar import PREDICATE, PlaceList, clauses, depth, place_lists, place_names
from loaders.places.names import HEADS
from loaders.places.pairs import pair

_ADVERB = (
    "重点|着力|加快|大力|努力|积极|集中力量|集中资源|集中|主要|进一步|充分|全力|全面|深入|率先|持续|不断|逐步|稳步|优先|有序|共同|分别|联合|统筹|"
    "鼓励|支持|引导|延伸|高水平|高标准|高质量|力争|争取|并|也|还|同时|其中|因地制宜|分级|对内|对外|加速|牵头|积极|继续|探索|合作(?=建设|共建|打造|开发|创建)|配套(?=建设)|推动|推进|带动|深化|强化|各自|抓好|抓实|抓紧|紧盯|盯紧"
)
BUILD = (
    "布局建设|规划建设|投资建设|建设|打造|创建|构建|构筑|组建|成立|引入|设立|建立|布局|规划|建成|争创|筹建|新建|共建|完善|提升|优化|开展|参与|"
    "落地|运行|培育|做大做强|做强做大|做优做强|做强|做大|扩大|加强|引进|谋划|启动|形成|加大|发展|举办|开通|申报"
)
LEAN = (
    "依托|联动|充分发挥|发挥|利用|围绕|用好|连接|借助|立足|凭借|结合|以(?!及)|与|将|把|在|落户(?:于|在)?|入驻|位于|设在|(?<=[”，])即(?![\u4e00-\u9fff]{1,2}[市区县])|"
    "指(?=[^，。；导]{2,}(?:区|园|谷|城|基地|中心|走廊))|涵盖|包括(?=[^，。；]{2,}(?:区|园|谷|城|基地))"
)
_SKIP = re.compile(
    rf"第[一二三四五六七八九十]+条\s*|\s+|[我本全][市省区县]|(?:{_ADVERB})|[、—]+|由|（(?:\d+|[一二三四五六七八九十]+)）|\d+[.．]\s*|“[^“”]{{1,8}}”(?=推动|推进|即|指|包括|涵盖)|"
    r"为(?:主要|重要)?(?:依托|核心|引领|支撑|重点)(?=[建打发布推加])"
)
# Words that go before a verb, or are the verb themselves: 推进某某中心建设.
_FURTHERS = re.compile("统筹|推进|推动|支持|深化|强化|加快|抓好|抓实|抓紧|紧盯|盯紧")
_VERB = re.compile(rf"(?:{BUILD}|{LEAN})")
_NEXT = re.compile(rf"(?:{_ADVERB})*(?:{BUILD}|{LEAN}|重点|着力|加快)")
_CLASS = "(?:等[^，。；、等]{0,12}?(?:载体|平台|园区|名镇|专业镇|装置|基地|优势|城|区|市|企业|院所))?"
_END = re.compile(
    rf"(?:(?:{HEADS}|[区镇县]|(?<=[县区市、][\u4e00-\u9fff]{{2}})市)(?:（[^（）]*）)?”?{_CLASS}|等)(?:为(?:主要)?(?:依托|核心|载体|抓手|重点|龙头|支撑))?(?:的?优势|作用)?(?={_NEXT.pattern}|(?:分别|共同|重点|差异化|主动)*承接|聚焦|拓展|主攻|瞄准)"
    r"|(?:区|园|地)的(?=“)"
    rf"|(?:{HEADS}|[区镇县])(?=的(?:项目|企业|机构|单位))|(?<=..)(?=牵头(?:{BUILD}))"
    rf"|(?:企业|主体|机构|高校|院所|大学|学院|公司|集团|各地|平台商|服务商|方式|模式|形式)(?={_NEXT.pattern})"
)
# A subject, before any verb, ends where its predicate begins: 甲区<错位发展>, 乙园<主要生产>.
_SUBJECT_END = re.compile(
    rf"(?:(?:{HEADS}|[区县镇]|(?<=[\u4e00-\u9fff]{{2}})市)(?:（[^（）]*）)?”?{_CLASS})(?={PREDICATE})"
)
# 依托某某公司<建设>…: behind what is leant on, a verb that builds ends it, whatever its name ends in.
_BUILT = re.compile("(?:建设|打造|组建|创建|构建|筹建|共建|布局|设立|成立|争创|搭建)(?=[^，。；的]{4,})")
_BECOME = re.compile("成(?:为)?")


@dataclass(frozen=True, slots=True)
class Object:
    """A stretch that a verb governs.

    `verb` is the last verb before it, `lean` whether it is leant on, `places` the list of places right before it
    without a verb between (建设甲、乙某某基地).
    """

    start: int
    end: int
    verb: str
    lean: bool
    places: PlaceList | None = None


def objects(sentence: str) -> Iterator[Object]:
    """The objects of a sentence, in order."""
    groups = place_lists(sentence, outside=True)
    for a, b in clauses(sentence):
        labelled = _LABEL.search(sentence[:a]) is not None
        if dash := _DASH.match(sentence, a, b):  # 远郊各区——某某区发展…
            yield from _clause(sentence, a, dash.end("label"), {g.start: g for g in groups}, "")
            a = dash.end()
        yield from _clause(sentence, a, b, {g.start: g for g in groups}, "依托" if labelled else "")


_DASH = re.compile("(?P<label>[\u4e00-\u9fff]{2,12})——")
# 主要载体：甲园区、乙基地
_LABEL = re.compile("(?:^|[，。；])[\u4e00-\u9fff]{0,4}(?:载体|园区|基地|平台|承载地|集聚区|分布区域)：$")


def _clause(sentence: str, at: int, stop: int, groups: dict[int, PlaceList], verb: str) -> Iterator[Object]:
    lean, held = bool(verb), None
    while at < stop:
        group = groups.get(at)
        if group is not None and held is None:
            attached = (
                verb
                and group.end < stop
                and not _NEXT.match(sentence, group.end)
                and not _SKIP.match(sentence, group.end)
            )
            if attached and not group.marked:
                pass  # 推进<甲市>某某基地: the city is part of the name
            else:
                held = group if attached else None
                at = group.end
                continue
        if skip := _SKIP.match(sentence, at, stop):
            at = skip.end()
            verb = verb or (skip[0] if _FURTHERS.fullmatch(skip[0]) else "")
            continue
        if not (group is not None and held is None) and (match := _VERB.match(sentence, at, stop)):
            at, verb, held = match.end(), match[0], None
            lean = re.fullmatch(LEAN, verb) is not None
            become = _BECOME.match(sentence, at, stop)
            if become and not _is_place(sentence, at):  # 将甲打造成乙: says what it is to be
                at, verb = become.end(), "成"
            continue
        end = _object_end(sentence, at, stop, _END if verb else _SUBJECT_END)
        if lean and verb != "以" and (built := _BUILT.search(sentence, at + 2, end)):
            end = built.start()
        yield Object(at, end, verb, lean, held)
        at, held = end, None


def _is_place(sentence: str, at: int) -> bool:
    """Whether 成 begins the name of a place (建设成都…) or of two (建设成渝…)."""
    rest = sentence[at : at + 12]
    return any(start == 0 for start, _ in place_names(rest)) or bool(pair(rest, sentence))


def _object_end(sentence: str, at: int, stop: int, pattern: re.Pattern[str]) -> int:
    for match in pattern.finditer(sentence, at, stop):
        if depth(sentence[at:], match.end() - at) <= 0 and match.end() > at:
            return match.end() if not match[0].endswith("的") else match.end() - 1
    return stop
