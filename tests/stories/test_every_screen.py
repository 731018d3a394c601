"""Every screen, on a desk and on a phone: it fits, it is headed, all on it has a name, nothing broke."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.browsing import PATIENCE, Screen
from tests.stories.running import Running

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

DEMO = "qingshan-demo"
SCREENS = (
    "today",
    "customers",
    "customers/{customer}",
    "audiences",
    "audiences/new",
    "audiences/{audience}",
    "audiences/{audience}/edit",
    "audiences/rules",
    "audiences/rules/new",
    "tags",
    "tags/{tag}",
    "imports",
    "merges",
    "journeys",
    "journeys/library",
    "journeys/library/trial",
    "journeys/new/sop",
    "journeys/new/moments",
    "journeys/new/welcome",
    "journeys/tasks",
    "campaigns",
    "campaigns/new",
    "messages",
    "messages/new",
    "policy",
    "policy/suppressions",
    "deliveries",
    "rates",
    "channels",
    "mass",
    "mass/groups",
    "mass/groups/new",
    "mass/moments",
    "mass/moments/new",
    "materials",
    "wecom",
    "wecom/limits",
    "team",
    "team/chats",
    "team/transfers",
    "team/transfers/new",
    "sidebar",
    "sidebar/people",
    "sidebar/people/{customer}",
    "sidebar/tasks",
    "sidebar/phrases",
    "sidebar/mine",
    "settings/profile",
    "settings/brand",
    "settings/members",
    "settings/roles",
    "settings/org",
    "settings/tracking",
    "settings/catalogue",
    "settings/fields",
    "settings/sources",
    "settings/keys",
    "settings/jobs",
    "settings/audit",
)
# What stands in for content that has not come yet.
WAITING = ".bone, .skeleton, .ant-skeleton, .ant-spin-spinning"
NAMELESS = """() => [...document.querySelectorAll(
    'button, a[href], input:not([type=hidden]), textarea, select, [role=combobox], [role=switch], img'
)].filter((each) => {
    if (!each.checkVisibility({visibilityProperty: true, opacityProperty: true}) || each.closest('[aria-hidden=true]')) return false
    if (each.tagName === 'IMG') return !each.hasAttribute('alt')
    const said = [
        each.getAttribute('aria-label'), each.title, each.innerText, each.placeholder,
        ...(each.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.innerText),
        ...[...(each.labels ?? [])].map((label) => label.innerText),
        ...[...each.querySelectorAll('img, svg, [role=img]')].map((inner) => inner.getAttribute('alt') ?? inner.getAttribute('aria-label')),
    ]
    return !said.some((word) => word?.trim())
}).map((each) => each.outerHTML.slice(0, 200))"""
WIDER = """() => [...document.querySelectorAll('main *')]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""


@pytest.fixture(scope="module")
def screens(house: Running) -> list[str]:
    """Return every screen's address in the demo brand."""
    memberships = house.ask("GET", "/me")["memberships"]
    demo = next(each["workspace"] for each in memberships if each["workspace"]["slug"] == DEMO)
    head = {"X-Workspace": str(demo["id"])}

    def first(path: str) -> int:
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            answer = house.http.get(f"/api/v1{path}", headers=head)
            assert answer.is_success, answer.text
            if items := answer.json()["items"]:
                return int(items[0]["id"])
            # The demo's audiences are made once the warehouse has its events.
            assert time.monotonic() < deadline, f"{path} stays empty"
            time.sleep(0.2)

    known = {
        "customer": first("/customers?q=王"),
        "audience": first("/audiences"),
        "tag": first("/tags"),
    }
    return [f"/w/{DEMO}/{screen.format(**known)}" for screen in SCREENS]


@pytest.mark.parametrize(
    "screen",
    [
        Screen("en", "dark", 390, 844),
        Screen("zh", "light", 1440, 900),
    ],
    ids=["English, dark, on a phone", "Chinese, light, on a desk"],
)
def test_every_screen_fits_is_headed_and_names_all_that_is_on_it(
    house: Running, sit: Callable[..., Page], screens: list[str], screen: Screen
) -> None:
    page = sit(house, house.http, screen)
    found = []

    for address in screens:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.locator(WAITING)).to_have_count(0)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((address, "is wider than the screen", page.evaluate(WIDER)))
        if nameless := page.evaluate(NAMELESS):
            found.append((address, "has what has no name", nameless))

    assert not found, "\n".join(map(str, found))
    assert screen.complaints == []
