import { Button, Form, Input, Select } from "antd";

import { useT } from "@/i18n";
import { DialogForm } from "@/ui/DialogForm";
import { FilePick } from "@/ui/materials/FilePick";
import { useLabels } from "@/ui/materials/materialsApi";

import { isFile } from "./wecom";
import { useDeletePhrase, useWritePhrase, type Phrase, type PhraseGroup } from "./guidesApi";

interface Filled {
  group_id: number;
  kind: Phrase["kind"];
  title: string;
  text?: string;
  description?: string;
  url?: string;
  picture?: string;
  app_id?: string;
  labels?: string[];
}

/** A phrase: what it says, and what it leads to. */
export function PhraseDialog({ phrase, groups, into, onClose }: { phrase: Phrase | null; groups: PhraseGroup[]; into?: number | undefined; onClose: () => void }) {
  const t = useT();
  const write = useWritePhrase(phrase);
  const remove = useDeletePhrase();
  const labels = useLabels();
  const first = groups[0];
  if (!first) return null;
  return (
    <DialogForm<Filled>
      title={t(phrase ? "guides.changePhrase" : "guides.newPhrase")}
      initialValues={phrase ?? { group_id: into ?? first.id, kind: "text", labels: [] }}
      busy={write.isPending || remove.isPending}
      error={write.error ?? remove.error}
      onClose={onClose}
      onFinish={(filled) => {
        write.mutate({ text: "", description: "", url: "", picture: "", app_id: "", labels: [], ...filled, group_id: filled.group_id || first.id }, { onSuccess: onClose });
      }}
      extra={
        phrase && (
          <Button danger type="text" onClick={() => { remove.mutate(phrase.id, { onSuccess: onClose }); }}>
            {t("common.delete")}
          </Button>
        )
      }
    >
      <Form.Item name="group_id" label={t("guides.phraseGroup")}>
        <Select options={groups.map((each) => ({ value: each.id, label: each.name }))} />
      </Form.Item>
      <Form.Item name="kind" label={t("guides.kind")}>
        <Select options={[{ value: "text", label: t("guides.kindText") }, { value: "link", label: t("guides.kindLink") }, { value: "mini_program", label: t("guides.kindMiniProgram") }, { value: "image", label: t("guides.kindImage") }, { value: "video", label: t("guides.kindVideo") }, { value: "file", label: t("guides.kindFile") }]} />
      </Form.Item>
      <Form.Item name="title" label={t("guides.phraseTitle")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="labels" label={t("library.labels")}>
        <Select mode="tags" maxCount={10} tokenSeparators={[",", "，", " "]} options={(labels.data ?? []).map((each) => ({ value: each.label, label: each.label }))} />
      </Form.Item>
      <Form.Item<Filled> noStyle shouldUpdate={(before, after) => before.kind !== after.kind}>
        {({ getFieldValue }) => <Leads kind={String(getFieldValue("kind"))} />}
      </Form.Item>
    </DialogForm>
  );
}

function Leads({ kind }: { kind: string }) {
  const t = useT();
  if (isFile(kind)) {
    return (
      <Form.Item name="url" label={t("guides.fileOfPhrase")} extra={t(kind === "file" ? "guides.fileHint" : kind === "video" ? "guides.videoHint" : "guides.imageHint")} rules={[{ required: true, message: t("common.required") }]}>
        <FilePick kind={kind} />
      </Form.Item>
    );
  }
  const words = (
    <Form.Item name="text" label={t("guides.words")} extra={t("guides.wordsHint")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}>
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
    </Form.Item>
  );
  if (kind !== "link" && kind !== "mini_program") return words;
  return (
    <>
      {words}
      <Form.Item name="url" label={t(kind === "link" ? "guides.url" : "guides.page")} rules={[{ required: true, message: t("common.required") }]}>
        <Input maxLength={1000} />
      </Form.Item>
      {kind === "link" ? (
        <Form.Item name="description" label={t("guides.description")}>
          <Input maxLength={500} />
        </Form.Item>
      ) : (
        <Form.Item name="app_id" label={t("guides.appId")} rules={[{ required: true, message: t("common.required") }]}>
          <Input maxLength={64} />
        </Form.Item>
      )}
      <Form.Item name="picture" label={t("guides.picture")}>
        <FilePick kind="image" typed />
      </Form.Item>
    </>
  );
}
