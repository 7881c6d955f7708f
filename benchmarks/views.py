"""The pages that are looked at and measured: names and addresses, in one place, so that a new page adds one line."""

from collections.abc import Mapping
from typing import Final

VIEWS: Final[Mapping[str, str]] = {
    "overview": "/",
    "overview-sorted": "/?city=441900&rows=441900&region=粤府-2021-53/珠三角",
    "overview-2020": "/?edition=粤府函-2020-82",
    "overview-cell": "/?drawer=/cell/粤府-2021-53/gd20/semiconductors/441900",
    "overview-en": "/?lang=en",
    "map": "/map?cluster=半导体与集成电路",
    "map-two": "/map?cluster=半导体与集成电路&with=新能源&city=441900",
    "map-borders": "/map?cluster=半导体与集成电路&view=borders",
    "questions": "/questions",
    "question": "/ask/city-companies?city=东莞",
    "city": "/city/441900",
    "cluster": "/cluster/gd20/semiconductors",
    "search": "/search?q=碳化硅",
    "query": "/query",
    "documents": "/documents",
}
"""Address by name; the name is the screenshot's."""
