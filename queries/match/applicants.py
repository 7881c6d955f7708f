"""Kinds of applicants: whether what somebody is fits what a clause asks for.

A 制造业企业 is a 工业企业, a 大型企业 is no 中小企业, and whether a 中小企业 makes anything its name does not say.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_SIZES = (
    ("中小", r"中小微?企业|小微企业|小型|中型|微型|小巨人|专精特新"),
    ("大", r"大型|大企业|特大"),
)
_SECTORS = (
    ("制造业", r"制造"),
    ("工业", r"工业(?!互联网|软件|设计)"),
    ("商贸", r"商贸|贸易|批发|零售|电商"),
    ("服务业", r"服务(?:业|商|机构)|咨询|物流|金融"),
    ("软件", r"软件|信息技术"),
    ("农业", r"农业|养殖|种植"),
    ("建筑", r"建筑|房地产"),
)
_ROLES = (
    ("government", r"政府(?!投资|引导)|财政部门|财政局|工业和信息化局|各地(?:级以上)?市$|各市$"),
    ("platform", r"平台(?!企业)|服务商|服务机构|协会|联盟|促进机构"),
    ("park", r"园区|开发区|产业园"),
    ("body", r"高校|院校|科研(?:院所|机构)|研究院"),
    ("person", r"个人|人才$|职工"),
)
_NARROWER = {"制造业": "工业"}
_OPEN = {frozenset({"工业", "软件"}), frozenset({"制造业", "软件"})}


@dataclass(frozen=True, slots=True)
class Applicant:
    """What words say of an applicant: its role (a firm where they say nothing else), its sector, its size."""

    role: str
    sector: str | None
    size: str | None


@lru_cache(maxsize=4096)
def applicant(words: str | None) -> Applicant:
    """What words say of an applicant."""
    text = words or ""
    role = next((code for code, pattern in _ROLES if re.search(pattern, text)), "firm")
    sector = next((code for code, pattern in _SECTORS if re.search(pattern, text)), None)
    size = next((code for code, pattern in reversed(_SIZES) if re.search(pattern, text)), None)
    return Applicant(role, sector, size)


def fits(given: str, asked: str) -> bool | None:
    """Whether an applicant is what a clause asks for; None where the words do not say.

    Args:
        given: what the applicant calls itself.
        asked: what the clause asks for.
    """
    one, other = applicant(given), applicant(asked)
    if one.role != other.role:
        return False
    answers = [_sector(one.sector, other.sector), _size(one.size, other.size)]
    return False if False in answers else None if None in answers else True


def _sector(given: str | None, asked: str | None) -> bool | None:
    if asked is None or given == asked or (given is not None and _NARROWER.get(given) == asked):
        return True
    if given is None or _NARROWER.get(asked) == given or frozenset({given, asked}) in _OPEN:
        return None
    return False


def _size(given: str | None, asked: str | None) -> bool | None:
    if asked is None or given == asked:
        return True
    return None if given is None else False


def paid(beneficiary: str | None) -> str:
    """Whom a rule pays: government, platform, park, body, person, or firm where it names no other."""
    return applicant(beneficiary).role
