import { PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Answered } from "@/ui/Answered";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";

import { DepartmentDialog } from "./DepartmentDialog";
import { OrgTree, type Place } from "./OrgTree";
import { countDepartments, storesOf } from "./orgWords";
import { useTree } from "./settingsApi";
import { StaffDialog } from "./StaffDialog";
import { StaffList } from "./StaffList";
import { StoreDialog } from "./StoreDialog";

/** Departments, stores and staff: the tree beside the people in it. */
export function OrgPage() {
  const t = useT();
  const tree = useTree();
  const { may } = useMember();
  const [search, setSearch] = useSearchParams();
  const place: Place = { department: numberOf(search.get("department")), store: numberOf(search.get("store")) };
  const go = (next: Place) => {
    setSearch({ ...(next.department ? { department: String(next.department) } : {}), ...(next.store ? { store: String(next.store) } : {}) }, { replace: true });
  };
  const answer = tree.data && t("settings.orgAnswer", { departments: countDepartments(tree.data), stores: storesOf(tree.data).length, staff: whole(tree.data.staff_count) });
  return (
    <Page title={t("settings.org")} answer={answer} actions={may("staff.write") ? <AddMenu place={place} /> : undefined}>
      <div className="org">
        <Panel flush>
          <Answered query={tree}>{(found) => <OrgTree tree={found} place={place} onPlace={go} />}</Answered>
        </Panel>
        <Panel flush>
          <StaffList place={place} />
        </Panel>
      </div>
    </Page>
  );
}

function numberOf(written: string | null): number | null {
  const number = Number(written);
  return Number.isInteger(number) && number > 0 ? number : null;
}

function AddMenu({ place }: { place: Place }) {
  const t = useT();
  const [adding, setAdding] = useState<"department" | "store" | "staff" | null>(null);
  const close = () => {
    setAdding(null);
  };
  const items = [
    { key: "staff", label: t("settings.addStaff"), onClick: () => { setAdding("staff"); } },
    { key: "store", label: t("settings.addStore"), onClick: () => { setAdding("store"); } },
    { key: "department", label: t("settings.addDepartment"), onClick: () => { setAdding("department"); } },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items }}>
        <Button type="primary" icon={<PlusOutlined />}>
          {t("common.add")}
        </Button>
      </Dropdown>
      {adding === "department" && <DepartmentDialog parent={place.department} onClose={close} />}
      {adding === "store" && <StoreDialog department={place.department} onClose={close} />}
      {adding === "staff" && <StaffDialog place={place} onClose={close} />}
    </>
  );
}
