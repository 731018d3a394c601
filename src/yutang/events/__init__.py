"""What people did: the catalogue of event types, `record`, and one person's timeline.

Knows customers only by number. An event is durable in the spool (PostgreSQL) before anyone is told it is
accepted, and is moved from there into the warehouse exactly once.
"""
