import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT, type MessageKey } from "@/i18n";
import { large, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { When } from "@/ui/When";

import { useEventTypes, type EventType } from "./eventsApi";
import { TypeDialog } from "./TypeDialog";
import { TypeDrawer } from "./TypeDrawer";

const origins: Record<string, MessageKey> = { declared: "events.declared", custom: "events.custom", discovered: "events.discovered" };

/** What customers can do: every event type, how often it came, and when last. */
export function CataloguePage() {
  const t = useT();
  const { may } = useMember();
  const [hidden, setHidden] = useState(false);
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const types = useEventTypes(hidden);
  const found = itemsOf(types);
  const shown = found.find((each) => each.name === open);
  return (
    <Page
      title={t("settings.catalogue")}
      answer={types.data ? t("events.answer", { n: found.length }) : undefined}
      actions={
        may("catalogue.write") ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>
            {t("events.add")}
          </Button>
        ) : undefined
      }
    >
      <div className="filters">
        <Checkbox checked={hidden} onChange={(event) => { setHidden(event.target.checked); }}>
          {t("events.showHidden")}
        </Checkbox>
      </div>
      <Panel flush>
        <Rows label={t("settings.catalogue")} query={types} columns={useColumns(setOpen)} rowKey={(each) => each.name} empty={<Empty title={t("events.emptyTitle")} />} />
      </Panel>
      {adding && <TypeDialog onClose={() => { setAdding(false); }} />}
      {shown && <TypeDrawer type={shown} onClose={() => { setOpen(null); }} />}
    </Page>
  );
}

function useColumns(onOpen: (name: string) => void): Column<EventType>[] {
  const t = useT();
  return [
    {
      key: "name",
      title: t("events.name"),
      phone: "lead",
      render: (each) => (
        <span className="row">
          <button type="button" className="plain-button" style={{ color: "var(--accent-text)" }} onClick={() => { onOpen(each.name); }}>
            {each.label}
          </button>
          <code className="faint clip">{each.name}</code>
        </span>
      ),
    },
    { key: "origin", title: t("events.origin"), width: 130, render: (each) => { const word = origins[each.origin]; return word ? t(word) : each.origin; } },
    { key: "properties", title: t("events.properties"), width: 90, number: true, phone: "labelled", render: (each) => each.properties.length },
    { key: "count", title: t("events.count"), width: 110, number: true, phone: "labelled", render: (each) => <span title={whole(each.events)}>{large(each.events)}</span> },
    { key: "last", title: t("events.lastSeen"), width: 130, phone: "labelled", render: (each) => <When at={each.last_seen_at} /> },
  ];
}
