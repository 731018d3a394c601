import { StyleProvider } from "@ant-design/cssinjs";
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import { RouterProvider, type DataRouter } from "react-router";

/**
 * What a screen stands on, as app/Providers does it, without theme, motion and the style sheets of its parts:
 * jsdom goes through every rule of every sheet whenever it is asked whether something can be seen.
 */
export function Stand({ router, queryClient }: { router: DataRouter; queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <StyleProvider mock="server">
        <ConfigProvider theme={{ token: { motion: false } }} form={{ requiredMark: false }} button={{ autoInsertSpace: false }}>
          <RouterProvider router={router} />
        </ConfigProvider>
      </StyleProvider>
    </QueryClientProvider>
  );
}
