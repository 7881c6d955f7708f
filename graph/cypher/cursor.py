"""A place in a Cypher text: looking at the next tokens and taking them."""

from typing import NoReturn

from graph.cypher.tokens import Token, error_at, tokens


class Cursor:
    """The tokens of a text, one after the other; behind the last one stands one of kind ``end``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.at = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    @property
    def ended(self) -> bool:
        return self.now.kind == "end"

    def ahead(self, steps: int = 1) -> Token:
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.now
        if token.kind != "end":
            self.at += 1
        return token

    def word(self, *words: str) -> bool:
        """Take the next token if it is one of these keywords."""
        if self.now.upper in words and self.now.kind == "word":
            self.at += 1
            return True
        return False

    def sign(self, sign: str) -> bool:
        """Take the next token if it is this sign."""
        if self.now == Token("sign", sign, self.now.start):
            self.at += 1
            return True
        return False

    def sees(self, sign: str, steps: int = 0) -> bool:
        token = self.ahead(steps)
        return token.kind == "sign" and token.text == sign

    def fail(self, why: str) -> NoReturn:
        raise error_at(self.text, self.now.start, why)
