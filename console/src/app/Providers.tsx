import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useRef, useState } from "react";
import { RouterProvider, type DataRouter } from "react-router";

import { newQueryClient } from "@/api/query";
import { useSpeech } from "@/i18n";
import { useAppearance } from "@/ui/appearance";
import { themeOf } from "@/ui/theme";
import { useStill } from "@/ui/useStill";

/** Everything a screen stands on: the server's state, the theme, the language, the addresses. */
export function Providers({ router, queryClient }: { router: DataRouter; queryClient?: QueryClient }) {
  const [queries] = useState(() => queryClient ?? newQueryClient());
  const { language } = useSpeech();
  const { appearance } = useAppearance();
  const spoken = useRef(language);
  useEffect(() => {
    if (spoken.current === language) return;
    spoken.current = language;
    // The server speaks too: labels and refusals are asked for again in the new language.
    void queries.invalidateQueries();
  }, [language, queries]);
  return (
    <QueryClientProvider client={queries}>
      <ConfigProvider
        locale={language === "en-US" ? enUS : zhCN}
        theme={themeOf(appearance, useStill())}
        button={{ autoInsertSpace: false }}
        form={{ requiredMark: false, scrollToFirstError: true }}
      >
        <RouterProvider router={router} />
      </ConfigProvider>
    </QueryClientProvider>
  );
}
