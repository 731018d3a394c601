import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { flatConfigs as importX } from "eslint-plugin-import-x";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import ts from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

const below = "Calls go down: app → features → ui | api | i18n. Move what is shared into ui, or compose it in app.";

export default ts.config(
  { ignores: ["dist", "src/api/schema.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  importX.recommended,
  importX.typescript,
  a11y.flatConfigs.recommended,
  hooks.configs.flat.recommended,
  {
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "max-lines": ["error", { max: 250 }],
      "no-console": "error",
      // A name taken out of an object on the way to the rest of it needs no use.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      // A box that scrolls must be reachable by keyboard.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { roles: ["region"], tags: ["pre"] }],
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "import-x/no-named-as-default": "off",
      "import-x/no-named-as-default-member": "off",
      "import-x/no-default-export": "error",
      "jsx-a11y/no-autofocus": "off",
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            { target: "./src/{ui,api,i18n}", from: "./src/{features,app}", message: below },
            { target: "./src/features", from: "./src/app", message: below },
            { target: "./src/{api,i18n}", from: "./src/ui", message: below },
            ...features.map((name) => ({
              target: `./src/features/${name}`,
              from: "./src/features",
              except: [`./${name}`],
              message: `Features do not import each other. Compose them in app, or move what is shared into ui.`,
            })),
          ],
        },
      ],
    },
  },
  {
    files: ["*.config.{js,ts}", "scripts/**"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
    rules: { "import-x/no-default-export": "off", "no-console": "off" },
  },
);
