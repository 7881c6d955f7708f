"""The guard under many threads: rdflib's grammar is one object, which two parses at once would spoil for all."""

import subprocess
import sys

from tests.house.files import ROOT

ASK = """
import sys, threading
from graph.sparql.guard import checked

sys.setswitchinterval(1e-6)
part = "OPTIONAL { ?c ?d 'x'@en } FILTER(?a != 3 && REGEX(STR(?c), 'a'))"
texts = [f"SELECT ?a (COUNT(*) AS ?n{i}) {{ ?a ?b ?c {part} }} GROUP BY ?a" for i in range(24)]
wrong, gate = [], threading.Barrier(8)

def ask(number):
    gate.wait()
    for text in texts[number::8]:
        try:
            checked(text)
        except Exception as error:
            wrong.append(repr(error)[:200])

threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
for one in threads:
    one.start()
for one in threads:
    one.join()
sys.exit("; ".join(wrong) or 0)
"""


def test_a_right_query_is_right_in_every_thread() -> None:
    """In a process of its own: only the first parses of a process disturb one another."""
    done = subprocess.run([sys.executable, "-c", ASK], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
