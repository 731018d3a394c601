import { Link } from "react-router";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT, useWord } from "@/i18n";
import { exact } from "@/i18n/format";
import type { Column } from "@/ui/Rows";

import { AuditDetail } from "./AuditDetail";

type Line = components["schemas"]["AuditOut"];

// What has a page of its own.
const pages = new Map([["audience", "audiences"], ["customer", "customers"], ["import", "imports"], ["tag", "tags"], ["tag_rule", "audiences/rules"]]);

/** One line of the audit log; who, and what it was done to, narrow the log to themselves. */
export function useAuditColumns(onActor: (actor: string) => void, onTarget: (target: string) => void): Column<Line>[] {
  const t = useT();
  const actorOf = useActor();
  return [
    {
      key: "actor",
      title: t("settings.auditActor"),
      width: 130,
      render: (each) => (
        <button type="button" className="plain-button clip" style={{ maxWidth: "100%" }} title={each.actor} onClick={() => { onActor(each.actor); }}>
          {actorOf(each)}
        </button>
      ),
    },
    { key: "action", title: t("settings.auditAction"), width: 220, phone: "lead", render: (each) => <Did action={each.action} /> },
    { key: "target", title: t("settings.auditTarget"), width: 150, render: (each) => <Target target={each.target} onTarget={onTarget} /> },
    {
      key: "detail",
      title: t("settings.auditDetail"),
      phone: "hide",
      render: (each) => (Object.keys(each.detail).length === 0 ? null : <AuditDetail detail={each.detail} />),
    },
    { key: "at", title: t("settings.auditAt"), width: 150, render: (each) => <time className="tabular small" dateTime={each.at}>{exact(each.at)}</time> },
  ];
}

/** What was done in words; beneath it the name by which programs know it. */
function Did({ action }: { action: string }) {
  const said = useWord()(`audit.did.${action}`);
  return (
    <span className="stack" style={{ gap: 0 }}>
      {said && <span>{said}</span>}
      <code className={said ? "clip faint small" : "clip"}>{action}</code>
    </span>
  );
}

function useActor(): (line: Line) => string {
  const t = useT();
  return ({ actor, actor_name: name }) => {
    if (name) return name;
    const [kind, id = ""] = actor.split(":");
    if (kind === "key") return t("audit.key", { id });
    return kind === "rule" ? t("audit.rule", { id }) : t("audit.system");
  };
}

function Target({ target, onTarget }: { target: string; onTarget: (target: string) => void }) {
  const word = useWord();
  const { path } = useMember();
  const [kind = "", id = ""] = target.split(/:(.*)/);
  const called = `${word(`audit.targets.${kind}`) ?? kind} ${/^\d+$/.test(id) ? `#${id}` : id}`.trim();
  const page = pages.get(kind);
  if (page) {
    return (
      <Link className="clip" style={{ display: "block" }} to={path(`${page}/${id}`)} title={target}>
        {called}
      </Link>
    );
  }
  return (
    <button type="button" className="plain-button clip" style={{ maxWidth: "100%" }} title={target} onClick={() => { onTarget(target); }}>
      {called}
    </button>
  );
}
