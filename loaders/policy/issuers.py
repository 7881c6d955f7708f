"""The bodies that issue documents: their names out of titles, letterheads and signatures, and their level.

A name is read by its form, so that the bodies of any province are found; the vocabulary only completes short forms
(省人大常委会) and says how a name goes on where its form does not (中国证券监督管理委员会广东监管局).
"""

import re
from collections.abc import Iterator

from ontology.vocabulary import vocabulary

_END = (
    r"(?:人民政府|政府|办公厅|厅|局|委员会|委|办公室|部|总署|审计署|院|党组|领导小组|交易所|公司|银行|分行|协会|中心|法院|检察院"
    r"|常务委员会|常委会|联合会|总工会)"
)
_HEAD = r"(?:中共|中国|国家|全国|[\u4e00-\u9fff]{2,3}(?:省|自治区|市|县|区|州)|上海|深圳|北京)"
_SEAM = re.compile(rf"{_END}(?={_HEAD})")
_NAME = re.compile(
    rf"^(?!为|各|根据|按照|关于|支持|鼓励|加强|推动|请|由)[\u4e00-\u9fffA-Za-z（）]{{2,40}}{_END}$|^国务院$|^[\u4e00-\u9fff]{{2,6}}委$"
)
# An office of a national body in a province, printed behind the body's name.
_OFFICE = re.compile(r"^[\u4e00-\u9fff]{2,5}(?:监管局|证监局|专员办(?:事处)?|分局|分行|中心支行|管理局)$")
_PARENT = re.compile(r"(?:委员会|总局|银行|总署|部)$")
_GAP = re.compile(r"[\s、，,\u3000]+")
_PROVINCE = re.compile(
    r"(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    r"|(?:北京|天津|上海|重庆)市|内蒙古自治区|广西壮族自治区|西藏自治区|宁夏回族自治区|新疆维吾尔自治区"
)
_CITY = re.compile(r"(?!城市|都市)[\u4e00-\u9fff]{2,4}?(?:市(?!场|政)|自治州|盟)")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,5}?(?:县|旗)")
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,12}?(?:新区|地区|示范区|开发区|功能区|新片区|区)")
_NATIONAL = re.compile(
    r"^(?:中共中央|国务院|国家|中华人民|全国|中国|最高人民|海关总署)|^[^省市县区州]{2,14}(?:部|总局|署)(?:办公厅|办公室)?$"
)


def names(printed: str) -> tuple[str, ...]:
    """The bodies that a letterhead, a signature or the beginning of a title prints, in order; () where it is no list.

    Args:
        printed: the words with the blanks and line ends of the print, which separate names and also break them.
    """
    found: list[str] = []
    open_name = ""
    for token in _tokens(printed):
        name = open_name + token
        if found and not open_name and _OFFICE.match(name) and _PARENT.search(found[-1]):
            found[-1] += name
        elif _NAME.match(name):
            found.append(name)
            open_name = ""
        else:
            open_name = name
    return () if open_name else tuple(dict.fromkeys(found))


def _tokens(printed: str) -> Iterator[str]:
    for token in filter(None, _GAP.split(printed.strip())):
        last = 0
        for seam in _SEAM.finditer(token):
            yield token[last : seam.end()]
            last = seam.end()
        yield token[last:]


def province(text: str) -> str | None:
    """The first province, autonomous region or municipality under the central government that a text names."""
    match = _PROVINCE.search(text)
    return match[0] if match else None


def full(name: str, of: str | None) -> str:
    """The full name of a body printed in short form (省工业和信息化厅).

    Args:
        name: as printed.
        of: the province that 省 means in the document, if known.
    """
    if not name.startswith("省"):
        return name
    known = vocabulary().agency_names().get(name)
    whole = known.full_name if known else name
    own = province(whole)
    if own is None:
        return (of or "省") + whole.removeprefix("省")
    return whole.replace(own, of, 1) if of else whole


def level(name: str) -> str | None:
    """The level of a body: national, provincial, municipal, county or district; None where its name does not tell."""
    rest = name.removeprefix("中共")
    if _NATIONAL.match(rest) and not _PROVINCE.search(rest):
        return "national"
    found = None
    if match := _PROVINCE.match(rest) or re.match(r"省|自治区", rest):
        found, rest = "provincial", rest[match.end() :]
    if match := _COUNTY.match(rest):
        return "county"
    if (match := _CITY.match(rest)) or (match := re.match(r"市(?!场)", rest)):
        found, rest = "municipal", rest[match.end() :]
    if match := _COUNTY.match(rest):
        return "county"
    if (match := _DISTRICT.match(rest)) and len(match[0]) < len(rest):
        return "district"
    return found


_TERRITORY = re.compile(
    rf"^(?:{_PROVINCE.pattern})?(?:(?!城市|都市)[\u4e00-\u9fff]{{2,3}}市(?!场))?"
    r"(?:(?!各|支持|促进|推进|推动|加快|关于|发展|培育|鼓励)[\u4e00-\u9fff]{1,3}[县区旗])?"
)


def title_level(title: str) -> str | None:
    """The level that a title shows by the territory it begins with (东莞市发展…, 广东省…), where it does."""
    match = _TERRITORY.match(title)
    return level(match[0] + "人民政府") if match and match[0] else None
