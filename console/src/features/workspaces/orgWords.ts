import type { components } from "@/api/schema";

type Tree = components["schemas"]["OrgTreeOut"];
type Department = components["schemas"]["DepartmentNodeOut"];

/** Every department by its way from the top: 华东区 / 上海. */
export function departmentsOf(tree: Tree | undefined): { value: number; label: string }[] {
  const below = (nodes: Department[], way: string): { value: number; label: string }[] =>
    nodes.flatMap((each) => {
      const label = way ? `${way} / ${each.name}` : each.name;
      return [{ value: each.id, label }, ...below(each.departments, label)];
    });
  return below(tree?.departments ?? [], "");
}

/** Every store, those of departments first. */
export function storesOf(tree: Tree | undefined): { value: number; label: string }[] {
  const below = (nodes: Department[]): Department["stores"] => nodes.flatMap((each) => [...each.stores, ...below(each.departments)]);
  return [...below(tree?.departments ?? []), ...(tree?.stores ?? [])].map((each) => ({ value: each.id, label: each.name }));
}

export function countDepartments(tree: Tree): number {
  return departmentsOf(tree).length;
}
