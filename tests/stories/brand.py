"""A brand of a story's own at a running Yutang, with the colleagues who work for it."""

import json
import uuid
from typing import Any

import httpx

from tests.stories.running import PASSWORD, Running

__all__ = ["Brand", "signed_in"]


def signed_in(address: str, email: str, password: str) -> httpx.Client:
    """Sign somebody in over HTTP."""
    http = httpx.Client(
        base_url=address, headers={"Origin": address, "Accept-Language": "zh-CN"}, timeout=60
    )
    answer = http.post("/api/v1/auth/sign-in", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return http


class Brand:
    """A workspace of the first owner, which nobody else uses."""

    def __init__(self, house: Running, name: str = "茶馆") -> None:
        self.house = house
        self.owner = house.http
        made = house.ask("POST", "/workspaces", name=name)
        self.pk: int = made["id"]
        self.slug: str = made["slug"]

    def ask(self, method: str, path: str, body: Any = None, who: httpx.Client | None = None) -> Any:
        """Ask the API as the owner, or as somebody else."""
        http = who or self.owner
        answer = http.request(
            method,
            f"/api/v1{path}",
            content=None if body is None else json.dumps(body),
            headers={
                "Content-Type": "application/json",
                "X-CSRFToken": http.cookies.get("yutang_csrf", ""),
                "X-Workspace": str(self.pk),
            },
        )
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def at(self, path: str) -> str:
        """Return the address of one of its screens."""
        return f"/w/{self.slug}/{path}"

    def customer(self, name: str, phone: str, **attributes: object) -> int:
        """Enter a customer; return her number."""
        made = self.ask(
            "POST",
            "/customers",
            {"identities": {"phone": phone}, "attributes": {"name": name, **attributes}},
        )
        return int(made["id"])

    def happened(self, *events: dict[str, object]) -> None:
        """Record what customers did."""
        self.ask("POST", "/events", [{"id": str(uuid.uuid4()), **each} for each in events])

    def colleague(self, name: str, role: str, **scope: object) -> "Colleague":
        """Let somebody in, who has chosen a password of her own."""
        email = f"{uuid.uuid4().hex[:12]}@tea.example"
        invited = self.ask(
            "POST",
            "/members",
            {"email": email, "name": name, "role": role, "scope": scope or {"kind": "all"}},
        )
        given = invited["one_time_password"]
        http = signed_in(self.house.address, email, given)
        self.ask("POST", "/me/password", {"current": given, "new": PASSWORD}, who=http)
        return Colleague(email, http, invited["member"]["user_id"])


class Colleague:
    """Somebody who works for a brand: her address, and herself signed in."""

    def __init__(self, email: str, http: httpx.Client, user_id: int) -> None:
        self.email = email
        self.http = http
        self.user_id = user_id
