"""Where the demo brand works: departments, stores, staff, groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yutang.customers import service as customers
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["BRAND", "DEPARTMENTS", "GROUPS", "STAFF", "Places", "open_places", "staff_code"]

_ACTOR = "system:demo"
BRAND = "青山茶事"
DEPARTMENTS = {
    "华东": (
        ("上海静安店", "SH01"),
        ("上海徐汇店", "SH02"),
        ("杭州湖滨店", "HZ01"),
        ("苏州平江店", "SZ01"),
    ),
    "华北": (("北京三里屯店", "BJ01"), ("天津五大道店", "TJ01")),
    "华南": (("广州天河店", "GZ01"), ("深圳万象店", "SN01"), ("厦门曾厝垵店", "XM01")),
    "西南": (("成都宽窄店", "CD01"), ("昆明翠湖店", "KM01")),
    "线上": (),
}
_NAMES = [
    "沈清和",
    "陆知夏",
    "顾南枝",
    "江晚晴",
    "叶知秋",
    "苏念",
    "程野",
    "林见山",
    "周牧云",
    "许星河",
    "温如言",
    "白鹿",
    "何以宁",
    "秦川",
    "宋时雨",
    "姜茶",
    "季风",
    "明月",
    "云舒",
    "罗浮",
    "岳麓",
    "青禾",
    "松间",
    "竹里",
]
GROUPS = (
    ("春茶品鉴群", "兴趣"), ("冷泡茶实验室", "兴趣"), ("普洱老友会", "兴趣"), ("单丛香型课堂", "兴趣"),
    ("上海福利群", "福利"), ("北京福利群", "福利"), ("江浙福利群", "福利"), ("华南福利群", "福利"),
    ("西南福利群", "福利"), ("双十一闪购群", "闪群"), ("订阅会员群", "功能"),
)  # fmt: skip


def _staffed() -> Iterator[tuple[str, str, str]]:
    """Yield who works where: name, department, code of the store; two each, "" online."""
    names = iter(_NAMES)
    for department, shops in DEPARTMENTS.items():
        for store in [code for _, code in shops] or [""]:
            for name in (next(names, None), next(names, None)):
                if name is not None:
                    yield name, department, store


STAFF = tuple((name, department) for name, department, _ in _staffed())


def staff_code(nth: int) -> str:
    """Return the code of the nth guide, from 1 on; in WeCom it is the userid."""
    return f"G{nth:03d}"


@dataclass(frozen=True)
class Places:
    """The numbers of what was opened. Groups that WeCom tells of are known by their place among GROUPS."""

    stores: list[int]
    staff: list[int]
    groups: list[int]


def open_places(
    workspace: Workspace, member: Member, *, groups_elsewhere: bool, now: datetime
) -> Places:
    """Open the departments and stores, hire the staff, make the groups if nobody else tells of them."""
    brand = workspaces.create_department(workspace, name=BRAND, actor=_ACTOR, now=now).pk
    departments: dict[str, int] = {}
    stores: dict[str, int] = {}
    for name, shops in DEPARTMENTS.items():
        department = workspaces.create_department(
            workspace, name=name, parent_id=brand, actor=_ACTOR, now=now
        ).pk
        departments[name] = department
        for shop, code in shops:
            stores[code] = workspaces.create_store(
                workspace, name=shop, code=code, department_id=department, actor=_ACTOR, now=now
            ).pk
    staff = [
        workspaces.create_staff(
            workspace,
            name=name,
            code=staff_code(nth),
            department_id=departments[department],
            store_ids=[stores[store]] if store else [],
            actor=_ACTOR,
            now=now,
        ).pk
        for nth, (name, department, store) in enumerate(_staffed(), 1)
    ]
    groups = [*range(len(GROUPS))]
    if not groups_elsewhere:
        groups = [
            customers.create_group(member, name=name, kind=kind, now=now).pk
            for name, kind in GROUPS
        ]
    return Places([*stores.values()], staff, groups)
