"""OneID: who a customer is. Identities, merges and their undoing, profile attributes, consent,
relations to staff, stores, groups and dependants, erasure and export. PostgreSQL is the truth;
the warehouse holds a rebuildable mirror.
"""
