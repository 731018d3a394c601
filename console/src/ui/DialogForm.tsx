import { Button, Form, Modal, type FormProps } from "antd";
import type { ReactNode } from "react";

import { useT } from "@/i18n";
import { Refused } from "./Refused";

interface DialogFormProps<T> {
  title: string;
  initialValues: NonNullable<FormProps<T>["initialValues"]>;
  onFinish: (filled: T) => void;
  onClose: () => void;
  busy: boolean;
  error: Error | null;
  /** What the button says it will do; saves unless said otherwise. */
  act?: string;
  /** Beside the buttons: what else can be done with it. */
  extra?: ReactNode;
  children: ReactNode;
}

/** A small form in a dialog: fill in, save, be told what was refused. */
export function DialogForm<T>({ title, initialValues, onFinish, onClose, busy, error, act, extra, children }: DialogFormProps<T>) {
  const t = useT();
  return (
    <Modal open title={title} onCancel={onClose} footer={null} closable={{ "aria-label": t("common.close") }}>
      <Form<T> layout="vertical" initialValues={initialValues} onFinish={onFinish} disabled={busy}>
        {children}
        <Refused error={error} />
        <div className="row apart" style={{ marginTop: 8 }}>
          <span>{extra}</span>
          <span className="row">
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="primary" htmlType="submit" loading={busy}>
              {act ?? t("common.save")}
            </Button>
          </span>
        </div>
      </Form>
    </Modal>
  );
}
