import { CheckOutlined, CloseOutlined } from "@ant-design/icons";

import { useT } from "@/i18n";

import { deciding } from "./deciding";
import type { Reason } from "./whyApi";

/** The condition node by node: which part holds, on what evidence, and which ones decide. */
export function WhySteps({ reason }: { reason: Reason }) {
  const decides = deciding(reason);
  return (
    <ul className="why-steps">
      <Step reason={bare(reason)} decides={decides} />
    </ul>
  );
}

/** A group of one is that one. */
function bare(reason: Reason): Reason {
  const [only, ...others] = reason.of;
  return only && others.length === 0 && reason.joint !== "not" ? bare(only) : reason;
}

function Step({ reason, decides }: { reason: Reason; decides: Set<string> }) {
  const t = useT();
  const isGroup = reason.joint !== "leaf" && reason.of.length > 0;
  const marks = reason.joint === "leaf" && decides.has(reason.at);
  return (
    <li>
      <div className={marks ? "why-step decides" : "why-step"} title={marks ? t("audiences.whyDecides") : undefined}>
        {reason.holds ? <CheckOutlined className="mark-yes" aria-label={t("audiences.whyYes")} /> : <CloseOutlined className="mark-no" aria-label={t("audiences.whyNo")} />}
        <span className="stack close grow">
          <span className={isGroup ? "quiet" : "wrap"}>{isGroup ? <GroupWords reason={reason} /> : reason.said}</span>
          {reason.evidence && <span className="small faint wrap">{reason.evidence}</span>}
        </span>
      </div>
      {isGroup && (
        <ul className="why-children">
          {reason.of.map((each) => (
            <Step key={each.at} reason={bare(each)} decides={decides} />
          ))}
        </ul>
      )}
    </li>
  );
}

function GroupWords({ reason }: { reason: Reason }) {
  const t = useT();
  if (reason.joint === "not") return t("audiences.whyNot");
  return t(reason.joint === "all" ? "audiences.whyAll" : "audiences.whyAny", { n: reason.of.length, yes: reason.of.filter((each) => each.holds).length });
}
