"""What runs beside the requests: the pulses, and a worker of background jobs."""

import asyncio
import threading
from importlib import import_module
from typing import Any

import structlog

from yutang.config.beside import beside_here

__all__ = ["run_background"]

log = structlog.get_logger(__name__)
# A worker that has not given a sign of life for this long is dead; its jobs begin again.
_DEAD_AFTER_SECONDS = 30


def run_background(stop: threading.Event) -> list[threading.Thread]:
    """Start the pulses and a worker of background jobs; they end soon after `stop` is set."""
    import_module("yutang.config.demo.history")  # pulses of no app
    if beside_here():
        import_module("yutang.config.demo.living")
    from yutang.kit.pulse import run_pulses

    jobs = threading.Thread(target=_work, args=(stop,), name="jobs", daemon=True)
    jobs.start()
    return [*run_pulses(stop), jobs]


def _work(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            asyncio.run(_work_until(stop))
        except Exception:  # the database went away, say; jobs wait in it
            log.exception("worker of jobs stumbled")
            stop.wait(2)


async def _work_until(stop: threading.Event) -> None:
    from procrastinate.contrib.django import app

    # A worker of its own connector: jobs deferred by requests stay in the request's transaction.
    ours: Any = app.connector
    worker: Any = app.with_connector(ours.get_worker_connector())
    async with worker.open_async():
        running = asyncio.create_task(
            worker.run_worker_async(
                concurrency=2, install_signal_handlers=False, shutdown_graceful_timeout=5
            )
        )
        seconds = 0.0
        while not stop.is_set() and not running.done():
            if seconds % _DEAD_AFTER_SECONDS == 0:
                await _begin_again_what_the_dead_left(worker)
            await asyncio.wait({running}, timeout=0.5)
            seconds += 0.5
        running.cancel()
        await asyncio.wait({running})


async def _begin_again_what_the_dead_left(worker: Any) -> None:
    for job in await worker.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=_DEAD_AFTER_SECONDS
    ):
        await worker.job_manager.retry_job(job)
        log.warning("job begins again", job=job.id, task=job.task_name)
