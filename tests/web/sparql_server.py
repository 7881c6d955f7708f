"""The endpoint alone over a store, served for tests: `python -m tests.web.sparql_server STORE [LIMITS] [WORKERS] [ORIGIN…]`.

LIMITS is JSON with fields of `web.sparql.pool.Limits`. Prints its address.
"""

import json
import sys
from pathlib import Path

from tests.web.fake import FakeAtlas
from web.app import create_app
from web.server import listen, serve
from web.sparql.endpoint import Endpoint
from web.sparql.pool import Limits


def main(store: str, limits: str = "{}", workers: str = "0", *origins: str) -> None:
    endpoint = Endpoint(Path(store), origins, Limits(**json.loads(limits)), int(workers) or None)
    app = create_app(FakeAtlas(), sparql=endpoint)
    try:
        serve(app, listen(), lambda address: print(address, flush=True))
    finally:
        endpoint.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
