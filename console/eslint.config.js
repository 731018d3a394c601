import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import ts from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

const below = "Calls go down: app → features → ui | api | i18n. Move what is shared into ui, or compose it in app.";

const siblings = `${below} Features do not import each other.`;

/** Keep what matches `pattern` out of these files. */
const closed = (files, pattern, message) => ({
  files: [files],
  rules: {
    "@typescript-eslint/no-restricted-imports": ["error", { patterns: [{ regex: pattern, message }] }],
  },
});

export default ts.config(
  { ignores: ["dist", "src/api/schema.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  a11y.flatConfigs.recommended,
  hooks.configs.flat.recommended,
  {
    rules: {
      "max-lines": ["error", { max: 250 }],
      "no-console": "error",
      // A name taken out of an object on the way to the rest of it needs no use.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      // A box that scrolls must be reachable by keyboard.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { roles: ["region"], tags: ["pre"] }],
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export it by its name." },
      ],
      "jsx-a11y/no-autofocus": "off",
    },
  },
  closed("src/{ui,api,i18n}/**", "^@/(features|app)/", below),
  closed("src/{api,i18n}/**", "^@/(features|app|ui)/", below),
  ...features.map((name) =>
    closed(`src/features/${name}/**`, `^(@/app/|@/features/(?!${name}/)|\\.\\./\\.\\./)`, siblings),
  ),
  {
    files: ["*.config.{js,ts}", "scripts/**"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
    rules: { "no-restricted-syntax": "off", "no-console": "off" },
  },
);
