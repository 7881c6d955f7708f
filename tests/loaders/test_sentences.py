"""The coverage ledger: which sentences ought to hold a fact, and which do."""

from benchmarks.sentences import ledger, listed, table
from loaders.document.document import parse
from loaders.document.source import Source
from loaders.targets.targets import targets

TEXT = (
    "# 某省光学产业发展规划\n\n## 一、主要目标\n\n到2030年，产值达到500亿元。鼓励龙头企业牵头组建联盟。"
    "占比很高，结构很好。\n\n## 二、其他\n\n根据《产业法》编制。投入3亿元。增长百分之五。\n"
)


def test_a_sentence_with_a_cue_counts_and_one_with_a_quote_is_claimed() -> None:
    document = parse(Source("t.txt", "0" * 64, TEXT))
    found = ledger(document, targets(document).facts)
    assert [(s.line, s.cues, s.claimed) for s in found] == [
        (5, ("amount",), True),
        (5, ("牵头",), False),
        (9, ("《》",), False),
        (9, ("amount",), False),
        (9, ("percentage",), False),
    ]
    assert table(found)[-1] == "| all | 1/2 (50%) | 0/1 (0%) | 0/1 (0%) | 0/1 (0%) | 5 | 1/5 (20%) |"
    assert listed(found)[1:4] == ["## t.txt: 4", "", "- 5 (牵头) 鼓励龙头企业牵头组建联盟。"]
