/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env["YUTANG_PUBLIC_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { manifest: true, target: "es2022", chunkSizeWarningLimit: 700 },
  server: { port: 5173, proxy: { "/api": server, "/yt.js": server } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://console.test/" } },
    setupFiles: ["src/testing/setup.ts"],
    testTimeout: 30_000,
    maxWorkers: 2,
  },
});
