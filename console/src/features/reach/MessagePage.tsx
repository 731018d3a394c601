import { Button } from "antd";
import { Link, useNavigate, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Refused } from "@/ui/Refused";
import { PageSkeleton } from "@/ui/Skeleton";

import { GapsPanel } from "./GapsPanel";
import { MessageEditor } from "./MessageEditor";
import { useKit, useMessage, usePutAwayMessage, useVersions, type Kit, type Message } from "./messagesApi";
import "./reach.css";
import { ReviewPanel } from "./ReviewPanel";
import { Versions } from "./Versions";

/** A new message, or one that stands: written, read as others will, reviewed. */
export function MessagePage() {
  const t = useT();
  const { path } = useMember();
  const { messageId } = useParams();
  const kit = useKit();
  const message = useMessage(Number(messageId), messageId !== undefined);
  const back = { to: path("messages"), label: t("messages.title") };
  if (messageId !== undefined) {
    return (
      <AnsweredPage query={message} back={back}>
        {(found) => (
          <Answered query={kit} skeleton={<PageSkeleton />}>
            {(known) => <Standing message={found} kit={known} />}
          </Answered>
        )}
      </AnsweredPage>
    );
  }
  return (
    <Page title={t("messages.newTitle")} back={back} answer={t("messages.newAnswer")}>
      <Answered query={kit}>{(known) => <Beginning kit={known} />}</Answered>
    </Page>
  );
}

function Beginning({ kit }: { kit: Kit }) {
  const { path } = useMember();
  const navigate = useNavigate();
  return <MessageEditor kit={kit} message={null} onSaved={(id) => void navigate(path(`messages/${String(id)}`), { replace: true })} />;
}

function Standing({ message, kit }: { message: Message; kit: Kit }) {
  const t = useT();
  const { path, may } = useMember();
  const putAway = usePutAwayMessage(message.id);
  const channel = kit.channels.find((each) => each.name === message.channel);
  const archived = message.state === "archived";
  // What is the same for many at once leaves from a page of its own.
  const to = message.channel === "group" ? "groups" : message.channel === "moments" ? "moments" : null;
  const versions = useVersions(message.id);
  const newest = versions.data?.pages[0]?.items[0];
  return (
    <Page
      title={message.name}
      back={{ to: path("messages"), label: t("messages.title") }}
      answer={t("messages.versionAnswer", { n: message.version })}
      actions={
        may("reach.write") && (
          <>
            {to && !archived && <Link to={path(`mass/${to}/new?message=${String(message.id)}`)}>{t(to === "groups" ? "mass.newGroups" : "mass.newMoment")}</Link>}
            <Button loading={putAway.isPending} onClick={() => { putAway.mutate(archived ? "restore" : "archive"); }}>
              {t(archived ? "messages.restore" : "messages.archive")}
            </Button>
          </>
        )
      }
    >
      <Refused error={putAway.error} />
      {archived && <Notice>{t("messages.archivedNote")}</Notice>}
      {newest && !archived && <ReviewPanel message={message} version={newest} />}
      <MessageEditor key={`${String(message.id)}:${String(message.version)}`} kit={kit} message={message} readOnly={archived || !may("reach.write")} />
      {!archived && may("audiences.read") && <GapsPanel message={message} />}
      {channel && <Versions query={versions} message={message} channel={channel.name} />}
    </Page>
  );
}
