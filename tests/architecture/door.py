"""The contract that an app is entered by its door only."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Door(Contract):
    """Forbid importing app A's insides from app B."""

    doors = fields.SetField(subfield=fields.StringField())
    open_to = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        trespasses = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._trespasses(importer.split("."), imported.split("."))
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def _trespasses(self, importer: list[str], imported: list[str]) -> bool:
        return (
            importer[0] == imported[0] == "yutang"
            and len(imported) > 2
            and importer[1:2] != imported[1:2]
            and importer[1] not in self.open_to
            and imported[1] not in self.open_to
            and imported[2] not in self.doors
            and "tests" not in importer
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(f"{importer} enters {imported} other than by a door")
