import { Button } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows } from "@/ui/Rows";
import { useDebounced } from "@/ui/useDebounced";

import { BulkTagDialog } from "./BulkTagDialog";
import { CustomerFilters } from "./CustomerFilters";
import { useCustomerColumns } from "./customerColumns";
import "./customers.css";
import { useCustomers, useStaffNames, useTagsOf } from "./customersApi";

/** Every customer the reader may see; search and filters stand in the address. */
export function CustomersPage() {
  const t = useT();
  const { path, may } = useMember();
  const [search] = useSearchParams();
  const [chosen, setChosen] = useState<Set<number>>(new Set());
  const [tagging, setTagging] = useState(false);
  const number = (name: string) => Number(search.get(name)) || null;
  const q = useDebounced((search.get("q") ?? "").trim(), 200);
  const customers = useCustomers({ q, tag_id: number("tag"), staff_id: number("staff"), store_id: number("store") });
  const listed = itemsOf(customers);
  const tags = useTagsOf(customers.data?.pages.map((page) => page.items.map((each) => each.id)) ?? []);
  const staff = useStaffNames();
  const names = new Map(staff.data?.items.map((each) => [each.id, each.name]));
  const columns = useCustomerColumns({ tags, staff: names, chosen, onChoose: may("tags.write") ? setChosen : null });
  const narrowed = [...search.keys()].length > 0;
  return (
    <Page title={t("customers.title")} answer={t("customers.answer")}>
      <CustomerFilters />
      <Panel flush>
        <Rows
          label={t("customers.title")}
          query={customers}
          columns={columns}
          rowKey={(each) => each.id}
          to={(each) => path(`customers/${String(each.id)}`)}
          empty={narrowed ? <Empty title={t("customers.nothing")} hint={t("customers.nothingHint")} /> : <Nobody />}
        />
      </Panel>
      {chosen.size > 0 && (
        <div className="chosen-bar" role="status">
          <span className="tabular">{t("customers.selected", { n: whole(chosen.size) })}</span>
          <Button size="small" type="primary" onClick={() => { setTagging(true); }}>
            {t("customers.tagThem")}
          </Button>
          <Button size="small" type="text" onClick={() => { setChosen(new Set()); }}>
            {t("customers.clear")}
          </Button>
        </div>
      )}
      {tagging && (
        <BulkTagDialog
          customers={listed.filter((each) => chosen.has(each.id))}
          onClose={() => { setTagging(false); }}
          onDone={() => {
            setTagging(false);
            setChosen(new Set());
          }}
        />
      )}
    </Page>
  );
}

function Nobody() {
  const t = useT();
  const { path, may } = useMember();
  return (
    <Empty title={t("customers.emptyTitle")} hint={t("customers.emptyHint")}>
      {may("imports.write") && (
        <Link to={path("imports")}>
          <Button type="primary">{t("customers.emptyImport")}</Button>
        </Link>
      )}
    </Empty>
  );
}
