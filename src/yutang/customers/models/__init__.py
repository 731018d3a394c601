"""Tables of customers.

Identity values and search keys are compared byte by byte (collation C): a prefix can use an index.
"""

from yutang.customers.models.keeping import (
    CustomerMark,
    CustomerSettings,
    Erasure,
    ErasureState,
    Tombstone,
)
from yutang.customers.models.merges import Conflict, ConflictState, Merge, MergeOrigin, Override
from yutang.customers.models.people import (
    Customer,
    Identity,
    IdentityKind,
    IdentityMove,
    SearchKey,
)
from yutang.customers.models.profile import (
    Consent,
    ConsentState,
    CustomField,
    Dependant,
    Group,
    Relation,
    RelationKind,
)

__all__ = [
    "Conflict",
    "ConflictState",
    "Consent",
    "ConsentState",
    "CustomField",
    "Customer",
    "CustomerMark",
    "CustomerSettings",
    "Dependant",
    "Erasure",
    "ErasureState",
    "Group",
    "Identity",
    "IdentityKind",
    "IdentityMove",
    "Merge",
    "MergeOrigin",
    "Override",
    "Relation",
    "RelationKind",
    "SearchKey",
    "Tombstone",
]
