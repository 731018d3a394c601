"""Moments: members publish, customers see, like and comment."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.world.clock import month_of
from yutang_sandbox.world.records import Comment, Moment, Publication
from yutang_sandbox.world.tables import FRIENDS


def publish(scene: Scene, moment: Moment, part: Publication) -> NDArray[Any]:
    """Publish one member's part; return the relations that can see it."""
    corp = scene.corp
    part.published_at = scene.now
    relations: NDArray[Any] = np.array(part.chosen.vector())
    relations = relations[corp.relations.state.vector()[relations] == FRIENDS]
    if not moment.creator:
        customers = corp.relations.customer.vector()[relations]
        last, count = corp.customers.moment_month.vector(), corp.customers.in_moment_month.vector()
        month = month_of(scene.now)[0] % 65_536
        count[customers[last[customers] != month]] = 0
        last[customers] = month
        shown = count[customers] < corp.limits.moments_a_month
        count[customers[shown]] += 1
        relations = relations[shown]
    part.seen_by.extend_by(relations)
    corp.witness("moment", corp.relations.customer.vector()[relations], moment.content, part)
    return relations


def _part(scene: Scene, staff: str, moment_id: str) -> tuple[Moment, Publication]:
    corp = scene.corp
    moment = corp.moments.get(moment_id)
    part = moment.publications.get(corp.staff[scene.staff(staff)].userid) if moment else None
    if moment is None or part is None:
        raise Impossible("there is no such moment")
    return moment, part


@act("staff.publishes")
def publishes(scene: Scene, staff: str, moment_id: str) -> dict[str, Any]:
    """Let a member publish a moment of the corp."""
    moment, part = _part(scene, staff, moment_id)
    if moment.cancelled or part.published_at:
        raise Impossible("there is nothing to publish")
    return {"seen_by": len(publish(scene, moment, part))}


@act("staff.posts")
def posts(scene: Scene, staff: str, text: str) -> dict[str, Any]:
    """Let a member publish a moment of their own."""
    corp, person = scene.corp, scene.corp.staff[scene.staff(staff)]
    content = {"text": {"content": text}}
    moment = Moment(corp.next_id("mom"), content, scene.now, person.userid)
    part = Publication(person.userid)
    part.chosen.extend(person.relations)
    moment.publications[person.userid] = part
    corp.moments[moment.id] = moment
    return {"moment_id": moment.id, "seen_by": len(publish(scene, moment, part))}


def _seen(scene: Scene, customer: str, staff: str, moment_id: str) -> tuple[Publication, int]:
    part = _part(scene, staff, moment_id)[1]
    relation = scene.relation(staff, customer)
    if relation not in part.seen_by:
        raise Impossible("this moment is not shown to them")
    return part, scene.corp.relations.customer[relation]


@act("customer.likes")
def likes(scene: Scene, customer: str, staff: str, moment_id: str) -> None:
    """Let a customer like a moment they see."""
    part, number = _seen(scene, customer, staff, moment_id)
    if all(one.customer != number for one in part.likes):
        part.likes.append(Comment(number, "", scene.now))


@act("customer.comments")
def comments(scene: Scene, customer: str, staff: str, moment_id: str, text: str) -> None:
    """Let a customer comment on a moment they see."""
    part, number = _seen(scene, customer, staff, moment_id)
    part.comments.append(Comment(number, "", scene.now, text))
