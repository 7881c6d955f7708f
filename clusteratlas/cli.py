"""The command line. Data goes to stdout, everything else to stderr; a mistake never ends in a traceback."""

import sys
from importlib import import_module
from pathlib import Path

import click

from clusteratlas.atlas import location
from ontology.errors import AtlasError, NotFound

COMMANDS = {
    "asking": ("facts", "ask", "query", "search"),
    "building": ("build", "check", "receipt", "export"),
    "industry": ("gaps", "chain", "related", "compare"),
    "firms": ("firms", "company", "link", "five"),
    "layout": ("stars", "diff"),
    "matching": ("match",),
    "plans": ("monitor", "align", "tasks", "calendar", "policies"),
    "pushing": ("push",),
    "showing": ("draw", "serve", "first"),
}
"""The commands by the module of this package that holds them, each under its own name there."""


class _Commands(click.Group):
    """Commands that are imported when they are asked for: what one command needs, the others need not wait for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in COMMANDS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = next((module for module, names in COMMANDS.items() if cmd_name in names), None)
        if module is None:
            from ontology.things import near  # what only a mistake needs

            known = {name: name for name in self.list_commands(ctx)}
            raise NotFound("命令", cmd_name, near(cmd_name, known), remedy="clusteratlas --help 列有全部命令")
        command: click.Command = getattr(import_module(f"clusteratlas.{module}"), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--graph", type=click.Path(path_type=Path), help="图谱目录；默认取 CLUSTERATLAS_GRAPH，再默认 .atlas")
@click.version_option(package_name="clusteratlas")
@click.pass_context
def cli(context: click.Context, graph: Path | None) -> None:
    """产业集群图谱：从规划、政策文件到可查询的知识图谱。"""
    context.obj = location(graph)


def main() -> None:
    """Run the command line; exit 0 fine, 1 a problem, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        from clusteratlas.mistakes import told  # as above

        click.echo(told(error), err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except AtlasError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(1)
    except OSError as error:
        click.echo(f"{error.filename or '文件'}：{error.strerror or error}。请检查路径、权限和磁盘空间", err=True)
        sys.exit(1)
