"""Locks where nothing may be written: who only reads needs none."""

import errno
import os
from pathlib import Path

import pytest

from graph.locks import Lock


@pytest.mark.parametrize("error", [PermissionError(errno.EACCES, "x"), OSError(errno.EROFS, "x")])
def test_a_shared_lock_needs_no_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Tests may run as root, who may write everywhere, so the refusal is played."""
    (tmp_path / "there").touch()
    real = os.open

    def refuse(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR:
            raise error
        return real(path, flags, mode)

    monkeypatch.setattr("graph.locks.os.open", refuse)
    for name in ("there", "missing"):
        Lock(tmp_path / name, shared=True).release()
        with pytest.raises(OSError, match="x"):
            Lock(tmp_path / name)
