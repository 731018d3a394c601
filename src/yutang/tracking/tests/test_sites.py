"""Pages send events with a public key: from their site's origins only, and in nobody else's name."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from yutang.kit.clock import now
from yutang.tracking import service as tracking
from yutang.tracking.models import Site
from yutang.tracking.tests.builders import shown_in
from yutang.workspaces.service import Member
from yutang.workspaces.tests.builders import Asker, a_member, a_workspace, as_member, nobody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_warehouse")]

SHOP = "https://shop.example.com"


@pytest.fixture
def owner() -> Member:
    return a_member(a_workspace())


def a_site(owner: Member, *origins: str, trusts_pages: bool = False) -> Site:
    return tracking.add_site(owner, "官网", origins or [SHOP], trusts_pages=trusts_pages, now=now())


def send(site: Site, customer: dict[str, str], *, origin: str = SHOP, **more: Any) -> Any:
    return nobody().post(
        f"/events?write_key={site.write_key}",
        [{"type": "view", "customer": customer, **more}],
        headers={"Origin": origin},
        content_type="text/plain;charset=UTF-8",
    )


def test_a_page_writes_events_and_may_read_the_answer(owner: Member) -> None:
    site = a_site(owner)

    response = send(site, {"device": "d1"})

    assert (response.status_code, response.json()["accepted"]) == (202, 1)
    assert response["Access-Control-Allow-Origin"] == SHOP
    assert shown_in(owner.workspace, "type, source") == [("view", "web")]


@pytest.mark.parametrize(
    ("allowed", "origin", "status"),
    [
        (SHOP, SHOP, 202),
        (SHOP, "https://shop.example.com.evil.example", 403),
        (SHOP, "http://shop.example.com", 403),
        (SHOP, "", 403),
        ("https://*.example.com", "https://a.b.example.com", 202),
        ("https://*.example.com", "https://example.com", 403),
        ("https://*.example.com", "https://evilexample.com", 403),
        ("http://localhost:3000", "http://localhost:3000", 202),
    ],
)
def test_only_pages_of_the_site_may_write(
    owner: Member, allowed: str, origin: str, status: int
) -> None:
    assert send(a_site(owner, allowed), {"device": "d1"}, origin=origin).status_code == status


def test_a_page_names_its_visitor_by_device_unless_it_can_prove_more(owner: Member) -> None:
    site = a_site(owner)
    who = {"device": "d1", "phone": "13800138000"}

    claimed = send(site, who).json()
    proven = send(site, who, proof=tracking.proof_of(tracking.site_secret(site), who)).json()
    nobody_left = send(site, {"phone": "13800138000"})

    assert (claimed["accepted"], claimed["unproven"]) == (1, 1)
    assert (proven["accepted"], proven["unproven"]) == (1, 0)
    assert (nobody_left.status_code, nobody_left.json()["errors"][0]["field"]) == (422, "[0].proof")


def test_a_proof_is_of_these_identities_and_this_secret(owner: Member) -> None:
    site = a_site(owner)
    proof = tracking.proof_of(tracking.site_secret(site), {"member_no": "M1"})

    other = send(site, {"device": "d1", "member_no": "M2"}, proof=proof).json()
    tracking.change_site(owner, site.pk, new_secret=True, now=now())
    old = send(site, {"device": "d1", "member_no": "M1"}, proof=proof).json()

    assert (other["unproven"], old["unproven"]) == (1, 1)


def test_pages_can_be_trusted_outright(owner: Member) -> None:
    site = a_site(owner, trusts_pages=True)

    assert send(site, {"phone": "13800138000"}).json()["unproven"] == 0


def test_a_browser_that_asks_first_is_told(owner: Member) -> None:
    site = a_site(owner)
    asker = nobody()

    def ask(origin: str) -> Any:
        return asker.client.options(
            f"/api/v1/events?write_key={site.write_key}", headers={"Origin": origin}
        )

    assert ask(SHOP).status_code == 204
    assert ask(SHOP)["Access-Control-Allow-Methods"] == "POST"
    assert ask("https://evil.example").status_code == 403
    assert "Access-Control-Allow-Origin" not in ask("https://evil.example")


def test_a_write_key_opens_nothing_else(owner: Member) -> None:
    site = a_site(owner)

    for asker in (nobody(), Asker({"Authorization": f"Bearer {site.write_key}"}, {})):
        assert asker.get(f"/event-types?write_key={site.write_key}").status_code == 401


def test_a_site_that_was_switched_off_writes_no_more(owner: Member) -> None:
    site = a_site(owner)
    tracking.change_site(owner, site.pk, is_active=False, now=now())

    assert send(site, {"device": "d1"}).json()["code"] == "tracking.write_key_unknown"


@pytest.mark.parametrize(
    "origin",
    [
        "shop.example.com",
        "https://shop.example.com/path",
        "*",
        "https://*",
        f"https://{'a' * 200}.example.com",
        f"https://{'a-' * 100_000}",
    ],
    ids=range(6),
)
def test_an_origin_looks_like_one(owner: Member, origin: str) -> None:
    with pytest.raises(tracking.NotAnOrigin):
        a_site(owner, origin)


def test_an_origin_longer_than_any_is_refused_with_its_place(owner: Member) -> None:
    body = {"name": "官网", "origins": [SHOP, f"https://{'a' * 200}.example.com"]}

    answer = as_member(owner, language="en").post("/sites", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "origins[1]"
    assert answer.json()["errors"][0]["message"] == "Expected 200 characters at most."


def test_sites_are_managed_over_the_wire_and_the_rival_sees_none(owner: Member) -> None:
    asker, rival = as_member(owner), as_member(a_member(a_workspace("Coffee House")))

    made = asker.post("/sites", {"name": "官网", "origins": [f"{SHOP}/"]}).json()
    asker.patch(f"/sites/{made['id']}", {"name": "商城"})
    snippet = asker.get(f"/sites/{made['id']}/snippet").json()

    assert [each["name"] for each in asker.get("/sites").json()["items"]] == ["商城"]
    assert made["origins"] == [SHOP]
    assert f'data-key="{made["write_key"]}"' in snippet["html"]
    assert rival.get("/sites").json()["items"] == []
    assert rival.get(f"/sites/{made['id']}/snippet").status_code == 404


def test_the_script_is_small_and_kept_by_browsers() -> None:
    client = nobody().client

    response = client.get("/t.js")
    again = client.get("/t.js", headers={"If-None-Match": response["ETag"]})

    assert response["Content-Type"].startswith("text/javascript")
    assert len(response.content) < 3_000
    assert again.status_code == 304


PAGE = """
const vm = require('vm'), sent = [], held = {}, timers = [], listeners = {};
let answers = ANSWERS;
const window = {
  localStorage: { getItem: (k) => held[k] ?? null, setItem: (k, v) => { held[k] = v; } },
  yutang: { q: [['track', 'favorite', { content: 'A1' }], ['identify', { member_no: 'M1' }, 'p']] },
};
const context = {
  window, crypto: require('crypto').webcrypto, location: { href: 'https://shop.example.com/a' },
  document: { currentScript: { src: 'https://y.example/t.js', getAttribute: () => 'ytp_1' }, title: '红茶', referrer: '' },
  history: { pushState() {} }, navigator: { sendBeacon: (a, b) => sent.push(['beacon', a, JSON.parse(b)]) },
  addEventListener: (name, f) => { listeners[name] = f; },
  fetch: (a, o) => { sent.push(['fetch', a, JSON.parse(o.body)]);
    const s = answers.shift(); return s ? Promise.resolve({ status: s }) : Promise.reject(new Error()); },
  setTimeout: (f, ms) => { timers.push([f, ms || 0]); return timers.length; },
  clearTimeout: (n) => { if (n) timers[n - 1] = null; },
  encodeURIComponent, JSON, Math, Date, Uint8Array,
};
vm.runInNewContext(require('fs').readFileSync(0, 'utf8'), context);
(async () => {
  for (let n = 0; n < 12; n++) {
    const due = timers.splice(0).filter(Boolean);
    timers.length = 0;
    for (const [f] of due) f();
    await new Promise((r) => setImmediate(r));
  }
  listeners.pagehide();
  console.log(JSON.stringify({ sent, waiting: JSON.parse(held['yutang.waiting']), device: JSON.parse(held['yutang.device']) }));
})();
"""


def on_a_page(*answers: int) -> dict[str, Any]:
    """Run the script in a page of Node's, whose server gives these answers (0: none)."""
    node = shutil.which("node")
    assert node, "the tests of the page script need Node"
    done = subprocess.run(
        [node, "-e", PAGE.replace("ANSWERS", json.dumps(answers))],
        input=tracking.script(),
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_calls_made_before_the_script_was_there_are_sent() -> None:
    page = on_a_page(202)

    [(way, address, events)] = page["sent"]
    assert (way, address) == ("fetch", "https://y.example/api/v1/events?write_key=ytp_1")
    assert [each["type"] for each in events] == ["favorite", "sign_in", "view"]
    assert events[0]["customer"] == {"device": page["device"]}
    assert events[1]["customer"] == {"device": page["device"], "member_no": "M1"}
    assert events[1]["proof"] == "p"
    assert all(re.fullmatch(r"[0-9a-f-]{36}", each["id"]) for each in events)
    assert page["waiting"] == []


def test_what_was_not_answered_is_sent_again_under_the_same_ids() -> None:
    page = on_a_page(0, 503, 429, 202)

    batches = [[each["id"] for each in events] for _, _, events in page["sent"]]
    assert batches == [batches[0]] * 4
    assert page["waiting"] == []


def test_what_still_waits_when_the_page_is_left_goes_by_beacon() -> None:
    page = on_a_page()

    assert page["sent"][-1][0] == "beacon"
    assert len(page["waiting"]) == 3


def test_what_the_server_refuses_is_not_sent_for_ever() -> None:
    page = on_a_page(422)

    assert (len(page["sent"]), page["waiting"]) == (1, [])
