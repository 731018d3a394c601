import type { Reason } from "./whyApi";

/** The places of the leaves that make a condition come out as it does: turned around, they would change it. */
export function deciding(reason: Reason): Set<string> {
  switch (reason.joint) {
    case "leaf":
      return new Set([reason.at]);
    case "not":
      return union(reason.of);
    case "all":
      // Met because every one is; not met because of those that are not.
      return union(reason.holds ? reason.of : reason.of.filter((each) => !each.holds));
    case "any":
      return union(reason.holds ? reason.of.filter((each) => each.holds) : reason.of);
  }
}

function union(reasons: Reason[]): Set<string> {
  return new Set(reasons.flatMap((each) => [...deciding(each)]));
}
