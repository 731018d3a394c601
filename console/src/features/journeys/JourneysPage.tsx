import { NodeIndexOutlined } from "@ant-design/icons";
import { Button, Form, Input, Segmented } from "antd";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { State, type Mood } from "@/ui/State";
import { useDebounced } from "@/ui/useDebounced";
import { When } from "@/ui/When";

import { isFace } from "./faces/face";
import { useJourneys, useMakeJourney, type JourneyRow, type JourneyState } from "./journeysApi";
import { NewMenu } from "./NewMenu";

const states = ["active", "paused", "draft", "ended"] as const;
const moods: Record<JourneyState, Mood> = { active: "good", paused: "busy", draft: "still", ended: "still" };

/** Every journey; those in trouble say so. */
export function JourneysPage() {
  const t = useT();
  const { may, path } = useMember();
  const [search, setSearch] = useSearchParams();
  const words = search.get("search") ?? "";
  const state = states.find((each) => each === search.get("state")) ?? null;
  const [making, setMaking] = useState(false);
  const journeys = useJourneys({ search: useDebounced(words.trim()), state });
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  const writes = may("journeys.write");
  const actions = (
    <>
      {may("customers.read") && <LinkTo to="journeys/tasks">{t("faces.tasks")}</LinkTo>}
      {writes && <LinkTo to="journeys/library">{t("faces.library")}</LinkTo>}
      {writes && <NewMenu onBlank={() => { setMaking(true); }} />}
    </>
  );
  return (
    <Page title={t("journeys.title")} answer={t("journeys.answer")} actions={actions}>
      <div className="filters">
        <SearchBox label={t("journeys.search")} value={words} onSearch={(said) => { set("search", said); }} />
        <Segmented aria-label={t("common.status")} value={state ?? ""} options={[{ value: "", label: t("common.all") }, ...states.map((each) => ({ value: each, label: t(`journeys.state_${each}`) }))]} onChange={(chosen) => { set("state", chosen); }} />
      </div>
      <Panel flush>
        <Rows
          label={t("journeys.title")}
          query={journeys}
          columns={useColumns()}
          rowKey={(each) => each.id}
          to={(each) => path(`journeys/${String(each.id)}`)}
          empty={
            words || state ? (
              <Empty title={words ? t("shell.findNothing", { words }) : t("common.none")} />
            ) : (
              <Empty title={t("journeys.emptyTitle")} hint={t("journeys.emptyHint")} icon={<NodeIndexOutlined />}>
                {writes && <LinkTo to="journeys/library" first>{t("faces.fromLibrary")}</LinkTo>}
                {writes && <Button onClick={() => { setMaking(true); }}>{t("faces.blank")}</Button>}
              </Empty>
            )
          }
        />
      </Panel>
      {making && <MakeDialog onClose={() => { setMaking(false); }} />}
    </Page>
  );
}

function LinkTo({ to, first = false, children }: { to: string; first?: boolean; children: string }) {
  const { path } = useMember();
  return (
    <Link to={path(to)}>
      <Button type={first ? "primary" : "default"} tabIndex={-1}>{children}</Button>
    </Link>
  );
}

function useColumns(): Column<JourneyRow>[] {
  const t = useT();
  const { path } = useMember();
  const known = (state: string) => states.find((each) => each === state) ?? "draft";
  return [
    {
      key: "name",
      title: t("common.name"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <span className="row">
            <Link to={path(`journeys/${String(each.id)}`)} className="clip" title={each.name}>
              {each.name}
            </Link>
            {isFace(each.view) && <span className="chip">{t(`faces.${each.view}`)}</span>}
            {each.view === "campaign" && <span className="chip">{t("journeys.campaign")}</span>}
          </span>
          {each.note && <span className="clip small faint">{each.note}</span>}
        </span>
      ),
    },
    {
      key: "state",
      title: t("common.status"),
      width: 220,
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <State mood={moods[known(each.state)]}>{t(`journeys.state_${known(each.state)}`)}</State>
          {each.trouble && <span className="small harm clip" title={each.trouble}>{t("journeys.trouble")}</span>}
        </span>
      ),
    },
    { key: "next", title: t("journeys.nextEntry"), width: 140, phone: "hide", render: (each) => <When at={each.next_entry_at} none="—" /> },
    { key: "version", title: t("messages.version"), width: 90, number: true, phone: "hide", render: (each) => (each.version > 0 ? each.version : <span className="faint">—</span>) },
    { key: "changed", title: t("messages.changed"), width: 130, phone: "labelled", render: (each) => <When at={each.changed_at} /> },
  ];
}

function MakeDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { path } = useMember();
  const navigate = useNavigate();
  const make = useMakeJourney();
  return (
    <DialogForm<{ name: string; note: string }>
      title={t("journeys.create")}
      initialValues={{ name: "", note: "" }}
      onFinish={({ name, note }) => { make.mutate({ name, note: note.trim(), graph: { entry: { kind: "manual" }, nodes: {} } }, { onSuccess: (made) => void navigate(path(`journeys/${String(made.id)}`)) }); }}
      onClose={onClose}
      busy={make.isPending}
      error={make.error}
      act={t("journeys.draw")}
    >
      <Form.Item name="name" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input autoFocus maxLength={100} placeholder={t("journeys.nameHint")} />
      </Form.Item>
      <Form.Item name="note" label={t("reach.note")}>
        <Input maxLength={500} />
      </Form.Item>
    </DialogForm>
  );
}
