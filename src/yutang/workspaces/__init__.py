"""Brands and the people who work in them: workspaces, users, roles, API keys, the tree of
departments, stores and staff, and the audit log.

Every row of every app names its workspace; `WorkspaceQuerySet.within` begins every read.
"""
