"""Tables of reach: ways out, messages, what the brand promised its customers, and every delivery."""

from yutang.reach.models.accounts import AccountState, ChannelAccount
from yutang.reach.models.deliveries import (
    Delivery,
    DeliveryChange,
    DeliveryState,
    Sending,
    SendingState,
)
from yutang.reach.models.exposures import Exposure
from yutang.reach.models.limits import MessageLimit
from yutang.reach.models.links import LinkClick, LinkTarget
from yutang.reach.models.materials import Material, MaterialKind
from yutang.reach.models.messages import Message, MessageState, MessageVersion, Review
from yutang.reach.models.paper import PaperMessage
from yutang.reach.models.policy import ContactPolicy, Suppression

__all__ = [
    "AccountState",
    "ChannelAccount",
    "ContactPolicy",
    "Delivery",
    "DeliveryChange",
    "DeliveryState",
    "Exposure",
    "LinkClick",
    "LinkTarget",
    "Material",
    "MaterialKind",
    "Message",
    "MessageLimit",
    "MessageState",
    "MessageVersion",
    "PaperMessage",
    "Review",
    "Sending",
    "SendingState",
    "Suppression",
]
