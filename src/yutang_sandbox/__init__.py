"""A stand-in for the server API of WeCom, with people in it. Knows nothing of Yutang.

A separate process: `yutang-sandbox serve`. What it answers is written down in docs/how/sandbox.md;
whoever talks to it needs another base address and nothing else.
"""
