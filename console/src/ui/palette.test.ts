import { describe, expect, it } from "vitest";

import { dark, light, type Palette } from "./palette";

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((from) => {
    const value = parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const read: [keyof Palette, keyof Palette][] = (["page", "surface", "raised", "sunken"] as const).flatMap((ground) =>
  (["text", "quiet", "faint", "accentText", "harm", "warn"] as const).map((ink): [keyof Palette, keyof Palette] => [ink, ground]),
);
read.push(["onAccent", "accent"], ["accentText", "accentSoft"], ["text", "accentSoft"], ["text", "harmSoft"], ["harm", "harmSoft"], ["warn", "warnSoft"], ["text", "warnSoft"]);

describe.each([
  ["light", light],
  ["dark", dark],
])("in %s", (_name, palette) => {
  it.each(read)("%s can be read on %s (AA)", (ink, ground) => {
    expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
});

it("the chosen one of several can be read in the dark (AA)", () => {
  expect(contrast(dark.accentText, dark.strongLine)).toBeGreaterThanOrEqual(4.5);
});
