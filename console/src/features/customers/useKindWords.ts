import { useKinds } from "./customersApi";

/** How kinds of identity are said: `openid:wxapp1` is OpenID · wxapp1, `unionid + phone` both of them. */
export function useKindWords(): (names: string) => string {
  const kinds = useKinds();
  const one = (name: string) => {
    const [kind = "", source] = name.split(":");
    const label = kinds.data?.items.find((each) => each.name === kind)?.label ?? kind;
    return source ? `${label} · ${source}` : label;
  };
  return (names) => names.split(" + ").map(one).join(" + ");
}
