"""The folder of a report: written aside, then put in its place, so that nobody ever sees half of it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hostcity.plan import plan_to_json
from hostcity.plan.sentences import Sentence
from hostcity.report.arrays import write_arrays
from hostcity.report.many import write_many_arrays
from hostcity.report.page import page_of
from hostcity.report.summing_up import summary
from hostcity.report.tables import write_tables
from hostcity.studies import Rehearsal

#: All that a report consists of. A folder with anything else in it is somebody's, and is left alone.
PARTS = frozenset({"index.html", "summary.json", "csv", "results.npz", "plan.json", "runs.npz"})
#: What file managers leave behind in any folder.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def write_report(rehearsal: Rehearsal, folder: Path) -> Path:
    """Write the report of a rehearsal into a folder and return the path of its page.

    An earlier report in the folder is replaced. If writing fails, the folder is as it was.

    Raises
    ------
    FileExistsError
        If the folder holds anything but an earlier report, or is a file.
    """
    return write_folder(folder, lambda aside: _write_parts(rehearsal, aside)) / "index.html"


def write_folder(folder: Path, write: Callable[[Path], None], parts: frozenset[str] = PARTS) -> Path:
    """Have ``write`` fill a new folder, and put it in its place. If that fails, the place is as it was.

    Raises FileExistsError if the place holds anything but ``parts``.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 -- resolve() would follow a link and replace its target
    check_folder(folder, parts)
    with _told_of(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        aside.chmod(0o777 & ~_umask())
        write(aside)
        check_folder(folder, parts)
        _put_in_place(aside, folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return folder


def check_folder(folder: Path, parts: frozenset[str] = PARTS) -> None:
    """Raise FileExistsError if a folder is none, or holds anything but an earlier report; OSError if none can be made."""
    _check_place(folder)
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink():
        raise FileExistsError(
            Sentence("{folder} is a link. Give the folder that it leads to, or another one.", folder=str(folder))
        )
    if not folder.is_dir():
        raise FileExistsError(Sentence("{folder} is not a folder. Give another one.", folder=str(folder)))
    foreign = sorted(each.name for each in folder.iterdir() if each.name not in parts | LITTER)
    if foreign:
        shown = ", ".join(foreign[:3]) + (", ..." if len(foreign) > 3 else "")
        raise FileExistsError(
            Sentence(
                "{folder} holds files that are no part of a report: {shown}. Give a new or empty folder.",
                folder=str(folder),
                shown=shown,
            )
        )


def _check_place(folder: Path) -> None:
    """Raise OSError if nothing can be written where a folder shall be; only trying tells, whatever the permissions say."""
    place = Path(os.path.abspath(folder))  # noqa: PTH100 -- as where it is written
    there = next(each for each in place.parents if os.path.lexists(each))
    longest = max(place.relative_to(there).parts, key=len)
    with _told_of(folder):
        Path(tempfile.mkdtemp(prefix=f".{longest}-", dir=there)).rmdir()


@contextmanager
def _told_of(folder: Path) -> Iterator[None]:
    """Errors told of the folder that was asked for, and not of the one beside it that has a name for a moment only."""
    try:
        yield
    except OSError as error:
        # Where names can be looked up but none be made, systems say that the new one does not exist.
        number = errno.EACCES if error.errno == errno.ENOENT else error.errno or errno.EIO
        raise OSError(number, os.strerror(number), str(folder)) from None


def _write_parts(rehearsal: Rehearsal, folder: Path) -> None:
    (folder / "index.html").write_text(page_of(rehearsal), "utf-8")
    text = json.dumps(summary(rehearsal), ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "summary.json").write_text(text + "\n", "utf-8")
    (folder / "plan.json").write_text(plan_to_json(rehearsal.plan) + "\n", "utf-8")
    write_tables(rehearsal, folder / "csv")
    write_arrays(rehearsal.day, folder / "results.npz")
    if rehearsal.many:
        write_many_arrays(rehearsal.many, folder / "runs.npz")


def _put_in_place(aside: Path, folder: Path) -> None:
    if not folder.exists():
        aside.rename(folder)
        return
    # No system exchanges two folders in one step everywhere: the old one steps back, and returns if the new one fails.
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    earlier = old / folder.name
    folder.rename(earlier)
    try:
        aside.rename(folder)
    except BaseException:
        earlier.rename(folder)
        old.rmdir()
        raise
    shutil.rmtree(old, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
