"""The public door for events: HTTP ingest, file imports, inbound webhooks, the web snippet.
Identities are resolved here; nothing is recorded without a customer.
"""
