"""Which words are names of firms, and which those of trades, products and classes of firms."""

import re
from functools import cache

from loaders.grammar.grammar import place_names
from ontology.vocabulary import vocabulary

_COMMON = re.compile(
    "(?:企业|跨国|上市|挂牌|股份|证券|控股|投资|平台|运营|国有|民营|外资|中介|专业|专业性|金融|基金|担保|保险|咨询|科技型|服务|龙头|大型|"
    "项目|相关|有关|各|该|本|大|欧美|外国|互联网|电信|租赁|小额贷款|股转|产业|母|子|总|创业|创新|物业|建设|开发)(?:公司|集团|分公司|分行)$"
)
GENERIC = re.compile(
    "企业|机构|院校|高校|大学|学院|研究院|研究所|科研|院所|协会|商会|联盟|行业|产业|领域|产品|项目|园区|地区|中心|平台|政府|部门|人才|"
    "单位|主体|环节|技术$|装备$|设备$|材料$|服务$|制造$|制造业|零部件|元器件|独角兽|小巨人|冠军|隐形|瞪羚|专精特新|国有|民营|外资|央企|国企|"
    "上市|中小|大型|骨干|龙头|链主|重点|国内外|上下游|^[^A-Za-z]$|客户|用户|[、，。“”]|交易所|银行$|基金"
)
# A trade, a technology or a product, by its last word or its first.
_TRADE_WORD = re.compile(
    "(?:工艺|元器件|传感器|显示|芯片|器件|零部件|装备|设备|材料|制造|现实|商务|创意|金融|人工智能|大数据|云计算|互联网|物联网|区块链|设计|服务|"
    "咨询|培训|教育|医疗|信息|应用|终端|家电|医药|食品|汽车|软件|纺织|服装|石化|化工|陶瓷|水泥|物流|会展|文化|旅游|管理|监督|改革|^\\dG)$"
)
TECHNICAL = re.compile(
    "^(?:第.代|现代|传统|化合物|功率|宽禁带|新型|先进|高端|智能|绿色|海上|分布式|特色|大型|重大|新一代|未来)"
)
# What holds a group together and stands in the names of groups too; 跨国公司, 上市公司 never are names.
_HOLDING = re.compile("(?:控股|投资|产业|建设|开发|运营|发展)(?:公司|集团)$")
_LEGAL = re.compile("(?:股份|集团|控股)*(?:有限)?(?:责任)?公司$")
COMMON_STEM = re.compile(
    "[新型类级化性的及和与]|技术|产业|创新|制造|研发|应用|信息|数字|智慧|车载|消费|汽车|电力|工业|医用|医疗|海洋|精细|能源|材料|照明|通信|机器|网络|超高|高清|产能|工程|"
    "农业|环保|食品|安全|基础|生态|航空|航天|公共|民用|军民|综合|集成|电路|光学|系统|设备|芯片|国际|国家|省级|市级|中国|全球|合成|动力|人工|细胞|基因|卫星"
)


def is_firm(word: str) -> bool:
    """Whether a word can hardly be anything but a firm: 某某集团, a Latin name, a city's firm."""
    latin = re.match("[A-Za-z]{3,}|[A-Za-z]+[a-z]", word) is not None
    return (
        latin
        or re.search("(?:集团|公司|股份|科技|实业)$", word) is not None
        or (place_names(word) or [(1, 1)])[0][0] == 0
    )


def is_trade(word: str) -> bool:
    """Whether a word is that of a trade, a product or a class."""
    common = word in vocabulary().cluster_names() or GENERIC.search(word) or _TRADE_WORD.search(word)
    return bool(common) or TECHNICAL.match(word) is not None or not 2 <= len(word) <= 12


def is_common(word: str) -> bool:
    """Whether a word that ends in 公司 or 集团 is that of a class; a place and a name before it are a firm's."""
    if (match := _COMMON.search(word)) is None:
        return False
    place = next((end for start, end in place_names(word) if start == 0), 0)
    own = re.sub("(?<=..)(?:产业|发展|建设)$", "", word[place : match.start()])
    named = len(own) >= 2 and (
        place > 0 or (len(own) <= 6 and re.search("[性型化级类的]", own) is None and not is_trade(own))
    )
    return not (named and _HOLDING.match(match[0]))


def bare_names(name: str) -> tuple[str, ...]:
    """The shorter names by which a text goes on to call a firm: without its place and legal form, without its trade."""
    bare = _LEGAL.sub("", name)
    end = next((end for start, end in place_names(bare) if start == 0), 0)
    bare = re.sub("^[省市]", "", bare[end:])
    shorter = (bare, re.sub(rf"(?<=.{{4}})(?:{trades()})$", "", bare))
    return tuple(dict.fromkeys(one for one in shorter if one != name and len(one) >= 4 and not _is_word(one)))


def _is_word(name: str) -> bool:
    """Whether a firm's short name would be that of a trade (汽车零部件), and not a name and a trade (某某汽车)."""
    stem = re.sub(rf"(?:{trades()})$", "", name)
    return is_trade(stem if 2 <= len(stem) < len(name) and not COMMON_STEM.search(stem) else name)


def stem(name: str) -> str | None:
    """The own part of a firm's name, which names of its works begin with (双江发展 → 双江); None where it is a word."""
    general = "|".join(vocabulary().codes("company-word")["general"].labels)
    bare = _LEGAL.sub("", name)
    bare = bare[next((end for start, end in place_names(bare) if start == 0), 0) :]
    own = re.sub(rf"(?<=.{{2}})(?:{trades()}|{general})+$", "", bare)
    common = COMMON_STEM.search(own) or is_trade(own) or place_names(own) or len(own) > 4
    return own if own != name and not common else None


@cache
def trades() -> str:
    """The trades in which names of firms end, as a pattern."""
    return _pattern("trade")


@cache
def marks() -> str:
    """The words that make the name of a firm, and of nothing else, out of two or three characters, as a pattern."""
    return _pattern("mark")


@cache
def weak_marks() -> str:
    """Those that do so only at the beginning of a project's name or before a place, as a pattern."""
    return _pattern("weak-mark")


def _pattern(notation: str) -> str:
    words = vocabulary().codes("company-word")[notation].labels
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_DOES = re.compile(
    "建成|建设|打造|发展|布局|引进|形成|培育|推进|推动|支持|实施|新增|构建|完善|提升|加强|加快|增强|优化|强化|开展|新建|现有"
)


def own_part(stem: str) -> bool:
    """Whether the beginning of a name can be a firm's own part: no word, no trade, no place."""
    word = COMMON_STEM.search(stem) or is_trade(stem) or TECHNICAL.match(stem) or place_names(stem) or _DOES.match(stem)
    return not word and stem not in vocabulary().codes("company-word")["trade"].labels


def firm_like(name: str) -> bool:
    """Whether a name ends as firms' names do and begins with no word."""
    match = re.fullmatch(rf"(?P<stem>[\u4e00-\u9fff]{{2,4}}?)(?:{trades()})+", name)
    if match is None or TECHNICAL.match(name) or GENERIC.search(name):
        return False
    return own_part(match["stem"])


def is_place(name: str) -> bool:
    """Whether a word is the name of a place, or of the country."""
    return any(a == 0 and b == len(name) for a, b in place_names(name)) or name in (
        "国家",
        "全国",
        "中国",
        "国际",
        "世界",
    )
