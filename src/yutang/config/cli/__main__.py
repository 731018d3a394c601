"""`python -m yutang.config.cli`: the command where it is not on the path."""

from yutang.config.cli import main

main()
