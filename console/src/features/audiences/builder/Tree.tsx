import { CloseOutlined, StopOutlined } from "@ant-design/icons";
import { Button, Segmented, Tooltip } from "antd";
import { createContext, useContext } from "react";

import type { FieldProblem } from "@/api/refusal";
import { useT } from "@/i18n";

import { inside, isGroup, negated, replaced, without, type Condition, type GroupNode } from "../condition";
import { AddCondition } from "./AddCondition";
import { LeafEditor } from "./LeafEditor";
import "./tree.css";

/** What the server could not read, by its place in the tree; shown beside that place. */
export const ProblemsContext = createContext<FieldProblem[]>([]);

interface NodeProps {
  node: Condition;
  path: string;
  onChange: (node: Condition) => void;
  onRemove?: () => void;
}

/** A condition as a tree: groups within groups, one line per test. */
export function Tree({ node, path, onChange, onRemove }: NodeProps) {
  const turned = node.kind === "not";
  const core = turned ? node.of : node;
  const at = turned ? inside(path) : path;
  const set = (next: Condition) => {
    onChange(turned ? { kind: "not", of: next } : next);
  };
  const actions = onRemove && <NodeActions turned={turned} onTurn={() => { onChange(negated(node)); }} onRemove={onRemove} />;
  if (core.kind === "not") return <Tree node={core} path={at} onChange={set} {...(onRemove ? { onRemove } : {})} />;
  return (
    <div className={turned ? "node turned" : "node"}>
      {isGroup(core) ? (
        <Group group={core} path={at} onChange={set} turned={turned} actions={actions} />
      ) : (
        <>
          <div className="leaf">
            <div className="leaf-body">
              {turned && <Turned />}
              <LeafEditor leaf={core} onChange={set} />
            </div>
            {actions}
          </div>
          <Problems path={at} />
        </>
      )}
    </div>
  );
}

function Group({ group, path, onChange, turned, actions }: { group: GroupNode; path: string; onChange: (node: Condition) => void; turned: boolean; actions: React.ReactNode }) {
  const t = useT();
  const set = (of: Condition[]) => {
    onChange({ ...group, of });
  };
  return (
    <div className="group">
      <div className="group-head">
        {turned && <Turned />}
        <Segmented<GroupNode["kind"]>
          size="small"
          aria-label={t("builder.addGroup")}
          value={group.kind}
          options={[
            { value: "all", label: t("builder.all") },
            { value: "any", label: t("builder.any") },
          ]}
          onChange={(kind) => { onChange({ ...group, kind }); }}
        />
        <span className="grow" />
        {actions}
      </div>
      <div className="group-body" data-joint={group.kind === "all" ? t("builder.and") : t("builder.or")}>
        {group.of.map((child, place) => (
          <div className="joint" key={place}>
            {place > 0 && <span className="joint-word">{group.kind === "all" ? t("builder.and") : t("builder.or")}</span>}
            <Tree
              node={child}
              path={inside(path, place)}
              onChange={(next) => { set(replaced(group.of, place, next)); }}
              onRemove={() => { set(without(group.of, place)); }}
            />
          </div>
        ))}
        {group.of.length === 0 && <p className="faint">{path === "condition" && group.kind === "all" ? t("builder.everyone") : t("builder.emptyGroup")}</p>}
        <AddCondition onAdd={(added) => { set([...group.of, added]); }} />
      </div>
      <Problems path={path} />
    </div>
  );
}

function Turned() {
  const t = useT();
  return <span className="turned-word">{t("builder.not")}</span>;
}

function NodeActions({ turned, onTurn, onRemove }: { turned: boolean; onTurn: () => void; onRemove: () => void }) {
  const t = useT();
  const label = turned ? t("builder.undoNot") : t("builder.not");
  return (
    <span className="node-actions">
      <Tooltip title={turned ? label : `${label}: ${t("builder.notHint")}`}>
        <Button type="text" size="small" icon={<StopOutlined />} aria-label={label} aria-pressed={turned} onClick={onTurn} />
      </Tooltip>
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("builder.remove")} onClick={onRemove} />
    </span>
  );
}

/** Refusals about exactly this node, or a part of it that has no place of its own. */
function Problems({ path }: { path: string }) {
  const problems = useContext(ProblemsContext).filter((each) => {
    const rest = each.field.startsWith(path) ? each.field.slice(path.length) : null;
    return rest !== null && !rest.startsWith(".of");
  });
  return (
    <>
      {problems.map((each) => (
        <p key={each.field} className="harm small node-problem" role="alert">
          {each.message}
        </p>
      ))}
    </>
  );
}
