"""CPU time of processes and their children, from /proc (Linux)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def family(roots: Iterable[int]) -> set[int]:
    """The processes themselves and everything they started that still runs."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (parent := _parent(folder)) is not None:
            children.setdefault(parent, []).append(int(folder.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        process = waiting.pop()
        if process not in found:
            found.add(process)
            waiting += children.get(process, [])
    return found


def milliseconds(processes: Iterable[int]) -> float:
    """What these processes, all threads, have computed since they began, in milliseconds."""
    return sum(_one(process) for process in processes)


def _stat(folder: Path) -> list[str] | None:
    """The fields of /proc/…/stat from the third on; the second, a name in brackets, may hold anything."""
    try:
        return (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return None


def _parent(folder: Path) -> int | None:
    fields = _stat(folder)
    return int(fields[1]) if fields else None


def _one(process: int) -> float:
    """To the nanosecond where the kernel counts so (schedstat), else to the tick."""
    total = 0.0
    for thread in _threads(process):
        try:
            total += int((thread / "schedstat").read_text(encoding="ascii").split()[0]) / 1e6
        except (OSError, IndexError, ValueError):
            fields = _stat(thread)
            total += 1000.0 * (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND if fields else 0.0
    return total


def _threads(process: int) -> list[Path]:
    try:
        return list((PROC / str(process) / "task").iterdir())
    except OSError:
        return []
