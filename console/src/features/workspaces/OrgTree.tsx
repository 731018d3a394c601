import { ApartmentOutlined, EditOutlined, ShopOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";

import { useMember } from "@/api/member";
import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";

import { DepartmentDialog } from "./DepartmentDialog";
import "./org.css";
import { StoreDialog } from "./StoreDialog";

type Tree = components["schemas"]["OrgTreeOut"];
type Department = components["schemas"]["DepartmentNodeOut"];
type Store = components["schemas"]["StoreNodeOut"];

export interface Place {
  department: number | null;
  store: number | null;
}

interface Walk {
  place: Place;
  onPlace: (place: Place) => void;
}

/** The whole tree; choosing a place shows who works there. */
export function OrgTree({ tree, place, onPlace }: Walk & { tree: Tree }) {
  const t = useT();
  if (tree.departments.length === 0 && tree.stores.length === 0) return <Empty title={t("settings.org")} hint={t("settings.orgEmptyHint")} icon={<ApartmentOutlined />} />;
  const here = place.department === null && place.store === null;
  return (
    <ul className="org-tree">
      <li>
        <div className="org-line" aria-current={here}>
          <button type="button" className="plain-button grow" onClick={() => { onPlace({ department: null, store: null }); }}>
            {t("common.all")}
          </button>
          <span className="faint tabular">{whole(tree.staff_count)}</span>
        </div>
      </li>
      {tree.departments.map((each) => (
        <DepartmentNode key={each.id} node={each} parent={null} place={place} onPlace={onPlace} />
      ))}
      {tree.stores.map((each) => (
        <StoreNode key={each.id} store={each} department={null} place={place} onPlace={onPlace} />
      ))}
    </ul>
  );
}

function DepartmentNode({ node, parent, place, onPlace }: Walk & { node: Department; parent: number | null }) {
  const { may } = useMember();
  const t = useT();
  const [editing, setEditing] = useState(false);
  return (
    <li>
      <div className="org-line" aria-current={place.department === node.id}>
        <button type="button" className="plain-button grow row" onClick={() => { onPlace({ department: node.id, store: null }); }}>
          <ApartmentOutlined aria-hidden className="faint" />
          <span className="clip">{node.name}</span>
        </button>
        {may("staff.write") && <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t("common.edit")}: ${node.name}`} onClick={() => { setEditing(true); }} />}
        <span className="faint tabular">{whole(node.staff_count_below)}</span>
      </div>
      {editing && <DepartmentDialog department={node} parent={parent} onClose={() => { setEditing(false); }} />}
      {(node.departments.length > 0 || node.stores.length > 0) && (
        <ul>
          {node.departments.map((each) => (
            <DepartmentNode key={each.id} node={each} parent={node.id} place={place} onPlace={onPlace} />
          ))}
          {node.stores.map((each) => (
            <StoreNode key={each.id} store={each} department={node.id} place={place} onPlace={onPlace} />
          ))}
        </ul>
      )}
    </li>
  );
}

function StoreNode({ store, department, place, onPlace }: Walk & { store: Store; department: number | null }) {
  const { may } = useMember();
  const t = useT();
  const [editing, setEditing] = useState(false);
  return (
    <li>
      <div className="org-line" aria-current={place.store === store.id}>
        <button type="button" className="plain-button grow row" onClick={() => { onPlace({ department: null, store: store.id }); }}>
          <ShopOutlined aria-hidden className="faint" />
          <span className="clip">{store.name}</span>
          {store.code && <code className="faint">{store.code}</code>}
          {!store.is_active && <span className="chip">{t("settings.inactive")}</span>}
        </button>
        {may("staff.write") && <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${t("common.edit")}: ${store.name}`} onClick={() => { setEditing(true); }} />}
        <span className="faint tabular">{whole(store.staff_count)}</span>
      </div>
      {editing && <StoreDialog store={store} department={department} onClose={() => { setEditing(false); }} />}
    </li>
  );
}
