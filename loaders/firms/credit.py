"""The unified social credit code of GB 32100-2015: 18 signs of which the last checks the others."""

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def check_sign(first: str) -> str:
    """The sign that closes a code.

    Args:
        first: its first 17 signs; the weights are the powers of 3 modulo 31.
    """
    total = sum(_SIGNS.index(sign) * pow(3, place, len(_SIGNS)) for place, sign in enumerate(first))
    return _SIGNS[-total % len(_SIGNS)]


def mistake(code: str) -> str | None:
    """What is wrong with a code, in Chinese; None where it is right."""
    if len(code) != _LENGTH:
        return f"统一社会信用代码应为 {_LENGTH} 位，“{code}”有 {len(code)} 位"
    if unused := "".join(sign for sign in code if sign not in _SIGNS):
        return f"统一社会信用代码只用数字和大写字母（没有 I、O、S、V、Z），“{code}”里有“{unused}”"
    if (right := check_sign(code[:-1])) != code[-1]:
        return f"统一社会信用代码“{code}”的校验位不符：前 17 位对应“{right}”"
    return None
