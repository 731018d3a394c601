import { theme as antd, type ThemeConfig } from "antd";

import { dark, light, type Palette } from "./palette";

export type Appearance = "light" | "dark";

export function paletteOf(appearance: Appearance): Palette {
  return appearance === "dark" ? dark : light;
}

/** Ant Design's tokens, set once; `still`: nothing moves. */
export function themeOf(appearance: Appearance, still: boolean): ThemeConfig {
  const colours = paletteOf(appearance);
  return {
    algorithm: appearance === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorInfo: colours.accent,
      colorLink: colours.accentText,
      colorLinkHover: colours.accentText,
      colorError: appearance === "dark" ? "#d9534a" : colours.harm,
      colorErrorText: colours.harm,
      colorTextBase: colours.text,
      colorText: colours.text,
      colorTextSecondary: colours.quiet,
      colorTextTertiary: colours.faint,
      colorTextDescription: colours.faint,
      colorTextPlaceholder: colours.faint,
      colorBgBase: colours.surface,
      colorBgLayout: colours.page,
      colorBgContainer: colours.surface,
      colorBgElevated: colours.raised,
      colorBorder: colours.strongLine,
      colorBorderSecondary: colours.line,
      borderRadius: 8,
      fontFamily: "var(--fonts)",
      fontSize: 14,
      lineHeight: 20 / 14,
      controlHeight: 32,
      motion: !still,
      motionDurationFast: "0.05s",
      motionDurationMid: "0.1s",
      motionDurationSlow: "0.15s",
      boxShadow: "0 6px 24px rgb(0 0 0 / 12%)",
      boxShadowSecondary: "0 6px 24px rgb(0 0 0 / 12%)",
      boxShadowTertiary: "none",
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", fontWeight: 500 },
      Segmented: { trackBg: colours.line, trackPadding: 2, itemSelectedBg: appearance === "dark" ? colours.strongLine : colours.surface, itemSelectedColor: colours.accentText },
      Tag: { defaultBg: colours.sunken },
      Modal: { titleFontSize: 16 },
      Form: { itemMarginBottom: 18, verticalLabelPadding: "0 0 4px" },
    },
  };
}

/** The same colours for our own style sheets: `--page`, `--accent-soft`, … */
export function paint(appearance: Appearance): void {
  const root = document.documentElement;
  root.dataset["appearance"] = appearance;
  root.style.colorScheme = appearance;
  for (const [name, colour] of Object.entries(paletteOf(appearance))) {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    root.style.setProperty(`--${kebab}`, String(colour));
  }
}
