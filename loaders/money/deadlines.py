"""Deadlines: what is due when — applications, reports, inspections, reviews, settlement, and what expires."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.document.document import Document
from loaders.document.text import Text, sentences
from loaders.grammar import dates
from loaders.grammar.grammar import clauses
from loaders.money.passages import Passage, PolicyText, policy_texts
from loaders.money.titles import granted
from loaders.money.unread import unread_deadlines
from loaders.reading import Reading, Rejected
from ontology.facts import Fact
from ontology.facts_money import DeadlineFact
from ontology.vocabulary import vocabulary

_DAY = r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|末)"
# 18:00, 17时30分, 下班; a day of the week in brackets.
_HOUR = r"(?:（[^（）]{1,6}）)?(?:\s*\d{1,2}\s*(?:[:：]\s*\d{2}|[时点](?:\s*\d{1,2}\s*分|整)?)|下班)?"
_TO_SIGN = r"(?:起)?\s*(?:至|到|[-—–~～]+)\s*"
_YEARLY = r"(?:每年|每年度|每季度|每半年|每月)(?:的)?"
_SEASON = re.compile(rf"(?P<words>{_YEARLY}{_DAY}{_TO_SIGN}{_DAY})")
# 申报时间, 网上填报时间; 发票日期 is none of them.
_APPLIES = r"(?:申报|申请|受理|填报|报名|征集|提交|报送)[^，。；]{0,4}(?:时间|日期|期限|期)"
_SPAN = re.compile(
    rf"(?<![年\d])\d{{1,2}}\s*月\s*\d{{1,2}}\s*日{_HOUR}{_TO_SIGN}(?P<last>\d{{1,2}}\s*月\s*\d{{1,2}}\s*日)"
)
_EVERY = re.compile(rf"{_YEARLY}(?P<days>{_DAY}(?:\s*(?:、|和|及|与)\s*{_DAY})*)?(?:之?前|以前|止)?")
_PART_OF_YEAR = re.compile(
    r"(?P<words>每年(?:的)?(?:第?[一二三四1-4]季度|[上下]半年|[1-9]\d?\s*月(?:份)?(?:[、和及]\d{1,2}\s*月(?:份)?)*(?!\s*\d))(?:之?内|底?前|末前|期间|上旬|中旬|下旬)?)"
)
# 每季度首月10日前, 每季度结束后10日内
_DAY_OF_PART = re.compile(
    r"(?P<words>每(?:个)?(?:季度?|半年|月)(?:度)?(?:的)?(?:首月|末月|次月|末|结束后|终了后)?\s*\d{1,2}\s*(?:日|天)(?:之?[前内]|以[前内]))"
)
_CYCLE = re.compile(r"(?P<words>每(?:[一二两三四五六\d]{1,2}\s*个?)?(?:年度?|季度|半年|月))(?:[^，。；\d]{0,28}?)一次")
_BEFORE = re.compile(
    rf"(?P<late>不(?:得|能|应)?(?:晚于|迟于)|最迟(?:至|到|于)?){dates.DATE.pattern.replace('?P<', '?P<l_')}"
    rf"|(?P<full>{dates.DATE.pattern}){_HOUR}(?P<end>之?前|以前|止|截止)"
    r"|20\d\d\s*年\s*\d{1,2}\s*月[底末](?:之?前|以前)"
    rf"|(?P<part>\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日{_HOUR}|[底末]))(?:之?前|以前|止)"
)
_YEAR_BY_YEAR = re.compile(rf"{_YEARLY}\s*(?:\d{{1,2}}\s*月|第?[一二三四1-4]季度|[上下]半年)")
_UNTIL = re.compile(
    rf"(?:截止(?:时间|日期|日|期)?(?:为|是|到|至|[：:])?|之日起，?(?:至|到))\s*{dates.DATE.pattern}{_HOUR}"
)
_PERIOD = re.compile(
    rf"自?(?P<from>{dates.DATE.pattern}){_HOUR}{_TO_SIGN}(?P<last>(?:\d{{4}}\s*年)?\s*\d{{1,2}}\s*"
    rf"月\s*\d{{1,2}}\s*日){_HOUR}"
)
_RENEW = re.compile(
    r"(?P<when>[^，。；]{0,6}(?:期满|届满|到期)前)[^，。；]{0,6}?(?P<verb>重新申报|申报|申请复核|复核|申请)"
)
_WHO = re.compile(
    r"^(?:第[^条]{1,6}条|（[^（）]{1,3}）|\d+[.、．])?(?:[^，。；：]{0,16}?，)?(?:请"
    r"|由)?(?P<who>各?[^，。；：于在请将]{2,40}?)(?:应|须|需|要|请|负责|于|在|每年|按|掌握|务必"
    r"|可|对)"
)
_TO = re.compile(
    r"(?:报送|上报|提交|报告|抄送|报)(?:至|到|给)?(?P<to>我[厅局部委]|(?:省|市|县|区|设区市|国家|工业和信息化部"
    r"|各|所在|属地)[^，。；（）的]{0,30}?(?:厅|局|部|委|办公室|政府|主管部门|中心|司)(?:[、和][^，。；（）的]{2,12}?(?:厅"
    r"|局|部|委|政府))*)"
)
# To whom somebody turns, or on whose system one fills in the forms.
_TOWARDS = re.compile(
    r"向(?P<to>[^，。；]{2,40}?)(?:书面)?(?:提出|提交|报送|报告|申请|申报|备案)"
    r"|登录(?P<system>[^，。；的]{2,24}?(?:厅|局|委|部|办公室))"
)
_OURS = re.compile(r"^我[厅局部委]$")


@dataclass(frozen=True, slots=True)
class _When:
    """When something is due, and where the words stand in the sentence."""

    date: str | None
    recurs: str | None
    start: int
    end: int


def deadlines(document: Document) -> Reading:
    """The dates by which something is due, and the days on which policies and titles expire.

    Returns:
        One DeadlineFact for each date of a sentence; `date` is ISO 8601, `recurs` the words where it comes back
        (每年6月底前) or counts from an event (期满前). Terms of so many working days are none.
    """
    facts: list[Fact] = []
    rejected: list[Rejected] = []
    for policy in policy_texts(document):
        found: list[Fact] = []
        for passage in policy.passages:
            said = ""
            for sentence in sentences(passage.text):
                found += _in_sentence(document, policy, passage, sentence, said)
                said += sentence.string
        found += _expiry(document, policy)
        facts += found
        rejected += unread_deadlines(document, policy, found)
    return Reading(tuple(sorted(facts, key=lambda fact: fact.evidence.span.start)), tuple(rejected))


def _in_sentence(
    document: Document, policy: PolicyText, passage: Passage, sentence: Text, said: str
) -> Iterator[DeadlineFact]:
    """The deadlines of a sentence; `said` are those before it in its paragraph."""
    string = sentence.string
    for when in _whens(string, policy, said):
        what = _what(string, when, passage.section.name if passage.section is not None else "")
        if what is None:
            continue
        yield DeadlineFact(
            evidence=document.evidence(passage.block, _quote(sentence, when)),
            policy=policy.title,
            what=what,
            who=_who(string, when),
            to=_to(string, when, policy),
            date=when.date,
            recurs=when.recurs,
            scope=policy.title,
        )
    for match in _RENEW.finditer(string):
        yield DeadlineFact(
            evidence=document.evidence(passage.block, sentence[match.start() : match.end()]),
            policy=policy.title,
            what="复核" if "复核" in match["verb"] else "申报",
            who=_who(string, _When(None, None, match.start(), match.end())),
            to=None,
            date=None,
            recurs=match["when"].lstrip("须应在于"),
            scope=_title_of(string) or policy.title,
        )
    if (term := granted(string)) is not None:
        yield DeadlineFact(
            evidence=document.evidence(passage.block, sentence[term.start : term.end]),
            policy=policy.title,
            what="到期",
            who=None,
            to=None,
            date=None,
            recurs=f"认定后{term.years}年",
            scope=term.title,
        )


def _title_of(string: str) -> str | None:
    match = re.search(r"“(?P<title>[^”]{2,24})”(?:企业|平台|园区)?", string)
    return match["title"] if match else None


def _whens(string: str, policy: PolicyText, said: str) -> Iterator[_When]:
    taken: list[tuple[int, int]] = []
    for match in _SEASON.finditer(string):
        yield _When(None, re.sub(r"\s", "", match["words"]), match.start(), match.end())
        taken.append(match.span())
    for match in _SPAN.finditer(string):
        if any(a <= match.start() < b for a, b in taken):
            continue
        taken.append(match.span())
        words = re.sub(r"\s", "", match[0])
        if re.search(_YEARLY, said + string[: match.start()]):  # 每年申报两次，时间分别为3月1日至3月31日、…
            yield _When(None, f"每年{words}", match.start(), match.end())
        elif _kind(string[: match.start()]) is not None and (day := _dated(match["last"], _year(policy))) is not None:
            yield _When(day, None, match.start(), match.end())
    for match in _EVERY.finditer(string):
        if match["days"] is None or any(a <= match.start() < b for a, b in taken):
            continue
        for day in re.findall(_DAY, match["days"]):
            head = re.match("每[^\\d的]*", match[0])
            words = re.sub(r"\s", "", f"{head[0] if head else '每年'}{day}前")
            yield _When(None, words, match.start(), match.end())
        taken.append(match.span())
    for match in _DAY_OF_PART.finditer(string):
        yield _When(None, re.sub(r"\s", "", match["words"]), match.start(), match.end())
        taken.append(match.span())
    for match in _PERIOD.finditer(string):
        last = _dated(match["last"], match["from"][:4] if match["from"][:4].isdigit() else None)
        acts = re.match(r"[^，。；]{0,4}(?:期间|内|止|申报|申请|提交|上传|登录|填报|报送|向|，)", string[match.end() :])
        timed = re.search(rf"{_APPLIES}(?:为|是)?[：:]?$", string[: match.start()])
        if last is not None and (acts or timed):
            yield _When(last, None, match.start(), match.end())
        taken.append(match.span())
    for match in _PART_OF_YEAR.finditer(string):
        if not any(a <= match.start() < b for a, b in taken):
            yield _When(None, re.sub(r"\s", "", match["words"]), match.start(), match.end())
            taken.append(match.span())
    for match in _CYCLE.finditer(string):
        if not any(a <= match.start() < b for a, b in taken):
            yield _When(
                None, re.sub(r"\s", "", match["words"]), match.start(), match.start("words") + len(match["words"])
            )
    for match in _UNTIL.finditer(string):
        if (day := dates.date_of(match)) is not None:
            yield _When(day, None, match.start(), match.end())
        taken.append(match.span())
    for before in _BEFORE.finditer(string):
        at = before.start()
        if any(a <= at < b for a, b in taken) or string[max(0, at - 2) : at] in ("每年", "年度"):
            continue
        if before["part"] and string[max(0, at - 2) : at] in ("次年", "翌年"):
            yield _When(None, re.sub(r"\s", "", f"次年{before[0]}"), at - 2, before.end())
            continue
        if before["part"] and _YEAR_BY_YEAR.search(said + string[:at]):  # 每年3月底前发布通知，企业应于5月31日前…
            yield _When(None, re.sub(r"\s", "", f"每年{before[0]}"), at, before.end())
            continue
        day = _dated(before["part"] or before[0], _year(policy))
        if day is not None:
            yield _When(day, None, at, before.end())


def _year(policy: PolicyText) -> str | None:
    """The year of a day printed without one: that in which the policy was issued, else that of its title."""
    if policy.fact is not None and policy.fact.issued:
        return policy.fact.issued[:4]
    named = re.search(r"(?P<year>20\d\d)年", policy.title)
    return named["year"] if named is not None else None


def _dated(words: str, year: str | None) -> str | None:
    """A day in words as a date, the end of a month (2026年2月底) as its last day; `year` where none is printed."""
    printed = words if "年" in words else f"{year}年{words}" if year else ""
    end = re.search(r"(?P<year>20\d\d)\s*年\s*(?P<month>1[0-2]|0?[1-9])\s*月[底末]", printed)
    if end is not None:
        return dates.last_day(f"{end['year']}-{int(end['month']):02}-01", months=1)
    match = dates.DATE.search(printed)
    return dates.date_of(match) if match else None


def _what(string: str, when: _When, heading: str) -> str | None:
    """The kind of deadline that the words behind the date say, or else those before it in its clause."""
    own = _BRACKET.sub("", re.split(r"[，。；]", string[: when.start])[-1])
    timed = string[when.end : when.end + 1] in ("，", "、", "") and re.search(
        r"(?:时间|日期|期限|期)[^，。；]{0,4}$", own
    )
    if timed and (found := _kind(own)) is not None:  # 申报时间为每年4月10日前
        return found
    after = re.split(r"[，。；]", _BRACKET.sub("", string[when.end :]).lstrip("，"))[0]
    if (found := _kind(after)) is not None:
        return found
    if _HANDED.search(after):
        return "报送"
    after = re.split(r"[。；]", _BRACKET.sub("", string[when.end :]))[0]
    more = re.match(r"[^，]*，(?P<join>并|同时|且|汇总后?|统一)(?P<then>.*)", after)  # 完成初审，并将意见报送…
    if more is not None and more["then"].startswith("报"):
        return "报送"
    if more is not None and (found := _kind(more["then"])) is not None:
        return found
    if _OFFICE.search(re.split("，", after)[0]):  # what the office does with it is no application
        return None
    before = [_BRACKET.sub("", clause) for clause in re.split(r"[，。；]", string[: when.start])[-2:]]
    if _named_body(before[-1]) is not None:  # somebody else than in the clause before
        before = before[-1:]
    said = next((found for clause in reversed(before) if (found := _kind(clause)) is not None), None)
    # 申报条件 is no time for applications; a sentence is no heading.
    return said or (_kind(heading) if not re.search(r"条件|标准|对象|范围|\d", heading) else None)


_HANDED = re.compile(
    r"(?:将|把)[^，。；]{2,60}?报(?:至|到|给|送|我|省|市|县)?|[并后](?:统一|汇总)?报(?![告名销道])"
    r"|(?:提交|递交|报告|汇报)[^，。；]{0,16}(?:报告|总结|情况|进展|进度)"
)
_OFFICE = re.compile(r"审核|审查|评审|初审|审定|审批|批复|公示|公布|核查|核实|论证|下达|拨付|兑现|兑付|反馈")
_BRACKET = re.compile(r"（[^（）]*）")


_PAPERS = "(?!书|表|材料|单位|资料|通知|指南|系统)"


def _kind(words: str) -> str | None:
    """The first kind of deadline that words name; 申请书 and 申报材料 are papers and no deeds."""
    codes = vocabulary().codes("deadline-kind").values()
    labels = [
        (label, code.notation) for code in codes for label in code.labels if len(label) > 1 and code.notation != "到期"
    ]
    found = [
        (match.start(), -len(label), code)
        for label, code in labels
        for match in re.finditer(label + (_PAPERS if label.startswith("申") else ""), words)
    ]
    return min(found)[2] if found else None


def _who(string: str, when: _When) -> str | None:
    head = string[: when.start]
    start, end = clauses(head)[-1] if head else (0, 0)
    own = head[start:end]  # the clause of the date may have a subject of its own
    if own != head and _named_body(own) is not None:
        head = own
    match = _WHO.match(head + "于")
    if match is None:
        return _who_then(string, when)
    who = re.split(r"会同|商请|联合", match["who"])[0]
    who = re.sub(r"^(?:请|由|对于)|(?:应|须|要|并|原则上)+$", "", who).strip("，、 ")
    named = _BODY.search(_BRACKET.sub("", who))
    return who if named and len(who) <= 40 else _who_then(string, when)


def _who_then(string: str, when: _When) -> str | None:
    """Who acts, where the clause behind the date says so (申报时间为…，企业登录系统填报)."""
    match = _THEN.match(string[when.end :])
    who = re.sub(r"^(?:请|由|各有关)|(?:应|须|要|可)+$", "", match["who"]) if match is not None else ""
    return who if len(who) > 1 and _BODY.search(_BRACKET.sub("", who)) else None


_THEN = re.compile(
    r"(?:期间|止|内)?，(?![^，。；]*?于[^，。；]{0,6}\d)(?P<who>[^，。；：]{2,24}?)(?:登录|登陆|通过|按|在|向|应|须|需|可|将|自行|填报|提交|报送|申报)"
)
_BODY = re.compile(r"[厅局委部府关门业位院会构司]$")


def _named_body(clause: str) -> str | None:
    """The body that a clause begins with, if that is all it says before its date."""
    match = _WHO.match(clause + "于")
    words = re.sub(r"(?:应当?|须|要|并|原则上)+$", "", match["who"]).strip() if match is not None else ""
    return words if len(words) > 2 and _BODY.search(_BRACKET.sub("", words)) else None


def _to(string: str, when: _When, policy: PolicyText) -> str | None:
    end = next((at for at in range(when.end, len(string)) if string[at] in "。；"), len(string))
    if (then := re.search(rf"于[^，。；]{{0,6}}{_DAY}", string[when.end : end])) is not None:
        end = when.end + then.start()  # what is due at another time goes to somebody else
    towards = _TOWARDS.search(string, when.end, end)
    match = _TO.search(string, when.end, end) or _TO.search(string, 0, when.start)
    if towards is not None and (match is None or match.start() > towards.start()):
        return towards["to"] or towards["system"]
    if match is None:
        return None
    if _OURS.match(match["to"]) and policy.fact is not None and policy.fact.issuers:
        return policy.fact.issuers[0]
    return match["to"]


def _quote(sentence: Text, when: _When) -> Text:
    """The sentence, or of a long one the clauses around the date."""
    head = re.match(r"(?:第[^条。，]{1,6}条|（[^（）]{1,3}）|\d+[.、．])\s*", sentence.string)
    whole = sentence[head.end() if head else 0 :].strip("。； \n")
    if len(whole) <= 180:
        return whole
    start = max(sentence.string.rfind(sign, 0, when.start) for sign in "，。；") + 1
    start = max(start, when.end - 120)
    end = min(
        (at for sign in "，。；" if (at := sentence.string.find(sign, when.end + 20)) >= 0), default=len(sentence)
    )
    return sentence[start : min(end, start + 180)].strip("，。； ")


_OWN_TERM = re.compile(r"有效期|年内有效|施行期|实施期限|实行年限|执行期|执行至|有效至|试行")


def _expiry(document: Document, policy: PolicyText) -> Iterator[DeadlineFact]:
    """The last day of the policy itself."""
    fact = policy.fact
    if fact is None or fact.expires is None:
        return
    found = [
        (re.search(r"起(?:施行|实施|执行|生效)?", sentence.string) is None, -i, passage, sentence)
        for i, passage in enumerate(policy.passages)
        for sentence in sentences(passage.text)
        if _OWN_TERM.search(sentence.string) and granted(sentence.string) is None
    ]
    evidence = fact.evidence
    if found:
        _, _, passage, sentence = min(found, key=lambda one: one[:2])
        evidence = document.evidence(passage.block, _quote(sentence, _When(None, None, 0, 0)))
    yield DeadlineFact(
        evidence=evidence,
        policy=policy.title,
        what="到期",
        who=None,
        to=None,
        date=fact.expires,
        recurs=None,
        scope=policy.title,
    )
