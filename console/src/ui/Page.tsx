import { LeftOutlined } from "@ant-design/icons";
import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";

import "./ui.css";

interface PageProps {
  title: string;
  /** The sentence or number someone came for. */
  answer?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  narrow?: boolean;
  children: ReactNode;
}

/** A screen: the answer first, then the evidence, then the controls. */
export function Page({ title, answer, actions, back, narrow, children }: PageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={narrow ? "page narrow" : "page"}>
      <div className="stack tight">
        {back && (
          <Link to={back.to} className="page-back">
            <LeftOutlined aria-hidden /> {back.label}
          </Link>
        )}
        <header className="page-head">
          <div className="page-said">
            <h1>{title}</h1>
            {answer !== undefined && <p className="page-answer">{answer}</p>}
          </div>
          {actions !== undefined && <div className="page-actions">{actions}</div>}
        </header>
      </div>
      {children}
    </div>
  );
}
