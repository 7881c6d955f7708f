"""When two spellings are one name: blanks, width, case and the word that joins two parts do not count."""

import re
import unicodedata

# What joins the parts of a name. Each is put in the place of the other and never left out, so that two names are one
# only where they have a joint at the same place.
_JOINT = re.compile("以及|[与及和、]")
_BLANK = re.compile(r"\s+")
_CHAIN = re.compile("全?产业链条?$|全?链条?$")


def spelling(name: str) -> str:
    """A name for comparison: 研发 与设计, 研发及设计 and 研发、设计 are one."""
    return _JOINT.sub("、", _BLANK.sub("", unicodedata.normalize("NFKC", name)).casefold())


def chain_spelling(name: str) -> str:
    """The name of a chain for comparison: 某某产业链, 某某全产业链 and 某某产业链条 are one."""
    return _CHAIN.sub("产业链", spelling(name))


def fullest(names: set[str]) -> str:
    """The name that is kept of several for one thing: the longest; of equal ones the first by code point, 、 last."""
    return min(names, key=lambda name: (-len(name), name.replace("、", "\uffff"), name))
