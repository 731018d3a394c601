"""Where a page sends its reader to learn who they are: here one chooses."""

from html import escape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from yutang_sandbox.acts import Scene
from yutang_sandbox.platform import Platform, Reply, Request
from yutang_sandbox.world.corp import Corp
from yutang_sandbox.world.records import App

PATHS = {"/connect/oauth2/authorize", "/wwlogin/sso/login", "/wwopen/sso/qrConnect"}
SHOWN = 60
PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{title}</title>
<style>body{{font:15px/1.5 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;margin:0 auto;max-width:430px;
padding:20px;color:#1c1917;background:#fafaf9}}a{{display:block;padding:12px 14px;margin:6px 0;background:#fff;
border:1px solid #e7e5e4;border-radius:8px;color:inherit;text-decoration:none}}a:hover,a:focus{{border-color:#0f766e}}
small{{color:#78716c;margin-left:6px}}</style><h1 style="font-size:18px">{title}</h1>{body}</html>"""


def answer(platform: Platform, request: Request) -> Reply:
    """Send the reader back with a code, or let them say who they are first."""
    query = request.query
    corp = platform.world.corps.get(query.get("appid", ""))
    if corp is None:
        return _page("40013", "<p>没有这个企业。There is no such corp.</p>")
    app = _app(corp, query.get("agentid", ""))
    page = query.get("redirect_uri", "")
    if not _trusted(app, page):
        return _page(
            "50001", "<p>redirect_uri 不在可信域名里。Its host is not the trusted domain.</p>"
        )
    who = query.get("as", "")
    member, customer = corp.member(who), corp.customer(who)
    if member is None and customer is None:
        return _page("打开这个页面的是谁 · Who opens it", _choices(corp, query))
    scene = Scene(corp, platform.world.clock)
    what = {"kind": "oauth", "external_userid": who}
    if member is not None:
        what = {"kind": "oauth", "userid": corp.staff[member].userid}
        if query.get("scope") == "snsapi_privateinfo":
            what["ticket"] = scene.code("UT_", {"kind": "ticket", "userid": what["userid"]})
    platform.changes += 1
    place = _with(page, code=scene.code("OC_", what), state=query.get("state", ""))
    return Reply(302, [("location", place), ("cache-control", "no-store")], b"")


def _app(corp: Corp, agent: str) -> App:
    return next((one for one in corp.apps if str(one.agent) == agent), corp.apps[0])


def _trusted(app: App, page: str) -> bool:
    parts = urlsplit(page)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return False
    return not app.domain or app.domain in {parts.netloc, parts.hostname}


def _with(page: str, **more: str) -> str:
    parts = urlsplit(page)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *more.items()])
    return urlunsplit(parts._replace(query=query, fragment=""))


def _choices(corp: Corp, query: dict[str, str]) -> str:
    rows = []
    for person in corp.staff[:SHOWN]:
        if person.status == 1:
            there = "?" + urlencode({**query, "as": person.userid})
            name, role = escape(person.name), escape(f"{person.position} {person.userid}")
            rows.append(f'<a href="{escape(there)}">{name}<small>{role}</small></a>')
    return "".join(rows)


def _page(title: str, body: str) -> Reply:
    content = PAGE.format(title=title, body=body).encode()
    return Reply(200, [("content-type", "text/html; charset=utf-8")], content)
