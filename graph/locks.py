"""Locks that end with their process, so that a killed one leaves nothing locked."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ontology.errors import GraphLocked

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, shared: bool, wait: bool) -> bool:
        if shared:  # an open file cannot be deleted there anyway
            return True
        try:
            msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(handle: int, shared: bool, wait: bool) -> bool:
        mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(handle, mode)
        except BlockingIOError:
            return False
        return True


class Lock:
    """An exclusive or shared lock on a file, held until `release` or the end of the process."""

    def __init__(self, path: Path, *, shared: bool = False, wait: bool = False) -> None:
        """Take the lock.

        Args:
            path: the lock file; it is made where it is missing.
            shared: several holders may share it.
            wait: wait for it; otherwise raise GraphLocked at once.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except PermissionError:
            # Who may not write here cannot leave a lock file; who only reads needs one only if it is there.
            if not shared:
                raise
            self._handle = _readable(path)
        except OSError as error:
            if not shared or error.errno != errno.EROFS:
                raise
            self._handle = _readable(path)
        if self._handle >= 0 and not _lock(self._handle, shared, wait):
            os.close(self._handle)
            raise GraphLocked(path.parent)

    def release(self) -> None:
        if self._handle >= 0:
            with suppress(OSError):
                os.close(self._handle)


def _readable(path: Path) -> int:
    """A handle for a shared lock on a file that cannot be written, -1 where there is no file."""
    try:
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return -1


@contextmanager
def held(path: Path, *, shared: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold a lock for the length of a block."""
    lock = Lock(path, shared=shared, wait=wait)
    try:
        yield
    finally:
        lock.release()
