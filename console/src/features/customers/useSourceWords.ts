import { useT, type MessageKey } from "@/i18n";

const words: Record<string, MessageKey> = {
  user: "customers.sourceManual",
  manual: "customers.sourceManual",
  key: "customers.sourceApi",
  api: "customers.sourceApi",
  import: "customers.sourceImport",
  rule: "customers.sourceRule",
  merge: "customers.sourceMerge",
};

/** Where something was said or done: `import:3` is an import; what we did not name ourselves stays. */
export function useSourceWords(): (source: string) => string {
  const t = useT();
  return (source) => {
    const word = words[source.split(":")[0] ?? ""];
    return word ? t(word) : source;
  };
}
