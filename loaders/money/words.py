"""Words around the figures of an award: whom it is for, of what a share is, what a ceiling is for."""

import re
from collections.abc import Iterator
from decimal import Decimal

from loaders.grammar import dates
from loaders.grammar.numerals import chinese
from loaders.grammar.quantities import Quantity
from loaders.money.figures import GIVES, NOUN

_PER = re.compile(
    r"(?P<per>单个(?:项目|企业|平台|单位|产品)?|单项(?!冠军)|单品种|单家(?:企业)?|单户(?:企业)?|单笔|每个(?:(?!不|最|每|资|奖|补|给|支)[^，。；\d]){0,4}"
    r"|每家(?:企业|单位|机构)?|每户(?:企业)?"
    r"|每项(?:标准|专利)?|每年|每月|每[市县区车]|每人(?:每年|每月)?|每台(?:套)?|每次|每(?:通过|获得|服务|引进|新增|完成|取得)(?:一|1)[个项家件次名]|每平方米(?:每月)?|每亩|每件|每吨"
    r"|每千瓦时|每千瓦|每度|每[\u4e00-\u9fff]{1,5}?(?=一次性|最高|给予|补助|补贴|奖励|资助|$)|同一(?:企业|项目|主体|单位|年度)?(?:每年|年度|全年)?|年度|全年|当年|总额|累计|合计)"
)
NUMBERED = r"(?:第[^条，。]{1,6}条|（[^（）]{1,3}）|\d+[.、．]|[一二三四五六七八九十]+、)?\s*(?:【[^】]{1,16}】)?"
_TARGET = re.compile(
    r"(?:^|[，：])(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．]|[一二三四五六七八九十]+、)?[^，。；：、]{0,8}?"
    r"(?<!其)(?:对(?!外(?:服务|开放|合作|贸易|经贸|投资))于?|向|(?<![称数准限])为(?!期|基数|基准|标准|准|限|主|依据))(?!\d[\d.]*[万亿元%])(?P<target>(?:（[^（）]*）|[^，。；：（）]){2,80}?)(?=连续"
    r"|，|$|提供|(?:一次性|分别|最高|按照?|可|将|应|另|再|每年|当年|参照|择优|适当|优先)*(?:给予|予以"
    r"|按|参照|奖励|补助|补贴|资助|进行|实行|享受))"
)
_MOST = 12  # parts of a sum
ALL = r"以上|上述|各项|全部|各类|多项|所有"
_EVENLY = re.compile(
    r"分(?P<n>[一二两三四五六七八九十\d]{1,2})\s*(?:个)?(?P<unit>年度?|期|次|批)[^，。；]{0,2}(?:等额|平均|均等|等比例|同比例)"
)
YEARS = re.compile(r"分(?P<n>[一二两三四五六七八九十\d]{1,2})\s*(?:个)?年")
_SHARES = re.compile(r"(?P<shares>\d+(?:\s*[:：∶]\s*\d+){1,5})(?:的)?比例")


# Who pays is not whom it is for.
_PAYER = re.compile(
    r"由[^，。；]{0,12}?财政|从.*中$|[省市县区]级?财政|(?:当年|次年|每年|年度|分别|[前后]?(?:连续)?[一二两三四五\d]+年(?:内|租金)?)+$"
)


def target_of(string: str, first: int, at: int) -> str | None:
    """Whom a clause gives to: the last 对… before it, or the subject of a clause that follows another award."""
    begin = max((match.end() for match in re.finditer(r"[；。]", string[:at])), default=0)
    found = None
    for match in _TARGET.finditer(string, begin):
        if match.start() > at:
            break
        if re.search(r"\d[\d.]*(?:%|[万亿]?元)$", match["target"]) and not re.search(r"的[^的]*$", match["target"]):
            continue
        if re.search(r"的\d[\d.]*%$|部分$", match["target"]):
            continue
        serves = re.match(r"提供[^，。；\d]{2,}(?:的|，)", string[match.end("target") :]) is not None
        if serves and string[match.start("target") - 1] == "为":
            continue  # who serves others is given to, not whom it serves
        if found is None or not re.search(r"\d", match["target"]):
            found = match
    own = re.match(
        r"[，：]?(?P<subject>(?!(?:并|且|同时)?(?:在|要|应|须|可|将)|给予|予以|每|单|分|最高|累计|第|原则上|采取|采用|实行|通过|以|在|超[出过])(?:(?!按|参照)[^，。；：\d]){4,40}?)(?=按照?|参照|给予|予以)",
        string[at:],
    )
    if (
        own is not None
        and (found is None or found.end() < at)
        and not _PAYER.match(own["subject"])
        and not re.search(r"(?:[后时前]|起|情况)$", own["subject"])
    ):
        return own["subject"].removeprefix("对")
    return found["target"] if found is not None else None


def base_of(before: str) -> str | None:
    """What a share is of: 按投资额的, 超出额, 参照其年度地方财政贡献的."""
    clause = re.split(r"[，。；：]", before)[-1]
    if (part := re.search(r"(?:超[出过]|增量|新增|增长|增加)的?部分(?=给予|予以|按|再|$)", clause)) is not None:
        return part[0]
    words = re.sub(r"^.*?(?:按照|参照|依据|给予企业|给予其|给予|另?按(?=.{2})|另)", "", clause)
    if not words.strip("的") and (match := re.search(r"根据(?P<base>[^，。；]{2,30}?)按", clause)):
        return match["base"]
    if _LENT.search(clause):
        return LOAN  # 按年化2%给予贴息
    if not words.strip("的") and (match := re.search(r"对(?P<base>[^，。；]{2,20}?)(?:给予|予以)$", clause)):
        return match["base"]
    words = re.sub(r"^.*(?:标准|比例|金额)(?:为|是)|^以(?=.{3})", "", words)
    words = re.sub(r"^.*(?:上限[及和、]|给予(?:企业|其)?)|^.*由$|^.*(?:提高|上[浮调]|调整|放宽)[到至为]$", "", words)
    words = re.sub(
        r"^(?:不(?:超过|高于)|最高)?(?:将|对)?(?:其|企业(?=超|实|新)|该)?|(?:的|比例|不超过|最高|一次性)+$", "", words
    )
    words = re.sub(r"^(?:其?中)?对(?!外)|按$", "", words.lstrip("、和及与"))
    words = re.sub(r"^.*[=＝]|[×*]$", "", words)  # 补助金额=设备投资额×8%
    words = re.sub(r"^每[^，]{1,3}(?:补贴|补助)|(?<=[费金款])(?:补贴|补助|资助|奖励)$", "", words)
    return words if len(words) >= 2 and not _NO_BASE.search(words) else None


# Nobody is given a share of a project; nor is a part or a place what a share is of.
_NO_BASE = re.compile(rf"^(?:的?部分)?(?:{NOUN})?$|^分别$|(?:项目|企业|单位|平台|机构|产品|地区|区域|市)$")


LOAN = "贷款额"
_LENT = re.compile(r"(?:年化|年利率|年?贴息率|年利息)(?:不超过|不高于|最高)?(?:的)?$")


def per_of(words: str) -> str | None:
    """What a sum is for each of, or over (单个项目, 每家企业每年, 总额)."""
    found = [match["per"] for match in _PER.finditer(words)]
    named = [per for per in found if per not in ("总额", "累计", "合计")]
    return "".join(dict.fromkeys(named)) or (found[-1] if found else None)


def is_shared(words: str) -> bool:
    """Whether a ceiling is over several awards together (各项奖励合计)."""
    return (
        re.search(
            r"(?:以上|上述|各项|全部|各类|多项|所有)[^，。；]{0,16}(?:累计|合计|总额|总计|总和|最高|不超过)"
            r"|(?:累计|合计|总额)[^，。；]{0,6}(?:各项|全部|所有)|同一(?:企业|主体|单位)[^，。；]{0,8}(?:各项"
            r"|累计|合计)",
            words,
        )
        is not None
    )


def give_end(string: str, end: int, stop: int) -> int:
    """Behind the words of giving that follow a figure in its clause."""
    rest = string[end:stop]
    match = re.match(
        rf"[^，。；]{{0,24}}?(?:{GIVES})?[^，。；]{{0,12}}?(?:{NOUN}|基金|额度)(?:奖励|补助|补贴|资金|扶持)?", rest
    )
    match = match or re.match(rf"[^，。；]{{0,24}}?(?:{GIVES})", rest)
    return end + match.end() if match else end


def shares_of(string: str, a: int, b: int) -> Iterator[tuple[str | None, Quantity]]:
    """The parts of a sum paid by a proportion (分三年按4:3:3比例兑现) or evenly (分两年等额兑现), as percentages.

    Yields:
        when (第一年, where the clause counts years) and the share.
    """
    if (even := _EVENLY.search(string, a, b)) is not None:
        count = dates.number(even["n"])
        for i in range(count if count <= _MOST else 0):
            yield (
                f"第{chinese(i + 1)}{even['unit'].removesuffix('度')}",
                _percent(Decimal(100) / count, even.start(), even.end()),
            )
        return
    match = _SHARES.search(string, a, b)
    if match is None or not re.search(r"分[^担摊享]|兑现|拨付|支付|兑付", string[a:b]):
        return
    numbers = [int(one) for one in re.split(r"\s*[:：∶]\s*", match["shares"])]
    years = YEARS.search(string, a, b)
    by_year = years is not None and dates.number(years["n"]) == len(numbers)
    for i, one in enumerate(numbers):
        value = Decimal(100 * one) / (sum(numbers) or 1)
        yield f"第{chinese(i + 1)}年" if by_year else None, _percent(value, match.start(), match.end())


def _percent(value: Decimal, start: int, end: int) -> Quantity:
    return Quantity(value, "%", start, end, start, end)
