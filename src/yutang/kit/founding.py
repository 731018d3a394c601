"""A first migration that makes the tables of an app at once.

Django renders every model that is related to a changed one anew at every step, and through the workspace all
are related to all: a hundred tables cost ten thousand renderings. Here models are rendered once for each app.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

__all__ = ["Founding"]


class Founding(Operation):
    """Make every model that the operations create, as it is after all of them; then run their SQL."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.operations], {}

    def describe(self) -> str:
        return f"Make {len(self._created)} tables"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # rendered when next asked for
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self._created:
            schema_editor.create_model(to_state.apps.get_model(app_label, name))
        for each in self._said:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in reversed(self._said):
            each.database_backwards(app_label, schema_editor, from_state, to_state)
        for name in reversed(self._created):
            schema_editor.delete_model(from_state.apps.get_model(app_label, name))

    @property
    def _created(self) -> list[str]:
        return [each.name for each in self.operations if isinstance(each, CreateModel)]

    @property
    def _said(self) -> list[RunSQL]:
        return [each for each in self.operations if isinstance(each, RunSQL)]
