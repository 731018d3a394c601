"""One process owns the embedded engines; a second one is told what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = str(Path(__file__).parents[3])


def yutang(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "yutang.config.cli", *words],
        env={**os.environ, "PYTHONPATH": SOURCE, "YUTANG_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_second_process_on_the_embedded_engines_is_refused(tmp_path: Path) -> None:
    import fcntl

    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = yutang("up", home=tmp_path)

    assert second.returncode == 1
    assert "另一个 Yutang 进程正在使用" in second.stderr
    assert f"Another Yutang process is using the embedded engines in {tmp_path}" in second.stderr
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("what", ["web", "worker"])
def test_web_and_worker_need_external_engines(what: str, tmp_path: Path) -> None:
    refused = yutang(what, home=tmp_path, YUTANG_DATABASE_URL="postgresql://elsewhere/db")

    assert refused.returncode == 1
    assert f"yutang {what} needs external databases" in refused.stderr


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = yutang(
            "web",
            "--port",
            str(port),
            home=tmp_path,
            YUTANG_DATABASE_URL="postgresql://elsewhere/db",
            YUTANG_WAREHOUSE_URL="clickhouse://elsewhere/db",
        )

    assert refused.returncode == 1
    assert f"127.0.0.1:{port} cannot be listened on" in refused.stderr


def test_help_teaches_every_command(tmp_path: Path) -> None:
    said = yutang("--help", home=tmp_path).stdout

    for command in ("up", "web", "worker", "import", "audience", "bench", "export-openapi"):
        assert f"\n  {command} " in said


def test_what_cannot_start_ends_with_its_reason(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18\n")  # says it is a database, and is none

    failed = yutang("up", "--port", "0", home=tmp_path)

    assert failed.returncode == 1
    assert "Traceback" in failed.stderr
    assert "Yutang did not start; the reason stands above." in failed.stderr
