"""A company's name where a sentence prints it."""

import re
from dataclasses import dataclass

# A Latin name that is no acronym, with its Chinese one in brackets.
LATIN = re.compile("[A-Z][A-Za-z]*[a-z]{2}[A-Za-z]*(?: [A-Z][A-Za-z]+)*(?:（[\u4e00-\u9fff]{2,8}）)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A company's name in a sentence: offsets of the words as written, the name, the words that say what it is."""

    start: int
    end: int
    name: str
    cue: str
    head: str  # the class that the sentence gives it: 集成电路重点企业
