"""WeCom (企业微信): its client, its callbacks, what is kept in step with it, and the ways out through it.

It speaks the platform's words inward and ours outward: staff, customers, relations, groups and tags
are kept by the apps below. It never decides who is reached; that is `reach`.
"""
