"""What surrounds an instrument: who runs it, when, for which clusters, and what keeps its promise open."""

import re
from dataclasses import dataclass

from loaders.grammar import dates
from loaders.money.award import Award
from loaders.money.passages import PolicyText
from loaders.money.words import NUMBERED
from ontology.vocabulary import vocabulary

_PERIOD = re.compile(
    rf"{dates.DATE.pattern}(?:起)?\s*(?:至|到|[-—–~～]+)\s*{dates.DATE.pattern.replace('?P<', '?P<b_')}"
)
_RESERVED = (
    (
        "不超过",
        r"(?:按|给予|予以)[^，。；]{0,20}不(?:超过|高于)[^，。；]{0,24}%|比例不(?:超过|高于)|不超过[^，。；]{0,24}%",
    ),
    ("最高", r"最高"),
    ("择优", r"择优"),
    ("竞争性评审", r"竞争性(?:评审|分配|遴选)"),
    ("适当", r"适当"),
    ("原则上", r"原则上"),
    ("先到先得", r"先后顺序|先到先得|用完即止"),
    ("总额控制", r"总额控制"),
    ("一事一议", r"一(?:事|项目|企|案)一议"),
    ("视预算", r"(?:视|根据|结合)[^，。；]{0,10}预算"),
    ("视情况", r"视[^，。；]{0,10}情况"),
)
_EXPLAINS = re.compile(r"由(?P<who>[^，。；]{2,60}?)(?:负责解释|负责具体解释|负责组织实施|会同)")
_AGAIN = re.compile(
    r"就高不(?:就低|重复)|不(?:得|予)?重复(?:享受|奖励|申报|支持|补助)|不再(?:享受|给予|重复)|从优不重复|不得重复"
)
_WINDOW = re.compile(
    r"(?:申报|入库|受理)(?:时间|期限|窗口|期)[^，。；]{0,4}(?:为|：)?(?P<window>[^，。；]{4,30}?(?:日|月|底|止))"
)


_HOUR = r"(?:\s*\d{1,2}\s*(?:[:：]\d{2}|[时点]))?"
_DAY = rf"(?:(?:20\d\d\s*年|每年)?\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日{_HOUR})"
_APPLIED = re.compile(rf"(?P<window>{_DAY}(?:起)?\s*(?:至|到|[-—–~～]+)\s*{_DAY})[^。；]{{0,60}}?(?:申报|申请|填报)")


_ACCEPTED = re.compile(rf"(?:申报|受理|申请)[^。；]{{0,10}}?(?P<window>{_DAY}(?:起)?\s*(?:至|到|[-—–~～]+)\s*{_DAY})")


@dataclass(frozen=True, slots=True)
class Around:
    """What all instruments of a policy share."""

    authority: tuple[str, ...]
    clusters: tuple[str, ...]
    window: str | None
    fails_with: str | None
    spending: tuple[str | None, str | None]
    reserved: tuple[str, ...]


def around(policy: PolicyText) -> Around:
    """What surrounds the instruments of a policy."""
    return Around(
        authorities(policy),
        clusters_of(policy),
        window_of(policy),
        fails_with(policy),
        _spent(policy),
        _reserved(policy),
    )


def spending(sentence: str) -> tuple[str | None, str | None]:
    """The period whose spending counts, where the sentence states one."""
    match = _PERIOD.search(sentence)
    if match is None:
        return None, None
    second = dates.DATE.search(f"{match['b_year']}年{match['b_month']}月{match['b_day']}日")
    first = dates.DATE.search(match[0])
    return (dates.date_of(first) if first else None), (dates.date_of(second) if second else None)


_SPENT = re.compile(r"支出|费用|投入|投资|发票|付款|购置")


def _spent(policy: PolicyText) -> tuple[str | None, str | None]:
    """The period whose spending counts for all awards of a policy (项目费用支出发生在…期间)."""
    for passage in policy.passages:
        for clause in re.split(r"[，。；]", passage.text.string):
            match = _PERIOD.search(clause)
            if (
                match is not None
                and _SPENT.search(clause)
                and re.match(r"(?:期间|之?内|之间|[）]|$)", clause[match.end() :])
            ):
                return spending(clause)
    return None, None


# What is said once about all the money of a policy.
_OF_ALL = ("竞争性评审", "视预算", "先到先得", "总额控制")


def _reserved(policy: PolicyText) -> tuple[str, ...]:
    whole = "\n".join(passage.text.string for passage in policy.passages)
    return tuple(name for name, pattern in _RESERVED if name in _OF_ALL and re.search(pattern, whole))


def reservation(passage: str, sentence: str) -> tuple[str, ...]:
    """What keeps the promise open (不超过, 择优, 竞争性评审 …)."""
    return tuple(
        name
        for name, pattern in _RESERVED
        if re.search(pattern, sentence if name in ("最高", "适当", "不超过", "一事一议") else passage)
    )


def authorities(policy: PolicyText) -> tuple[str, ...]:
    """Who runs it: the issuers, else who is to explain the policy."""
    if policy.fact is not None and policy.fact.issuers:
        return policy.fact.issuers
    for passage in reversed(policy.passages):
        if match := _EXPLAINS.search(passage.text.string):
            return tuple(re.split(r"[、和]", match["who"]))
    return ()


def fails_with(policy: PolicyText) -> str | None:
    """What an award may not be combined with, in the policy's words."""
    for passage in policy.passages:
        string = passage.text.string
        if match := _AGAIN.search(string):
            start = max(string.rfind("。", 0, match.start()), string.rfind("；", 0, match.start())) + 1
            ends = [at for sign in "。；" if (at := string.find(sign, match.end())) >= 0]
            words = string[max(start, match.start() - 80) : min([*ends, match.end() + 30, len(string)])]
            return re.sub(r"^(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．])", "", words).strip("，：")
    return None


_FORFEIT = re.compile(
    r"(?:^|[。；])(?P<words>[^。；]*?(?:不再(?:兑现|拨付|享受|给予|补助|奖励|支付|兑付)|不得享受|不予(?:兑现|拨付|享受|兑付)|停止(?:兑现|拨付))[^。；]*)"
)


def forfeit(passage: str) -> str | None:
    """In which case an award is lost again (第二年复核不合格的，不再兑现剩余奖励), in the words of its passage."""
    found = [match["words"].strip("，：（") for match in _FORFEIT.finditer(passage)]
    return "；".join(re.sub(r"^(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．])", "", words) for words in found) or None


_EXCEPT = re.compile(
    r"（(?P<bracket>[^（）]{2,40}?)除外(?:，下同)?）|(?:^|[，。；：])(?P<clause>[^，。；：（）]{2,24}?)除外|（不(?:含|包括|包含)(?P<without>[^（）]{2,40}?)(?:，下同)?）"
)
_OUTSIDE = re.compile(
    r"(?:^|[，。；：对])(?P<places>[^，。；：（）对]{2,40}?)(?:以外|之外)的?(?:其他)?(?:地区|区域|地市|市|县|项目|企业)"
)
_AREA = re.compile(r"[\u4e00-\u9fff]{1,12}(?:省|市|区|县|镇|乡|街道|管委会|开发区|新区|园区|州|盟|旗)")


def excluded(award: Award) -> tuple[str, ...]:
    """The places that an award leaves out (租用县内（横河镇除外）厂房的)."""
    sentence = award.passage.text.string[award.sentence[0] : award.sentence[1]]
    number = re.match(rf"{NUMBERED}\s*", sentence)
    begin = number.end() if number is not None else 0
    if (outside := _OUTSIDE.search(sentence[begin : award.end - award.sentence[0]])) is not None:
        names = re.split(r"、|以及|和|及|与", outside["places"])
        if all(_AREA.fullmatch(name) for name in names):
            return tuple(name.removesuffix("市") if len(name) > 2 else name for name in names)
    for match in _EXCEPT.finditer(sentence[begin:]):
        words = next(group for group in match.groups() if group is not None)
        names = re.split(r"、|以及|和|及|与", words)
        if all(_AREA.fullmatch(name) for name in names):
            return tuple(dict.fromkeys(name.removesuffix("市") if len(name) > 2 else name for name in names))
    if (unserved := _UNSERVED.search(sentence[begin:])) is not None and (places := _named_places(unserved["places"])):
        return places
    for words in re.split(r"[。；]", award.passage.text.string[award.sentence[1] :]):
        if (alone := _ALONE.fullmatch(words)) is not None:  # 深圳市除外。
            return _named_places(alone["places"])
    return ()


_ALONE = re.compile(
    r"\s*(?:其中|但)?，?(?P<places>[^，。；：（）]{2,40}?)(?:除外|不(?:适用|享受|执行)(?:本条|本款|上述|以上)[^，。；]{0,8})"
)


_UNSERVED = re.compile(
    r"[，；](?:其中|但)?(?P<places>[^，。；：（）]{2,30}?)的?(?:企业|项目|单位)?不(?:享受|适用|执行|纳入)[^，。；]{0,8}(?=[，。；]|$)"
)


def _named_places(words: str) -> tuple[str, ...]:
    """The places of a list, if it names nothing else."""
    names = re.split(r"、|以及|和|及|与", words)
    known = vocabulary().place_names()
    bare = [name.removesuffix("市") if len(name) > 2 else name for name in names]
    sure = any(_AREA.fullmatch(name) or name in known for name in names)
    return tuple(bare) if sure and all(len(name) <= _LONGEST_PLACE for name in names) else ()


_LONGEST_PLACE = 12


def window_of(policy: PolicyText) -> str | None:
    """When applications are taken, where the policy says so."""
    for pattern in (_ACCEPTED, _APPLIED, _WINDOW):
        found = next((m["window"] for p in policy.passages if (m := pattern.search(p.text.string))), None)
        if found is not None:
            return re.sub(r"\s", "", found)
    return None


def clusters_of(policy: PolicyText) -> tuple[str, ...]:
    """The clusters that the policy supports: named in its title, or by their category (十大战略性支柱产业集群)."""
    named = [c.name for label, c in vocabulary().cluster_names().items() if len(label) > 2 and label in policy.title]
    if named:
        return tuple(dict.fromkeys(named))
    whole = "".join(p.text.string for p in policy.passages if re.search(r"支持|聚焦", p.text.string))
    found: list[str] = []
    for category, words in (("pillar", "战略性支柱产业集群"), ("emerging", "战略性新兴产业集群")):
        if words in whole:
            found += [c.name for c in vocabulary().clusters_of() if c.category == category]
    return tuple(found)
