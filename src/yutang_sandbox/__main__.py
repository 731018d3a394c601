"""`python -m yutang_sandbox` is `yutang-sandbox`."""

from yutang_sandbox.cli import main

main()
