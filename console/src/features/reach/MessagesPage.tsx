import { MessageOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";
import { When } from "@/ui/When";

import { useKit, useMessages, type Channel, type Message } from "./messagesApi";
import { textOf, asParts } from "./parts";
import { ReviewState } from "./ReviewState";

/** Every message; which channel, the words and the archive stand in the address. */
export function MessagesPage() {
  const t = useT();
  const { may, path } = useMember();
  const [search, setSearch] = useSearchParams();
  const kit = useKit();
  const words = search.get("q") ?? "";
  const archived = search.get("archived") === "1";
  const channel = kit.data?.channels.find((each) => each.name === search.get("channel"))?.name ?? null;
  const messages = useMessages({ q: useDebounced(words.trim()), archived, channel });
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  const create = may("reach.write") ? (
    <Link to={path("messages/new")}>
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t("messages.create")}
      </Button>
    </Link>
  ) : null;
  const plain = !words && !archived && !channel;
  return (
    <Page title={t("messages.title")} answer={t("messages.answer")} actions={create}>
      <div className="filters">
        <SearchBox label={t("messages.search")} value={words} onSearch={(q) => { set("q", q); }} />
        <Select<Channel | "">
          aria-label={t("messages.channel")}
          value={channel ?? ""}
          options={[{ value: "" as const, label: t("messages.anyChannel") }, ...(kit.data?.channels ?? []).map((each) => ({ value: each.name, label: each.label }))]}
          onChange={(chosen) => { set("channel", chosen); }}
          style={{ width: 160 }}
        />
        <Segmented
          aria-label={t("common.status")}
          value={archived ? "1" : ""}
          options={[{ value: "", label: t("messages.inUse") }, { value: "1", label: t("messages.archived") }]}
          onChange={(chosen) => { set("archived", chosen); }}
        />
      </div>
      <Panel flush>
        <Rows
          label={t("messages.title")}
          query={messages}
          columns={useColumns()}
          rowKey={(each) => each.id}
          to={(each) => path(`messages/${String(each.id)}`)}
          empty={
            plain ? (
              <Empty title={t("messages.emptyTitle")} hint={t("messages.emptyHint")} icon={<MessageOutlined />}>
                {create}
              </Empty>
            ) : (
              <Empty title={words ? t("shell.findNothing", { words }) : t("common.none")} />
            )
          }
        />
      </Panel>
    </Page>
  );
}

function useColumns(): Column<Message>[] {
  const t = useT();
  const { path } = useMember();
  const kit = useKit();
  const channelOf = (name: string) => kit.data?.channels.find((each) => each.name === name)?.label ?? name;
  const purposeOf = (name: string) => kit.data?.purposes.find((each) => each.name === name)?.label ?? name;
  return [
    {
      key: "name",
      title: t("common.name"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to={path(`messages/${String(each.id)}`)} className="clip" title={each.name}>
            {each.name}
          </Link>
          <span className="clip small faint">{gist(each)}</span>
        </span>
      ),
    },
    { key: "channel", title: t("messages.channel"), width: 130, render: (each) => channelOf(each.channel) },
    { key: "purpose", title: t("messages.purpose"), width: 110, phone: "hide", render: (each) => purposeOf(each.purpose) },
    { key: "review", title: t("messages.review"), width: 120, render: (each) => <ReviewState review={each.review} /> },
    { key: "changed", title: t("messages.changed"), width: 130, phone: "labelled", render: (each) => <When at={each.changed_at} /> },
    { key: "owner", title: t("messages.owner"), width: 100, phone: "hide", render: (each) => each.owner ?? <span className="faint">—</span> },
  ];
}

/** The first words of a message. */
function gist(message: Message): string {
  for (const part of asParts(message.parts)) {
    const said = textOf(part, "text") || textOf(part, "title") || textOf(part, "url");
    if (said) return said.slice(0, 120);
  }
  return "";
}
