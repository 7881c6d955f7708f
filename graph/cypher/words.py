"""The words of Cypher that the guard knows: clauses, operators, and what may be called."""

#: Procedures that only read the graph they are called on; every other one is refused.
PROCEDURES = frozenset(
    [
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.ping",
        "db.info",
        "dbms.components",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.index.vector.querynodes",
        "db.index.vector.queryrelationships",
    ]
)
#: Built-in functions have no namespace or one of these; a function of a plugin may do anything.
NAMESPACES = frozenset(["date", "datetime", "localdatetime", "time", "localtime", "duration", "point", "vector", "db"])

READING = frozenset(
    [
        "MATCH",
        "OPTIONAL",
        "WITH",
        "RETURN",
        "UNWIND",
        "UNION",
        "CALL",
        "FINISH",
        "LET",
        "FILTER",
        "ORDER",
        "SKIP",
        "LIMIT",
        "OFFSET",
    ]
)
WRITING = frozenset(["CREATE", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "INSERT", "DROP"])
REACHING = frozenset(
    [
        "LOAD",
        "USE",
        "SHOW",
        "ALTER",
        "GRANT",
        "DENY",
        "REVOKE",
        "TERMINATE",
        "START",
        "STOP",
        "RENAME",
        "ENABLE",
        "DEALLOCATE",
        "REALLOCATE",
        "DRYRUN",
    ]
)
REFUSED = WRITING | REACHING
PREFIXES = frozenset({"EXPLAIN", "PROFILE"})

OPERATORS = frozenset(["AND", "OR", "XOR", "IN", "CONTAINS"])
PARTS = frozenset(["WHERE", "BY", "YIELD"])
TYPE_WORDS = frozenset(
    [
        "ANY",
        "BOOL",
        "BOOLEAN",
        "VARCHAR",
        "STRING",
        "INT",
        "INTEGER",
        "SIGNED",
        "INT8",
        "INT16",
        "INT32",
        "INT64",
        "INTEGER8",
        "INTEGER16",
        "INTEGER32",
        "INTEGER64",
        "FLOAT",
        "FLOAT32",
        "FLOAT64",
        "DATE",
        "LOCAL",
        "ZONED",
        "TIME",
        "TIMESTAMP",
        "DATETIME",
        "DURATION",
        "POINT",
        "NODE",
        "VERTEX",
        "RELATIONSHIP",
        "EDGE",
        "MAP",
        "LIST",
        "ARRAY",
        "PATH",
        "PATHS",
        "PROPERTY",
        "VALUE",
        "NOTHING",
        "NULL",
        "NOT",
        "TIMEZONE",
        "WITH",
        "WITHOUT",
        "VECTOR",
    ]
)
PATH_WORDS = frozenset(
    ["SHORTEST", "ALL", "ANY", "PATH", "PATHS", "GROUP", "GROUPS", "DIFFERENT", "REPEATABLE", "ELEMENT", "ELEMENTS"]
) | {
    "RELATIONSHIP",
    "RELATIONSHIPS",
}
HINTS = frozenset(["INDEX", "TEXT", "RANGE", "POINT", "SEEK", "SCAN", "JOIN", "ON"])
CLOSING = {"(": ")", "[": "]", "{": "}"}
SUBQUERIES = frozenset({"EXISTS", "COUNT", "COLLECT"})
