import re

import pytest

from tests.house.files import ROOT, files, modules

LONGEST = 500

# Written in pieces, so that this file does not name what it forbids.
FORBIDDEN = {
    "a package index": "|".join(
        re.escape(host)
        for host in (
            "pypi" + ".org",
            "python" + "hosted.org",
            "registry." + "npmjs",
            "registry." + "yarnpkg",
            "repo.maven" + ".apache",
            "repo1." + "maven",
            "crates" + ".io",
            "conda" + ".anaconda",
        )
    ),
    "a setting that names an index": r"--(extra-)?index" + r"-url[ =]+\S*//|\"resolved\":\s*\"http",
    "a path of one machine": r"(?<![\w.$}>*/-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers", "tm" + "p"))
    + r")/[\w.]",
    "a tool of one workplace": r"\bfarm" + r"-[a-z]",
}  # fmt: skip


def breaches(text: str) -> list[str]:
    """What a file must not name, with the line."""
    return [
        f"line {number}: {what}"
        for number, line in enumerate(text.split("\n"), 1)
        for what, pattern in FORBIDDEN.items()
        if re.search(pattern, line)
    ]


def test_no_file_names_an_index_a_machine_or_a_workplace() -> None:
    found = {}
    for name in files():
        try:
            text = (ROOT / name).read_bytes().decode()
        except UnicodeDecodeError:
            continue
        if wrong := breaches(text):
            found[name] = wrong
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "https://pypi" + ".org/simple",
        "pip install --index" + "-url https://mirror.example/simple",
        '      "resolved": ' + '"https://mirror.example/a.tgz"',
        'open("/tm' + 'p/x")',
        "cd /wo" + "rk/main",
        "/ho" + "me/someone/x",
        "run far" + "m-build",
    ],
)
def test_a_breach_is_found(line: str) -> None:
    assert breaches(line)


@pytest.mark.parametrize(
    "line", ["uv pip compile --no-emit-index" + "-url", "tests/work/x", "https://x.example/home/y"]
)
def test_what_is_harmless_passes(line: str) -> None:
    assert not breaches(line)


def test_modules_stay_short() -> None:
    lengths = {str(path): (ROOT / path).read_text("utf-8").count("\n") for path in modules()}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
    assert lengths


def test_the_lock_holds_versions_and_hashes_only() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("    --hash=sha256:")]
    assert pins
    for line in pins:
        assert re.fullmatch(r"[a-z0-9.-]+==[\w.!+]+( ; .*)? \\", line), line
