import { DisconnectOutlined, ExclamationCircleOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { Offline, Refusal } from "@/api/refusal";
import { useT } from "@/i18n";

/** What the server said no to, in its own words, beside what it concerns. */
export function Refused({ error, onRetry, skip }: { error: Error | null; onRetry?: () => void; skip?: string[] }) {
  const t = useT();
  if (!error) return null;
  const refusal = error instanceof Refusal ? error : null;
  const errors = (refusal?.errors ?? []).filter((each) => !skip?.includes(each.field));
  return (
    <div className="refused" role="alert">
      {error instanceof Offline ? <DisconnectOutlined /> : <ExclamationCircleOutlined />}
      <div className="grow">
        <p>{sentence(error, t)}</p>
        {errors.length > 0 && (
          <ul>
            {errors.map((each) => (
              <li key={each.field + each.message}>
                <code>{each.field}</code> {each.message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      )}
    </div>
  );
}

function sentence(error: Error, t: ReturnType<typeof useT>): string {
  if (error instanceof Offline) return t("common.offline");
  if (error instanceof Refusal) return error.message || t("common.refusedNoWords", { status: error.status });
  return error.message;
}
