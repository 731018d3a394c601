import { Button } from "antd";
import { useEffect, useRef } from "react";

import type { PagesQuery } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { Refused } from "./Refused";

/** The foot of a list: fetches the next page as it comes near, or by a press. */
export function RowsMore<T>({ query, shown }: { query: PagesQuery<T>; shown: number }) {
  const t = useT();
  const foot = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = query;
  useEffect(() => {
    const here = foot.current;
    if (!here || !hasNextPage || isFetchNextPageError || !("IntersectionObserver" in window)) return;
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && !isFetchingNextPage) void fetchNextPage();
      },
      { rootMargin: "600px" },
    );
    watcher.observe(here);
    return () => {
      watcher.disconnect();
    };
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError]);
  if (isFetchNextPageError) return <Refused error={query.error} onRetry={() => void fetchNextPage()} />;
  if (!hasNextPage) {
    return shown > 20 ? <div className="rows-foot tabular">{t("common.allShown", { n: whole(shown) })}</div> : null;
  }
  return (
    <div className="rows-foot" ref={foot}>
      <Button size="small" type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t("common.more")}
      </Button>
    </div>
  );
}
