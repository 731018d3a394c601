import { CheckCircleOutlined, RightOutlined } from "@ant-design/icons";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";

import { useAudiences, useConflicts, useFailedJobs } from "./todayApi";

/** What waits for a person: only what there is. */
export function NeedsHand() {
  const t = useT();
  const { may, path } = useMember();
  const conflicts = useConflicts(may("customers.merge"));
  const failed = useFailedJobs(may("jobs.read"));
  const audiences = useAudiences(may("audiences.read"));
  const troubled = audiences.data?.filter((each) => each.trouble).length ?? 0;
  const told = ({ count, more }: { count: number; more: boolean }) => (more ? t("today.atLeast", { n: count }) : count);
  const lines = [
    ...(conflicts.data && conflicts.data.count > 0 ? [{ to: path("merges"), text: t("today.conflicts", { n: told(conflicts.data) }) }] : []),
    ...(failed.data && failed.data.count > 0 ? [{ to: path("settings/jobs?state=failed"), text: t("today.failedJobs", { n: told(failed.data) }) }] : []),
    ...(troubled > 0 ? [{ to: path("audiences"), text: t("today.troubledAudiences", { n: troubled }) }] : []),
  ];
  if (conflicts.isLoading || failed.isLoading || audiences.isLoading) return null;
  return (
    <Panel title={t("today.needsHand")}>
      {lines.length === 0 ? (
        <p className="quiet row">
          <CheckCircleOutlined aria-hidden style={{ color: "var(--accent-text)" }} /> {t("today.nothingToDo")}
        </p>
      ) : (
        <ul className="people">
          {lines.map((line) => (
            <li key={line.to}>
              <Link to={line.to} className="row apart">
                <span>{line.text}</span>
                <RightOutlined aria-hidden style={{ fontSize: 11 }} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
