"""The whole API in one table: METHOD, path, and the permission it needs.

A route without `@needs`, `@personal` or `@public("why")` fails here; so does one that is not in the
table. `python -m tests.architecture.test_routes` prints the table as it should be.
"""

from tests.architecture.routes import routes

TABLE = """
GET     /acquisition/channels                                        codes.read
POST    /acquisition/channels                                        codes.write
DELETE  /acquisition/channels/{int:channel_id}                       codes.write
PATCH   /acquisition/channels/{int:channel_id}                       codes.write
GET     /acquisition/channels/{int:channel_id}/costs                 codes.read
POST    /acquisition/channels/{int:channel_id}/costs                 codes.write
DELETE  /acquisition/channels/{int:channel_id}/costs/{int:cost_id}   codes.write
GET     /acquisition/codes                                           codes.read
POST    /acquisition/codes                                           codes.write
POST    /acquisition/codes/preview                                   codes.read
DELETE  /acquisition/codes/{int:code_id}                             codes.write
GET     /acquisition/codes/{int:code_id}                             codes.read
PUT     /acquisition/codes/{int:code_id}                             codes.write
DELETE  /acquisition/codes/{int:code_id}/logo                        codes.write
POST    /acquisition/codes/{int:code_id}/logo                        codes.write
POST    /acquisition/codes/{int:code_id}/look                        codes.write
GET     /acquisition/codes/{int:code_id}/picture                     codes.read
GET     /acquisition/codes/{int:code_id}/statistics                  codes.read
PUT     /acquisition/standings/{int:staff_id}                        codes.write
GET     /audiences                                                   audiences.read
POST    /audiences                                                   audiences.write
POST    /audiences/explain                                           audiences.read
GET     /audiences/of/{int:customer_id}                              audiences.read
POST    /audiences/preview                                           audiences.read
POST    /audiences/preview/cancel                                    audiences.read
POST    /audiences/read                                              audiences.read
GET     /audiences/rules                                             tags.read
POST    /audiences/rules                                             audiences.write
POST    /audiences/rules/preview                                     audiences.write
DELETE  /audiences/rules/{int:rule_id}                               audiences.write
GET     /audiences/rules/{int:rule_id}                               tags.read
PATCH   /audiences/rules/{int:rule_id}                               audiences.write
POST    /audiences/say                                               audiences.read
GET     /audiences/vocabulary                                        audiences.read
DELETE  /audiences/{int:audience_id}                                 audiences.write
GET     /audiences/{int:audience_id}                                 audiences.read
PATCH   /audiences/{int:audience_id}                                 audiences.write
POST    /audiences/{int:audience_id}/archive                         audiences.write
GET     /audiences/{int:audience_id}/count                           audiences.read
GET     /audiences/{int:audience_id}/export                          audiences.export
GET     /audiences/{int:audience_id}/growth                          audiences.read
GET     /audiences/{int:audience_id}/members                         audiences.read
POST    /audiences/{int:audience_id}/members                         audiences.write
POST    /audiences/{int:audience_id}/members/remove                  audiences.write
POST    /audiences/{int:audience_id}/members/snapshot                audiences.write
POST    /audiences/{int:audience_id}/members/upload                  audiences.write
GET     /audiences/{int:audience_id}/members/{int:customer_id}       audiences.read
POST    /audiences/{int:audience_id}/refresh                         audiences.write
POST    /audiences/{int:audience_id}/restore                         audiences.write
GET     /audiences/{int:audience_id}/users                           audiences.read
GET     /audit                                                       audit.read
GET     /audit/verify                                                audit.read
POST    /auth/sign-in                                                public
POST    /auth/sign-out                                               signed in
GET     /channels                                                    reach.read
POST    /channels                                                    channels.write
GET     /channels/kinds                                              reach.read
GET     /channels/{channel_id}                                       channels.write
PATCH   /channels/{channel_id}                                       channels.write
GET     /channels/{channel_id}/templates                             reach.read
POST    /channels/{channel_id}/try                                   channels.write
GET     /customers                                                   customers.read
POST    /customers                                                   customers.write
GET     /customers/attributes                                        customers.read
GET     /customers/conflicts                                         customers.read
POST    /customers/conflicts/{int:conflict_id}/accept                customers.merge
POST    /customers/conflicts/{int:conflict_id}/reject                customers.merge
GET     /customers/erasures                                          customers.erase
GET     /customers/erasures/{int:erasure_id}                         customers.erase
GET     /customers/fields                                            customers.read
POST    /customers/fields                                            catalogue.write
PUT     /customers/fields/order                                      catalogue.write
PATCH   /customers/fields/{field_name}                               catalogue.write
POST    /customers/fields/{field_name}/archive                       catalogue.write
POST    /customers/fields/{field_name}/restore                       catalogue.write
GET     /customers/follow-statuses                                   customers.read
PUT     /customers/follow-statuses                                   settings.write
GET     /customers/groups                                            customers.read
POST    /customers/groups                                            customers.write
DELETE  /customers/groups/{int:group_id}                             customers.write
PATCH   /customers/groups/{int:group_id}                             customers.write
GET     /customers/identity-kinds                                    customers.read
DELETE  /customers/identity-kinds/{kind_name}                        settings.write
PUT     /customers/identity-kinds/{kind_name}                        settings.write
POST    /customers/merges                                            customers.merge
POST    /customers/merges/preview                                    customers.merge
POST    /customers/merges/{int:merge_id}/undo                        customers.merge
GET     /customers/source-ranks                                      customers.read
PUT     /customers/source-ranks                                      settings.write
GET     /customers/stages                                            customers.read
PUT     /customers/stages                                            settings.write
GET     /customers/{int:customer_id}                                 customers.read
PATCH   /customers/{int:customer_id}                                 customers.write
GET     /customers/{int:customer_id}/consents                        customers.read
POST    /customers/{int:customer_id}/consents                        customers.write
GET     /customers/{int:customer_id}/consents/history                customers.read
GET     /customers/{int:customer_id}/dependants                      customers.read
POST    /customers/{int:customer_id}/dependants                      customers.write
DELETE  /customers/{int:customer_id}/dependants/{int:dependant_id}   customers.write
PATCH   /customers/{int:customer_id}/dependants/{int:dependant_id}   customers.write
POST    /customers/{int:customer_id}/erase                           customers.erase
POST    /customers/{int:customer_id}/export                          customers.export
POST    /customers/{int:customer_id}/identities                      customers.write
DELETE  /customers/{int:customer_id}/identities/{int:identity_id}    customers.write
GET     /customers/{int:customer_id}/merges                          customers.read
GET     /customers/{int:customer_id}/relations                       customers.read
DELETE  /customers/{int:customer_id}/relations/{kind}/{int:target}   customers.write
PUT     /customers/{int:customer_id}/relations/{kind}/{int:target}   customers.write
GET     /customers/{int:customer_id}/timeline                        events.read
GET     /departments                                                 staff.read
POST    /departments                                                 staff.write
DELETE  /departments/{department_id}                                 staff.write
PATCH   /departments/{department_id}                                 staff.write
GET     /event-types                                                 events.read
POST    /event-types                                                 catalogue.write
DELETE  /event-types/{type_name}                                     catalogue.write
GET     /event-types/{type_name}                                     events.read
PATCH   /event-types/{type_name}                                     catalogue.write
POST    /event-types/{type_name}/properties                          catalogue.write
PATCH   /event-types/{type_name}/properties/{property_name}          catalogue.write
OPTIONS /events                                                      public
POST    /events                                                      events.write
GET     /guides/chats/hits                                           chats.read
POST    /guides/chats/hits/{int:hit_id}/settle                       chats.read
GET     /guides/chats/late                                           chats.read
GET     /guides/chats/messages/{int:message_id}                      chats.read
GET     /guides/chats/rules                                          chats.read
PUT     /guides/chats/rules                                          guides.write
GET     /guides/day                                                  customers.read
GET     /guides/due                                                  customers.read
GET     /guides/goals                                                guides.read
PUT     /guides/goals                                                guides.write
DELETE  /guides/goals/{int:goal_id}                                  guides.write
GET     /guides/met                                                  customers.read
GET     /guides/page-signature                                       customers.read
GET     /guides/people/{int:customer_id}                             customers.read
GET     /guides/people/{int:customer_id}/phrases                     customers.read
GET     /guides/phrase-groups                                        customers.read
POST    /guides/phrase-groups                                        customers.write
DELETE  /guides/phrase-groups/{int:group_id}                         customers.write
PATCH   /guides/phrase-groups/{int:group_id}                         customers.write
GET     /guides/phrase-labels                                        customers.read
GET     /guides/phrases                                              customers.read
POST    /guides/phrases                                              customers.write
DELETE  /guides/phrases/{int:phrase_id}                              customers.write
PUT     /guides/phrases/{int:phrase_id}                              customers.write
POST    /guides/phrases/{int:phrase_id}/media                        customers.read
POST    /guides/phrases/{int:phrase_id}/sent                         customers.read
POST    /guides/phrases/{int:phrase_id}/taken                        customers.read
GET     /guides/team                                                 guides.read
GET     /guides/team/losses                                          guides.read
GET     /guides/words                                                guides.read
POST    /guides/words                                                guides.write
GET     /guides/words/heard                                          guides.read
DELETE  /guides/words/{int:word_id}                                  guides.write
POST    /hooks/{token}                                               public
GET     /imports                                                     imports.read
POST    /imports                                                     imports.write
GET     /imports/recipes                                             imports.read
DELETE  /imports/{import_id}                                         imports.write
GET     /imports/{import_id}                                         imports.read
GET     /imports/{import_id}/bad-rows                                imports.write
GET     /imports/{import_id}/bad-rows.csv                            imports.write
POST    /imports/{import_id}/inspect                                 imports.read
POST    /imports/{import_id}/preview                                 imports.write
POST    /imports/{import_id}/resume                                  imports.write
POST    /imports/{import_id}/start                                   imports.write
POST    /imports/{import_id}/stop                                    imports.write
GET     /jobs                                                        jobs.read
GET     /jobs/{job_id}                                               jobs.read
POST    /jobs/{job_id}/cancel                                        jobs.read
GET     /journeys                                                    journeys.read
POST    /journeys                                                    journeys.write
GET     /journeys/actions                                            journeys.read
POST    /journeys/campaigns                                          journeys.activate
POST    /journeys/faces                                              journeys.write
GET     /journeys/library                                            journeys.read
POST    /journeys/library/{ready}                                    journeys.write
GET     /journeys/stuck                                              journeys.read
GET     /journeys/tasks                                              customers.read
POST    /journeys/tasks/{int:task_id}/done                           customers.write
DELETE  /journeys/{int:journey_id}                                   journeys.write
GET     /journeys/{int:journey_id}                                   journeys.read
PATCH   /journeys/{int:journey_id}                                   journeys.write
POST    /journeys/{int:journey_id}/activate                          journeys.activate
GET     /journeys/{int:journey_id}/counts                            journeys.read
POST    /journeys/{int:journey_id}/dry-run                           journeys.read
GET     /journeys/{int:journey_id}/dry-run/{int:subject}             journeys.read
GET     /journeys/{int:journey_id}/effect                            journeys.read
POST    /journeys/{int:journey_id}/end                               journeys.activate
POST    /journeys/{int:journey_id}/entries                           journeys.activate
GET     /journeys/{int:journey_id}/face                              journeys.read
PUT     /journeys/{int:journey_id}/face                              journeys.write
GET     /journeys/{int:journey_id}/health                            journeys.read
POST    /journeys/{int:journey_id}/moves                             journeys.activate
POST    /journeys/{int:journey_id}/moves/preview                     journeys.read
POST    /journeys/{int:journey_id}/pause                             journeys.activate
GET     /journeys/{int:journey_id}/people                            journeys.read
DELETE  /journeys/{int:journey_id}/people/{int:subject}              journeys.activate
GET     /journeys/{int:journey_id}/people/{int:subject}              journeys.read
GET     /journeys/{int:journey_id}/progress                          journeys.read
POST    /journeys/{int:journey_id}/release                           journeys.activate
POST    /journeys/{int:journey_id}/resume                            journeys.activate
POST    /journeys/{int:journey_id}/validate                          journeys.read
GET     /journeys/{int:journey_id}/versions                          journeys.read
GET     /journeys/{int:journey_id}/versions/{int:number}             journeys.read
GET     /journeys/{int:journey_id}/versions/{int:number}/diff        journeys.read
GET     /keys                                                        keys.write
POST    /keys                                                        keys.write
DELETE  /keys/{key_id}                                               keys.write
GET     /materials                                                   customers.read
POST    /materials                                                   reach.write
DELETE  /materials/{int:material_id}                                 reach.write
GET     /materials/{int:material_id}                                 customers.read
GET     /me                                                          signed in
PATCH   /me                                                          signed in
POST    /me/password                                                 signed in
POST    /me/second-factor                                            signed in
POST    /me/second-factor/confirm                                    signed in
POST    /me/second-factor/turn-off                                   signed in
DELETE  /me/sessions                                                 signed in
GET     /me/sessions                                                 signed in
DELETE  /me/sessions/{session_id}                                    signed in
GET     /members                                                     members.write
POST    /members                                                     members.write
GET     /members/{member_id}                                         members.write
PATCH   /members/{member_id}                                         members.write
POST    /members/{member_id}/password                                members.write
GET     /messages                                                    reach.read
POST    /messages                                                    reach.write
GET     /messages/kit                                                reach.read
POST    /messages/preview                                            reach.read
GET     /messages/{int:message_id}                                   reach.read
PATCH   /messages/{int:message_id}                                   reach.write
POST    /messages/{int:message_id}/archive                           reach.write
POST    /messages/{int:message_id}/restore                           reach.write
GET     /messages/{int:message_id}/versions                          reach.read
POST    /messages/{int:message_id}/versions                          reach.write
GET     /messages/{int:message_id}/versions/{int:number}             reach.read
POST    /messages/{int:message_id}/versions/{int:number}/approve     reach.approve
POST    /messages/{int:message_id}/versions/{int:number}/ask         reach.write
GET     /messages/{int:message_id}/versions/{int:number}/gaps        reach.read
POST    /messages/{int:message_id}/versions/{int:number}/reject      reach.approve
POST    /messages/{int:message_id}/versions/{int:number}/restore     reach.write
GET     /org/tree                                                    staff.read
GET     /reach/deliveries                                            reach.read
POST    /reach/deliveries/resend                                     reach.write
GET     /reach/deliveries/{token}                                    reach.read
GET     /reach/policy                                                reach.read
PUT     /reach/policy                                                policy.write
POST    /reach/policy/preview                                        reach.read
POST    /reach/preview                                               reach.read
GET     /reach/rates                                                 reach.read
GET     /reach/sendings                                              reach.read
GET     /reach/sendings/{int:sending_id}                             reach.read
POST    /reach/sendings/{int:sending_id}/cancel                      reach.write
POST    /reach/sendings/{int:sending_id}/pause                       reach.write
POST    /reach/sendings/{int:sending_id}/resume                      reach.write
GET     /reach/suppressions                                          reach.read
POST    /reach/suppressions                                          policy.write
DELETE  /reach/suppressions/{int:suppression_id}                     policy.write
POST    /receipts/{account_id}/{key}                                 public
GET     /sites                                                       settings.write
POST    /sites                                                       settings.write
PATCH   /sites/{site_id}                                             settings.write
GET     /sites/{site_id}/snippet                                     settings.write
GET     /staff                                                       staff.read
POST    /staff                                                       staff.write
GET     /staff/{staff_id}                                            staff.read
PATCH   /staff/{staff_id}                                            staff.write
GET     /stores                                                      staff.read
POST    /stores                                                      staff.write
GET     /stores/{store_id}                                           staff.read
PATCH   /stores/{store_id}                                           staff.write
GET     /tags                                                        tags.read
POST    /tags                                                        tags.write
GET     /tags/customers                                              tags.read
GET     /tags/customers/{int:customer_id}                            tags.read
POST    /tags/customers/{int:customer_id}                            customers.write
GET     /tags/customers/{int:customer_id}/history                    tags.read
DELETE  /tags/customers/{int:customer_id}/{int:tag_id}               customers.write
PATCH   /tags/customers/{int:customer_id}/{int:tag_id}               customers.write
GET     /tags/groups                                                 tags.read
POST    /tags/groups                                                 tags.write
POST    /tags/groups/order                                           tags.write
DELETE  /tags/groups/{int:group_id}                                  tags.write
GET     /tags/groups/{int:group_id}                                  tags.read
PATCH   /tags/groups/{int:group_id}                                  tags.write
POST    /tags/groups/{int:group_id}/archive                          tags.write
POST    /tags/groups/{int:group_id}/order                            tags.write
POST    /tags/groups/{int:group_id}/restore                          tags.write
GET     /tags/owners                                                 tags.write
DELETE  /tags/{int:tag_id}                                           tags.write
GET     /tags/{int:tag_id}                                           tags.read
PATCH   /tags/{int:tag_id}                                           tags.write
POST    /tags/{int:tag_id}/archive                                   tags.write
POST    /tags/{int:tag_id}/bulk                                      tags.write
POST    /tags/{int:tag_id}/bulk/preview                              tags.write
GET     /tags/{int:tag_id}/customers                                 tags.read
GET     /tags/{int:tag_id}/history                                   tags.read
GET     /tags/{int:tag_id}/merge                                     tags.read
POST    /tags/{int:tag_id}/merge                                     tags.write
POST    /tags/{int:tag_id}/restore                                   tags.write
GET     /webhooks                                                    webhooks.write
POST    /webhooks                                                    webhooks.write
POST    /webhooks/preview                                            webhooks.write
PATCH   /webhooks/{hook_id}                                          webhooks.write
GET     /webhooks/{hook_id}/deliveries                               webhooks.write
GET     /webhooks/{hook_id}/secrets                                  webhooks.write
GET     /wecom/bases                                                 wecom.read
GET     /wecom/callbacks                                             wecom.read
GET     /wecom/callbacks/counts                                      wecom.read
POST    /wecom/callbacks/replay                                      wecom.write
GET     /wecom/corps                                                 wecom.read
POST    /wecom/corps                                                 wecom.write
DELETE  /wecom/corps/{int:corp_id}                                   wecom.write
GET     /wecom/corps/{int:corp_id}                                   wecom.read
PATCH   /wecom/corps/{int:corp_id}                                   wecom.write
POST    /wecom/corps/{int:corp_id}/diagnose                          wecom.write
GET     /wecom/corps/{int:corp_id}/sync-failures                     wecom.read
POST    /wecom/corps/{int:corp_id}/sync-failures/{int:failure_id}/retry wecom.write
GET     /wecom/corps/{int:corp_id}/sync-gaps                         wecom.read
GET     /wecom/corps/{int:corp_id}/sync-totals                       wecom.read
GET     /wecom/corps/{int:corp_id}/syncs                             wecom.read
POST    /wecom/corps/{int:corp_id}/syncs                             wecom.write
GET     /wecom/corps/{int:corp_id}/syncs/{int:run_id}                wecom.read
POST    /wecom/corps/{int:corp_id}/syncs/{int:run_id}/stop           wecom.write
POST    /wecom/corps/{int:corp_id}/tag-groups                        wecom.write
GET     /wecom/corps/{int:corp_id}/tags                              wecom.read
GET     /wecom/corps/{int:corp_id}/welcome                           reach.read
PUT     /wecom/corps/{int:corp_id}/welcome                           reach.write
POST    /wecom/corps/{int:corp_id}/welcome/preview                   reach.read
PUT     /wecom/customers/{int:customer_id}/remark                    customers.write
GET     /wecom/group-mass                                            reach.read
POST    /wecom/group-mass                                            reach.write
POST    /wecom/group-mass/preview                                    reach.read
GET     /wecom/group-mass/{int:sending_id}                           reach.read
GET     /wecom/groups                                                reach.read
GET     /wecom/groups/owners                                         reach.read
DELETE  /wecom/limits                                                wecom.write
GET     /wecom/limits                                                wecom.read
PUT     /wecom/limits                                                wecom.write
GET     /wecom/mass                                                  reach.read
GET     /wecom/mass/{int:task_id}                                    reach.read
POST    /wecom/mass/{int:task_id}/cancel                             reach.write
GET     /wecom/mass/{int:task_id}/people                             reach.read
POST    /wecom/mass/{int:task_id}/remind                             reach.write
POST    /wecom/moments                                               reach.write
POST    /wecom/moments/preview                                       reach.read
GET     /wecom/transfers                                             transfers.read
POST    /wecom/transfers                                             transfers.write
GET     /wecom/transfers/leavers                                     transfers.read
POST    /wecom/transfers/leavers/read                                transfers.write
POST    /wecom/transfers/preview                                     transfers.read
GET     /wecom/transfers/staff                                       transfers.read
GET     /wecom/transfers/{int:transfer_id}                           transfers.read
POST    /wecom/transfers/{int:transfer_id}/cancel                    transfers.write
GET     /wecom/transfers/{int:transfer_id}/customers                 transfers.read
GET     /wecom/transfers/{int:transfer_id}/groups                    transfers.read
POST    /workspaces                                                  settings.write
PATCH   /workspaces/current                                          settings.write
GET     /workspaces/roles                                            signed in
POST    /workspaces/{workspace_id}/enter                             signed in
"""


def standing() -> list[str]:
    return [
        f"{each.method:7} {each.path:60} {(each.permission or '').partition(':')[0]}"
        for each in routes()
    ]


def test_every_route_says_who_may_use_it() -> None:
    assert [f"{each.method} {each.path}" for each in routes() if each.permission is None] == []


def test_the_table_is_the_api() -> None:
    assert standing() == [line.rstrip() for line in TABLE.strip().splitlines()]


def test_public_routes_say_why() -> None:
    said = [each.permission or "" for each in routes()]

    assert all(len(why) > len("public: ") + 10 for why in said if why.startswith("public"))


if __name__ == "__main__":
    print("\n".join(standing()))
