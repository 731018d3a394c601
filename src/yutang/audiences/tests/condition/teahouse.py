"""The vocabulary of 茶馆 that the tests of the condition language speak."""

from types import MappingProxyType

from yutang.audiences.condition.nodes import Field, Kind
from yutang.audiences.condition.vocabulary import Stage, TagEntry, Vocabulary
from yutang.kit.i18n import Text
from yutang.loop.registry import Attribute, AttributeKind, EventType, Property, PropertyKind

_A, _P = AttributeKind, PropertyKind
_GENDERS = MappingProxyType({"female": Text("女", "female"), "male": Text("男", "male")})
_TEAS = MappingProxyType(
    {
        "green": Text("绿茶", "green tea"),
        "black": Text("红茶", "black tea"),
        "white": Text("白茶", "white tea"),
    }
)


def _by_name(*each):
    return MappingProxyType({one.name: one for one in each})


VOCABULARY = Vocabulary(
    attributes=_by_name(
        Attribute("name", _A.TEXT, Text("姓名", "name"), column="name"),
        Attribute("gender", _A.CHOICE, Text("性别", "gender"), _GENDERS, column="gender"),
        Attribute("birthday", _A.DATE, Text("生日", "birthday"), column="birthday"),
        Attribute("city", _A.TEXT, Text("城市", "city"), column="city"),
        Attribute("joined_at", _A.TIME, Text("入会时间", "membership time"), column="joined_at"),
        Attribute("created_at", _A.TIME, Text("创建时间", "creation time"), column="created_at"),
        Attribute("nickname", _A.TEXT, Text("昵称", "nickname")),
        Attribute("points", _A.NUMBER, Text("积分", "points")),
        Attribute("spent", _A.MONEY, Text("累计消费", "lifetime spend")),
        Attribute("renewal", _A.DATE, Text("续费日期", "renewal date")),
        Attribute("seen_at", _A.TIME, Text("最近到店时间", "last visit time")),
        Attribute("vip", _A.BOOL, Text("贵宾", "VIP")),
        Attribute("level", _A.CHOICE, Text("等级", "level"), _TEAS),
        Attribute("teas", _A.MULTI_CHOICE, Text("喜欢的茶", "favourite teas"), _TEAS),
        Attribute("region", _A.REGION, Text("所在地", "region")),
    ),
    event_types=_by_name(
        EventType(
            "view", Text("浏览", "viewed"), (Property("sku", _P.TEXT, Text("商品", "product")),)
        ),
        EventType(
            "favorite",
            Text("收藏", "favourited"),
            (
                Property("sku", _P.TEXT, Text("商品", "product")),
                Property("price", _P.NUMBER, Text("价格", "price")),
                Property("colours", _P.LIST, Text("颜色", "colours")),
            ),
        ),
        EventType(
            "order",
            Text("下单", "ordered"),
            (
                Property("gift", _P.BOOL, Text("礼品", "gift")),
                Property("wanted_on", _P.DATE, Text("期望日期", "wanted date")),
                Property("ready_at", _P.TIME, Text("备好时间", "ready time")),
                Property("freight", _P.MONEY, Text("运费", "freight")),
            ),
        ),
        EventType("message.sent", Text("群发", "was messaged"), (), activity=False),
    ),
    tag_groups=MappingProxyType({1: "来源", 2: "偏好", 3: "空组"}),
    tags=MappingProxyType(
        {
            11: TagEntry("小程序", 1),
            12: TagEntry("门店扫码", 1),
            21: TagEntry("爱喝茶", 2),
            22: TagEntry("VIP", 2),
        }
    ),
    audiences=MappingProxyType({1: "老客", 2: "沉睡的人"}),
    staff=MappingProxyType({1: "阿华", 2: "小林"}),
    stores=MappingProxyType({1: "西湖店", 2: "断桥店"}),
    groups=MappingProxyType({1: "福利一群", 2: "福利二群"}),
    statuses=MappingProxyType({"talking": Text("沟通中", "talking"), "won": Text("已成交", "won")}),
    dependants=MappingProxyType({"child": Text("孩子", "child"), "pet": Text("宠物", "pet")}),
    stages=MappingProxyType(
        {
            "infant": Stage(Text("婴儿期", "infant"), 0, 12),
            "toddler": Stage(Text("幼儿期", "toddler"), 12, 36),
        }
    ),
)


def field(name: str) -> Field:
    """Return an attribute of the tea house."""
    found = VOCABULARY.attribute(name)
    assert found is not None
    return found


def prop(name: str, *types: str) -> Field:
    """Return a property of its events."""
    return VOCABULARY.properties(types)[name][0]


TS = Field("ts", Kind.TIME)
