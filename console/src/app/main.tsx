import { createRoot } from "react-dom/client";

import { speak, wantedLanguage } from "@/i18n/store";
import "@/ui/base.css";
import { choose, wish } from "@/ui/appearance";

import { Providers } from "./Providers";
import { newRouter } from "./router";

const place = document.getElementById("root");

async function start(root: HTMLElement): Promise<void> {
  choose(wish());
  await speak(wantedLanguage());
  createRoot(root).render(<Providers router={newRouter()} />);
}

if (place) void start(place);
