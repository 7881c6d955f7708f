#!/usr/bin/env python3
"""Score extracted facts against a gold set: precision, recall and F1 per kind of fact.

    score.py FACTS_DIR [--gold DIR] [--documents DIR] [--misses KIND] [--json]

FACTS_DIR holds one JSON Lines file per kind, as `clusteratlas facts KIND --format jsonl` prints it (facts.md).
A fact counts only with evidence that holds: `quote` (200 characters at most) stands in `file`, starts on `line`, and
`start`, `end` agree. A fact without such evidence is wrong, wherever it points. Of the others, those in the part of
the documents that the gold set covers (scope.json) count. A fact that says again, from another sentence, what a found
row says, or that hits an optional row, is neither right nor wrong; the same from the same sentence is wrong.
Standard library only.
"""
import argparse
import collections
import functools
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
EMPTY = (None, "", frozenset())


@functools.lru_cache(None)
def fold(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s“”‘’\"'《》〈〉「」()·、,—–-]", "", text).replace("及", "与").removesuffix("产业集群").removesuffix("集群")


def norm(value):
    """Text without blanks, brackets, quotation marks and dashes; width and case folded."""
    return "" if value is None else fold(str(value))


@functools.lru_cache(None)
def bigrams(text):
    return collections.Counter(text[i:i + 2] for i in range(len(text) - 1)) or collections.Counter([text])


@functools.lru_cache(None)
def dice(a, b):
    x, y = bigrams(a), bigrams(b)
    mark = 2 * sum((x & y).values()) / (sum(x.values()) + sum(y.values()))
    short, long = sorted((a, b), key=len)
    return max(mark, 0.75) if len(short) >= 2 and short in long and len(long) <= 2 * len(short) else mark


def similar(a, b):
    """Dice coefficient of character bigrams; at least 0.75 where one text contains the other and is half of it or more."""
    a, b = norm(a), norm(b)
    return dice(a, b) if a and b else float(a == b)


def plain(value):
    """A name without what stands in brackets and without its ending: 东莞（长安） and 东莞市 are 东莞, 全省 is nobody's city."""
    text = norm(re.sub(r"[（(].*?[）)]", "", str(value or ""))).replace("其它", "其他")
    return "" if text in ("广东省", "全省", "广东") else re.sub(r"(?<=..)(地区|核心区|各地市|城市|市)$", "", text)


def items(value):
    return [value] if isinstance(value, str) else list(value or [])


def names(value):
    return frozenset(plain(v) for v in items(value))


def quantity(value, unit):
    """Value and unit with 万, 亿, 万亿 multiplied out: 1 亿元 and 10000 万元 are the same."""
    unit = norm(unit)
    head = next((h for h in ("万亿", "亿", "万") if unit.startswith(h)), "")
    try:
        return float(f"{float(value) * {'万亿': 1e12, '亿': 1e8, '万': 1e4}.get(head, 1):.9g}"), unit.removeprefix(head)
    except (TypeError, ValueError):
        return norm(value), unit


def measured(fact):
    return quantity(fact.get("value"), fact.get("unit"))


def ratio(fact):
    return quantity(fact.get("ratio_max"), "")[0] or None


def cap(fact):
    money = fact.get("cap")
    return quantity(money.get("value"), money.get("unit")) if isinstance(money, dict) else None


def comparator(fact):
    return "约" if fact.get("comparator") in ("约", "≈", "<≈", "接近") else fact.get("comparator")


def place_of(fact):
    return plain(fact.get("city") or fact.get("region")) or norm(fact.get("city") or fact.get("region"))


def expires(fact):
    stated = re.search(r"至(\d{4}-\d\d-\d\d)", fact.get("expires_or_term") or "")
    return stated[1] if stated else fact.get("expires")


# how well a fact's name fits a gold row's
def by(*fields):
    """The mean similarity of the fields; a field that the gold leaves open says nothing for or against."""
    def mark(g, f):
        marks = [max(similar(g[a], f.get(a)), similar(g[a], f.get("as_written")) if a == "name" else 0) if g.get(a) else 0.7 for a in fields]
        return sum(marks) / len(marks) if min(marks) >= 0.5 else 0.0
    return mark


def by_subsector(g, f):
    if not g.get("subsector") or (g.get("scope") and not f.get("subsector")):  # the opinion names no subsectors
        return 0.7
    return similar(g["subsector"], f.get("subsector"))


def by_title(g, f):
    bare = lambda fact: re.sub(r"^.*关于印发|的通知$|[（(]征求意见稿[）)]$", "", norm(fact.get("title")))  # noqa: E731
    return dice(bare(g), bare(f)) if bare(f) and ("解读" in bare(g)) == ("解读" in bare(f)) else 0.0


def by_reference(g, f):
    title, number = similar(g.get("to_title"), f.get("to_title")), norm(g.get("to_doc_number"))
    return max(title, 0.6 + 0.4 * title) if number and number == norm(f.get("to_doc_number")) else title


def by_quote(field):
    """For names that the annotator had to coin: a name half as like will do where both quote the same words."""
    def mark(g, f):
        like = similar(g.get(field), f.get(field))
        shared = bool(g.get("quote")) and (norm(g["quote"]) in norm(f["quote"]) or norm(f["quote"]) in norm(g["quote"]))
        return max(like, 0.5) if shared and like >= 0.15 else like
    return mark


def same(key, strict=False):
    """Compares one field. Where the gold says nothing the row does not count; if `strict`, an invented value is wrong."""
    def compare(g, f):
        a, b = key(g), key(f)
        return None if a in EMPTY and (b in EMPTY or not strict) else a == b
    return compare


def products(g, f):
    """F1 of the product lists; what the whole subsector shares may stand there, but need not."""
    if "products" not in g:
        return None
    want, have, free = names(g["products"]), names(f.get("products")), names(g.get("shared_products"))
    hit = sum(any(similar(a, b) >= 0.7 for b in have) for a in want)
    wrong = len(want) - hit + sum(all(similar(a, b) < 0.7 for a in want | free) for b in have)
    return None if not hit and not wrong else 2 * hit / (2 * hit + wrong)


def field(name, strict=False):
    return same(lambda fact: fact.get(name), strict)


def agencies(fact):
    return names(items(fact.get("lead")) + items(fact.get("others")) + items(fact.get("implicit_others")))


# kind -> gold files, keys that must be equal, how well the names fit, the least fit, evidence within this many lines
RULES = {
    "layout": (["layout", "clusters_003"], [lambda f: norm(f.get("cluster")), place_of], by_subsector, 0.55, 40),
    "places": (["places", "projects"], [], by("name"), 0.55, 6),
    "companies": (["companies_ch3", "companies_docs"], [], by("name"), 0.55, 6),
    "targets": (["targets_ch3", "targets_docs"], [measured], by_quote("indicator"), 0.35, 4),
    "supply": (["supply"], [lambda f: norm(f.get("relation"))], by("from", "to"), 0.55, 6),
    "policies": (["policies"], [], by_title, 0.8, 10**9),
    "citations": (["citations"], [], by_reference, 0.55, 6),
    "instruments": (["instruments"], [ratio], by_quote("name"), 0.35, 12),
    "criteria": (["criteria"], [lambda f: norm(f.get("op")), measured], by_quote("criterion"), 0.35, 4),
    "tasks": (["tasks"], [], by_quote("task"), 0.35, 12),
}
# attributes compared on the pairs that matched
ATTRIBUTES = {
    "layout": {"role": field("role"), "products": products},
    "places": {"city": same(lambda f: plain(f.get("city")))},
    "companies": {"city": same(lambda f: plain(f.get("city"))), "cluster": same(lambda f: plain(f.get("cluster")))},
    "targets": {"year": same(lambda f: norm(f.get("year"))), "comparator": same(comparator), "kind": same(lambda f: f.get("kind") or "target")},
    "policies": {"doc_number": same(lambda f: norm(f.get("doc_number")), True), "issued": field("issued", True), "effective": field("effective", True),
                 "expires": same(expires), "kind": field("kind"), "level": field("level"), "issuers": same(lambda f: names(f.get("issuers")))},
    "citations": {"relation": lambda g, f: f.get("relation") in (g.get("relation"), g.get("relation_strict"))},
    "instruments": {"cap": same(cap, True), "valid_to": field("valid_to", True), "regions": same(lambda f: names(f.get("regions"))),
                    "excludes": same(lambda f: names(f.get("excludes")), True)},
    "criteria": {"region": lambda g, f: None if not g.get("region") else similar(g["region"], f.get("region")) >= 0.5},
    "tasks": {"agencies": same(agencies), "lead": same(lambda f: names(f.get("lead")), True)},
}


def prepare(kind, fact):
    if kind == "places":
        fact.setdefault("name", fact.get("place"))
    if kind == "layout":
        fact.setdefault("subsector", fact.get("scope"))
    return fact


def wanted(kind, gold):
    """Gold rows that count as misses when they are not found; the others only excuse an extra."""
    if any(gold.get(mark) for mark in ("optional", "duplicate", "unnamed", "self_ref", "bonus", "negative", "fact_kind")):
        return False
    if kind == "places":
        return gold.get("named", True)
    if kind == "supply":
        return gold.get("strength", "explicit") == "explicit"
    if kind == "instruments":  # money that somebody can compute: a ratio, a cap or a sum
        return gold.get("ratio_max") is not None or any(gold.get(field) for field in ("cap", "amount", "tiers"))
    if kind == "criteria":  # eligibility; time limits, deadlines, award figures and sanctions are free
        return not gold.get("category")
    return kind != "companies" or not gold.get("org_type")


def read(path):
    if not path.exists():
        return None
    with path.open(encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def documents(folder):
    texts = {path.name: path.read_bytes().decode("utf-8") for path in folder.glob("*.txt")}
    return {name: (text, [0, *(m.end() for m in re.finditer("\n", text)), len(text) + 1]) for name, text in texts.items()}


def holds(fact, texts):
    """Whether the evidence holds: the quote starts on its line, and the offsets (filled in where absent) agree with it."""
    text, starts = texts.get(fact.get("file"), ("", [0]))
    quote, line = fact.get("quote"), fact.get("line")
    if not isinstance(quote, str) or not 0 < len(quote) <= 200 or not isinstance(line, int) or not 0 < line < len(starts):
        return False
    at = fact.setdefault("start", text.find(quote, starts[line - 1]))
    return (isinstance(at, int) and starts[line - 1] <= at < starts[line] and text.startswith(quote, at)
            and fact.setdefault("end", at + len(quote)) == at + len(quote))


def covered(kind, fact, scope):
    spans = scope["documents"]
    if kind in ("layout", "supply"):
        spans = scope["boxes"] + (scope.get("opinion", []) if kind == "layout" else [])
    elif kind in ("places", "companies", "targets"):
        spans = scope["boxes"] + scope["documents"] + scope.get("opinion", [])
    return any(fact["file"] == f and a <= fact["line"] <= b for f, a, b, *_ in spans)


def score(kind, facts, unsupported, gold, misses):
    _, equal, fit, least, near = RULES[kind]
    here = collections.defaultdict(list)
    for j, f in enumerate(facts):
        here[f["file"], *(key(f) for key in equal)].append(j)
    pairs = []
    for i, g in enumerate(gold):
        for j in here[g["file"], *(key(g) for key in equal)]:
            far = abs(g["line"] - facts[j]["line"])
            mark = fit(g, facts[j]) if far <= near else 0.0
            if mark >= least:
                pairs.append((-mark, far, not wanted(kind, g), i, j))
    pairs.sort()
    match, taken, said = {}, set(), collections.defaultdict(list)
    for *_, i, j in pairs:
        if i not in match and j not in taken:
            match[i] = j
            taken.add(j)
            said[i].append(facts[j])
    free = {j for i, j in match.items() if not wanted(kind, gold[i])}
    city = ATTRIBUTES.get(kind, {}).get("city", lambda g, f: True)
    for *_, i, j in pairs:  # said again, by words that do not overlap with those counted
        f = facts[j]
        if i in match and j not in taken and city(gold[i], f) is not False and all(f["end"] <= o["start"] or o["end"] <= f["start"] for o in said[i]):
            said[i].append(f)
            taken.add(j)
            free.add(j)
    need = [i for i, g in enumerate(gold) if wanted(kind, g)]
    true, wrong = len(taken - free), len(facts) - len(taken) + len(unsupported)
    precision = true / (true + wrong) if true else 0.0
    recall = sum(i in match for i in need) / len(need) if need else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    attributes = {}
    for name, compare in ATTRIBUTES.get(kind, {}).items():
        marks = [mark for i, j in match.items() if wanted(kind, gold[i]) and (mark := compare(gold[i], facts[j])) is not None]
        if marks:
            attributes[name] = sum(marks) / len(marks)
    if misses:
        show = lambda row: json.dumps({k: v for k, v in row.items() if k not in ("doc", "file")}, ensure_ascii=False)[:300]  # noqa: E731
        for i in need:
            if i not in match:
                print("  missed     ", show(gold[i]))
        for j, f in enumerate(facts):
            if j not in taken:
                print("  extra      ", show(f))
        for f in unsupported:
            print("  no evidence", show(f))
    return {"precision": precision, "recall": recall, "f1": f1, "gold": len(need), "facts": len(facts), "free": len(free),
            "unsupported": len(unsupported), "attributes": attributes}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=pathlib.Path)
    parser.add_argument("--gold", type=pathlib.Path, default=HERE / "dev")
    parser.add_argument("--documents", type=pathlib.Path, default=HERE.parents[1] / "data" / "documents")
    parser.add_argument("--misses", metavar="KIND", help="list what was missed, what was extra and what has no evidence, of one kind")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scope = json.loads((options.gold / "scope.json").read_text(encoding="utf-8"))
    texts = documents(options.documents)
    report = {}
    for kind, (files, *_) in RULES.items():
        gold = [prepare(kind, g) for name in files for g in (read(options.gold / f"{name}.jsonl") or []) if kind != "layout" or g.get("type", "city") != "product"]
        facts = read(options.facts / f"{kind}.jsonl")
        if facts is None:
            report[kind] = None
            continue
        unsupported = [f for f in facts if not holds(f, texts)]
        facts = [prepare(kind, f) for f in facts if holds(f, texts) and covered(kind, f, scope)]
        report[kind] = score(kind, facts, unsupported, gold, options.misses == kind)
    if options.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    print(f"{'kind':12} {'P':>6} {'R':>6} {'F1':>6} {'gold':>5} {'facts':>6} {'free':>5} {'bad':>4}  attributes on matched pairs")
    for kind, row in report.items():
        if row is None:
            print(f"{kind:12} no {kind}.jsonl")
        else:
            extra = " ".join(f"{k}={v:.2f}" for k, v in row["attributes"].items())
            print(f"{kind:12} {row['precision']:6.3f} {row['recall']:6.3f} {row['f1']:6.3f} {row['gold']:5} {row['facts']:6} {row['free']:5} {row['unsupported']:4}  {extra}")


if __name__ == "__main__":
    main()
