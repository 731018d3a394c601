import { CloseOutlined, EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { day } from "@/i18n/format";
import { Avatar } from "@/ui/Avatar";
import { Consequence } from "@/ui/Consequence";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { TagChip } from "@/ui/TagChip";
import { useTagShade } from "@/ui/tagColours";

import { useCustomer, useGiveTag, useTags, useTakeTag, type Customer, type Tagging } from "./customersApi";
import { TagSelect } from "./TagSelect";

interface HeadProps {
  customer: Customer;
  name: string;
  isRevealed: boolean;
  onReveal: (full: Customer | null) => void;
}

/** Who it is at a glance: face, phone, tags. */
export function ProfileHead({ customer, name, isRevealed, onReveal }: HeadProps) {
  const t = useT();
  const { may } = useMember();
  const phone = customer.identities.find((each) => each.name === "phone");
  const place = [customer.attributes["province"], customer.attributes["city"]].filter((each) => typeof each === "string" && each).join(" ");
  return (
    <Panel>
      <div className="profile-who">
        <Avatar name={name} seed={customer.id} size={44} />
        <div className="stack tight grow">
          <div className="row wrapping">
            <span className="tabular strong">{phone ? phone.value : `#${String(customer.id)}`}</span>
            {may("customers.unmask") && (isRevealed ? <Hide onHide={() => { onReveal(null); }} /> : <Reveal id={customer.id} onReveal={onReveal} />)}
            {place && <span className="quiet">{place}</span>}
            {customer.merged.length > 0 && <span className="small faint">{t("customers.asOne", { n: customer.merged.length + 1 })}</span>}
          </div>
          <Tags customerId={customer.id} />
        </div>
      </div>
    </Panel>
  );
}

function Hide({ onHide }: { onHide: () => void }) {
  const t = useT();
  return (
    <Button size="small" type="text" icon={<EyeInvisibleOutlined />} onClick={onHide}>
      {t("customers.hide")}
    </Button>
  );
}

/** Reading in full goes on record, and is asked for in so many words. */
function Reveal({ id, onReveal }: { id: number; onReveal: (full: Customer) => void }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Tooltip title={t("customers.revealHint")}>
        <Button size="small" type="text" icon={<EyeOutlined />} onClick={() => { setAsking(true); }}>
          {t("customers.reveal")}
        </Button>
      </Tooltip>
      <Consequence open={asking} title={t("customers.revealTitle")} act={t("customers.revealAct")} busy={wanted} onAct={() => { setWanted(true); }} onClose={() => { setAsking(false); setWanted(false); }}>
        <p>{t("customers.revealWhy")}</p>
        {wanted && <Fetch id={id} onReveal={onReveal} />}
      </Consequence>
    </>
  );
}

function Fetch({ id, onReveal }: { id: number; onReveal: (full: Customer) => void }) {
  const full = useCustomer(id, true);
  const [told, setTold] = useState(false);
  if (full.data && !told) {
    setTold(true);
    queueMicrotask(() => { onReveal(full.data); });
  }
  return <Refused error={full.error} />;
}

function Tags({ customerId }: { customerId: number }) {
  const { may } = useMember();
  const tags = useTags(customerId);
  const give = useGiveTag(customerId);
  const take = useTakeTag(customerId);
  const had = tags.data?.items ?? [];
  return (
    <div className="stack close">
      <div className="profile-tags">
        {had.map((each) => (
          <HadTag key={each.tag_id} tagging={each} onTake={may("customers.write") ? () => { take.mutate(each.tag_id); } : null} />
        ))}
        {may("customers.write") && <TagSelect small value={null} without={had.map((each) => each.tag_id)} onChoose={(tag) => { give.mutate({ tag_id: tag.id, reason: "" }); }} />}
      </div>
      <Refused error={give.error ?? take.error ?? tags.error} />
    </div>
  );
}

function HadTag({ tagging, onTake }: { tagging: Tagging; onTake: (() => void) | null }) {
  const t = useT();
  const { path } = useMember();
  const shade = useTagShade();
  const kept = tagging.sources.some((each) => each.startsWith("rule:"));
  const notes = [tagging.group_name, kept && t("customers.kept"), tagging.expires_at && t("customers.until", { at: day(tagging.expires_at) })];
  return (
    <TagChip colour={shade(tagging.colour)} title={notes.filter(Boolean).join(" · ")}>
      <Link to={path(`tags/${String(tagging.tag_id)}`)} style={{ color: "inherit" }}>{tagging.name}</Link>
      {onTake && !kept && (
        <button type="button" aria-label={t("customers.untag", { name: tagging.name })} onClick={onTake}>
          <CloseOutlined style={{ fontSize: 9 }} />
        </button>
      )}
    </TagChip>
  );
}
