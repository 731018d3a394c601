"""What tests of journeys begin with: the tea house, its owner, and a warehouse."""

import pytest

from yutang.journeys.tests.builders import a_member, a_workspace
from yutang.workspaces.service import Member


@pytest.fixture
def owner(db: None, open_warehouse: object) -> Member:
    """阿华, who owns the tea house."""
    return a_member(a_workspace())
