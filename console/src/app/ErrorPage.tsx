import { Button } from "antd";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";

import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import "@/ui/ui.css";

/** What stands in the place of a page that broke, or of an address that leads nowhere. */
export function ErrorPage() {
  const t = useT();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <main className="page narrow">
      <Empty alone title={t("common.broken")} hint={<code className="wrap">{error instanceof Error ? error.message : String(error)}</code>}>
        <Button type="primary" onClick={() => { location.reload(); }}>
          {t("common.reload")}
        </Button>
      </Empty>
    </main>
  );
}

export function NotFound() {
  const t = useT();
  return (
    <div className="page narrow">
      <Empty alone title={t("common.notFoundTitle")} hint={t("common.notFoundHint")}>
        <Link to="/">{t("common.toStart")}</Link>
      </Empty>
    </div>
  );
}
