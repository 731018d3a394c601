import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { itemsOf, type PagesQuery } from "@/api/pages";
import { useT } from "@/i18n";
import { Consequence } from "@/ui/Consequence";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { Rows, type Column } from "@/ui/Rows";
import { BlockSkeleton } from "@/ui/Skeleton";
import { When } from "@/ui/When";

import { usePreview, useRestoreVersion, type Channel, type Message, type Version } from "./messagesApi";
import { asParts, textOf } from "./parts";
import { PhonePreview } from "./PhonePreview";
import { ReviewState } from "./ReviewState";

/** What a message said before: versions stay, what was sent with one is still told by it, and any can be said again. */
export function Versions({ query, message, channel }: { query: PagesQuery<Version>; message: Message; channel: Channel }) {
  const t = useT();
  const { may } = useMember();
  const [asking, setAsking] = useState<Version | null>(null);
  const restores = may("reach.write") && message.state !== "archived";
  const columns: Column<Version>[] = [
    { key: "number", title: t("messages.version"), width: 140, phone: "lead", render: (each) => <span className="tabular">{t(each.number === message.version ? "messages.versionNow" : "messages.versionN", { n: each.number })}</span> },
    { key: "gist", title: t("messages.says"), render: (each) => <span className="clip quiet" style={{ display: "block" }}>{asParts(each.parts).map((part) => textOf(part, "text") || textOf(part, "title")).find(Boolean) ?? ""}</span> },
    { key: "author", title: t("messages.author"), width: 110, render: (each) => each.author_name ?? each.author },
    { key: "review", title: t("messages.review"), width: 120, render: (each) => <ReviewState review={each.review} /> },
    { key: "at", title: t("messages.changed"), width: 130, phone: "labelled", render: (each) => <When at={each.created_at} /> },
    {
      key: "restore",
      title: "",
      width: 130,
      number: true,
      render: (each) => (restores && each.number !== message.version ? <Button size="small" onClick={() => { setAsking(each); }}>{t("messages.sayAgain")}</Button> : null),
    },
  ];
  if (itemsOf(query).length < 2) return null;
  return (
    <Panel flush title={t("messages.versions")}>
      <Rows label={t("messages.versions")} query={query} columns={columns} rowKey={(each) => each.id} empty={null} />
      {asking && <Restore message={message} channel={channel} version={asking} onClose={() => { setAsking(null); }} />}
    </Panel>
  );
}

/** What it will read again, before it does. */
function Restore({ message, channel, version, onClose }: { message: Message; channel: Channel; version: Version; onClose: () => void }) {
  const t = useT();
  const { workspace } = useMember();
  const restore = useRestoreVersion(message.id);
  const read = usePreview({ channel, parts: asParts(version.parts), customer_id: null }, true);
  return (
    <Consequence
      open
      title={t("messages.sayAgainTitle", { n: version.number })}
      act={t("messages.sayAgainAct", { n: message.version + 1 })}
      busy={restore.isPending}
      error={restore.error}
      onAct={() => { restore.mutate(version.number, { onSuccess: onClose }); }}
      onClose={onClose}
    >
      <p>{t("messages.sayAgainWhat", { next: message.version + 1 })}</p>
      <Refused error={read.error} />
      {read.data?.rendered && <PhonePreview channel={channel} rendered={read.data.rendered} brand={workspace.name} />}
      {!read.data && !read.error && <BlockSkeleton lines={4} />}
    </Consequence>
  );
}
