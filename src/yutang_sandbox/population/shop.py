"""The brand's till: it posts what was bought, signed as Standard Webhooks says, until it is taken.

{"event": "order.paid", "orders": [{"id", "at", "external_userid", "unionid", "amount_fen", "category"}]}
"""

import base64
import hmac
from hashlib import sha256
from typing import Any

import httpx
import msgspec

from yutang_sandbox.population.mind import TASTES
from yutang_sandbox.world.clock import Clock
from yutang_sandbox.world.corp import Corp

AT_ONCE = 500
PATIENCE = 10.0


def order(corp: Corp, number: int) -> dict[str, Any]:
    """Return an order as the till writes it."""
    bought = corp.orders
    person = bought.customer[number]
    return {
        "id": f"{corp.id}-{number}",
        "at": bought.at[number],
        "external_userid": corp.external(person),
        "unionid": corp.marks.person(person)[1],
        "amount_fen": bought.fen[number],
        "category": TASTES[bought.taste[number]],
    }


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


async def post_orders(corp: Corp, clock: Clock, url: str, secret: str) -> str:
    """Post what is not yet taken; return what was wrong, "" when all is."""
    orders = corp.orders
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        while orders.posted < len(orders.at):
            start, end = orders.posted, min(orders.posted + AT_ONCE, len(orders.at))
            rows = [order(corp, number) for number in range(start, end)]
            body = msgspec.json.encode({"event": "order.paid", "orders": rows})
            headers = signed(secret, f"{corp.id}-{start}-{end}", int(clock.wall()), body)
            try:
                answer = await client.post(url, content=body, headers=headers)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                return type(error).__name__
            if answer.status_code >= 300:
                return f"HTTP {answer.status_code}"
            orders.posted = end
    return ""
