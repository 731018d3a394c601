"""The world outlives the process."""

from pathlib import Path

from yutang_sandbox.testing import running


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with running(tmp_path) as sandbox:
        corp = sandbox.make_corp(staff=2, customers=30, relations=1.3, groups=1)
        someone = sandbox.person(corp, name="山有木兮")
        sandbox.act(corp, "customer.adds", customer=someone, staff="lin.yue", state="s")
        before = sandbox.call(corp, "externalcontact/get", external_userid=someone)
        everyone = {"userid_list": ["lin.yue", "chen.bo"], "limit": 100}
        rows = sandbox.call(corp, "externalcontact/batch/get_by_user", everyone)

    with running(tmp_path) as sandbox:
        assert sandbox.call(corp, "externalcontact/get", external_userid=someone) == before
        assert sandbox.call(corp, "externalcontact/batch/get_by_user", everyone) == rows
        sandbox.act(corp, "customer.deletes", customer=someone, staff="lin.yue")
        assert [one["event"]["ChangeType"] for one in sandbox.events(corp)] == ["del_follow_user"]
