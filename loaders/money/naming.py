"""What an instrument is called, of which type it is, and whom it is for."""

import re

from loaders.document.document import Section
from loaders.money.award import Award
from loaders.money.benefits import strip_target
from loaders.money.conditions import LEADING
from loaders.money.passages import Passage, PolicyText, heading_of
from loaders.money.schemes import titled
from loaders.money.words import NUMBERED

# ---- Names and types

_HEAD_END = re.compile(r"(?:支持)?(?:方式|标准|政策|要求|期限|办法|及|和|、)+$")
_GIVEN = re.compile(
    r"奖励|奖补|补偿|激励|补助|补贴|津贴|优惠|资助|贴息|扶持|配套|支持|基金|返还|推介|帮助|分配|分成|资金"
)
_MONEY = "奖励|奖补|补助|补贴|津贴|资助|贴息|奖金|返还|补偿|激励"
_AWARDED = re.compile(rf"{_MONEY}|股权投资|直接投资|配套(?!类|企业|产品)")
# How much, and not for whom.
_BRACKET = re.compile(r"（[^（）]{8,}）")
_AGAIN = re.compile(
    r"(?:^|[，。；：])(?:其中，?)?(?P<case>[^，。；：]{4,60}?)，?(?:可)?再(?:一次性)?(?:给予|奖励|补助|增加|追加)"
)
_NO_NAME = re.compile(
    r"其(?=奖|补|资)|符合(?:下列|以下)|按|参照|根据|其中|每|分别|一次性|(?:资助|补助|奖励|补贴|扶持)(?:金额|标准|额度|$)|$"
)
_WAY = re.compile(r"一(?:事|项目|企|案|产业|园|行|链)一(?:议|策)")
_TYPES = (
    ("case-by-case", r"一(?:事|项目|企|案)一议"),
    ("interest-subsidy", r"贴息|利息"),
    ("insurance-subsidy", r"(?<!担)保费|保险"),
    ("rent-subsidy", r"租金|房租|场租|租用|租赁(?:办公|厂房|场地)"),
    ("leasing-subsidy", r"融资租赁"),
    ("equity", r"出资(?:比例|额)|参股|股权投资|直接投资"),
    ("guarantee", r"担保|风险补偿"),
    ("listing", r"(?<!以)上市|挂牌"),
    ("talent", r"人才|安家|购房补"),
    ("training", r"培训"),
    ("loan", r"授信|贷款|信贷"),
    ("revenue-sharing", r"分成|分配"),
    ("matching", r"配套(?:资金|奖|补|资助|支持)|(?:给予|予以)[^，。；]{0,6}配套|基础上"),
    ("pre-award", r"事前"),
    ("post-award", r"事后|奖励|奖补|后补助"),
    ("subsidy", r"补助|补贴|资助|扶持|支持"),
)


def name_of(policy: PolicyText, passage: Passage, award: Award, kind: str | None, single: bool) -> str:
    """What people call it: the heading's words where they say what is given, else whom it is for and what it is."""
    section = named_section(policy, passage)
    head = _head(policy, section) if section is not None else ""
    if not head and (lead := _LEAD_HEAD.match(passage.text.string)) is not None:
        head = lead["head"]
    if len(head) <= 3:
        head = _bracketed(policy.title) or head
    own = passage.text.string[award.start : award.end]
    places = policy.named(own) if re.search(r"地区|市", own) and not re.search("以外|之外|除外", own) else ()
    given: list[str] = _GIVEN.findall(own) or _GIVEN.findall(award.text) or ["支持"]
    noun = ([word for word in given if word in _STRONG] or given)[-1]
    noun = "租金减免" if noun == "支持" and re.search("免收|免缴|免交|减半收", own) and "租" in own else noun
    if kind is not None:
        where = policy.prefix(kind)[2] == len(kind)  # 其中甲地区最高100万元
        return f"{name_of(policy, passage, award, None, single)}（{kind}）" if where else f"{kind}{given[-1]}"
    if passage.row is not None and (row := _ROW_CASE.match(passage.text.string)) is not None:
        return _of_row(passage, row["case"], noun)
    if (again := _again(award, noun)) is not None:
        return _called(own) or again
    if award.scales:
        return _fund(policy, award, own, head)
    if award.ratios and not award.amounts and _SUMMED.search(own) and all(one.op == "<=" for one in award.ratios):
        return f"{noun}合计上限"
    if award.kind == "payment-rule":
        return f"分阶段{'兑现' if '兑现' in own or '兑现' in head else '拨付'}"
    if (
        head
        and len(head) <= 24
        and _AWARDED.search(head)
        and not head.startswith(("支持", "鼓励", "加大", "强化", "加强"))
    ):
        tail = f"（{'、'.join(places)}）" if 0 < len(places) <= 2 else ""
        return head + tail
    if (called := _called(own)) is not None:
        use = _ANY_USE.match(called) if head else None
        if use is None:
            return called
        noun = noun if head.endswith(use["use"]) else called  # 检测平台 + 运营补贴
    head = _ENCOURAGED.sub("", head)
    if award.has_figures and policy.kind not in _PROSE and _THING.fullmatch(head) and not _SCOPE_WORDS.search(head):
        bare = head.removesuffix(noun).removesuffix("支持").removesuffix("扶持")
        head = bare if len(bare) > 2 else head.removesuffix(noun)  # 再生铝扶持, not 再生铝扶持扶持
        case = "、".join(places) if 0 < len(places) <= 2 else strip_target(award.target or _lead(award.text))
        case = "" if _HEAD_END.sub("", case) == "" else case
        if single or not case:
            return f"{head}{noun}"
        case = _short(case, award) if len(case) > _SHORT_CASE or re.search(r"\d", case) else case
        if len(case) > 1:
            return f"{head}{noun}（{case}）"
    target = _topical(_BRACKET.sub("", strip_target(award.target or _lead(award.text))), award) or head
    if _NO_SUBJECT.match(target) and award.conditions:  # 首次超过5亿元的: of what the clause before measures
        topic = re.sub("(?:首次|同比)$", "", award.conditions[0].criterion)
        target = target if topic[-2:] in target or len(topic) > _SHORT_CASE else f"{topic}{target}"
    if len(award.ladder) > 1 and (measured := _STEPPED.match(target)) is not None:
        target = measured["what"]
    if _NO_NAME.match(target):
        target = head or titled(policy)
    way = _WAY.search(own) or (_WAY.search(award.text) if award.alone else None)
    if way is not None and not award.has_figures:
        return f"{_cut(target, 32)}“{way[0]}”{noun}"
    return (_cut(target, 40) + noun) if not target.endswith(noun) else _cut(target, 40)


_NO_SUBJECT = re.compile(r"(?:首次|再次|达到|达|超过|突破|新增|不低于)*\d")
# 设备投资额1000万元以上、3000万元以上: what a ladder climbs on.
_STEPPED = re.compile(r"(?P<what>[^\d]{3,}?)(?:首次|分别|达到|达|超过|突破|满|不低于|在|为)*\d(?!.*的[^的]{2,}$)")


def _cut(words: str, longest: int) -> str:
    """Words that are too long for a name, cut behind a member of their list."""
    if len(words) <= longest:
        return words
    short = words[:longest]
    return short[: at if (at := short.rfind("、")) > longest // 2 else longest] + "等"


def named_section(policy: PolicyText, passage: Passage) -> Section | None:
    """The section that an award is called by: its own, above a mere number or 支持标准 the one around it."""
    chain = passage.section.chain if passage.section is not None else ()
    return next((one for one in reversed(chain) if one.kind != "title" and _head(policy, one)), None)


def _head(policy: PolicyText, section: Section) -> str:
    """The words of a heading without those that say how it is given."""
    return _HEAD_END.sub("", re.split(r"[。：；]", heading_of(policy, section))[0])


def _fund(policy: PolicyText, award: Award, own: str, head: str) -> str:
    """The name of a fund or a line of credit; what all of a policy may cost has none of its own."""
    if award.scales[0].op == "<=":
        return "年度资金总额" if re.search(r"每年|年度|20\d\d年", award.text) else "资金总额"
    own_name = re.search(
        r"(?P<name>[^，。；的年元]{0,16}?(?:(?:专项|引导|扶持|奖补|补助|发展)+资金|基金))(?=\d|，总|，首|预算|规模|$)",
        own,
    )
    match = own_name or re.search(
        r"(?:的|元|设立)(?P<name>[^，。；的元]{2,24}?(?:基金|资金|额度|专项(?!资金)))", f"{own}，{award.text}"
    )
    name = match["name"] if match else f"{head if head and not _SCOPE_WORDS.search(head) else titled(policy)}资金"
    return re.sub(r"^.*?(?:设立|建立|组建|发起|安排)(?=.{4})", "", strip_target(name))


_SUMMED = re.compile(r"(?:之和|合计|总和|总额)[^。；]{0,6}不(?:得|能|应)?(?:超过|高于)[^，。；]*%")
_ROW_CASE = re.compile(r"对(?:符合条件的企业，)?(?P<case>[^，。]{2,40}?)的?，")  # as `loaders.money.rows` words a row


def _of_row(passage: Passage, case: str, noun: str) -> str:
    """A row by the table's name and its own case (租金补贴（一档）)."""
    name = passage.section.name if passage.section is not None else ""
    table = re.sub(r"(?:标准|一览|明细|细则|对照)*表?$", "", re.split(r"[。：；]", name)[0])
    return f"{table}（{case}）" if _AWARDED.search(table) and len(table) <= 24 else f"{case}{noun}"


def _again(award: Award, noun: str) -> str | None:
    """What comes on top of another award is named by what it is given for (…的，再奖励5万元)."""
    match = _AGAIN.search(award.passage.text.string[award.sentence[0] : award.end])
    return f"{match['case'].removesuffix('的')[-24:]}再{noun}" if match is not None else None


def apart(name: str, award: Award, before: int) -> str:
    """A name that another award of the policy has too, with the case in which this one is given.

    Args:
        name: what both are called.
        award: the award.
        before: where the award before it ends in the passage; 0 for the first.
    """
    own = award.passage.text.string[max(award.sentence[0], min(before, award.start)) : award.end]
    own = re.sub(r"（[^（）]*）", "", own[own.rfind("：", 0, _first_figure(award, own)) + 1 :])
    words = re.split(
        rf"按照?(?=.*?\d)|参照|(?:提高|上浮|上调|放宽|降低)(?:到|至|为)|给予|予以|分别|一次性|最高|每(?=[\u4e00-\u9fff]{{1,5}}\d)|{_MONEY}|[奖补](?=\d)",
        own,
    )[0]
    said = [_CASE_HEAD.sub("", strip_target(one)) for one in re.split(r"[，；]", words)]
    case = _called(own) or next((one for one in said if len(one) >= _SHORTEST_CASE and not _NO_CASE.match(one)), None)
    case = _short(case, award) if case is not None else award.base
    return f"{name.partition('（')[0]}（{case}）" if case is not None and case not in name else name


def _short(case: str, award: Award) -> str:
    """A long case by its last words, the condition that it states or its first member."""
    bare = re.sub(r"（[^（）]*）", "", case)
    whose = re.sub(r"^.*\d.*的(?=[^的]{3,}$)", "", bare)  # …1亿元以上的生物医药企业
    texts = (LEADING.sub("", read.leaf.text) for read in award.conditions)
    every = (whose, bare, re.split(r"[且并\d]", bare)[0], *texts, bare.split("、")[0])
    fitting = (one for one in every if _SHORTEST_CASE <= len(one) <= _SHORT_CASE)
    return next(fitting, bare[:_SHORT_CASE])


def _first_figure(award: Award, own: str) -> int:
    """Where the first figure that an award gives begins in its words (which end where it ends)."""
    given = (one.start for one in (*award.ratios, *award.amounts))
    return min((award.sentence[0] + at - award.end + len(own) for at in given), default=len(own))


_SHORTEST_CASE = 3
_CASE_HEAD = re.compile(r"^(?:其中|并|且|同时|此外|另外|对)+")
_NO_CASE = re.compile(r"(?:前|后|第|连续|从|自)?[一二两三四五六七八九十\d]+年|第.+年|按|以|由|根据|累计|年度$|每")


_CALLED = re.compile(
    r"(?:给予|发放|予以|元|%|的)(?:一次性|每年)*(?!给予|予以|发放|进行|实行|享受)(?P<what>[\u4e00-\u9fff]{2,6}?)"
    rf"(?P<noun>{_MONEY}|经费|启动资金)(?=[，。；、（]|$)"
)
_ANY_USE = re.compile(rf"(?P<use>建设|运营|运行|开办|研发|生产|专项|项目)(?:{_MONEY})$")
# Words before 奖励 that say how or to whom it is given, not what for.
_HOW = re.compile(
    r"一次|资金|财政|事[前后]|减半|适当|相应|一定|最高|配套|重点|专项|差额|全额|部分|定额|等额|企业|项目|平台|单位|不超过|给予|予以|以内|标准|比例|每|[的元年]|^[省市县区]级?$"
)


def _called(own: str) -> str | None:
    """What a clause itself calls the award (给予落户奖励, 给予租金补贴)."""
    for match in _CALLED.finditer(own):
        if not _HOW.search(match["what"]):
            return match["what"] + match["noun"]
    return None


def _topical(target: str, award: Award) -> str:
    """A target without the figures that it must reach, with what they measure (…1亿元的整机企业 → 整机企业营业收入)."""
    bare = re.sub(r"^.*\d.*的(?=[^的]{3,}$)", "", target)
    if bare == target:
        return target
    topic = award.base or next((read.criterion for read in award.conditions), "")
    topic = re.sub(r"^(?:截至)?(?:(?:上|本|该)一?年(?:度|末)*|年度)|首次|在$|的", "", topic)
    return bare if topic in bare or len(topic) > 12 else f"{bare}{topic}"


# A heading that names a thing (中试线建设, 软件适配类) and tells nobody to do anything.
_THING = re.compile(
    r"(?![^“]{0,4}(?:方向|范围)|支持|鼓励|加大|强化|加强|推动|促进|引导|提升|提高|加快|优化|完善|推进|培育|设立|实施|对|关于|做大|扩大|落实|深化|发展|构建|打造|统筹|降低|保障|建立|健全|开展)"
    r"[\u4e00-\u9fffA-Za-z“”（）、]{3,16}"
)
_SCOPE_WORDS = re.compile(
    r"标准|范围|内容|条件|方式|措施|政策|总则|附则|要求|其他|程序|管理|重点(?!产业|企业|项目)|方向|任务|说明|监督|职责|资金"
)
_SHORT_CASE = 24


# 支持检测认证 is what people call 检测认证补助; 支持企业加大投入 has no such name.
_ENCOURAGED = re.compile(r"^(?:支持|鼓励)(?!企业|项目|单位|各|首)(?=[^，]{3,12}$)")
_LEAD_HEAD = re.compile(r"(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．])?\s*【(?P<head>[^】]{2,16})】")
_STRONG = ("奖励", "奖补", "补偿", "津贴", "激励", "补助", "补贴", "资助", "贴息", "返还")
_PROSE = ("plan", "action_plan", "opinion", "scheme")


def _bracketed(title: str) -> str | None:
    """What a title says in brackets that it is about: …专项资金（普惠性投资奖励）管理细则."""
    match = re.search(rf"（(?P<name>[^（）]{{2,16}}(?:{_GIVEN.pattern}))）", title)
    return match["name"] if match else None


def _lead(words: str) -> str:
    """The subject of a sentence without 对."""
    words = re.sub(r"^[^，。；]*：(?=\d[.、．])", "", words)  # 鼓励企业做强：1.首次入选…
    words = re.sub(rf"^{NUMBERED}(?:其中|此外|同时)?，?", "", words)
    each = re.match(
        r"每(?:新)?[\u4e00-\u9fff]{0,4}?(?:一|1)?[项个家件次台名](?P<what>[^，。；]{2,20}?)(?=给予|奖励|补助|补贴|，)",
        words,
    )
    if each is not None:
        return each["what"]
    match = re.match(
        r"(?:[，、]|（[^（）]{1,3}）|第[^条]{1,6}条)*(?:并)?(?P<lead>[^，。；]{2,40}?)(?=给予|予以|按|参照|奖励|补助|补贴|资助|分别|，|$|最高|不超过|每[个家户]|[奖补]\d)",
        words,
    )
    return match["lead"] if match else words[:20]


def type_of(award: Award) -> str:
    if award.kind is not None:
        return award.kind
    own = award.passage.text.string[award.start : award.end]
    for words in (own, award.text):
        for code, pattern in _TYPES:
            if re.search(pattern, words):
                return "matching" if award.on_top and code in ("post-award", "subsidy") else code
    return "subsidy"


def beneficiary_of(award: Award) -> str | None:
    """Whom an award is for; a cost that it is a share of (对展位费给予…) is nobody."""
    found = _named(award)
    if found is None:
        return _anybody(award)
    if not _COST.search(found):
        return found
    who = _OWNER.match(found)
    return who["who"] if who is not None else _subject(award)


_ANYBODY = re.compile(rf"{NUMBERED}(?P<who>企业|单位|项目)[^，。；：]*?(?=的?(?:，|$))")


def _anybody(award: Award) -> str | None:
    """Who an award is for where its first clause only states a condition (企业年度研发投入增长20%以上的)."""
    match = _ANYBODY.match(award.passage.text.string[award.sentence[0] : award.sentence[1]])
    if match is None:
        return None
    start, end = award.sentence[0] + match.start("who"), award.sentence[0] + match.end()
    states = any(start <= read.start <= start + len(match["who"]) and read.end >= end for read in award.conditions)
    return match["who"] if states else None


def _subject(award: Award) -> str | None:
    """The subject of the sentence of an award (企业参加展会的，…)."""
    own = award.passage.text.string[award.sentence[0] : award.sentence[1]]
    first = re.split(r"[，；：]", re.sub(r"^(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．])", "", own))[0]
    match = _ACTOR.match(first)
    return strip_target(first) if match is not None and len(first) <= 40 else None


# 给予研制单位50万元, 奖励企业经营团队
_GIVEN_TO = re.compile(
    r"(?:给予|(?:奖励|补助|补贴|资助|发放|拨付)给?)(?P<who>(?!一次性|最高|每|分别|其(?!他)|年度|总额|单[个家户]|不)[\u4e00-\u9fff（）、]{1,14}?"
    r"(?:单位|机构|平台|团队|个人|人员|人才|园区|方|主体|学校|院校|协会|商会|银行|政府|企业|运营商|县（区）))"
    r"(?:每[人家个户年])*(?:一次性|最高|不超过|不高于|分别|合计)*(?=\d|，|$|相应|适当)"
)


def _named(award: Award) -> str | None:
    given = _GIVEN_TO.search(award.passage.text.string[award.start : award.end])
    if given is not None and len(given["who"]) > 2:
        return given["who"]
    own = award.passage.text.string[award.sentence[0] : award.sentence[1]]
    near = re.search(r"(?:^|，)对(?P<who>[^，。；对]{2,24}?)(?:给予|予以)", own)
    if near is not None and not re.search(r"\d", near["who"]):
        return strip_target(near["who"])
    if award.target:
        return strip_target(award.target)
    subject = _SUBJECT.match(own)
    return strip_target(subject["who"]) if subject is not None else None


_COST = re.compile(r"(?:费|费用|利息|贷款|金额|总?额|支出|成本|租金|部分)$")
_OWNER = re.compile(r"(?P<who>.{2,30}?(?:企业|单位|机构|平台|园区))(?:的|支付|发生|缴纳|取得)")
_ACTOR = re.compile(r"(?:[\u4e00-\u9fff]{0,12}?)(?:企业|单位|机构|平台|园区|个人|人才)")
_SUBJECT = re.compile(
    r"(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．])?(?P<who>[^，。；：\d]{0,40}?(?:企业"
    r"|项目|单位|机构|平台|人才|园区|团队|个人|产品|设备|成果))(?:的)?(?:，|给予|按|奖励|分别|自|从|在)"
)
