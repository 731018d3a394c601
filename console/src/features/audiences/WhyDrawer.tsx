import { Drawer } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useSpeech, useT } from "@/i18n";
import { minute } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Notice } from "@/ui/Notice";
import { BlockSkeleton } from "@/ui/Skeleton";
import { State } from "@/ui/State";

import type { Audience } from "./audiencesApi";
import type { Condition } from "./condition";
import { useCalled, useNameOf } from "@/ui/people";
import { PersonPick } from "@/ui/PersonPick";
import { useExplanation, useStays, type Stay } from "./whyApi";
import { WhySteps } from "./WhySteps";

interface WhyProps {
  condition: Condition | null;
  /** The saved audience, whose entering and leaving is told as well. */
  audience?: Audience;
  customer: number | null;
  at?: string | null;
  onCustomer: (customer: number | null) => void;
  onClose: () => void;
}

/** Why one person is in or out: the answer, then the condition step by step, then when she was in. */
export function WhyDrawer({ customer, onCustomer, onClose, ...rest }: WhyProps) {
  const t = useT();
  return (
    <Drawer open size={480} onClose={onClose} closable={{ "aria-label": t("common.close") }} title={t("audiences.askWhy")} className="why">
      <div className="stack">
        <PersonPick value={customer} onPick={onCustomer} />
        {customer === null ? <p className="faint">{t("audiences.whyHint")}</p> : <Answer customer={customer} {...rest} />}
      </div>
    </Drawer>
  );
}

function Answer({ customer, condition, audience, at = null }: { customer: number } & Pick<WhyProps, "condition" | "audience" | "at">) {
  const { t, rich } = useSpeech();
  const { path } = useMember();
  const name = useNameOf(customer);
  const why = useExplanation(condition, customer, at);
  const stays = useStays(audience?.id ?? null, customer);
  const person = <Link to={path(`customers/${String(customer)}`)}>{useCalled()(customer, name.data)}</Link>;
  const isIn = stays.data?.at(-1)?.left_at === null;
  const waits = audience && stays.data && why.data && at === null && isIn !== why.data.holds && !audience.archived_at;
  return (
    <>
      {condition === null ? (
        <p className="quiet">{rich("audiences.whyStatic", { name: person })}</p>
      ) : (
        <Answered query={why} skeleton={<BlockSkeleton lines={6} />}>
          {(reason) => (
            <>
              <p className="why-answer" role="status">
                <State mood={reason.holds ? "good" : "bad"}>
                  <span>{at === null ? rich(reason.holds ? "audiences.whyIn" : "audiences.whyOut", { name: person }) : rich(reason.holds ? "audiences.whyInThen" : "audiences.whyOutThen", { name: person, at: minute(at) })}</span>
                </State>
              </p>
              {at !== null && <p className="small faint">{t("audiences.whyThenHint")}</p>}
              {waits && <Notice>{t(isIn ? "audiences.whyLeaving" : "audiences.whyEntering")}</Notice>}
              <WhySteps reason={reason} />
            </>
          )}
        </Answered>
      )}
      {audience && <Answered query={stays}>{(found) => <Stays stays={found} />}</Answered>}
    </>
  );
}

/** When she came and went, the latest first. */
function Stays({ stays }: { stays: Stay[] }) {
  const t = useT();
  return (
    <section className="stack close" aria-label={t("audiences.stays")}>
      <h3>{t("audiences.stays")}</h3>
      {stays.length === 0 ? (
        <p className="faint">{t("audiences.staysNone")}</p>
      ) : (
        <ul className="stack close tabular quiet">
          {stays.toReversed().map((each) => (
            <li key={each.entered_at}>
              {each.left_at ? t("audiences.stay", { entered: minute(each.entered_at), left: minute(each.left_at) }) : t("audiences.stayStill", { entered: minute(each.entered_at) })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
