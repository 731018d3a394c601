"""Corps, clock, faults, callbacks: what the control API offers."""

import secrets
from typing import Any

import msgspec

from yutang_sandbox.acts import ACTS, Impossible
from yutang_sandbox.acts.timers import pass_time
from yutang_sandbox.control import Hand, NotThere, perform, steer
from yutang_sandbox.crypto import NotOurs, key_of
from yutang_sandbox.faults import CallbackTrouble, Trouble
from yutang_sandbox.world.corp import Corp, new_corp
from yutang_sandbox.world.records import App


def shown(corp: Corp) -> dict[str, Any]:
    """Return a corp as its owner sees it, secrets in clear: it is a sandbox."""
    return {
        "id": corp.id,
        "name": corp.name,
        "apps": corp.apps,
        "limits": corp.limits,
        "departments": len(corp.departments),
        "staff": sum(one.status != 5 for one in corp.staff),
        "customers": len(corp.customers),
        "relations": len(corp.relations),
        "tags": sum(not tag.deleted for tag in corp.tags),
        "groups": sum(not group.dismissed for group in corp.groups.values()),
    }


@steer("GET", "/corps")
def corps(hand: Hand) -> Any:
    return {"corps": [shown(corp) for corp in hand.platform.world.corps.values()]}


@steer("POST", "/corps")
def create(hand: Hand) -> Any:
    """Create a corp: `name`, `id`, `seed`, `people` (arguments of corp.peoples), `app`."""
    given, corps = hand.given, hand.platform.world.corps
    seed = int(given.get("seed", 7))
    corp_id = given.get("id") or f"ww{len(corps) + 1:02}{seed:014x}"
    if corp_id in corps:
        raise Impossible(f"there is a corp {corp_id} already")
    corp = new_corp(corp_id, given.get("name") or "清茶记", seed)
    corps[corp_id] = corp
    hand.platform.listen_to(corp)
    people = given.get("people")
    if people:
        perform(hand.scene(corp_id), "corp.peoples", {"seed": seed, **people})
    _change(corp.apps[0], given.get("app") or {})
    return shown(corp)


@steer("GET", "/corps/{corp}")
def one(hand: Hand, corp: str) -> Any:
    return shown(hand.corp(corp))


@steer("GET", "/corps/{corp}/marks")
def marks(hand: Hand, corp: str) -> Any:
    """Tell which ids the people from the number `first` on have, or will have once they exist."""
    owner, query = hand.corp(corp), hand.request.query
    first = int(query.get("first", 0))
    numbers = range(first, first + int(query.get("count", 0)))
    return {
        "external_userid": [owner.marks.external(number) for number in numbers],
        "unionid": [owner.marks.person(number)[1] for number in numbers],
    }


@steer("POST", "/corps/{corp}/apps")
async def change_app(hand: Hand, corp: str) -> Any:
    """Add or change an app by `agent`; a new callback address is checked as the console does."""
    owner, given = hand.corp(corp), dict(hand.given)
    agent = int(given.pop("agent", owner.apps[0].agent))
    app = next((one for one in owner.apps if one.agent == agent), None)
    if app is None:
        app = App(agent, given.pop("secret", ""))
        owner.apps.append(app)
    checked = given.pop("verify", True)
    before = app.url, app.token, app.key
    _change(app, given)
    fresh = app.url and checked and (app.url, app.token, app.key) != before
    if fresh and (trouble := await hand.platform.post.verify(app, owner.id)):
        app.url, app.token, app.key = before
        raise Impossible(f"the callback address does not answer as it should: {trouble}")
    return {"app": app}


def _change(app: App, given: dict[str, Any]) -> None:
    try:
        fresh = msgspec.convert({**msgspec.to_builtins(app), **given}, App)
        if fresh.key:
            key_of(fresh.key)
    except (msgspec.ValidationError, NotOurs) as trouble:
        raise Impossible(str(trouble)) from None
    for name in app.__struct_fields__:
        setattr(app, name, getattr(fresh, name))


@steer("POST", "/corps/{corp}/limits")
def limits(hand: Hand, corp: str) -> Any:
    owner = hand.corp(corp)
    changed = {**msgspec.to_builtins(owner.limits), **hand.given}
    owner.limits = msgspec.convert(changed, type(owner.limits))
    return owner.limits


@steer("POST", "/corps/{corp}/archive")
def archive(hand: Hand, corp: str) -> Any:
    """Record chats from now on, for whoever knows the archive's secret; without one given it is drawn."""
    kept = hand.corp(corp).archive
    kept.secret = str(hand.given.get("secret") or kept.secret or secrets.token_urlsafe(32))
    return {"secret": kept.secret, "seq": kept.seq}


@steer("GET", "/acts")
def acts(hand: Hand) -> Any:
    return {name: (function.__doc__ or "").split("\n")[0] for name, function in ACTS.items()}


@steer("POST", "/corps/{corp}/acts/{name}")
def act(hand: Hand, corp: str, name: str) -> Any:
    """Let somebody do something."""
    return perform(hand.scene(corp), name, hand.given)


@steer("POST", "/corps/{corp}/faults")
def faults(hand: Hand, corp: str) -> Any:
    """Replace the troubles: `calls` (a list) and `callbacks`; what is left out stays."""
    troubles = hand.platform.faults(hand.corp(corp).id)
    if "seed" in hand.given:
        troubles.dice.seed(int(hand.given["seed"]))
    if "calls" in hand.given:
        troubles.calls = msgspec.convert(hand.given["calls"], list[Trouble])
    if "callbacks" in hand.given:
        troubles.callbacks = msgspec.convert(hand.given["callbacks"], CallbackTrouble)
        hand.platform.post.release()
    return {"calls": troubles.calls, "callbacks": troubles.callbacks}


@steer("POST", "/corps/{corp}/tokens/revoke")
def revoke(hand: Hand, corp: str) -> Any:
    """Make every access token worthless; `expired`: they answer 42001 instead of 40014."""
    expired = bool(hand.given.get("expired"))
    return {"revoked": hand.platform.revoke_tokens(hand.corp(corp).id, expired=expired)}


@steer("GET", "/corps/{corp}/deliveries")
def deliveries(hand: Hand, corp: str) -> Any:
    """List the callbacks after `since`, oldest first."""
    since = int(hand.request.query.get("since", 0))
    log = hand.platform.post.log
    found = [one.shown() for one in log if one.corp == corp and one.id > since]
    return {"deliveries": found[:1000], "waiting": hand.platform.post.waiting}


@steer("POST", "/corps/{corp}/deliveries/take")
def take(hand: Hand, corp: str) -> Any:
    """Take the sealed callbacks kept for an app without an address."""
    owner = hand.corp(corp)
    agent = int(hand.given.get("agent", owner.apps[0].agent))
    shelf = hand.platform.post.kept.pop((corp, agent), ())
    return {"callbacks": [{"query": query, "body": body} for query, body in shelf]}


@steer("GET", "/clock")
def clock(hand: Hand) -> Any:
    clock = hand.platform.world.clock
    return {"now": clock.now(), "wall": clock.wall()}


@steer("POST", "/clock")
def move_clock(hand: Hand) -> Any:
    """Move time: `advance` both clocks by seconds, `run` the world alone, `set` the world."""
    world = hand.platform.world
    given = hand.given
    if unknown := given.keys() - {"advance", "run", "set"}:
        raise Impossible(f"time knows no {min(unknown)}")
    if "set" in given:
        world.clock.set(float(given["set"]))
    world.clock.advance(float(given.get("advance", 0)))
    world.clock.run(float(given.get("run", 0)))
    for corp in world.corps:
        pass_time(hand.scene(corp))
    return clock(hand)


@steer("POST", "/keep")
def keep(hand: Hand) -> Any:
    """Write the world down now; it is done by itself every twenty seconds."""
    hand.platform.changes += 1
    hand.platform.keep()


@steer("GET", "/calls")
def calls(hand: Hand) -> Any:
    """Count the calls of each API since the start."""
    return dict(hand.platform.calls)


@steer("POST", "/corps/{corp}/delete")
def delete(hand: Hand, corp: str) -> None:
    if hand.platform.world.corps.pop(corp, None) is None:
        raise NotThere(corp)
    hand.platform.revoke_tokens(corp)
