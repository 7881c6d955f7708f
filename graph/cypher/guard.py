"""Statements that write or reach out are refused before any engine sees them, from their parse.

The grammar is Cypher's skeleton: clauses, and inside them operands and operators that take turns. Signs are free, words
are not: where an operand may stand, any word is a name (``RETURN n.set AS delete``); where an operator must follow,
a word is an operator that we know or the start of the next clause, and only clauses that read are let through. What
cannot be read this way is refused as well, since nobody can say what an engine would make of it.

Behind this stands a second wall: the embedded engine serves the database read-only, other servers get a session in
read mode and an ``EXPLAIN`` first (`graph/cypher/client.py`).
"""

import difflib
from functools import lru_cache
from typing import NoReturn

from graph.cypher.cursor import Cursor
from graph.cypher.tokens import Token
from graph.cypher.words import (
    CLOSING,
    HINTS,
    NAMESPACES,
    OPERATORS,
    PARTS,
    PATH_WORDS,
    PREFIXES,
    PROCEDURES,
    READING,
    REFUSED,
    SUBQUERIES,
    TYPE_WORDS,
)
from ontology.errors import QueryRefused


@lru_cache(maxsize=256)
def check(text: str) -> frozenset[str]:
    """Let a statement pass that reads the graph and does nothing else; the texts that passed last are remembered.

    Args:
        text: one Cypher statement.

    Returns:
        The names of its parameters.

    Raises:
        QueryRefused: it writes, changes the schema, reaches outside the graph, or calls what may do so.
        QuerySyntaxError: it cannot be read as one statement.
    """
    statement = _Statement(text)
    statement.check()
    return frozenset(token.text for token in statement.tokens if token.kind == "parameter")


class _Statement(Cursor):
    """A statement while it is being read."""

    def refuse(self, what: str) -> NoReturn:
        line = self.text.count("\n", 0, self.now.start) + 1
        raise QueryRefused(self.text, f"第 {line} 行的 {what}")

    # -- clauses -------------------------------------------------------------------------------------------------

    def check(self) -> None:
        if self.ended:
            self.fail("没有语句")
        if self.word("CYPHER"):
            while self.now.kind == "number" or (self.now.kind == "word" and self.sees("=", 1)):
                self.at += 1 if self.now.kind == "number" else 3
        self.word(*PREFIXES)
        self.query()
        self.sign(";")
        if not self.ended:
            self.fail("一次只能执行一条语句" if self.tokens[self.at - 1].text == ";" else f"多出“{self.now.text}”")

    def query(self) -> None:
        """Clauses up to a closing brace, a semicolon or the end."""
        while not (self.ended or self.sees("}") or self.sees(";")):
            self.clause()

    def clause(self) -> None:
        if self.sees("{"):  # a braced query as a branch: { … } UNION { … }
            self.braced()
            return
        word = self.now.upper
        if word in REFUSED:
            self.refuse_clause(word)
        if word not in READING:
            self.unknown()
        self.take()
        if word == "OPTIONAL":
            word = self.take().upper
            if word not in ("MATCH", "CALL"):
                self.fail("OPTIONAL 后面应为 MATCH 或 CALL")
        if word == "CALL":
            self.call()
        elif word == "UNION":
            self.word("ALL", "DISTINCT")
        elif word == "MATCH":
            self.body(pattern=True)
        elif word != "FINISH":
            if word == "ORDER":
                self.word("BY")
            elif word == "FILTER":
                self.word("WHERE")
            self.body()

    def refuse_clause(self, word: str) -> NoReturn:
        following = self.ahead()
        two_words = word in ("LOAD", "DETACH", "NODETACH", "SHOW", "ALTER", "DROP") or following.upper in (
            "INDEX",
            "CONSTRAINT",
            "DATABASE",
            "USER",
            "ROLE",
        )
        self.refuse(f"{word} {following.upper}" if two_words and following.upper else word)

    def unknown(self, close: str = "") -> NoReturn:
        if close and self.now.upper in READING:
            self.fail(f"“{self.now.text}”之前缺少“{close}”")
        near = difflib.get_close_matches(self.now.upper, sorted(READING | PARTS | OPERATORS), 1, 0.6)
        hint = f"，相近的有 {near[0]}" if near else ""
        self.fail(f"此处不应为“{self.now.text}”{hint}" if self.now.text else "语句不完整")

    def call(self) -> None:
        if self.sees("("):
            self.bracket(self.take().text)
        if self.sees("{"):
            self.braced()
            if self.now.upper == "IN":
                self.refuse("CALL … IN TRANSACTIONS")
            return
        start = self.at
        name = self.take().text
        while self.sign("."):
            name += f".{self.take().text}"
        if name.lower() not in PROCEDURES:
            self.at = start
            self.refuse(f"CALL {name}（只可调用 db.labels、db.relationshipTypes 等只读过程）")
        if self.sees("("):
            self.bracket(self.take().text)
        if self.word("YIELD"):
            self.body()

    def braced(self) -> None:
        """A query in braces."""
        self.take()
        self.query()
        if not self.sign("}"):
            self.fail("缺少“}”")

    # -- operands and operators ----------------------------------------------------------------------------------

    def body(self, *, pattern: bool = False, close: str = "") -> None:
        """What stands in a clause or between brackets.

        Args:
            pattern: a graph pattern: plus and star behind an element repeat it.
            close: the closing bracket that ends it; empty in a clause, which ends where the next one starts.
        """
        operand, cases = True, 0
        while True:
            token = self.now
            if self.ended or (token.kind == "sign" and token.text in (")", "]", "}", ";")):
                self.closes(close)
                return
            if token.kind == "sign":
                operand = self.signs(operand, pattern)
            elif token.kind in ("word", "name") and operand:
                operand, opened = self.operand()
                cases += opened
            elif token.kind in ("word", "name"):
                if not (known := self.operator(pattern, cases, bool(close))):
                    if close:
                        if token.upper in REFUSED:
                            self.refuse_clause(token.upper)
                        self.unknown(close)
                    return
                operand, closed, pattern = known
                cases -= closed
            else:
                self.take()
                operand = False

    def closes(self, close: str) -> None:
        """Fail unless the next token is the closing bracket that is due."""
        if close and not self.sees(close):
            self.fail(f"缺少“{close}”")
        if not close and (self.sees(")") or self.sees("]")):
            self.fail(f"多出“{self.now.text}”")

    def signs(self, operand: bool, pattern: bool) -> bool:
        """One sign or bracket; returns whether an operand must follow."""
        sign = self.now.text
        if sign in CLOSING:
            inner = pattern and sign == "("
            self.take()
            self.bracket(sign, pattern=inner)
            return False
        if not operand and pattern and sign in "+*":
            self.take()
            return False
        self.take()
        return not (operand and sign == "*")

    def bracket(self, sign: str, *, pattern: bool = False) -> None:
        """What stands between brackets, the opening one being taken already."""
        self.body(pattern=pattern, close=CLOSING[sign])
        self.take()

    def operand(self) -> tuple[bool, int]:
        """A word where an operand may stand; returns whether another must follow, and how many CASE it opens."""
        token, word, following = self.now, self.now.upper, self.ahead()
        alone = following.kind in ("end", "sign") and following.text not in ("(", "[", "{", "$")
        inside = self.tokens[self.at - 1].kind == "sign" and self.tokens[self.at - 1].text in (":", "&", "|", "!", ".")
        if word in SUBQUERIES and self.sees("{", 1):
            self.take()
            self.subquery()
            return False, 0
        if word in REFUSED and not (alone or inside) and not (following.kind == "word" and self.joins(following.upper)):
            self.refuse_clause(word)
        self.take()
        if word == "CASE" and not (alone and following.text in ("", ",", ".", ")", "]", "}")):
            return True, 1
        if word in ("WHEN", "WHERE") and not alone:
            return True, 0
        if word in ("NOT", "DISTINCT") and not (alone and following.text not in ("-", "+", "*")):
            return True, 0
        if token.kind in ("word", "name") and (self.sees("(") or self.sees(".")):
            self.function(token)
        return False, 0

    def joins(self, word: str) -> bool:
        return word in OPERATORS | READING | PARTS | {"AS", "STARTS", "ENDS", "IS", "ASC", "DESC", "THEN", "END"}

    def function(self, first: Token) -> None:
        """Refuse the functions of plugins: a chain of names with an opening bracket behind it."""
        steps = 0
        while self.sees(".", steps) and self.ahead(steps + 1).kind in ("word", "name"):
            steps += 2
        if self.sees("(", steps) and steps and first.text.lower() not in NAMESPACES:
            name = first.text + "".join("." + self.ahead(step).text for step in range(1, steps, 2))
            self.refuse(f"函数 {name}（插件的函数可能写入或外联）")

    def subquery(self) -> None:
        """EXISTS, COUNT or COLLECT with a query in braces, or with a bare pattern."""
        following = self.ahead().upper
        if following in READING | REFUSED and not self.sees("=", 2):
            self.braced()
        else:
            self.take()
            self.bracket("{", pattern=True)

    def operator(self, pattern: bool, cases: int, nested: bool) -> tuple[bool, int, bool] | None:
        """A word where an operator must stand.

        Returns:
            Whether an operand must follow, how many CASE it closes, and whether we are still in a pattern; None for
            a word that starts the next clause.
        """
        word = self.now.upper
        following = self.ahead().upper
        if word in OPERATORS or (word == "FROM" and nested):
            self.take()
            return True, 0, pattern
        if word in ("STARTS", "ENDS") and following == "WITH":
            self.at += 2
            return True, 0, pattern
        if word == "AS":
            self.at += 1
            if self.now.kind not in ("word", "name"):
                self.fail("AS 后面应为名称")
            self.take()
            return False, 0, pattern
        if word == "NOT" and following == "IN":
            self.at += 2
            return True, 0, pattern
        if word == "IS":
            return self.condition(), 0, pattern
        if cases and word in ("WHEN", "THEN", "ELSE"):
            self.take()
            return True, 0, pattern
        if cases and word == "END":
            self.take()
            return False, 1, pattern
        if word in ("WHERE", "YIELD"):
            self.take()
            return True, 0, False
        if word in ("ASC", "DESC", "ASCENDING", "DESCENDING"):
            self.take()
            return False, 0, pattern
        if pattern and word in PATH_WORDS:
            self.take()
            return False, 0, pattern
        if word == "USING" and not nested:
            self.take()
            while self.word(*HINTS):
                pass
            return True, 0, False
        return None

    def condition(self) -> bool:
        """IS [NOT] NULL, IS [NOT] TYPED …, IS [NOT] NORMALIZED, IS label; returns whether an operand must follow."""
        self.take()
        self.word("NOT")
        if self.word("NULL"):
            return False
        if self.now.upper in ("NFC", "NFD", "NFKC", "NFKD") or self.now.upper == "NORMALIZED":
            while self.word("NFC", "NFD", "NFKC", "NFKD", "NORMALIZED"):
                pass
            return False
        if self.word("TYPED") or (self.sign(":") and self.sign(":")):
            self.type()
            return False
        return True

    def type(self) -> None:
        """A type of values: ``INTEGER NOT NULL``, ``LIST<STRING>``, ``ZONED DATETIME``."""
        while self.now.upper in TYPE_WORDS and not (
            (self.now.upper == "NOT" and self.ahead().upper != "NULL")
            or (self.now.upper in ("WITH", "WITHOUT") and self.ahead().upper not in ("TIME", "TIMEZONE"))
        ):
            self.take()
            if self.sign("<"):
                self.type()
                if not self.sign(">"):
                    self.fail("缺少“>”")
            self.sign("|")
