import { Button } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { minute, money, whole } from "@/i18n/format";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Consequence } from "@/ui/Consequence";
import { Figure } from "@/ui/Figure";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";

import "./acquisition.css";
import { useCode, useEndCode, useLookNow, type CodeDetail } from "./acquisitionApi";
import { CodeFriends } from "./CodeFriends";
import { CodePicture } from "./CodePicture";
import { CodeStanding } from "./CodeStanding";
import { Ledger } from "./Ledger";
import { Receiving } from "./Receiving";

/** One code: is it running, who receives now and why, what is printed, who came, what that cost. */
export function CodePage() {
  const t = useT();
  const { path } = useMember();
  const { codeId } = useParams();
  const back = { to: path("codes"), label: t("acquisition.codes") };
  return (
    <AnsweredPage query={useCode(Number(codeId))} back={back}>
      {(code) => <Inside key={code.id} code={code} back={back} />}
    </AnsweredPage>
  );
}

function Inside({ code, back }: { code: CodeDetail; back: { to: string; label: string } }) {
  const t = useT();
  const over = code.state === "ended" || code.state === "expired";
  return (
    <Page title={code.name} answer={code.sentence} back={back} actions={<Acts code={code} />}>
      <Standing code={code} />
      <div className="figures">
        <Figure label={t("acquisition.today")} value={code.today} />
        <Figure label={t("acquisition.total")} value={code.total} />
        <Figure label={t("acquisition.each")} value={code.each_fen === null ? null : money(code.each_fen)} note={t("acquisition.eachNote", { spent: money(code.spent_fen) })} />
        {code.expires_at !== null && <Figure label={t("acquisition.expires")} value={minute(code.expires_at)} />}
      </div>
      <div className="code-page">
        <div className="stack">
          {!over && code.kind === "staff" && <Receiving code={code} />}
          <CodeFriends code={code} />
          {code.channel_id === null ? (
            <Panel title={t("acquisition.ledger")}>
              <p className="faint">{t("acquisition.noChannel")}</p>
            </Panel>
          ) : (
            <Ledger channel={code.channel_id} code={code.id} />
          )}
        </div>
        <CodePicture code={code} />
      </div>
    </Page>
  );
}

function Standing({ code }: { code: CodeDetail }) {
  const t = useT();
  const look = useLookNow(code.id);
  const { may } = useMember();
  return (
    <div className="stack tight">
      <span className="row wrapping">
        <CodeStanding code={code} />
        {code.state === "trouble" && may("codes.write") && (
          <Button size="small" loading={look.isPending} onClick={() => { look.mutate(undefined); }}>
            {t("acquisition.lookNow")}
          </Button>
        )}
      </span>
      {code.waiting > 0 && <span className="small faint">{t("acquisition.stillToDo", { n: whole(code.waiting) })}</span>}
      {code.troubled > 0 && <Notice>{t("acquisition.couldNot", { n: whole(code.troubled) })}</Notice>}
    </div>
  );
}

function Acts({ code }: { code: CodeDetail }) {
  const t = useT();
  const { may, path } = useMember();
  const navigate = useNavigate();
  const [ending, setEnding] = useState(false);
  const end = useEndCode(code.id);
  if (!may("codes.write") || code.state === "ended") return null;
  return (
    <>
      <Link to={path(`codes/${String(code.id)}/edit`)}>
        <Button>{t("common.edit")}</Button>
      </Link>
      <Button danger onClick={() => { setEnding(true); }}>
        {t("acquisition.end")}
      </Button>
      <Consequence
        open={ending}
        title={t("acquisition.endTitle", { name: code.name })}
        act={t("acquisition.end")}
        harmful
        busy={end.isPending}
        error={end.error}
        onAct={() => { end.mutate(undefined, { onSuccess: () => void navigate(path("codes")) }); }}
        onClose={() => { setEnding(false); }}
      >
        <p>{t("acquisition.endHint", { n: whole(code.total) })}</p>
      </Consequence>
    </>
  );
}
