"""One name for an indicator that documents print in several ways: 规上 and 规模以上, word orders, light verbs.

A fact keeps the words as printed; the graph holds the name under which the figures of several documents meet.
"""

import re

_SCOPES = (("规模以上", "规上"), ("限额以上", "限上"))
# What is counted names itself: 规上企业<数量>, 灯塔工厂<数量>.
_COUNT = re.compile("(?:数量|个数|家数|总数|(?<=企业)(?:总量|数))$")
# <数字化转型>的<工业企业> are the firms that do it: 工业企业数字化转型.
_DOERS = re.compile("^(?P<what>[^的，]{2,}(?:转型|改造|升级|上云|上平台|上线|达标|贯标))的(?P<who>[^的，]+企业)$")
# 企业<运用某某技术实施>数字化转型: how it is done, and that it is done, are no part of what is counted.
_MEANS = re.compile("(?<=企业)(?:(?:运用|应用|利用|采用|通过)[^，]*?)?(?:实施|实现|开展|完成|进行|推进)(?=.{2,})")
_SHARE = re.compile("的(?=(?:比重|占比|比例)$)")


def joined(indicator: str) -> str:
    """The name under which the graph holds an indicator.

    Args:
        indicator: as printed (规模以上工业企业实施数字化转型).

    Returns:
        The statistical scope in its short form, who does it before what is done (规上工业企业数字化转型); words that
        print none of these come back as they are.
    """
    for printed, short in _SCOPES:
        indicator = indicator.replace(printed, short)
    indicator = _SHARE.sub("", _COUNT.sub("", indicator) or indicator)
    if match := _DOERS.match(indicator):
        indicator = match["who"] + match["what"]
    return _MEANS.sub("", indicator)
