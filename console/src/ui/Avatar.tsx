import { useAppearance } from "./appearance";

/** A face: the first character on a colour that stays the same for the same person. */
export function Avatar({ name, seed, size = 28 }: { name: string; seed: number; size?: number }) {
  const { appearance } = useAppearance();
  const hue = (seed * 137.508) % 360;
  const night = appearance === "dark";
  return (
    <span
      className="avatar"
      aria-hidden
      style={{
        width: size,
        height: size,
        fontSize: size * 0.43,
        background: night ? `hsl(${String(hue)} 22% 24%)` : `hsl(${String(hue)} 34% 90%)`,
        color: night ? `hsl(${String(hue)} 42% 80%)` : `hsl(${String(hue)} 42% 28%)`,
      }}
    >
      {Array.from(name.trim())[0] ?? "·"}
    </span>
  );
}
