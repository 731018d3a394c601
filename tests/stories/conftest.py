"""One Yutang for all stories of a run (of each of its workers), one Chromium for each module."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Error, Page

from tests.stories.browsing import Screen, chromium, sit_down
from tests.stories.running import Running, running
from yutang_sandbox import testing

Sit = Callable[..., Page]
_OPEN = pytest.StashKey[list[Page]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say of a story that went wrong what stood on its screens, and what its Yutang stumbled over."""
    report = yield
    if report.failed:
        houses = [each for each in item.funcargs.values() if isinstance(each, Running)]
        report.sections += [("what it stumbled over", each.stumbles()) for each in houses]
    if call.when == "call" and report.failed:
        for page in item.stash.get(_OPEN, []):
            with suppress(Error):
                report.sections.append((page.url, page.locator("body").aria_snapshot()))
    return report


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return what makes folders that a Yutang can live in."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("up")
        for each in [folder, *folder.parents]:
            if each.owner() == "root" and each != Path("/"):
                # PostgreSQL runs as a user of its own where we are root; /tmp stays everybody's.
                each.chmod(each.stat().st_mode | 0o055)
        return folder

    return make


@pytest.fixture(scope="package")
def sandbox() -> Iterator[testing.Running]:
    """Run a platform that a brand of a story's may connect a corp of."""
    with testing.running() as it:
        yield it


@pytest.fixture(scope="package")
def house(new_home: Callable[[], Path], sandbox: testing.Running) -> Iterator[Running]:
    """Run a Yutang with a small demo brand that stands still, its owner signed in."""
    still = ("--demo-people", "300", "--demo-speed", "0")
    with running(new_home(), *still, bases=sandbox.base) as it:
        yield it.sign_in()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as it:
        yield it


@pytest.fixture
def sit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Sit]:
    """Return what opens a window: at `house`, signed in as `who`, on a `screen`."""
    pages = request.node.stash.setdefault(_OPEN, [])
    with ExitStack() as open_windows:

        def open_one(
            house: Running, who: httpx.Client | None = None, screen: Screen | None = None
        ) -> Page:
            page = open_windows.enter_context(sit_down(browser, house.address, who, screen))
            pages.append(page)
            return page

        yield open_one
