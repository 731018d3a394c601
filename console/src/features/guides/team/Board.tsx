import { Select } from "antd";
import { useState } from "react";

import { useT, type MessageKey } from "@/i18n";
import { money, percent, whole } from "@/i18n/format";
import { Panel } from "@/ui/Panel";

import type { Figures } from "../guidesApi";

const measures = { sales: (each: Figures) => each.sales_fen, friends: (each: Figures) => each.new_friends, tasks: (each: Figures) => (each.tasks_due ? each.tasks_done / each.tasks_due : 0), lost: (each: Figures) => each.deleted_by_customer + each.deleted_by_staff };
type By = keyof typeof measures;
const words: Record<By, MessageKey> = { sales: "guides.sales", friends: "guides.newFriends", tasks: "guides.tasksDone", lost: "guides.lost" };

/** Everybody beside each other, the first of a measure on top; it moves as things happen. */
export function Board({ figures }: { figures: Figures[] }) {
  const t = useT();
  const [by, setBy] = useState<By>("sales");
  const ranked = [...figures].sort((one, other) => measures[by](other) - measures[by](one) || one.staff_id - other.staff_id);
  return (
    <Panel
      flush
      title={t("guides.board")}
      note={t("guides.live")}
      extra={<Select<By> aria-label={t("guides.rankBy")} value={by} onChange={setBy} options={(["sales", "friends", "tasks", "lost"] satisfies By[]).map((each) => ({ value: each, label: t(words[each]) }))} style={{ width: 130 }} />}
    >
      <table className="rows cards" aria-label={t("guides.board")}>
        <thead>
          <tr>
            <th style={{ width: 180 }}>{t("guides.who")}</th>
            <th className="number">{t("guides.sales")}</th>
            <th className="number">{t("guides.newFriends")}</th>
            <th className="number">{t("guides.lost")}</th>
            <th className="number">{t("guides.talkedWith")}</th>
            <th className="number">{t("guides.answersIn")}</th>
            <th className="number">{t("guides.tasksDone")}</th>
            <th style={{ width: 220 }}>{t("guides.alerts")}</th>
          </tr>
        </thead>
        <tbody>
          {ranked.map((each, place) => (
            <Line key={each.staff_id} figures={each} place={place + 1} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Line({ figures, place }: { figures: Figures; place: number }) {
  const t = useT();
  const cells: [string, string][] = [
    [t("guides.sales"), money(figures.sales_fen)],
    [t("guides.newFriends"), whole(figures.new_friends)],
    [t("guides.lost"), `${whole(figures.deleted_by_customer)} / ${whole(figures.deleted_by_staff)}`],
    [t("guides.talkedWith"), whole(figures.talked_with)],
    [t("guides.answersIn"), figures.answer_minutes === null ? "—" : `${t("guides.minutes", { n: figures.answer_minutes })}${figures.answered === null ? "" : ` · ${percent(figures.answered / 100)}`}`],
    [t("guides.tasksDone"), figures.tasks_due ? `${whole(figures.tasks_done)} / ${whole(figures.tasks_due)} · ${percent(figures.tasks_done / figures.tasks_due)}` : "—"],
  ];
  return (
    <tr>
      <td className="lead">
        <span className="faint tabular">{place}</span> <span className="strong">{figures.name}</span> <span className="small faint">{t("guides.friendsOf", { n: whole(figures.friends) })}</span>
      </td>
      {cells.map(([label, value]) => (
        <td key={label} className="number">
          <span className="cell-label">{label}</span>
          {value}
        </td>
      ))}
      <td className="harm small">{figures.alerts.join(" · ")}</td>
    </tr>
  );
}
