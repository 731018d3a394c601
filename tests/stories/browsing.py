"""A real Chromium at a running Yutang, driven as a person would: by what stands on the screen."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

__all__ = ["PATIENCE", "Screen", "chromium", "sit_down"]

PATIENCE = 30_000  # ms: how long something may take to appear on a busy machine
_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=PATIENCE)


@dataclass
class Screen:
    """How a person sits before the console."""

    language: Literal["zh", "en"] = "zh"
    appearance: Literal["light", "dark"] = "light"
    width: int = 1440
    height: int = 900
    time_zone: str = "Asia/Shanghai"
    complaints: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "locale": "zh-CN" if self.language == "zh" else "en-GB",
            "color_scheme": self.appearance,
            "viewport": {"width": self.width, "height": self.height},
            "timezone_id": self.time_zone,
            "reduced_motion": "reduce",
        }


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium; where there is none, skip, or fail if one must be there.

    Playwright runs an event loop in this thread, and Django refuses its database beside one: it is
    started and stopped by each module.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        said = "No Chromium is installed: apt-get install chromium fonts-noto-cjk (Debian, Ubuntu)."
        if os.environ.get("YUTANG_REQUIRE_BROWSER"):
            pytest.fail(said)
        pytest.skip(said)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=_SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def sit_down(
    browser: Browser, address: str, who: httpx.Client | None = None, screen: Screen | None = None
) -> Iterator[Page]:
    """Open a window of its own; `who` is signed in already."""
    screen = screen or Screen()
    context = browser.new_context(base_url=address, **screen.settings)
    context.set_default_timeout(PATIENCE)
    if who is not None:
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in who.cookies.items()]
        )
    page = context.new_page()
    page.on("pageerror", lambda error: screen.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            said.type == "error"
            and screen.complaints.append(f"{said.text} ({said.location.get('url', '')})")
        ),
    )
    try:
        yield page
    finally:
        context.close()
