"""The rules for a question's SPARQL text, checked on its parse tree.

Each rule is there because the engines or the two languages answer differently where it is broken: see `texts`.
"""

from collections.abc import Iterator

from pyparsing import ParseResults
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, Variable

from graph.sparql.guard import parsed, walk
from graph.sparql.tokens import plain, tokens
from ontology.model import model
from queries.library import Question

_NOT_SCALAR = frozenset({"Aggregate_GroupConcat", "Aggregate_Sample"})
_GUARDED = frozenset({"Aggregate_Sum", "Aggregate_Avg", "Aggregate_Min", "Aggregate_Max"})
_UNSTEADY = frozenset({"Builtin_NOW", "Builtin_RAND", "Builtin_UUID", "Builtin_STRUUID", "Builtin_BNODE"})
# pyoxigraph folds these as if a substituted variable had no value.
_BLIND = frozenset({"Builtin_BOUND", "Builtin_COALESCE", "Builtin_IF", "Bind"})
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BROKEN = frozenset({_XSD + "decimal", _XSD + "double", _XSD + "float"})


def complaints(question: Question) -> Iterator[str]:
    """What a question's SPARQL text breaks."""
    query = parsed(question.sparql)
    if query.name != "SelectQuery" or "projection" not in query:
        yield "the text must be a SELECT that names its columns"
        return
    sure = bound_for_sure(query["where"])
    yield from _columns(query, question)
    yield from _parameters(query, question)
    yield from _cuts(query, question, sure)
    yield from _values(query, sure)
    yield from _paths(query)
    yield from _names(query)
    yield from _shortcuts(query)


def _columns(query: CompValue, question: Question) -> Iterator[str]:
    named = [str(item["evar"] if "evar" in item else item["var"]) for item in query["projection"]]
    declared = [column.name for column in question.columns]
    parameters = {parameter.name for parameter in question.parameters}
    if len(set(named)) != len(named):
        yield "a column is named twice"
    if [name for name in named if name in declared] != declared:
        yield f"SELECT names {named}, the header declares {declared}"
    if left := set(named) - set(declared) - parameters:
        yield f"SELECT names {sorted(left)}, which are neither columns nor parameters"
    if missing := parameters - set(named):
        yield f"SELECT must name the parameters {sorted(missing)}: Oxigraph binds no others"


def _parameters(query: CompValue, question: Question) -> Iterator[str]:
    declared = {parameter.name for parameter in question.parameters}
    dollars: set[str] = set()
    marks: set[str] = set()
    for token in tokens(plain(question.sparql)):
        if token.kind == "variable":
            (dollars if token.text[0] == "$" else marks).add(token.text[1:])
    if dollars != declared:
        yield f"parameters written with $ are {sorted(dollars)}, declared are {sorted(declared)}"
    if both := marks & declared:
        yield f"parameters {sorted(both)} are also written with ?"
    for part in walk(query):
        used = {str(name) for name in variables(part)} & declared
        if part.name in _BLIND and used:
            yield f"a parameter stands in {part.name}, where Oxigraph does not see its value"
        if part.name == "SubSelect" and used - {str(name) for name in variables(part["projection"])}:
            yield "a sub-select must name the parameters that it uses"


def _cuts(query: CompValue, question: Question, sure: set[str]) -> Iterator[str]:
    identifiers = {column.name for column in question.columns if column.type == "id"}
    for part in walk(query):
        if part.name not in ("SelectQuery", "SubSelect") or "limitoffset" not in part:
            continue
        keys = [unwrapped(key["expr"]) for key in part["orderby"]["condition"]] if "orderby" in part else []
        if not keys or not all(isinstance(key, Variable) and str(key) in sure for key in keys):
            yield "LIMIT needs an ORDER BY whose keys are variables that are never unbound"
        elif str(keys[-1]) not in identifiers:
            yield "LIMIT needs an ORDER BY that ends in an id"


def _values(query: CompValue, sure: set[str]) -> Iterator[str]:
    grouped = any("groupby" in part for part in walk(query) if part.name in ("SelectQuery", "SubSelect"))
    for part in walk(query):
        if part.name in _NOT_SCALAR:
            yield f"{part.name} gives no steady scalar"
        if part.name in _UNSTEADY:
            yield f"{part.name} differs from run to run; dates come in as parameters"
        if part.name in _GUARDED:
            value = unwrapped(part["vars"])
            guarded = isinstance(value, CompValue) and value.name == "Builtin_COALESCE"
            if not guarded and not (isinstance(value, Variable) and str(value) in sure):
                yield f"{part.name} over a value that may be missing, without COALESCE"
        if part.name == "Aggregate_Avg" and not grouped:
            yield "AVG without GROUP BY: over nothing it is 0 here and null in Cypher"
        if part.name == "MultiplicativeExpression" and "op" in part and "/" in part["op"] and not _breaks(part):
            yield "a division of integers: 1/2 is 0.5 here and 0 in Cypher"


def _breaks(part: CompValue) -> bool:
    """Whether a division has an operand that is no integer for sure."""
    return any(
        (isinstance(value, Literal) and str(value.datatype) in _BROKEN)
        or (isinstance(value, CompValue) and value.name == "Function" and "double" in str(value["iri"]))
        for value in (unwrapped(one) for one in [part["expr"], *part["other"]])
    )


def _paths(query: CompValue) -> Iterator[str]:
    loose = False
    for part in walk(query):
        if part.name == "PathElt" and "mod" in part and part["mod"] in ("*", "+"):
            yield "a path of any length has no upper bound; write the steps: p/p?/p?"
        if part.name in ("PathSequence", "PathAlternative"):
            steps = [step for step in part["part"] if isinstance(step, CompValue)]
            bare = [step for step in steps if _may_be_missing(step)]
            loose = loose or bool(bare)
            if part.name == "PathSequence" and bare and len(bare) == len(steps):
                yield "a path that may have no step: zero steps match other things in Cypher"
    if loose and not _distinct(query):
        yield "a path of variable length needs SELECT DISTINCT"


def _may_be_missing(step: CompValue) -> bool:
    inner = step["part"] if step.name == "PathEltOrInverse" else step
    return isinstance(inner, CompValue) and inner.name == "PathElt" and "mod" in inner and inner["mod"] == "?"


def _names(query: CompValue) -> Iterator[str]:
    known = model()
    terms = {*known.classes, *known.relations, *(name for cls in known.classes for name in known.properties(cls))}
    for part in walk(query):
        if part.name == "pname":
            prefix, name = str(part["prefix"]), str(part["localname"])
            if prefix == "ca" and name not in terms:
                yield f"the ontology has no ca:{name}"


def _shortcuts(query: CompValue) -> Iterator[str]:
    derived = {shortcut.relation for shortcut in model().shortcuts}
    used = {str(part["localname"]) for part in walk(query) if part.name == "pname"} & derived
    if used and not _distinct(query):
        yield f"{sorted(used)}: several statements are one triple here and several relationships there; use DISTINCT"


def _distinct(query: CompValue) -> bool:
    return "modifier" in query and str(query["modifier"]).upper() == "DISTINCT"


def unwrapped(part: object) -> object:
    """An expression without the levels of the grammar that add nothing to it."""
    while isinstance(part, CompValue) and part.name.endswith("Expression") and set(part) == {"expr"}:
        part = part["expr"]
    return part


def variables(part: object) -> Iterator[Variable]:
    """Every variable in a part of the parse tree."""
    if isinstance(part, Variable):
        yield part
    elif isinstance(part, CompValue):
        for value in part.values():
            yield from variables(value)
    elif isinstance(part, list | tuple | ParseResults):
        for value in part:
            yield from variables(value)


def bound_for_sure(group: object) -> set[str]:
    """Variables that every solution of a group binds: those of its own triples, not of OPTIONAL or UNION."""
    found: set[str] = set()
    for part in group["part"] if isinstance(group, CompValue) and "part" in group else ():
        if not isinstance(part, CompValue):
            continue
        if part.name == "TriplesBlock":
            found |= {str(name) for name in variables(part)}
        elif part.name == "GroupOrUnionGraphPattern" and len(part["graph"]) == 1:
            found |= bound_for_sure(part["graph"][0])
        elif part.name == "InlineData":
            found |= {str(name) for name in variables(part) if "UNDEF" not in str(part)}
    return found
