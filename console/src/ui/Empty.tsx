import { InboxOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

interface EmptyProps {
  title: string;
  hint?: ReactNode;
  icon?: ReactNode;
  /** Whether it is all there is on the screen: its title is the screen's. */
  alone?: boolean;
  children?: ReactNode;
}

/** An empty place says what it is for and the one thing to do first. */
export function Empty({ title, hint, icon, alone, children }: EmptyProps) {
  return (
    <div className="empty">
      <span style={{ fontSize: 32 }} aria-hidden>
        {icon ?? <InboxOutlined />}
      </span>
      {alone ? <h1>{title}</h1> : <h2>{title}</h2>}
      {hint !== undefined && <p>{hint}</p>}
      {children !== undefined && <div className="empty-actions">{children}</div>}
    </div>
  );
}
