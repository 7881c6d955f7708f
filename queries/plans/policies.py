"""Which policies are in force on a day, by what their texts say; never whether something later ended them."""

import re
from collections.abc import Iterator
from datetime import date

from graph.tables import Node
from loaders.layout.clusters import mentioned
from queries.index import Basis, Index
from queries.phrase import Phrase, phrase
from queries.plans.find import basis_of, held, label, number, title
from queries.table import EVIDENCE, Table, column

UNKNOWN = Phrase("是否被后续文件修订或废止：未知", "whether later documents amend or repeal it is unknown")
COLUMNS = (
    column("id", "标识", "Id", "id"),
    column("name", "文件", "Policy"),
    column("doc_number", "文号", "Number"),
    column("kind", "种类", "Kind", codes="policy-kind"),
    column("issuers", "发文机关", "Issued by"),
    column("issued", "印发日期", "Issued", "date"),
    column("effective", "施行日期", "Effective", "date"),
    column("expires", "到期日期", "Expires", "date"),
    column("status", "效力状态", "Status"),
    column("code", "状态代码", "Status code", "id"),
    EVIDENCE,
)
SPEAKING = ("LayoutStatement", "Figure", "SupplyLink", "Mention", "Transfer")
"""The statements by which a policy speaks of a cluster or a city."""
_YEARS = re.compile(r"(20\d\d)\s*[-—–]+\s*(20\d\d)\s*年")


def policies(index: Index, *, day: date | None = None, about: str | None = None, city: Node | None = None) -> Table:
    """The policies whose texts are in the graph.

    Args:
        index: the graph.
        day: the day of which the status is said; without it, what the text says of the term.
        about: only those that speak of this cluster, an id.
        city: only those that speak of this city or are its own.

    Returns:
        A row for each; `code` is in_force, not_yet, expired, ended, draft, interpretation or unknown, and
        without a day `stated` for a term that the text gives.
    """
    chosen = [one for one in index.of("Policy") if held(one)]
    if about is not None:
        chosen = [one for one in chosen if _speaks(index, one, "aboutCluster", about) or _of_cluster(index, one, about)]
    if city is not None:
        chosen = [one for one in chosen if _speaks(index, one, "aboutPlace", city.id) or _of_place(one, city)]
    rows = [_row(index, one, day) for one in sorted(chosen, key=_order)]
    notes = [
        phrase("效力状态只按各文件自己写明的日期和期限推算；{}", "By the dates and terms of the texts; {}", UNKNOWN)
    ]
    if not rows:
        notes.append(_NOTHING)
    words = f"{day} " if day is not None else ""
    return Table(f"{words}文件效力状态", COLUMNS, rows, tuple(notes), title_en=f"Policies {words}".strip())


_NOTHING = Phrase(
    "无数据：载入的文件没有涉及它的；载入有关文件即可",
    "No data: no loaded document speaks of it; load one that does",
)


def status(index: Index, policy: Node, day: date | None) -> tuple[str, Phrase]:
    """The code and the words of a policy's status on a day."""
    known = policy.properties
    if known.get("draft"):
        return "draft", Phrase("征求意见稿，尚未印发", "a draft for comments, not issued")
    if known.get("kind") == "interpretation":
        return "interpretation", Phrase("解读材料，本身没有效力期", "an explanation, without a term of its own")
    first = _date(known.get("effective")) or _date(known.get("issued"))
    last = _date(known.get("expires"))
    if day is not None and first is not None and day < first:
        words = ("当日尚未施行（{}）", "not yet in force on that day ({})")
        if "effective" not in known:
            words = ("当日尚未印发（{}）", "not yet issued on that day ({})")
        return "not_yet", phrase(*words, first)
    if (ended := _ended(index, policy, day)) is not None:
        return "ended", ended
    if last is not None:
        if day is not None and day > last:
            return "expired", phrase("按文本推算已于 {} 到期；{}", "by its text expired on {}; {}", last, UNKNOWN)
        until = phrase("按文本推算有效至 {}；{}", "by its text in force until {}; {}", last, UNKNOWN)
        return ("stated" if day is None else "in_force"), until
    years = _YEARS.search(title(policy))
    span = phrase("，题名所写期间为 {}—{} 年", ", its title says {}–{}", *years.groups()) if years else ""
    if first is None:
        none = ("文中未写印发、施行日期和有效期{}；{}", "its text states neither dates nor a term{}; {}")
        return "unknown", phrase(*none, span, UNKNOWN)
    since = ("自 {} 起，文中未写有效期{}；{}", "since {}, its text states no term{}; {}")
    return "unknown", phrase(*since, first, span, UNKNOWN)


def _row(index: Index, policy: Node, day: date | None) -> tuple[object, ...]:
    known = policy.properties
    code, words = status(index, policy, day)
    return (
        policy.id,
        title(policy),
        number(policy) or None,
        known.get("kind"),
        tuple(str(one.properties["name"]) for one in index.out(policy.id, "issuedBy")) or None,
        known.get("issued"),
        known.get("effective"),
        known.get("expires"),
        words,
        code,
        _basis(index, policy),
    )


def _basis(index: Index, policy: Node) -> tuple[Basis, ...]:
    """The evidence of a policy, then of the clause with its term."""
    terms = [
        basis
        for one in index.out(policy.id, "provides")
        if one.cls == "Deadline" and one.properties["what"] == "到期" and "date" in one.properties
        for basis in index.basis(one.id)
    ]
    return tuple(dict.fromkeys((*basis_of(index, policy), *terms)))


def _ended(index: Index, policy: Node, day: date | None) -> Phrase | None:
    """The policy of the graph that says it repeals or reissues this one, where it was there on the day."""
    for relation, word in (
        ("repeals", ("已由{}废止{}", "repealed by {}{}")),
        ("replaces", ("已由{}重新印发{}", "reissued as {}{}")),
    ):
        for later in index.into(policy.id, relation):
            since = _date(later.properties.get("effective")) or _date(later.properties.get("issued"))
            if day is None or since is None or since <= day:
                return phrase(*word, label(later), phrase("（{}）", " ({})", since) if since else "")
    return None


def _date(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _speaks(index: Index, policy: Node, relation: str, target: str) -> bool:
    said: Iterator[Node] = (one for one in index.into(policy.id, "edition") if one.cls in SPEAKING)
    return any(edge.target == target for one in said for edge in index.edges(one.id, relation))


def _of_cluster(index: Index, policy: Node, cluster: str) -> bool:
    named = mentioned(title(policy))
    return named is not None and named == index.name(cluster)


def _of_place(policy: Node, city: Node) -> bool:
    return title(policy).startswith(str(city.properties["name"]))


def _order(policy: Node) -> tuple[str, str]:
    return str(policy.properties.get("issued", "9999")), policy.id
