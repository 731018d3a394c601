"""The API as a whole: every app's router, one shape of refusal, operation ids for the client."""

from ninja import NinjaAPI

__all__ = ["api"]

api = NinjaAPI(title="Yutang API", version="1", urls_namespace="api")
