import { InfoCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

/** Something to know before going on; not an error. */
export function Notice({ children, extra }: { children: ReactNode; extra?: ReactNode }) {
  return (
    <div className="notice" role="note">
      <InfoCircleOutlined />
      <div className="grow">{children}</div>
      {extra}
    </div>
  );
}
