"""The pages that are looked at and measured: names and addresses, in one place, so that a new page adds one line."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

HOSTS: Final = """PREFIX ca: <https://clusteratlas.example/ontology/>
SELECT ?city ?cluster WHERE {
  ?city ca:hosts ?cluster . ?region ca:name "珠三角"@zh . ?city ca:inRegion ?region
}"""

VIEWS: Final[Mapping[str, str]] = {
    "overview": "/",
    "overview-cell": "/?drawer=/cell/粤府-2021-53/gd20/semiconductors/441900",
    "map": "/map?cluster=半导体与集成电路&with=新能源&city=441900",
    "map-borders": "/map?cluster=半导体与集成电路&view=borders",
    "city": "/city/441900",
    "cluster": "/cluster/gd20/semiconductors",
    "graph": "/graph?thing=city/441900",
    "graph-way": "/graph?thing=company/华为&to=product/碳化硅",
    "chain": "/chain?thing=智能机器人&city=441900",
    "match": "/match?city=441900&equipment=1000万元&it-share=65%25&kind=制造业企业&filed=是&date=2021-06-30",
    "policies": "/policies?day=2022-01-01",
    "lineage": "/lineage?policy=粤府〔2021〕53号",
    "calendar": "/calendar?from=2021-01-01&months=12",
    "gaps": "/gaps?city=441900",
    "gaps-cluster": "/gaps?cluster=半导体与集成电路&lang=en",
    "firms": "/firms?city=441900",
    "company": "/company?name=华为&date=2022-06-30",
    "five": "/five?cluster=智能机器人",
    "link": "/link?from=441900&to=441300",
    "related": "/related?city=441900",
    "compare": "/compare?names=东莞、惠州",
    "tasks": "/tasks?city=441900",
    "monitor": "/monitor?city=441900",
    "align": "/align?upper=粤工信电子〔2020〕138号&lower=东莞市发展新一代电子信息战略性支柱产业集群行动计划",
    "questions": "/questions",
    "question": "/ask/city-companies?city=东莞",
    "search": "/search?q=碳化硅",
    "query": "/query",
    "query-graph": "/query?" + urlencode({"sparql": HOSTS, "view": "graph"}),
    "documents": "/documents",
    "document": "/documents/gd-policy-compendium-2021.txt?at=52580-52620#e52580-52620",
    "document-mark": "/documents/gd-policy-compendium-2021.txt?at=52580-52620&drawer=/evidence/9ddde1ef/52580-52620",
    "evidence": "/evidence/9ddde1ef/52580-52620",
}
"""Address by name; the name is the screenshot's."""
