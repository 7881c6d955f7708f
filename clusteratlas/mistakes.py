"""What is wrong with a command line, in the users' language: click says it in English."""

import click

from ontology.things import near


def told(error: click.ClickException) -> str:
    """A mistake in Chinese, with what may stand there instead and where the command is explained.

    Args:
        error: what click raised.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "clusteratlas"
    return f"{_said(error)}。用法见 {path} --help"


def _said(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        known = error.possibilities or _options(error.ctx)
        like = near(error.option_name, {name: name for name in known})
        return f"没有选项 {error.option_name}" + (f"，相近的有 {'、'.join(like)}" if like else "")
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_name(error.param)} 的值不可用{_wanted(error.param.type)}"
    return error.format_message().rstrip(".")


def _options(context: click.Context | None) -> list[str]:
    """The options that a command has."""
    params = context.command.params if context is not None else []
    return [name for param in params if isinstance(param, click.Option) for name in param.opts]


def _name(param: click.Parameter | None) -> str:
    """An option as people type it; an argument as the help calls it."""
    if param is None:
        return "参数"
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _wanted(kind: object) -> str:
    """What a value may be."""
    if isinstance(kind, click.Choice):
        return "，可以是 " + "、".join(map(str, kind.choices))
    if isinstance(kind, click.IntRange | click.FloatRange):
        least = "" if kind.min is None else f"不小于 {kind.min:g} "
        most = "" if kind.max is None else f"不大于 {kind.max:g} "
        return f"，应为{least}{most}的数"
    if kind is click.INT or kind is click.FLOAT:
        return "，应为数字"
    if isinstance(kind, click.Path):
        return "：没有这个文件，或不能读写"
    return ""
