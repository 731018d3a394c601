"""Yutang 鱼塘: private-domain operations. Start with ARCHITECTURE.md."""

__version__ = "0.1.0"
