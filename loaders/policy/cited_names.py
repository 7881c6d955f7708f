"""The names of other policies in a text: in 《》 with their number, by the short form a text gives them, and bare."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from loaders.document.document import TITLE
from loaders.policy.titles import DOC_NUMBER, corrected, fold
from ontology.vocabulary import vocabulary

_MARKED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_BRACKET = re.compile(r"\s*（((?:[^（）]|（[^（）]*）)*)）")
_ORDER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,14}?(?:令|公告))\s*(?:[〔\[（(]?(?P<year>(?:19|20)\d\d)\s*[〕\]）)]?年?)?\s*第?\s*(?P<n>\d+)\s*号"
)
_SHORT = re.compile(r"(?:以下|下|并)?(?:分别)?(?:简称|统称|称)(?:为|：)?(?P<names>[^，。；]+)$")
_NAMES = re.compile(r"[《“]([^》”]{2,24})[》”]")
_KIND = re.compile(
    r"(?:法|典|建议|目录|分类|标准|清单|准则|指引|章程|协定|规程|规范|大纲|政策|制度|公约|倡议|纲领)(?:（[^（）]*）)*$"
)
_NO_POLICY = re.compile(
    r"(?:报告|白皮书|蓝皮书|公报|年鉴|杂志|日报|申请书|申请表|汇总表|证书|合同|协议书?)(?:\s*\d{4})?(?:（[^（）]*）)*$"
)
# 以X为指引 and the like name a policy without marks.
_GUIDED = re.compile(
    r"以(?P<name>(?!习近平)[\u4e00-\u9fff“”]{4,30}?(?:规划纲要|纲要|规划|意见|条例|方案))为(?:根本)?(?:指引|指导|引领|统领|遵循|依据|准绳)"
)
_LAW = r"[\u4e00-\u9fff]{1,20}?(?<![办方做依立执司合违守普语知懂用])(?<!(?<![预决])算)(?:法典|法)(?![律规院人])"
_RULES = r"(?!本|该|上述|有关|相关)[\u4e00-\u9fff]{3,20}?条例"
_MEMBER = rf"(?:《[^《》]*》(?:（[^（）]*）)?|{_LAW}|{_RULES})"
# 按照甲法、乙法和丙条例等: names without marks count only behind such a word.
_CHAIN = re.compile(
    rf"(?:根据|依据|依照|按照|遵守|违反|适用|落实|参照|与)(?P<chain>{_MEMBER}(?:(?:、|，|和|与|以及|及){_MEMBER})*)(?=、|，|。|；|等|和|以及|及|的|有关|相关|第|规定)"
)
_LAWS = re.compile(rf"(?P<name>{_LAW}|{_RULES})(?=$|、|，|和|与|以及|及)")
_PLANS = re.compile(r"(?P<name>(?:国家|中共中央|中央|全国|省|市|我省|我市)“[^”]{2,8}”规划(?:纲要|建议)?)(?!编制)")


@dataclass(frozen=True, slots=True)
class Named:
    """A policy that a text names, from `start` to `end` of the string (its number included)."""

    title: str
    number: str | None
    start: int
    end: int
    marked: bool = True
    short: bool = False


@dataclass(frozen=True, slots=True)
class Short:
    """A short form that a text gives a policy; `bare` where it stands without marks (以下简称核备条例)."""

    name: str
    title: str
    number: str | None
    bare: bool


def shorts(string: str) -> Iterator[Short]:
    """The short forms that a text gives policies."""
    found = list(_in_marks(string))
    for i, (_, extra) in enumerate(found):
        if extra is None or not (match := _SHORT.search(extra)):
            continue
        marked = _NAMES.findall(match["names"])
        names = marked or [match["names"].strip("“”《》 ")]
        # 以下简称《甲》、《乙》 names the two policies that stand before it.
        owners = [one for one, _ in found[max(0, i + 1 - len(names)) : i + 1]]
        if len(owners) == len(names):
            for name, owner in zip(names, owners, strict=True):
                yield Short(name, owner.title, owner.number, not marked)


def named(string: str, known: Mapping[str, Short]) -> Iterator[Named]:
    """The policies that a text names, in order.

    Args:
        string: a sentence or paragraph, repaired.
        known: the short forms of the text.
    """
    found: list[Named] = []
    for one, _ in _in_marks(string):
        short = known.get(one.title)
        title, number = (short.title, one.number or short.number) if short else (one.title, one.number)
        found.append(Named(title, number, one.start, one.end, short=short is not None))
    taken = [(one.start, one.end) for one in found]
    for short in known.values():
        for match in re.finditer(re.escape(short.name), string) if short.bare and len(short.name) >= 3 else ():
            found += _free(Named(short.title, short.number, *match.span(), marked=False, short=True), taken)
    for pattern in (_GUIDED, _PLANS):
        for match in pattern.finditer(string):
            found += _free(Named(match["name"], None, *match.span("name"), marked=False), taken)
    for chain in _CHAIN.finditer(string):
        last = chain.start("chain")
        for start, end in (
            *sorted(span for span in taken if last <= span[0] < chain.end("chain")),
            (chain.end("chain"),) * 2,
        ):
            for match in _LAWS.finditer(re.sub("^(?:、|，|和|与|以及|及)+", "", string[last:start])):
                at = string.index(match["name"], last)
                found += _free(Named(match["name"], None, at, at + len(match["name"]), marked=False), taken)
            last = end
    return iter(sorted(found, key=lambda one: one.start))


def _free(one: Named, taken: list[tuple[int, int]]) -> list[Named]:
    if any(start < one.end and one.start < end for start, end in taken):
        return []
    taken.append((one.start, one.end))
    return [one]


def _in_marks(string: str) -> Iterator[tuple[Named, str | None]]:
    """What stands in 《》, with the words of the bracket behind it; names inside such brackets are no mentions."""
    at = 0
    for match in _MARKED.finditer(string):
        if match.start() < at:
            continue
        bracket = _BRACKET.match(string, match.end())
        number = number_in(bracket[1]) if bracket else None
        stated = bracket is not None and (number is not None or _SHORT.search(bracket[1]) is not None)
        at = bracket.end() if bracket is not None and stated else match.end()
        inner = re.search("[〈《](.+)[〉》]", match[1])
        title = corrected(inner[1] if inner else match[1])
        yield Named(title, number, match.start(), at), bracket[1] if bracket and stated else None


def number_in(words: str) -> str | None:
    """The number that the words in a bracket begin with or hold."""
    if match := DOC_NUMBER.search(words):
        return f"{match['word']}〔{match['year']}〕{match['n']}号"
    if match := _ORDER.search(words):
        year = f"{match['year']}年" if match["year"] else ""
        return f"{match['body']}{year}第{match['n']}号"
    return None


def is_policy(title: str) -> bool:
    """Whether a name in 《》 is an official document's: a report, a form or a newspaper is none."""
    return not _NO_POLICY.search(title) and (TITLE.search(title) is not None or _KIND.search(title) is not None)


_ISSUES = re.compile(r"^.*?(?:关于)?(?:印发|转发|发布|公布)[《〈]?(.+?)[》〉]?的(?:通知|公告|通告|决定)$")
_BODIES = re.compile(
    r"^(?:(?:国务院|[\u4e00-\u9fff]{2,16}?(?:厅|局|委员会|委|人民政府|办公厅|办公室|部|人大常委会|领导小组))\s*)+关于(?:印发)?(?=.{4,})"
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}(?:省|市|自治区)")


@cache
def state() -> str:
    """The full name of the state, with which national statutes begin, as the vocabulary has it for its government."""
    government = vocabulary().agency("国务院")
    return government.full_name.removesuffix(government.name)


_EXPLAINS = re.compile(r"解读(?:材料)?$|实录$")


def issued(title: str) -> str:
    """What a notice issues, by whose title policies are known; any other title as it is."""
    return match[1] if (match := _ISSUES.match(title)) else title


def bare(title: str) -> str:
    """What a title names: without the notice that issues it, its bodies and its province; for comparison."""
    title = issued(title)
    return fold(_PLACE.sub("", _BODIES.sub("", title)).removeprefix(state()))


def same(one: str, other: str) -> bool:
    """Whether two titles name one policy; (试行), bodies and the province may be left out in one of them."""
    if (_EXPLAINS.search(one) is None) != (_EXPLAINS.search(other) is None):
        return False
    here, there = (match[0] if (match := _PLACE.match(title)) else "" for title in (one, other))
    if here and there and here != there:
        return False
    a, b = (re.sub("试行$|暂行$", "", bare(title)) for title in (one, other))
    if not a or not b:
        return False
    return a == b or (
        min(len(a), len(b)) >= 8 and (a in b or b in a) and min(len(a), len(b)) >= 0.7 * max(len(a), len(b))
    )
