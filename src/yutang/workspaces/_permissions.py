"""What can be allowed, in words, and what each role is allowed."""

from collections.abc import Mapping
from types import MappingProxyType

from yutang.kit.i18n import Text
from yutang.workspaces.models import Role

__all__ = ["PERMISSIONS", "ROLE_LABELS", "ROLE_PERMISSIONS"]

PERMISSIONS: Mapping[str, Text] = MappingProxyType(
    {
        "customers.read": Text("看客户", "See customers"),
        "customers.write": Text("改客户资料、关系和同意", "Change customers"),
        "customers.unmask": Text("看完整的手机号等隐私字段", "See full phone numbers and the like"),
        "customers.export": Text("导出客户", "Export customers"),
        "customers.erase": Text("彻底删除客户", "Erase customers"),
        "customers.merge": Text("合并、拆分客户", "Merge and unmerge customers"),
        "tags.read": Text("看标签", "See tags"),
        "tags.write": Text("建标签、打标签", "Make and put tags"),
        "audiences.read": Text("看人群", "See audiences"),
        "audiences.write": Text("建人群、改人群", "Make and change audiences"),
        "audiences.export": Text("导出人群", "Export audiences"),
        "events.read": Text("看事件", "See events"),
        "events.write": Text("上报事件", "Send events"),
        "catalogue.write": Text("改事件目录和自定义字段", "Change event types and custom fields"),
        "imports.read": Text("看导入", "See imports"),
        "imports.write": Text("导入数据", "Import data"),
        "staff.read": Text("看部门、门店和员工", "See departments, stores and staff"),
        "staff.write": Text("改部门、门店和员工", "Change departments, stores and staff"),
        "members.write": Text("管理成员和角色", "Manage members and roles"),
        "keys.write": Text("管理 API 密钥", "Manage API keys"),
        "audit.read": Text("看操作记录", "See the audit log"),
        "jobs.read": Text("看后台任务", "See background jobs"),
        "settings.write": Text("改工作区设置", "Change settings of the workspace"),
        "webhooks.write": Text("管理 Webhook", "Manage webhooks"),
        "reach.read": Text(
            "看消息、触达策略和送达记录", "See messages, contact policy and deliveries"
        ),
        "reach.write": Text("写消息、发送、暂停和取消", "Write messages, send, pause and cancel"),
        "reach.approve": Text("审批大批量发送", "Approve sends to many people"),
        "policy.write": Text("改触达策略和免打扰名单", "Change contact policy and suppressions"),
        "channels.write": Text("管理发送渠道和密钥", "Manage channels and their secrets"),
        "journeys.read": Text("看旅程和效果", "See journeys and their effect"),
        "journeys.write": Text("编辑旅程", "Edit journeys"),
        "journeys.activate": Text("启用、暂停和结束旅程", "Activate, pause and end journeys"),
        "guides.read": Text("看团队的任务、业绩和目标", "See the team's tasks, figures and goals"),
        "guides.write": Text(
            "管理公共话术、目标和敏感词", "Manage shared phrases, goals and sensitive words"
        ),
        "chats.read": Text(
            "看聊天质检和相关聊天内容", "See what was found in chats, and read the chats around it"
        ),
        "wecom.read": Text("看企业微信的连接和同步", "See the WeCom connection and its sync"),
        "wecom.write": Text("设置企业微信、同步和回调", "Set up WeCom, its sync and callbacks"),
        "transfers.read": Text("看客户交接", "See handovers of customers"),
        "transfers.write": Text(
            "把客户和群交接给别的员工", "Hand customers and groups over to other staff"
        ),
        "codes.read": Text("看活码、渠道和花费", "See live codes, channels and costs"),
        "codes.write": Text(
            "建活码、改排班、记花费", "Make live codes, change shifts, enter costs"
        ),
    }
)

ROLE_LABELS: Mapping[Role, Text] = MappingProxyType(
    {
        Role.OWNER: Text("所有者", "Owner"),
        Role.OPERATOR: Text("运营", "Operator"),
        Role.ANALYST: Text("分析", "Analyst"),
        Role.GUIDE: Text("导购", "Guide"),
        Role.STORE_MANAGER: Text("店长", "Store manager"),
        Role.DEVELOPER: Text("开发", "Developer"),
    }
)

_FRONT_LINE = {
    "customers.read",
    "customers.write",
    "customers.unmask",
    "events.read",
    "staff.read",
    "tags.read",
}
_ANALYSIS = {
    "codes.read",
    "audiences.read",
    "audiences.write",
    "customers.read",
    "events.read",
    "guides.read",
    "imports.read",
    "jobs.read",
    "journeys.read",
    "reach.read",
    "staff.read",
    "tags.read",
}
ROLE_PERMISSIONS: Mapping[Role, frozenset[str]] = MappingProxyType(
    {
        Role.OWNER: frozenset(PERMISSIONS),
        Role.OPERATOR: frozenset(PERMISSIONS)
        - {
            "audit.read",
            "channels.write",
            "customers.erase",
            "events.write",
            "keys.write",
            "members.write",
            "settings.write",
            "webhooks.write",
            "wecom.write",
        },
        Role.ANALYST: frozenset(_ANALYSIS),
        Role.GUIDE: frozenset(_FRONT_LINE),
        Role.STORE_MANAGER: frozenset(
            _FRONT_LINE
            | {
                "audiences.read",
                "chats.read",
                "guides.read",
                "guides.write",
                "codes.read",
                "jobs.read",
                "journeys.read",
                "reach.read",
                "tags.write",
                "transfers.read",
                "transfers.write",
            },
        ),
        Role.DEVELOPER: frozenset(
            {
                "audiences.read",
                "catalogue.write",
                "channels.write",
                "customers.read",
                "events.read",
                "events.write",
                "imports.read",
                "imports.write",
                "jobs.read",
                "journeys.read",
                "keys.write",
                "reach.read",
                "staff.read",
                "tags.read",
                "webhooks.write",
                "wecom.read",
                "wecom.write",
            }
        ),
    }
)
