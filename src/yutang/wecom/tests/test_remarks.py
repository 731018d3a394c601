"""A remark is changed in WeCom and here at once, by whoever may speak for the colleague whose it is."""

import pytest

from yutang.customers.models import Relation, RelationKind
from yutang.kit import clock
from yutang.wecom import service as wecom
from yutang.wecom.models import FollowRelation
from yutang.wecom.tests.house import a_house
from yutang.workspaces.tests.builders import a_member, a_workspace, as_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("open_warehouse")]


def test_a_remark_is_in_wecom_and_here() -> None:
    with a_house(staff=2, customers=4) as house:
        house.sync()
        pair = FollowRelation.objects.select_related("account").filter(ended="").first()
        assert pair
        staff = pair.account.staff_id
        path = f"/wecom/customers/{pair.home}/remark"
        asker = as_member(house.owner)

        said = asker.put(path, {"staff_id": staff, "remark": "爱喝龙井", "phones": ["13800000000"]})

        assert said.json() == {"staff": staff, "remark": "爱喝龙井", "in_wecom": True}
        there = house.sandbox.call(
            house.there, "externalcontact/get", external_userid=pair.external
        )
        (hers,) = [each for each in there["follow_user"] if each["userid"] == pair.account.spelling]
        assert (hers["remark"], hers["remark_mobiles"]) == ("爱喝龙井", ["13800000000"])
        ours = Relation.objects.get(customer=pair.home, kind=RelationKind.STAFF, target=staff)
        assert ours.remark == "爱喝龙井"

        long = asker.put(path, {"staff_id": staff, "remark": "很" * 21})
        assert (long.status_code, "最多 20 个字" in long.json()["detail"]) == (422, True)
        stranger = asker.put(path, {"staff_id": 999_999, "remark": "谁"})
        assert stranger.status_code == 404
        rival = as_member(a_member(a_workspace("Coffee House")))
        assert rival.put(path, {"staff_id": staff, "remark": "谁"}).status_code == 404

        house.sandbox.fault(house.there, calls=[{"api": "externalcontact/remark", "code": 84061}])
        given = wecom.RemarkGiven("茶友")
        with pytest.raises(wecom.PlatformRefused):
            wecom.change_remark(house.owner, pair.home, staff, given, now=clock.now())
        ours.refresh_from_db()
        assert ours.remark == "爱喝龙井", "what WeCom refuses is not changed here"
