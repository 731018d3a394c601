/** Every colour of the console, light and dark, each pair checked for contrast (AA) in palette.test.ts. */
export interface Palette {
  page: string;
  surface: string;
  raised: string;
  sunken: string;
  line: string;
  strongLine: string;
  text: string;
  quiet: string;
  faint: string;
  accent: string;
  accentText: string;
  accentSoft: string;
  harm: string;
  harmSoft: string;
  warn: string;
  warnSoft: string;
  onAccent: string;
  compare: string;
}

export const light: Palette = {
  page: "#f7f6f3",
  surface: "#ffffff",
  raised: "#ffffff",
  sunken: "#f1efeb",
  line: "#e7e4de",
  strongLine: "#d3cfc7",
  text: "#1c1b19",
  quiet: "#57534e",
  faint: "#6e6963",
  accent: "#0f766e",
  accentText: "#0f766e",
  accentSoft: "#e3f1ef",
  harm: "#b42318",
  harmSoft: "#fdecea",
  warn: "#8a5a00",
  warnSoft: "#fbf1dc",
  onAccent: "#ffffff",
  compare: "#a8a29a",
};

export const dark: Palette = {
  page: "#131412",
  surface: "#1b1c1a",
  raised: "#242523",
  sunken: "#161715",
  line: "#2e302c",
  strongLine: "#454741",
  text: "#ecebe6",
  quiet: "#b8b5ad",
  faint: "#96938b",
  accent: "#12827a",
  accentText: "#5cc7ba",
  accentSoft: "#15302d",
  harm: "#f0847a",
  harmSoft: "#3a1f1c",
  warn: "#dfae57",
  warnSoft: "#33290f",
  onAccent: "#ffffff",
  compare: "#78756d",
};

/** At most six lines in a chart, told apart without colour vision (Okabe–Ito, ours first). */
export const series = ["#0f766e", "#e69f00", "#56b4e9", "#cc79a7", "#8a8a8a", "#d55e00"] as const;
