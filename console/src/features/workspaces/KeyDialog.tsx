import { Button, Checkbox, Form, Input, Modal, Select } from "antd";
import dayjs from "dayjs";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Copyable } from "@/ui/Copyable";
import { Notice } from "@/ui/Notice";
import { Refused } from "@/ui/Refused";
import { BlockSkeleton } from "@/ui/Skeleton";

import { useMakeKey, useRoles } from "./settingsApi";

interface Filled {
  name: string;
  permissions: string[];
  days: number;
}

/** A key is made, and shown this once. */
export function KeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Modal open={open} title={t("settings.addKey")} onCancel={onClose} footer={null} destroyOnHidden mask={{ closable: false }} closable={{ "aria-label": t("common.close") }}>
      <Inside onClose={onClose} />
    </Modal>
  );
}

function Inside({ onClose }: { onClose: () => void }) {
  const t = useT();
  const make = useMakeKey();
  const submit = ({ name, permissions, days }: Filled) => {
    make.mutate({ name, permissions, expires_at: days ? dayjs().add(days, "day").toISOString() : null });
  };
  if (make.data) {
    return (
      <div className="stack">
        <h3>{t("settings.keyMadeTitle")}</h3>
        <Copyable label={make.data.made.name} text={make.data.key} />
        <Notice>{t("settings.keyMadeHint")}</Notice>
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button type="primary" onClick={onClose}>
            {t("settings.keyKept")}
          </Button>
        </div>
      </div>
    );
  }
  const lives = [0, 30, 90, 365].map((days) => ({ value: days, label: days ? t("settings.keyDays", { n: days }) : t("settings.keyForever") }));
  return (
    <Form<Filled> layout="vertical" initialValues={{ permissions: ["events.write"], days: 0 }} onFinish={submit} disabled={make.isPending}>
      <Form.Item name="name" label={t("settings.keyName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} placeholder={t("settings.keyNameExample")} autoFocus />
      </Form.Item>
      <Form.Item name="permissions" label={t("settings.keyPermissions")} rules={[{ required: true, message: t("common.required") }]}>
        <Permissions />
      </Form.Item>
      <Form.Item name="days" label={t("settings.keyExpires")}>
        <Select options={lives} style={{ maxWidth: 200 }} />
      </Form.Item>
      <Refused error={make.error} />
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t("settings.addKey")}
        </Button>
      </div>
    </Form>
  );
}

/** Only what the maker may do herself can be given. */
function Permissions({ value, onChange }: { value?: string[]; onChange?: (value: string[]) => void }) {
  const { may } = useMember();
  const table = useRoles();
  if (!table.data) return <BlockSkeleton />;
  const mine = table.data.permissions.filter((each) => may(each.name));
  return (
    <Checkbox.Group value={value ?? []} onChange={(chosen: string[]) => onChange?.(chosen)} style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(200px, 1fr))", gap: "4px 12px" }}>
      {mine.map((each) => (
        <Checkbox key={each.name} value={each.name}>
          {each.label}
        </Checkbox>
      ))}
    </Checkbox.Group>
  );
}
