import { Button, Input, Modal } from "antd";
import { useState, type ReactNode } from "react";

import { useT } from "@/i18n";

import { Avatar } from "./Avatar";
import { Refused } from "./Refused";

export interface Face {
  id: number;
  name: string;
}

interface ConsequenceProps {
  open: boolean;
  title: string;
  /** How many, who, when, what is held back, how to undo it. */
  children: ReactNode;
  faces?: Face[];
  /** The button says it: 给 12,408 人打标签. */
  act: string;
  harmful?: boolean;
  /** A word to type first, for what cannot be undone. */
  word?: string;
  /** Whether all that is needed has been said. */
  ready?: boolean;
  busy?: boolean;
  error?: Error | null;
  onAct: () => void;
  onClose: () => void;
}

/** The consequence, before the act. */
export function Consequence(props: ConsequenceProps) {
  const t = useT();
  return (
    <Modal open={props.open} title={props.title} onCancel={props.onClose} footer={null} destroyOnHidden closable={{ "aria-label": t("common.close") }}>
      <Inside {...props} />
    </Modal>
  );
}

function Inside({ children, faces, act, harmful, word, ready = true, busy, error, onAct, onClose }: ConsequenceProps) {
  const t = useT();
  const [typed, setTyped] = useState("");
  return (
    <div className="consequence">
      {children}
      {faces && faces.length > 0 && (
        <div className="faces" aria-label={t("common.sample")}>
          {faces.map((face) => (
            <span key={face.id} className="row">
              <Avatar name={face.name} seed={face.id} size={22} />
              <span className="clip">{face.name}</span>
            </span>
          ))}
        </div>
      )}
      {word !== undefined && (
        <label className="stack close">
          <span className="quiet">{t("common.typeToConfirm", { word })}</span>
          <Input value={typed} onChange={(event) => { setTyped(event.target.value); }} autoComplete="off" />
        </label>
      )}
      <Refused error={error ?? null} />
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" danger={harmful ?? false} loading={busy ?? false} disabled={!ready || (word !== undefined && typed.trim() !== word)} onClick={onAct}>
          {act}
        </Button>
      </div>
    </div>
  );
}
