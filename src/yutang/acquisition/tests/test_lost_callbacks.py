"""Who came by a code while callbacks were lost: a sync finds her, counts her, and the event says by which."""

import pytest

from yutang.acquisition import service as acquisition
from yutang.acquisition._rules import GroupRule, Rules
from yutang.acquisition.models import CodeKind
from yutang.acquisition.tests.builders import NOON, a_code, a_corp, came, friends
from yutang.tracking.tests.builders import shown_in
from yutang.wecom.models import StaffAccount
from yutang.wecom.tests.corps import NOON as TODAY
from yutang.wecom.tests.corps import Town, a_chat, a_friend, sync
from yutang.workspaces.tests.builders import a_member, a_workspace

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


def test_friends_and_joins_that_only_a_sync_tells_of_count_for_their_code() -> None:
    member, town = a_member(a_workspace()), Town()
    corp = a_corp(member)
    a_friend(town, "wm1")
    a_chat(town, "wr1", "会员群", "wm1")
    sync(corp, town)
    lin = StaffAccount.objects.get(corp=corp, userid="linyue").staff_id
    channel = acquisition.create_channel(member, "抖音", now=NOON)
    code = a_code(member, lin, name="抖音主页", channel_id=channel.pk)
    group = a_code(
        member, rules=Rules(groups=[GroupRule("wr1")]), kind=CodeKind.GROUP, name="门店进群码"
    )
    came(corp, code, "LinYue", "wm3", at=TODAY)  # of her the callback came

    a_friend(town, "wm2", days=1, state=code.key)
    a_friend(town, "wm3", days=1, state=code.key)
    a_friend(town, "wm4", days=1, state="of-another-system")
    a_chat(town, "wr1", "会员群", "wm1", "wm2")
    town.chats["wr1"]["member_list"][-1]["state"] = group.key
    sync(corp, town)
    sync(corp, town)

    assert sorted(each.external for each in friends(code)) == ["wm2", "wm3"]
    assert [(each.external, each.staff) for each in friends(group)] == [("wm2", 0)]
    told = shown_in(
        corp.workspace, "type, texts['state'], texts['code'], texts['channel'], staff, `group` > 0"
    )
    assert sorted(each for each in told if each[1]) == sorted(
        [
            ("add_friend", code.key, "抖音主页", "抖音", lin, 0),
            ("add_friend", code.key, "抖音主页", "抖音", lin, 0),
            ("add_friend", "of-another-system", "", "", lin, 0),
            ("join_group", group.key, "门店进群码", "", 0, 1),
        ]
    )
