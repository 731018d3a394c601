/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env["YUTANG_PUBLIC_URL"] ?? "http://127.0.0.1:8000";

// The server takes writes from pages of its own address only.
const ours = { target: server, changeOrigin: true, headers: { Origin: server } };

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { manifest: true, target: "es2022", chunkSizeWarningLimit: 700 },
  server: { port: 5173, proxy: { "/api": ours } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://console.test/" } },
    setupFiles: ["src/testing/setup.ts"],
    testTimeout: 120_000,
    maxWorkers: 2,
    isolate: false, // what is imported is imported once for each worker; a test's own server, page and store are new
  },
});
