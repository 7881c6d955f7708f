"""The command `match`: a profile, or a batch of them, against every instrument and recognition."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from clusteratlas.options import format_option, lang_option, opened, out_option
from clusteratlas.output import OBJECTS, listing, write, write_objects
from ontology.errors import UsageError
from queries.match.attributes import Known, attribute_named, attributes, profile
from queries.match.files import profiles
from queries.match.match import Matcher
from queries.match.table import Row, records, sums, table
from queries.phrase import Phrase


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.option(
    "--profile",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="填报文件 .toml、.xlsx、.csv",
)
@click.option("--sum", "summed", is_flag=True, help="按城市和受益方合计")
@click.option("--attributes", "listed", is_flag=True, help="列出可以填报的项：由读到的条款得出")
@format_option
@lang_option
@out_option
@click.pass_context
def match(
    context: click.Context,
    files: tuple[Path, ...],
    summed: bool,
    listed: bool,
    form: str,
    lang: str,
    out: Path | None,
) -> None:
    """政策匹配：填报项对照每个政策工具和认定，写明结论、测算上限、算式和条款。

    填报项写作 --city 东莞 --equipment 1000万元 --it-share 55% --filed 是；全部填报项见 --attributes。
    """
    given = given_options(context.args)
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        raise UsageError(f"没有文件 {'、'.join(missing)}", remedy="请检查 --profile 后的路径")
    batch: list[tuple[str | None, dict[str, Known]]] = [
        (one.name, {**given, **one.values}) for path in files for one in profiles(path)
    ] or [(None, given)]
    today = datetime.date.today().isoformat()
    if not listed and any("date" not in values for _, values in batch):
        click.echo(f"未给日期，按今天 {today} 判断", err=True)
    with opened(context.obj) as atlas:
        matcher = Matcher(atlas.index())
    if listed:
        _list(matcher, form, lang, out)
        return
    _unused(matcher, batch)
    rows = answered(matcher, batch, today)
    if summed:
        write(sums(rows), form, out, lang)
    elif form in OBJECTS:
        write_objects((one for row in rows for one in records([row]).records()), form, out)
    else:
        write(table(rows), form, out, lang)


def answered(matcher: Matcher, batch: Sequence[tuple[str | None, Mapping[str, Known]]], today: str) -> Iterator[Row]:
    """The answers for each profile of a batch; a profile without a date is asked for today."""
    for name, given in batch:
        values = {"date": today, **given}
        yield name, values, matcher.match(values)


def given_options(words: Sequence[str]) -> dict[str, Known]:
    """`--city 东莞 --equipment=1000万元 --filed --no-accepted` as a profile.

    Raises:
        UsageError: an option that is no attribute (with near names), a missing or an unreadable value.
    """
    found: dict[str, object] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        key, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not key:
            raise UsageError(f"不明白“{word}”", remedy="填报项写作 --名称 值，如 --equipment 1000万元")
        denied = key.startswith("no-") and _boolean(key.removeprefix("no-"))
        attribute = attribute_named(key.removeprefix("no-") if denied else key)
        if not equals:
            bare = not rest or rest[0].startswith("--")
            if denied:
                value = "否"
            elif bare and attribute.type == "boolean":
                value = "是"
            elif bare:
                raise UsageError(
                    f"--{key} 后面缺少值", remedy=f"{attribute.title}，如 --{key} {_example(attribute.type)}"
                )
            else:
                value = rest.pop(0)
        if attribute.code in found:
            raise UsageError(f"--{attribute.code}（{attribute.title}）写了两次", remedy="请只留一个")
        found[attribute.code] = value
    return profile(found)


def _boolean(key: str) -> bool:
    known = attributes().get(key.replace("_", "-"))
    return known is not None and known.type == "boolean"


def _example(kind: str) -> str:
    return {
        "money": "1000万元",
        "ratio": "55%",
        "years": "3年",
        "integer": "2",
        "date": "2024-06-30",
        "area": "100亩",
        "money-density": "30万元/亩",
        "city": "东莞",
        "cluster": "新能源",
    }.get(kind, "值")


def _unused(matcher: Matcher, batch: Sequence[tuple[str | None, Mapping[str, Known]]]) -> None:
    """Say which attributes were given that no clause asks for; they change nothing."""
    asked = set(matcher.codes())
    idle = dict.fromkeys(code for _, values in batch for code in values if code not in asked)
    if idle:
        names = "、".join(attributes()[code].title for code in idle)
        click.echo(f"读到的条款没有问及：{names}", err=True)


_KINDS = {
    "money": Phrase("金额", "amount"),
    "ratio": Phrase("比例", "share"),
    "years": Phrase("年限", "term"),
    "integer": Phrase("整数", "number"),
    "boolean": Phrase("是否", "yes or no"),
    "date": Phrase("日期", "date"),
    "city": Phrase("城市", "city"),
    "cluster": Phrase("集群", "cluster"),
    "area": Phrase("面积", "area"),
}


def _list(matcher: Matcher, form: str, lang: str, out: Path | None) -> None:
    asked = set(matcher.codes())
    rows = [
        (f"--{one.code}", one.words, _KINDS.get(one.type, Phrase("文字", "text")), _example(one.type))
        for one in attributes().values()
        if one.code in asked
    ]
    columns = ("option", "title", "type", "example")
    made = listing("填报项", columns, ("选项", "含义", "类型", "示例"), rows)
    write(replace(made, title_en="Attributes of a profile"), form, out, lang)
