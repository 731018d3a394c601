"""The stage of a bench: both engines, empty, in a temporary folder that ends with the run."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = [
    "Figures",
    "Stage",
    "bare_stage",
    "empty_stage",
    "percentiles",
    "watching_the_machine",
]


@dataclass(frozen=True)
class Figures:
    """What a bench found. `floor` is the raw engine doing the same work by hand, in the same unit."""

    value: float
    unit: str
    floor: float | None = None
    ratio: float | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def line(self, name: str) -> dict[str, Any]:
        """Return the last line of the output; keys that do not apply are left out."""
        known = {
            "name": name,
            "value": self.value,
            "unit": self.unit,
            "floor": self.floor,
            "ratio": self.ratio,
            **self.more,
        }
        return {
            key: round(value, 3) if isinstance(value, float) else value
            for key, value in known.items()
            if value is not None
        }


@contextmanager
def watching_the_machine() -> Iterator[dict[str, float]]:
    """Note what the machine itself was like meanwhile: figures of a slow hour are told from slow code.

    `machine_spin_ms` is a loop of a million additions in Python (the best of five, before);
    `machine_stolen_percent` the share of the cores that a virtual machine's host kept for others.
    """
    seen = {"machine_spin_ms": min(_spin() for _ in range(5))}
    stolen, of = _stolen()
    try:
        yield seen
    finally:
        later, all_of = _stolen()
        seen["machine_stolen_percent"] = 100 * (later - stolen) / max(all_of - of, 1)


def _spin() -> float:
    began = time.perf_counter()
    total = 0
    for each in range(1_000_000):
        total += each
    return (time.perf_counter() - began) * 1000


def _stolen() -> tuple[int, int]:
    """Return clock ticks stolen, and all there were; nothing where the system does not tell."""
    try:
        ticks = [
            int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
        ]
    except OSError:
        return 0, 1
    return ticks[7], sum(ticks)


@dataclass(frozen=True)
class Stage:
    """Where a bench plays: its folder, with PostgreSQL started and both schemas in place."""

    home: Path
    database_url: str

    def say(self, what: str) -> None:
        """Tell the person who waits what is happening."""
        print(f"[{time.strftime('%H:%M:%S')}] {what}", file=sys.stderr, flush=True)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment in which a process of Yutang plays on this stage."""
        return os.environ | {"YUTANG_HOME": str(self.home)}


def percentiles(times_ms: Sequence[float]) -> dict[str, float]:
    """Return p50_ms, p95_ms and p99_ms of some durations in milliseconds."""
    ranked = sorted(times_ms)
    return {
        f"p{q}_ms": ranked[min(len(ranked) - 1, round(q / 100 * (len(ranked) - 1)))]
        for q in (50, 95, 99)
    }


@contextmanager
def bare_stage() -> Iterator[Stage]:
    """Set a stage without engines, for what starts them itself."""
    with tempfile.TemporaryDirectory(prefix="yutang-bench-") as folder:
        yield Stage(Path(folder), "")


@contextmanager
def empty_stage(*, founded: bool = True) -> Iterator[Stage]:
    """Set the stage, and clear it away afterwards. Must run before Django is set up.

    `founded`: with the schema from its snapshot, as at any first start; otherwise by migrations.
    """
    home = Path(tempfile.mkdtemp(prefix="yutang-bench-"))
    home.chmod(0o755)
    os.environ |= {
        "YUTANG_HOME": str(home),
        "YUTANG_DATABASE_URL": "",
        "YUTANG_WAREHOUSE_URL": "",
        "DJANGO_SETTINGS_MODULE": "yutang.config.settings",
    }
    from yutang.engines.postgres import EmbeddedPostgres

    postgres = EmbeddedPostgres(home / "postgres")
    try:
        url = postgres.start()
        from yutang.config.migrate import migrate

        migrate(founded=founded)
        yield Stage(home, url)
    finally:
        from yutang.engines import warehouse

        warehouse().close()
        postgres.stop()
        shutil.rmtree(home, ignore_errors=True)
