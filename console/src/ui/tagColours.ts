import { useAppearance } from "./appearance";

/** The palette of tags: each readable as a dot on light and on dark; the word always stands beside it. */
const palette: Record<string, { light: string; dark: string }> = {
  teal: { light: "#0f766e", dark: "#4fb8ab" },
  green: { light: "#3f7d20", dark: "#86bf67" },
  gold: { light: "#b07d00", dark: "#e0b43e" },
  orange: { light: "#c2570c", dark: "#ef9350" },
  red: { light: "#b42318", dark: "#f0847a" },
  pink: { light: "#b83280", dark: "#ec8fc2" },
  purple: { light: "#7347b5", dark: "#b39ae6" },
  blue: { light: "#2b5fc2", dark: "#86acf0" },
  cyan: { light: "#0b7285", dark: "#5cc0d3" },
  brown: { light: "#7a5230", dark: "#c29a75" },
  grey: { light: "#6e6963", dark: "#a8a59d" },
};

export const tagColourNames = Object.keys(palette);

/** The shade of a tag's colour in the reader's appearance. */
export function useTagShade(): (colour: string) => string {
  const { appearance } = useAppearance();
  return (colour) => {
    const found = palette[colour];
    return found ? found[appearance] : "currentColor";
  };
}
