"""Speaks to the platform: one way out, shared tokens, shared quotas, refusals with what to do."""
