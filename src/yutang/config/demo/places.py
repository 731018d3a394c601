"""Where the demo brand works: departments, stores, staff, groups."""

from dataclasses import dataclass
from datetime import datetime

from yutang.customers import service as customers
from yutang.workspaces import service as workspaces
from yutang.workspaces.models import Workspace
from yutang.workspaces.service import Member

__all__ = ["Places", "open_places"]

_ACTOR = "system:demo"
_DEPARTMENTS = {
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
_STAFF = [
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
_GROUPS = (
    ("春茶品鉴群", "兴趣"), ("冷泡茶实验室", "兴趣"), ("普洱老友会", "兴趣"), ("单丛香型课堂", "兴趣"),
    ("上海福利群", "福利"), ("北京福利群", "福利"), ("江浙福利群", "福利"), ("华南福利群", "福利"),
    ("西南福利群", "福利"), ("双十一闪购群", "闪群"), ("订阅会员群", "功能"),
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """The numbers of what was opened."""

    stores: list[int]
    staff: list[int]
    groups: list[int]


def open_places(workspace: Workspace, member: Member, *, now: datetime) -> Places:
    """Open the departments and stores, hire the staff, make the groups."""
    stores: list[int] = []
    staff: list[int] = []
    names = iter(_STAFF)
    for department_name, shops in _DEPARTMENTS.items():
        department = workspaces.create_department(
            workspace, name=department_name, actor=_ACTOR, now=now
        )
        opened = [
            workspaces.create_store(
                workspace, name=name, code=code, department_id=department.pk, actor=_ACTOR, now=now
            ).pk
            for name, code in shops
        ]
        stores += opened
        at: list[int | None] = [*opened] or [None]
        for store in at:
            for name in [next(names, None), next(names, None)]:
                if name is not None:
                    hired = workspaces.create_staff(
                        workspace,
                        name=name,
                        code=f"G{len(staff) + 1:03d}",
                        department_id=department.pk,
                        store_ids=[store] if store else [],
                        actor=_ACTOR,
                        now=now,
                    )
                    staff.append(hired.pk)
    groups = [
        customers.create_group(member, name=name, kind=kind, now=now).pk for name, kind in _GROUPS
    ]
    return Places(stores, staff, groups)
