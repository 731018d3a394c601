import { Form, Input, Select } from "antd";

import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";

import { useAddSite } from "./trackingApi";

/** A site is let in; its code is shown next. */
export function SiteDialog({ onClose, onMade }: { onClose: () => void; onMade: (site: components["schemas"]["SiteOut"]) => void }) {
  const t = useT();
  const add = useAddSite();
  const submit = (body: { name: string; origins: string[] }) => {
    add.mutate(
      { ...body, trusts_pages: false },
      {
        onSuccess: (site) => {
          onClose();
          onMade(site);
        },
      },
    );
  };
  return (
    <DialogForm<{ name: string; origins: string[] }> title={t("tracking.addSite")} initialValues={{ origins: [] }} onFinish={submit} onClose={onClose} busy={add.isPending} error={add.error}>
      <Form.Item name="name" label={t("tracking.siteName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={100} autoFocus placeholder={t("tracking.siteNameExample")} />
      </Form.Item>
      <Form.Item name="origins" label={t("tracking.origins")} extra={t("tracking.originsHint")} rules={[{ required: true, message: t("common.required") }]}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", " ", "，", "\n"]} placeholder="https://" />
      </Form.Item>
    </DialogForm>
  );
}
