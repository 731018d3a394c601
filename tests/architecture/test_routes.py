"""The whole API in one table, `routes.txt`: METHOD, path, and the permission it needs.

A route without `@needs`, `@personal` or `@public("why")` fails here; so does one that is not in the
table. `python -m tests.architecture.test_routes > tests/architecture/routes.txt` writes it as it should be.
"""

from pathlib import Path

from tests.architecture.routes import routes

TABLE = Path(__file__).with_name("routes.txt")


def standing() -> list[str]:
    return [
        f"{each.method:7} {each.path:60} {(each.permission or '').partition(':')[0]}"
        for each in routes()
    ]


def test_every_route_says_who_may_use_it() -> None:
    assert [f"{each.method} {each.path}" for each in routes() if each.permission is None] == []


def test_the_table_is_the_api() -> None:
    assert standing() == TABLE.read_text("utf-8").splitlines()


def test_public_routes_say_why() -> None:
    said = [each.permission or "" for each in routes()]

    assert all(len(why) > len("public: ") + 10 for why in said if why.startswith("public"))


if __name__ == "__main__":
    print("\n".join(standing()))
