"""Titles and numbers of official documents: how they should read, and what they say about the document."""

import re

from loaders.policy import issuers
from ontology.vocabulary import vocabulary

DOC_NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,14}?(?:令|公告)?)\s*[〔\[［（(【]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］）)】]\s*"
    r"第?\s*(?P<n>\d+(?:[-—]\d+)?)\s*号"
)
ORDER_NUMBER = re.compile(r"（第(\d+|[一二三四五六七八九十百]+)号）")
DRAFT = re.compile(r"（[^（）]*(?:征求意见|送审稿|草案|公示稿|讨论稿)[^（）]*）")
_SUBTITLE = re.compile(r"（[^（）]*\d{4}年\d{1,2}月[^（）]*）")
_YEARS = re.compile(r"(?<=\d{4})(?:年)?[-–—－~～至]+(?=\d{4}年)")
_KINDS = (
    ("interpretation", re.compile(r"解读|实录|问答|图解|新闻发布会")),
    ("implementation_rules", re.compile(r"实施细则|细则")),
    ("action_plan", re.compile(r"三年行动(?:计划|方案)?|行动计划|行动方案|工作计划")),
    ("regulation", re.compile(r"条例|规章")),
    ("plan", re.compile(r"规划|纲要")),
    ("measures", re.compile(r"措施|办法|政策|规定|若干意见")),
    ("opinion", re.compile(r"意见")),
    ("scheme", re.compile(r"方案")),
    ("plan", re.compile(r"计划|工作要点")),
    ("notice", re.compile(r"通知|公告|通告|指南|通报|函|批复|决定|决议|公报|令")),
)
CALL = re.compile(r"申报|入库|遴选|培育工作|征集|推荐|申请|评选|认定工作")
GRADES = {
    "interpretation": "解读",
    "action_plan": "行动计划",
    "regulation": "法规",
    "plan": "规划",
}


def kind_of(title: str) -> str | None:
    """The code of the kind of policy that a title ends with; what it is about (关于…的) does not count."""
    tail = re.sub(r"（[^（）]*）", "", title)
    if "解读" in tail[-8:] or "实录" in tail[-4:]:
        return "interpretation"
    found = [(match.end(), -rank, kind) for rank, (kind, p) in enumerate(_KINDS) for match in p.finditer(tail)]
    return max(found)[2] if found else None


def corrected(title: str, printed: str = "") -> str:
    """A title as it should read.

    Args:
        title: the repaired words, without blanks.
        printed: the words with the blanks of the print, which separate the bodies that it begins with.
    """
    title = _YEARS.sub("—", _SUBTITLE.sub("", DRAFT.sub("", title)))
    for cluster in vocabulary().clusters:
        if cluster.category == "pillar":
            names = "|".join(map(re.escape, (cluster.name, *cluster.labels)))
            title = re.sub(rf"({names})(战略性)新兴(?=产业)", r"\1\2支柱", title)
    title = title.replace("战略性新兴产业集群和战略性新兴产业集群", "战略性支柱产业集群和战略性新兴产业集群")
    bodies = heading_bodies(printed or title)
    head = "".join(bodies)
    if len(bodies) > 1 and (at := title.find(head)) in (0, 1):
        title = title[:at] + " ".join(bodies) + title[at + len(head) :]
    return title


def heading_bodies(title: str) -> tuple[str, ...]:
    """The bodies that a title begins with (…厅 …厅关于…)."""
    match = re.match(r"《?(.{4,}?)\s*(?:关于|印发|转发|公告|令)", title)
    return issuers.names(match[1]) if match else ()


def role_of(title: str) -> str:
    """The role of a part with this title: notice, body, interpretation, announcement, record or other."""
    bare = re.sub(r"（[^（）]*）", "", title)
    if re.search(r"实录$|新闻发布会", bare):
        return "record"
    if "解读" in bare:
        return "interpretation"
    if re.search(r"(?:公告|令)$", bare):
        return "announcement"
    if bare.endswith("汇编"):
        return "other"
    return "notice" if bare.endswith(("通知", "通告", "函", "批复")) else "body"


def fold(title: str) -> str:
    """A title for comparison: letters, figures and characters only, without 的通知."""
    return re.sub(r"[\W_]", "", title).replace("的通知", "")


def head(title: str, number: str | None) -> str:
    """《题名》（文号）, with title marks inside the title made single."""
    inner = title.replace("《", "〈").replace("》", "〉") if title else title
    return f"《{inner}》" + (f"（{number}）" if number else "")
