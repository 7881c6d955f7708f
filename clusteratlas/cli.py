"""The command line. Data goes to stdout, everything else to stderr; a mistake never ends in a traceback."""

import sys
from pathlib import Path

import click

from clusteratlas.asking import ask, facts, query, search
from clusteratlas.atlas import location
from clusteratlas.building import build, check, export, receipt
from clusteratlas.layout import diff, stars
from clusteratlas.showing import draw, first, serve
from ontology.errors import AtlasError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--graph", type=click.Path(path_type=Path), help="图谱目录；默认取 CLUSTERATLAS_GRAPH，再默认 .atlas")
@click.version_option(package_name="clusteratlas")
@click.pass_context
def cli(context: click.Context, graph: Path | None) -> None:
    """产业集群图谱：从规划、政策文件到可查询的知识图谱。"""
    context.obj = location(graph)


for command in (build, facts, stars, ask, query, search, check, diff, receipt, draw, serve, first, export):
    cli.add_command(command)


def main() -> None:
    """Run the command line; exit 0 fine, 1 a problem, 2 usage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
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


if __name__ == "__main__":
    main()
