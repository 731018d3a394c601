/** Which workspace the address names; every request carries it. */
let slug = "";

export function workInside(workspace: string): void {
  slug = workspace;
}

export function currentWorkspace(): string {
  return slug;
}
