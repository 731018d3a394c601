"""The HTTP side of the chat archive: who is archived, who agreed. The archive itself is no HTTP."""

from yutang_sandbox.call import Answer, Call, api
from yutang_sandbox.errors import Refused


@api("POST", "msgaudit/get_permit_user_list", ids=[])
def permitted(call: Call) -> Answer:
    return {"ids": [one.userid for one in call.in_sight() if one.contact]}


@api("POST", "msgaudit/check_single_agree", agreeinfo=[])
def agreed(call: Call) -> Answer:
    """Tell who agreed; the misspelt key is the platform's."""
    corp, rows = call.corp, []
    asked = call.parts("info")
    if len(asked) > 100:
        raise Refused(40058, "invalid Request Parameter info")
    for one in asked:
        userid, someone = str(one.get("userid", "")), str(one.get("exteranalopenid", ""))
        customer, member = corp.customer(someone), corp.member(userid)
        if customer is None or member is None:
            raise Refused(40096 if customer is None else 60111)
        rows.append(
            {
                "status_change_time": call.now,
                "userid": userid,
                "exteranalopenid": someone,
                "agree_status": "Agree" if corp.agrees(customer) else "Disagree",
            }
        )
    return {"agreeinfo": rows}


@api("POST", "msgaudit/groupchat/get")
def inner_group(call: Call) -> Answer:
    raise Refused(90501)  # groups of staff only, of which there are none
