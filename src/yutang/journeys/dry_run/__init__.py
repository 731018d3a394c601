"""What a journey would have done, had it been running: on real history, before anybody is reached.

A dry run lets people in as the engine would have, moves all of them node by node with whole columns of
instants instead of one by one, and holds what it would have sent against the contact policy. It writes
nothing. What is exact and what is not stands in docs/how/dry-run.md.
"""
