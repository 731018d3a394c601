"""granian, as Yutang runs it: WSGI, threads, no access log of its own (the request log is ours)."""

import socket

from yutang.config.runtime import Refused

__all__ = ["serve"]


def serve(target: str, host: str, port: int, *, workers: int, threads: int) -> None:
    """Serve until a signal ends it.

    :raises Refused: when the address is taken
    """
    _refuse_a_taken_address(host, port)
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        backpressure=threads * 8,
        factory=True,
        log_enabled=False,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
    ).serve()


def _refuse_a_taken_address(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"{host}:{port} 已被占用或不可用（{error.strerror}）。请用 --port 换一个端口。\n"
                f"{host}:{port} cannot be listened on ({error.strerror}). Choose another with --port."
            ) from None
