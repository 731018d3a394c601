"""The whole API in one table: METHOD, path, and the permission it needs.

A route without `@needs`, `@personal` or `@public("why")` fails here; so does one that is not in the
table. `python -m tests.architecture.test_routes` prints the table as it should be.
"""

from tests.architecture.routes import routes

TABLE = """
"""


def standing() -> list[str]:
    return [f"{each.method:7} {each.path:60} {each.permission}" for each in routes()]


def test_every_route_says_who_may_use_it() -> None:
    assert [f"{each.method} {each.path}" for each in routes() if each.permission is None] == []


def test_the_table_is_the_api() -> None:
    assert standing() == [line.rstrip() for line in TABLE.strip().splitlines()]


def test_public_routes_say_why() -> None:
    reasons = [
        each.permission.removeprefix("public: ")
        for each in routes()
        if (each.permission or "").startswith("public")
    ]

    assert all(len(reason) > 10 for reason in reasons)


if __name__ == "__main__":
    print("\n".join(standing()))
