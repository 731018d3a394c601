import { useState } from "react";
import { useParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { AnsweredPage } from "@/ui/AnsweredPage";
import { Page } from "@/ui/Page";

import { AudiencesPanel } from "./AudiencesPanel";
import { ConsentPanel } from "./ConsentPanel";
import "./customers.css";
import { useCustomer, type Customer } from "./customersApi";
import { DependantsPanel } from "./DependantsPanel";
import { FactsPanel } from "./FactsPanel";
import { IdentitiesPanel } from "./IdentitiesPanel";
import { MergesPanel } from "./MergesPanel";
import { ProfileActions } from "./ProfileActions";
import { ProfileHead } from "./ProfileHead";
import { RelationsPanel } from "./RelationsPanel";
import { TagHistoryPanel } from "./TagHistoryPanel";
import { Timeline } from "./Timeline";

/** One customer: who it is, what happened, what is known, and why. */
export function CustomerPage() {
  const { customerId = "" } = useParams();
  const t = useT();
  const { path } = useMember();
  const customer = useCustomer(Number(customerId));
  return (
    <AnsweredPage query={customer} back={{ to: path("customers"), label: t("customers.title") }}>
      {(found) => <Inside key={found.id} masked={found} />}
    </AnsweredPage>
  );
}

function Inside({ masked }: { masked: Customer }) {
  const t = useT();
  const { path } = useMember();
  const [revealed, setRevealed] = useState<Customer | null>(null);
  const customer = revealed ? { ...masked, identities: revealed.identities, attributes: revealed.attributes } : masked;
  const name = nameOf(customer) || t("common.unnamed", { id: customer.id });
  return (
    <Page title={name} back={{ to: path("customers"), label: t("customers.title") }} actions={<ProfileActions customer={customer} name={name} />}>
      <ProfileHead customer={customer} name={name} isRevealed={revealed !== null} onReveal={setRevealed} />
      <div className="profile">
        <Timeline customerId={customer.id} />
        <div className="side-panels">
          <FactsPanel customer={customer} />
          <RelationsPanel customer={customer} />
          <IdentitiesPanel customer={customer} />
          <DependantsPanel customer={customer} />
          <ConsentPanel customer={customer} />
          <AudiencesPanel customerId={customer.id} />
          <TagHistoryPanel customerId={customer.id} />
          <MergesPanel customer={customer} />
        </div>
      </div>
    </Page>
  );
}

function nameOf(customer: Customer): string {
  const name = customer.attributes["name"];
  return typeof name === "string" ? name : "";
}
