"""The API of reach: messages, the policy of contact, deliveries, channels; one module each."""

from yutang.reach.api import deliveries, policy, resending
from yutang.reach.api.router import router

__all__ = ["deliveries", "policy", "resending", "router"]
