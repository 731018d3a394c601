import { useT } from "@/i18n";

const OPS = [
  "eq", "ne", "lt", "le", "gt", "ge", "between", "in", "not_in", "contains", "starts", "ends", "matches", "known", "unknown",
  "more_than_ago", "less_than_ago", "within_next", "in_period", "anniversary", "has_any", "has_all", "has_none", "within", "not_within",
] as const;

/** The word of an operator. */
export function useOpLabel(): (op: string) => string {
  const t = useT();
  return (op) => {
    const known = OPS.find((each) => each === op);
    return known ? t(`builder.ops.${known}`) : op;
  };
}
