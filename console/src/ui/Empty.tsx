import { InboxOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

/** An empty place says what it is for and the one thing to do first. */
export function Empty({ title, hint, icon, children }: { title: string; hint?: ReactNode; icon?: ReactNode; children?: ReactNode }) {
  return (
    <div className="empty">
      <span style={{ fontSize: 32 }} aria-hidden>
        {icon ?? <InboxOutlined />}
      </span>
      <h2>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
      {children !== undefined && <div className="empty-actions">{children}</div>}
    </div>
  );
}
