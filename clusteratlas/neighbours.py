"""The five packages carry plain names; another file of the same name on the path would be imported instead."""

from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("ontology", "loaders", "graph", "queries", "web")


def check_neighbours() -> None:
    """Raise ImportError, naming the file, where one of the five packages is not the neighbour of this one."""
    home = Path(__file__).resolve().parent.parent
    for name in PACKAGES:
        spec = find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or origin.parent.parent != home:
            raise ImportError(f"导入的 {name} 不是本项目的包，而是 {origin}；请改名或移走该文件")
