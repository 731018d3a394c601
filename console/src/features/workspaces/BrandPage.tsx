import { Button, Form, Input, Select } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { useChangeBrand } from "./settingsApi";

/** The brand: its name, and where its days begin. */
export function BrandPage() {
  const t = useT();
  const { workspace, may } = useMember();
  const change = useChangeBrand();
  const mine = may("settings.write");
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => ({ value: zone, label: zone }));
  return (
    <Page title={t("settings.brand")} answer={t("settings.brandAnswer")}>
      {!mine && <Notice>{t("settings.readOnly")}</Notice>}
      <Panel>
        <Form
          layout="vertical"
          style={{ maxWidth: 400 }}
          disabled={!mine || change.isPending}
          initialValues={{ name: workspace.name, time_zone: workspace.time_zone }}
          onFinish={(body: { name: string; time_zone: string }) => { change.mutate(body); }}
        >
          <Form.Item name="name" label={t("settings.brandName")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item label={t("settings.brandAddress")}>
            <code>/w/{workspace.slug}</code>
          </Form.Item>
          <Form.Item name="time_zone" label={t("settings.brandZone")}>
            <Select showSearch options={zones} />
          </Form.Item>
          <Refused error={change.error} />
          {mine && (
            <div className="row">
              <Button type="primary" htmlType="submit" loading={change.isPending}>
                {t("common.save")}
              </Button>
              {change.isSuccess && <span role="status">{t("settings.saved")}</span>}
            </div>
          )}
        </Form>
      </Panel>
    </Page>
  );
}
