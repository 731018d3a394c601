"""The door of WeCom."""
