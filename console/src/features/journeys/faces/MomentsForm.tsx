import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";

import { useT } from "@/i18n";
import { useAudienceOptions } from "@/ui/useAudienceOptions";

import { ConditionInput } from "../ConditionInput";
import { Labelled, TimeInput } from "../fields";
import { AccountPick, MessagePick } from "../picks";
import { byWeek, newKey, type MomentsDraft, type Post } from "./face";
import type { FaceFormProps } from "./SopForm";
import { useFaceWords } from "./useFaceWords";

const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** Who sees the posts, and what is posted on which day of the week. */
export function MomentsForm({ draft, onChange, wrong, name }: FaceFormProps<MomentsDraft>) {
  const t = useT();
  const { weekday } = useFaceWords();
  const audiences = useAudienceOptions();
  const set = (changes: Partial<MomentsDraft>) => { onChange({ ...draft, ...changes }); };
  const post = (key: number, changes: Partial<Post>) => { set({ posts: draft.posts.map((each) => (each.key === key ? { ...each, ...changes } : each)) }); };
  const add = (day: number) => {
    const later = byWeek(draft.posts).filter((each) => each.weekday === day).at(-1)?.at ?? "";
    set({ posts: [...draft.posts, { key: newKey(), weekday: day, at: later >= "19:00" ? "21:30" : later ? "20:00" : "10:00", message: null }] });
  };
  return (
    <div className="node-form">
      <div className="face-heads">
        <Labelled label={t("faces.whoSees")} problem={wrong("whom")}>
          <span className="stack tight">
            <Segmented<"audience" | "condition"> aria-label={t("faces.whoSees")} value={draft.by} options={[{ value: "audience", label: t("journeys.audience") }, { value: "condition", label: t("journeys.when") }]} onChange={(by) => { set({ by }); }} />
            {draft.by === "audience" ? (
              <Select {...audiences} aria-label={t("journeys.audience")} placeholder={t("journeys.audience")} value={draft.audience} onChange={(audience: number | null | undefined) => { set({ audience: audience ?? null }); }} />
            ) : (
              <ConditionInput label={t("journeys.when")} value={draft.condition} onChange={(condition) => { set({ condition }); }} />
            )}
          </span>
        </Labelled>
        <AccountPick label={t("journeys.byWhat")} value={draft.account} onChange={(account) => { set({ account }); }} problem={wrong("account")} />
      </div>
      <ol className="week" aria-label={t("faces.week")}>
        {WEEK.map((day) => (
          <li key={day} className="week-day">
            <h3>{weekday(day)}</h3>
            {byWeek(draft.posts).filter((each) => each.weekday === day).map((each) => (
              <div key={each.key} className="week-post">
                <div className="row apart top">
                  <TimeInput label={t("journeys.untilTime")} called={`${weekday(day)} ${t("journeys.untilTime")}`} value={each.at} onChange={(at) => { post(each.key, { at }); }} />
                  <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={`${weekday(day)} ${each.at} ${t("common.remove")}`} title={t("common.remove")} disabled={draft.posts.length === 1} onClick={() => { set({ posts: draft.posts.filter((other) => other.key !== each.key) }); }} />
                </div>
                <MessagePick label={`${weekday(day)} ${each.at} ${t("faces.message")}`} account={draft.account} called={`${name || t("faces.moments")} · ${weekday(day)}`} value={each.message} onChange={(message) => { post(each.key, { message }); }} problem={wrong(`posts.${String(each.key)}`)} />
                {wrong(`posts.${String(each.key)}.at`) && <span className="small harm" role="alert">{wrong(`posts.${String(each.key)}.at`)}</span>}
              </div>
            ))}
            <Button size="small" type="dashed" block icon={<PlusOutlined />} disabled={draft.posts.length >= 30} aria-label={t("faces.addPostOn", { weekday: weekday(day) })} onClick={() => { add(day); }}>{t("faces.addPost")}</Button>
          </li>
        ))}
      </ol>
    </div>
  );
}
