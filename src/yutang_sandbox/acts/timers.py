"""What happens by itself when time passes."""

from yutang_sandbox.acts import Scene


def pass_time(scene: Scene) -> None:
    """Let everything happen that is due."""
