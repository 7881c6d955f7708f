"""The pages over the tests' graph, as a process of its own: `python -m tests.web.serve_fake`."""

from tests.web.fake import FakeAtlas
from web.app import create_app
from web.server import listen, serve

if __name__ == "__main__":
    serve(create_app(FakeAtlas()), listen(0), lambda address: print(address, flush=True))
