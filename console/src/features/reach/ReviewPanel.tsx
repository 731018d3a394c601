import { Button, Input, Modal } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { When } from "@/ui/When";

import { useApprove, useAskReview, useReject, type Message, type Version } from "./messagesApi";
import { ReviewState } from "./ReviewState";

/** Where the newest version stands with its second pair of eyes, and what the reader can do about it. */
export function ReviewPanel({ message, version }: { message: Message; version: Version }) {
  const t = useT();
  const { may } = useMember();
  const ask = useAskReview(message.id, version.number);
  const approve = useApprove(message.id, version.number);
  const [writing, setWriting] = useState<"ask" | "reject" | null>(null);
  const reviews = version.review === "asked" && may("reach.approve") && !version.is_mine;
  return (
    <Panel>
      <div className="row apart wrapping">
        <div className="stack" style={{ gap: 2 }}>
          <ReviewState review={version.review} />
          <span className="small faint">{sentence(version, t)}</span>
          {version.review === "rejected" && <span className="wrap">“{version.answer}”</span>}
          {version.review === "asked" && version.asked_note && <span className="wrap quiet">“{version.asked_note}”</span>}
        </div>
        <span className="row">
          {version.asked_at && version.review === "asked" && <When at={version.asked_at} />}
          {version.review === "none" && may("reach.write") && <Button onClick={() => { setWriting("ask"); }}>{t("messages.askReview")}</Button>}
          {reviews && (
            <>
              <Button onClick={() => { setWriting("reject"); }}>{t("messages.reject")}</Button>
              <Button type="primary" loading={approve.isPending} onClick={() => { approve.mutate(undefined); }}>
                {t("messages.approve")}
              </Button>
            </>
          )}
        </span>
      </div>
      <Refused error={ask.error ?? approve.error} />
      {writing && <WriteReview kind={writing} message={message} version={version} onClose={() => { setWriting(null); }} />}
    </Panel>
  );
}

function sentence(version: Version, t: ReturnType<typeof useT>): string {
  const who = version.reviewer_name ?? t("common.unknown");
  switch (version.review) {
    case "approved":
      return t("messages.approvedBy", { who });
    case "rejected":
      return t("messages.rejectedBy", { who });
    case "asked":
      return t(version.is_mine ? "messages.askedMine" : "messages.askedOther");
    default:
      return t("messages.reviewWhy");
  }
}

function WriteReview({ kind, message, version, onClose }: { kind: "ask" | "reject"; message: Message; version: Version; onClose: () => void }) {
  const t = useT();
  const [said, setSaid] = useState("");
  const ask = useAskReview(message.id, version.number);
  const reject = useReject(message.id, version.number);
  const act = kind === "ask" ? ask : reject;
  return (
    <Modal open title={t(kind === "ask" ? "messages.askTitle" : "messages.rejectTitle", { name: message.name, n: version.number })} onCancel={onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      <div className="stack">
        <Input.TextArea
          autoFocus
          aria-label={t(kind === "ask" ? "messages.askNote" : "messages.rejectReason")}
          placeholder={t(kind === "ask" ? "messages.askNote" : "messages.rejectReason")}
          maxLength={300}
          autoSize={{ minRows: 3, maxRows: 8 }}
          value={said}
          onChange={(event) => { setSaid(event.target.value); }}
        />
        <Refused error={act.error} />
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" loading={act.isPending} disabled={kind === "reject" && said.trim() === ""} onClick={() => { act.mutate(said.trim(), { onSuccess: onClose }); }}>
            {t(kind === "ask" ? "messages.askReview" : "messages.reject")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
