"""Commands about plans and policies as work: monitor, align, tasks, calendar, policies."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from clusteratlas.options import format_option, lang_option, opened, out_option
from clusteratlas.output import write
from graph.evidence import texts_of
from graph.tables import Node
from ontology.errors import AtlasError, ParameterError, UsageError
from queries.index import Index
from queries.industry import things
from queries.plans.actuals import REQUIRED, ActualsError, BadRow, actuals, headings
from queries.plans.align import align as align_plans
from queries.plans.calendar import add_months, ics, table_of
from queries.plans.calendar import events as all_events
from queries.plans.find import policy_of
from queries.plans.lineage import lineage as lineage_of
from queries.plans.measures import Measure
from queries.plans.monitor import monitor as monitor_targets
from queries.plans.policies import policies as list_policies
from queries.plans.tasks import tasks as list_tasks
from queries.sheets import Cell, rows

MONTHS = 12
"""How far `calendar` looks ahead where nothing is said."""


class BadRows(AtlasError):
    """Rows of a table could not be used; the others were.

    Args:
        path: the table.
        rows: the rows, each with its line.
    """

    def __init__(self, path: Path, rows: list[BadRow]) -> None:
        super().__init__(
            f"{path} 有 {len(rows)} 行未采用：" + "；".join(f"第 {one.line} 行：{one.why}" for one in rows),
            remedy="请改正后重试；其余各行已采用",
        )
        self.path = path
        self.rows = rows


def _city(index: Index, name: str | None) -> Node | None:
    return None if name is None else index.node(things.city(index, name))


def _day(name: str, text: str | None) -> date | None:
    """A date as people write it (2025-03-01, 2025/3/1, 2025年3月1日).

    Raises:
        ParameterError: there is no such day.
    """
    if text is None:
        return None
    parts = text.strip().translate(str.maketrans("年月/.", "----", "日")).strip("-").split("-")
    try:
        year, month, day = map(int, parts)
        return date(year, month, day)
    except ValueError:
        shown = "存在的日期，写法如 2025-03-01"
        raise ParameterError(name, shown, text, remedy=_nearest(parts)) from None


def _nearest(parts: list[str]) -> str:
    """The last day of the month where a day is too large."""
    try:
        year, month = int(parts[0]), int(parts[1])
        last = add_months(date(year, month, 1), 1).toordinal() - 1
    except (ValueError, IndexError):
        return ""
    return f"这个月最后一天是 {date.fromordinal(last)}"


def _measures(path: Path | None) -> tuple[list[Measure], list[BadRow]]:
    """The actual values of a file.

    Raises:
        ActualsError: no such table.
        UsageError: there is no such file; a column is unknown, with what was meant.
    """
    if path is None:
        return [], []
    if not path.is_file():
        raise UsageError(f"没有文件 {path}", remedy="请检查 --actuals 后的路径")
    lines = rows(path, ActualsError)
    while len(lines) > 1 and sum(bool(cell.text) for cell in lines[0][1]) == 1:
        del lines[0]  # a title above the headings: a table printed here can be filled in and read again
    if not lines:
        raise ActualsError(path, "是空的", remedy="第一行应为列名")
    (head, names), *below = lines
    try:
        fields = headings([cell.text for cell in names if cell.text])
    except ParameterError as error:
        raise UsageError(f"{path} 第 {head} 行：{error}") from error
    columns: list[tuple[int, str]] = [(i, fields[cell.text]) for i, cell in enumerate(names) if cell.text]
    good, bad = actuals(path.name, ((line, _by_field(cells, columns)) for line, cells in below))
    if not good and not bad:
        raise ActualsError(path, f"只有列名，没有数值（至少要有 {len(REQUIRED)} 列的一行）")
    return good, bad


def _by_field(cells: list[Cell], columns: list[tuple[int, str]]) -> Mapping[str, str]:
    return {field: cells[i].text for i, field in columns if i < len(cells)}


@click.command()
@click.option("--city", help="只看一个城市的指标")
@click.option("--cluster", help="只看一个集群的指标")
@click.option(
    "--actuals",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="现状值表（csv、xlsx），列：地区 对象 指标 口径 年份 数值 单位",
)
@format_option
@out_option
@lang_option
@click.pass_obj
def monitor(
    directory: Path, city: str | None, cluster: str | None, file: Path | None, form: str, out: Path | None, lang: str
) -> None:
    """指标监测：基期、目标、写明的与隐含的增速、最新值、差距、后续年均需增速。"""
    good, bad = _measures(file)
    with opened(directory) as atlas:
        index = atlas.index()
        place = things.city(index, city) if city is not None else None
        group = things.cluster(index, cluster) if cluster is not None else None
        found = monitor_targets(index, city=place, cluster=group, actuals=good)
    write(found, form, out, lang)
    if bad and file is not None:
        raise BadRows(file, bad)


@click.command()
@click.argument("upper")
@click.argument("lower")
@format_option
@out_option
@lang_option
@click.pass_obj
def align(directory: Path, upper: str, lower: str, form: str, out: Path | None, lang: str) -> None:
    """省市对照：上级、下级两份规划的指标、方向、项目、任务（题名或文号）。"""
    with opened(directory) as atlas:
        index = atlas.index()
        texts = texts_of(atlas.build.path, index.tables)
        found = align_plans(index, policy_of(index, upper), policy_of(index, lower), texts)
    write(found, form, out, lang)


@click.command()
@click.option("--policy", help="只看一份文件（题名或文号）")
@click.option("--agency", help="只看一个部门牵头或参与的")
@click.option("--city", help="只看落到一个城市的；“各地级以上市人民政府”展开为该市")
@format_option
@out_option
@lang_option
@click.pass_obj
def tasks(
    directory: Path,
    policy: str | None,
    agency: str | None,
    city: str | None,
    form: str,
    out: Path | None,
    lang: str,
) -> None:
    """任务分工督办表：大类、任务、牵头、责任单位、时限、量化要求，进展和问题留空。"""
    with opened(directory) as atlas:
        index = atlas.index()
        found = list_tasks(index, policy=policy, agency=agency, city=_city(index, city))
    write(found, form, out, lang)


@click.command()
@click.option("--from", "start", help="起始日期，默认今天")
@click.option("--months", type=click.IntRange(1, 600), default=MONTHS, show_default=True, help="往后几个月")
@click.option("--agency", help="只看一个部门办理或接收的")
@format_option
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；.ics 为日历文件")
@lang_option
@click.pass_obj
def calendar(
    directory: Path, start: str | None, months: int, agency: str | None, form: str, out: Path | None, lang: str
) -> None:
    """时间节点：到期、施行、申报、报送、完成，也可写成日历文件（-o 文件.ics）。"""
    first = _day("from", start)
    if first is None:
        first = date.today()
        click.echo(f"起始日期：今天（{first}）", err=True)
    try:
        end = add_months(first, months)
    except ValueError:
        raise ParameterError("months", "不超出公元 9999 年的月数", months) from None
    with opened(directory) as atlas:
        found = all_events(atlas.index(), first, end, agency=agency)
        view = table_of(atlas.index(), found, first, end)
    if out is not None and out.suffix.lower() == ".ics":
        out.write_bytes(ics(found))
        click.echo(f"已写入 {out}：{len(found)} 个节点", err=True)
        return
    write(view, form, out, lang)


@click.command()
@click.option("--in-force", "day", help="效力状态按哪一天说，如 2025-03-01；today 为今天")
@click.option("--about", help="只看涉及一个集群的")
@click.option("--city", help="只看涉及一个城市的")
@click.option("--lineage", help="一份文件的依据、落实、废止、解读关系，成一棵树（题名或文号）")
@format_option
@out_option
@lang_option
@click.pass_obj
def policies(
    directory: Path,
    day: str | None,
    about: str | None,
    city: str | None,
    lineage: str | None,
    form: str,
    out: Path | None,
    lang: str,
) -> None:
    """文件及其效力状态（按文本推算），或一份文件的谱系。"""
    if lineage is not None and (day or about or city):
        raise UsageError("--lineage 不与 --in-force、--about、--city 同用", remedy="请分两次运行")
    if day in ("today", "今天"):
        when: date | None = date.today()
        click.echo(f"日期：今天（{when}）", err=True)
    else:
        when = _day("in-force", day)
    with opened(directory) as atlas:
        index = atlas.index()
        group = things.cluster(index, about) if about is not None else None
        if lineage is not None:
            found = lineage_of(index, policy_of(index, lineage))
        else:
            found = list_policies(index, day=when, about=group, city=_city(index, city))
    write(found, form, out, lang)
