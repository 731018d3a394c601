import { PartitionOutlined, RedoOutlined, UndoOutlined } from "@ant-design/icons";
import { Button } from "antd";

import { useT } from "@/i18n";
import { State } from "@/ui/State";

import { arranged } from "./Canvas";
import { nodeOf } from "./drawn";
import type { Graph } from "./graph";
import type { Journey, Problem } from "./journeysApi";
import type { useHistory } from "./useHistory";

interface CanvasBarProps {
  history: ReturnType<typeof useHistory<Graph>>;
  editable: boolean;
  problems: Problem[];
  journey: Journey;
  saving: { unsaved: boolean; busy: boolean };
  onChoose: (id: string) => void;
}

/** What can be done to the picture as a whole, and what keeps it from running. */
export function CanvasBar({ history, editable, problems, journey, saving, onChoose }: CanvasBarProps) {
  const t = useT();
  return (
    <div className="stack tight">
      {editable && (
        <div className="canvas-bar">
          <Button icon={<UndoOutlined />} disabled={!history.canUndo} onClick={history.undo}>{t("journeys.undo")}</Button>
          <Button icon={<RedoOutlined />} disabled={!history.canRedo} onClick={history.redo}>{t("journeys.redo")}</Button>
          <Button icon={<PartitionOutlined />} onClick={() => { history.change(arranged(history.now)); }}>{t("journeys.arrange")}</Button>
          <span className="small faint" role="status">
            {t(saving.unsaved || saving.busy ? "journeys.saving" : journey.is_changed && journey.version > 0 ? "journeys.savedChanged" : "journeys.saved")}
          </span>
        </div>
      )}
      {editable && problems.length > 0 && (
        <div className="problem-list">
          {problems.slice(0, 4).map((each) => {
            const id = nodeOf(each);
            return (
              <span key={each.field + each.message} className="row">
                <State mood="bad">
                  {id === null ? (
                    each.message
                  ) : (
                    <button type="button" className="plain-button" onClick={() => { onChoose(id); }}>
                      {each.message}
                    </button>
                  )}
                </State>
              </span>
            );
          })}
          {problems.length > 4 && <span className="small faint">{t("journeys.moreProblems", { n: problems.length - 4 })}</span>}
        </div>
      )}
    </div>
  );
}
