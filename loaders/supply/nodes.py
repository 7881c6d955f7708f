"""The nodes of a chart of a chain: a line that lists things, and under it a line that says where they go."""

import re
from collections.abc import Iterator

from loaders.document.document import Block
from loaders.supply.link import Link
from loaders.supply.lists import after_etc, things

# 节点01碳酸锂、氢氧化锂; 节点02氟化工原料（六氟磷酸锂、氢氟酸）
_NODE = re.compile("^(?:节点|环节|链条|领域)\\d{1,2}[ 　.、．]*(?P<list>[^，。；：]{2,60})$")
_INSIDE = re.compile("（(?P<list>[^（）]*、[^（）]*)）$")
_GOES = re.compile("^(?:供[给应]|配套|下游|应用|产品)?(?:去向|对象|流向)[：:](?P<list>[^。；]{2,80})")


def nodes(blocks: Iterator[Block]) -> Iterator[tuple[Block, Link]]:
    """The links of the lines that say where the things of the node above them go."""
    listed: list[str] = []
    for block in blocks:
        string = block.text.string
        if node := _NODE.match(string):
            inside = _INSIDE.search(node["list"])
            listed = things(inside["list"] if inside else node["list"], lead=False)
        elif goes := _GOES.match(string):
            for name in listed:
                for goal in things(after_etc(goes["list"])[0], lead=False):
                    yield block, Link(name, goal, "input_to", 0, goes.end())
