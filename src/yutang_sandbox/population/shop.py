"""The brand's till: it posts what was bought until it is taken, in one of two ways.

- as a Standard Webhook, signed: {"event": "order.paid", "orders": [{"id", "at", "external_userid", "unionid",
  "amount_fen", "category", "content"}]}
- as events under a key, an `order` and a `pay` for each: what a till says that was taught the receiver's words
"""

import base64
import hmac
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import msgspec

from yutang_sandbox.population.mind import TASTES
from yutang_sandbox.world.clock import Clock
from yutang_sandbox.world.corp import Corp, LifeSettings

AT_ONCE = 500
PATIENCE = 10.0


def order(corp: Corp, number: int) -> dict[str, Any]:
    """Return an order as the till writes it."""
    bought = corp.orders
    person, taste = bought.customer[number], bought.taste[number]
    goods = corp.life.goods if corp.life else []
    category, *names = goods[taste] if taste < len(goods) else [TASTES[taste]]
    return {
        "id": f"{corp.id}-{number}",
        "at": bought.at[number],
        "external_userid": corp.external(person),
        "unionid": corp.marks.person(person)[1],
        "amount_fen": bought.fen[number],
        "category": category,
        "content": names[bought.fen[number] % len(names)] if names else "",
    }


def events_of(bought: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an order as events: that it was made, and that it was paid."""
    said = {
        "customer": {"unionid": bought["unionid"]},
        "occurred_at": bought["at"] * 1000,
        "amount": bought["amount_fen"],
        "content": bought["content"],
        "source": "till",
        "properties": {"category": bought["category"], "order_no": bought["id"]},
    }
    return [
        {"type": kind, "id": str(uuid5(NAMESPACE_URL, f"{bought['id']} {kind}")), **said}
        for kind in ("order", "pay")
    ]


def signed(secret: str, delivery: str, at: int, body: bytes) -> dict[str, str]:
    """Return the headers of a delivery; `secret` is `whsec_` and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{delivery}.{at}.".encode() + body
    mark = base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": delivery,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{mark}",
    }


async def post_orders(corp: Corp, clock: Clock, settings: LifeSettings) -> str:
    """Post what is not yet taken; return what was wrong, "" when all is."""
    orders = corp.orders
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        while orders.posted < len(orders.at):
            start, end = orders.posted, min(orders.posted + AT_ONCE, len(orders.at))
            rows = [order(corp, number) for number in range(start, end)]
            if settings.shop_key:
                body = msgspec.json.encode([one for row in rows for one in events_of(row)])
                headers = {"content-type": "application/json"}
                headers["authorization"] = f"Bearer {settings.shop_key}"
            else:
                body = msgspec.json.encode({"event": "order.paid", "orders": rows})
                name, at = f"{corp.id}-{start}-{end}", int(clock.wall())
                headers = signed(settings.shop_secret, name, at, body)
            try:
                answer = await client.post(settings.shop_url, content=body, headers=headers)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                return type(error).__name__
            if answer.status_code >= 300:
                return f"HTTP {answer.status_code}"
            orders.posted = end
    return ""
