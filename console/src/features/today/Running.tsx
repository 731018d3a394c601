import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Progress } from "@/ui/Progress";

import { useRunningJobs } from "./todayApi";

/** Long work that goes on, with its rate and the time it still needs. */
export function Running() {
  const t = useT();
  const { may } = useMember();
  const jobs = useRunningJobs(may("jobs.read"));
  if (!jobs.data || jobs.data.length === 0) return null;
  return (
    <Panel title={t("today.running")}>
      <ul className="people">
        {jobs.data.map((job) => (
          <li key={job.id} className="stack close">
            <span>{job.label}</span>
            <Progress done={job.done} total={job.total} since={job.started_at} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
