import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, timeZone, whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";
import { useDebounced } from "@/ui/useDebounced";

import { useKit, type KitChannel } from "../messagesApi";
import "../reach.css";
import { ChooseGroups, type Chosen } from "./ChooseGroups";
import { GroupsAhead } from "./GroupsAhead";
import "./mass.css";
import { useGroupsPreview, useSendToGroups, type GroupsAsked } from "./massApi";
import { useSaid } from "./saying";
import { SaidOnPhone, SayingPanel } from "./SayingPanel";
import { SendWhen } from "./SendWhen";

/** A message to groups: which, what, when; how the owners stand is seen before it goes. */
export function NewGroupMassPage() {
  const t = useT();
  const { path } = useMember();
  const kit = useKit();
  const channel = kit.data?.channels.find((each) => each.name === "group");
  return (
    <Page title={t("mass.newGroups")} answer={t("mass.newGroupsAnswer")} back={{ to: path("mass/groups"), label: t("mass.tabGroups") }}>
      <Refused error={kit.error} onRetry={() => void kit.refetch()} />
      {kit.isPending && <BlockSkeleton lines={6} />}
      {channel && <Inside channel={channel} />}
    </Page>
  );
}

function askedOf(chosen: Chosen, message: number | null, at: string | null): GroupsAsked | null {
  const given = { message_id: message, at };
  if (chosen.how === "matching") return { ...given, groups: [], among: chosen.among };
  return chosen.ticked.size === 0 ? null : { ...given, groups: [...chosen.ticked.keys()] };
}

function Inside({ channel }: { channel: KitChannel }) {
  const t = useT();
  const { path, may } = useMember();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<Chosen>({ how: "matching", among: { q: "", owners: [], least: null, most: null }, ticked: new Map() });
  const [when, setWhen] = useState<{ later: boolean; at: string | null }>({ later: false, at: null });
  const [sure, setSure] = useState(false);
  const saying = useSaid(channel, Number(search.get("message")) || null);
  const at = when.later ? when.at : null;
  const asked = askedOf(chosen, saying.known, at);
  const settled = useDebounced(asked, 250);
  const preview = useGroupsPreview(settled);
  const send = useSendToGroups();
  const found = settled === null ? undefined : preview.data;
  const still = JSON.stringify(asked) === JSON.stringify(settled) && !preview.isFetching && preview.error === null;
  const ready = may("reach.write") && still && saying.ready && (found?.count ?? 0) > 0 && (!when.later || when.at !== null);
  const act = t("mass.sendToGroups", { n: whole(found?.count ?? 0) });
  const go = async () => {
    if (!asked) return;
    const message_id = await saying.keep("group");
    const made = await send.mutateAsync({ ...asked, message_id });
    void navigate(path(`mass/groups/${String(made.sending)}`));
  };
  return (
    <div className="mass-new">
      <div className="stack" style={{ gap: 20, minWidth: 0 }}>
        <ChooseGroups chosen={chosen} onChange={setChosen} />
        <SayingPanel saying={saying} channels={["group", "wecom"]} />
        <SendWhen when={when} onChange={setWhen} />
      </div>
      <aside className="message-side">
        <Panel title={t("mass.ahead")}>
          <GroupsAhead asked={settled !== null} preview={preview} at={at} />
          {may("reach.write") && (
            <Button type="primary" block disabled={!ready} onClick={() => { send.reset(); setSure(true); }} style={{ marginTop: 16 }}>
              {found && found.count > 0 ? act : t("mass.sendToSome")}
            </Button>
          )}
        </Panel>
        <SaidOnPhone saying={saying} channel="group" />
      </aside>
      <Consequence open={sure} title={t("mass.sureGroups")} act={act} busy={saying.busy || send.isPending} error={saying.error ?? send.error} onClose={() => { setSure(false); }} onAct={() => { go().catch(() => undefined); }}>
        <p>{at === null ? t("mass.sureGroupsNow", { n: whole(found?.count ?? 0), people: whole(found?.people ?? 0), owners: whole(ownersOf(found)) }) : t("mass.sureGroupsAt", { n: whole(found?.count ?? 0), people: whole(found?.people ?? 0), owners: whole(ownersOf(found)), at: `${minute(at)} (${timeZone()})` })}</p>
        {(found?.held ?? 0) > 0 && <p className="quiet">{t("mass.sureHeld", { n: whole(found?.held ?? 0) })}</p>}
        <p className="quiet">{t("mass.sureStop")}</p>
        {send.error && saying.known !== null && <p><Link to={path(`messages/${String(saying.known)}`)}>{t("mass.openMessage")}</Link></p>}
      </Consequence>
    </div>
  );
}

function ownersOf(found: { owners: { groups: number; held: number }[] } | undefined): number {
  return (found?.owners ?? []).filter((each) => each.groups > each.held).length;
}
