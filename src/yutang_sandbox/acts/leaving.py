"""What customers answer when they are handed over."""

from yutang_sandbox.acts import Impossible, Scene, act
from yutang_sandbox.acts.friends import tell
from yutang_sandbox.acts.timers import complete
from yutang_sandbox.world.records import Transfer


def _waiting(scene: Scene, customer: str) -> Transfer:
    number = scene.customer(customer)
    for transfer in scene.corp.transfers:
        if transfer.customer == number and transfer.status == 2:
            return transfer
    raise Impossible("nobody is handing them over")


@act("customer.refuses_transfer")
def refuses(scene: Scene, customer: str) -> None:
    """Let a customer stay with whom they know."""
    transfer = _waiting(scene, customer)
    transfer.status = 3
    relation = scene.corp.relation(scene.staff(transfer.giver), transfer.customer)
    if relation is not None:
        tell(scene, "transfer_fail", relation, FailReason="customer_refused")


@act("customer.accepts_transfer")
def accepts(scene: Scene, customer: str) -> None:
    """Let a customer agree before the day is over."""
    complete(scene, _waiting(scene, customer))
