import { DownloadOutlined, EllipsisOutlined, ReloadOutlined, UserAddOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Consequence } from "@/ui/Consequence";
import { Refused } from "@/ui/Refused";

import { useAudienceAct, type Audience } from "./audiencesApi";
import { EditDialog } from "./EditDialog";
import { ExportDialog } from "./ExportDialog";
import { FillFrom } from "./FillFrom";
import { KeepAsListDialog } from "./KeepAsListDialog";
import { PutOnDialog } from "./PutOnDialog";

/** What can be done with an audience. */
export function AudienceActions({ audience }: { audience: Audience }) {
  const t = useT();
  const { may, path } = useMember();
  const navigate = useNavigate();
  const act = useAudienceAct(audience.id);
  const [doing, setDoing] = useState<"edit" | "export" | "put" | "keep" | "fill" | "archive" | "delete" | null>(null);
  const close = () => { setDoing(null); };
  const writes = may("audiences.write");
  const archived = audience.archived_at !== null;
  const isList = audience.kind === "static";
  const items = archived
    ? [
        { key: "restore", label: t("audiences.restore"), onClick: () => { act.mutate("restore"); } },
        { key: "delete", danger: true, label: t("audiences.delete"), onClick: () => { setDoing("delete"); } },
      ]
    : [
        { key: "edit", label: t(isList ? "audiences.editedList" : "audiences.edited"), onClick: () => { setDoing("edit"); } },
        ...(isList ? [{ key: "fill", label: t("audiences.fill"), onClick: () => { setDoing("fill"); } }] : []),
        ...(may("reach.read") ? [{ key: "rates", label: t("shell.rates"), onClick: () => void navigate(path(`rates?audience=${String(audience.id)}`)) }] : []),
        { key: "keep", label: t(isList ? "audiences.keepCopy" : "audiences.keep"), onClick: () => { setDoing("keep"); } },
        { key: "archive", label: t("audiences.archive"), onClick: () => { setDoing("archive"); } },
      ];
  return (
    <>
      {writes && !archived && isList && (
        <Button type="primary" icon={<UserAddOutlined />} onClick={() => { setDoing("put"); }}>
          {t("audiences.putOn")}
        </Button>
      )}
      {writes && !archived && !isList && (
        <Button icon={<ReloadOutlined />} loading={act.isPending || audience.is_refreshing} onClick={() => { act.mutate("refresh"); }}>
          {audience.is_refreshing ? t("audiences.refreshAsked") : t("audiences.refresh")}
        </Button>
      )}
      {may("audiences.export") && (
        <Button icon={<DownloadOutlined />} onClick={() => { setDoing("export"); }}>
          {t("audiences.export")}
        </Button>
      )}
      {writes && (
        <Dropdown trigger={["click"]} menu={{ items }} placement="bottomRight">
          <Button icon={<EllipsisOutlined />} aria-label={t("common.actions")} />
        </Dropdown>
      )}
      {doing === null && <Refused error={act.error} />}
      {doing === "edit" && <EditDialog audience={audience} onClose={close} />}
      {doing === "put" && <PutOnDialog audience={audience} onClose={close} />}
      {doing === "keep" && <KeepAsListDialog audience={audience} onClose={close} />}
      {doing === "fill" && <FillFrom list={audience} onClose={close} />}
      {doing === "export" && <ExportDialog audience={audience} onClose={close} />}
      {(doing === "archive" || doing === "delete") && <Confirm audience={audience} doing={doing} act={act} onClose={close} />}
    </>
  );
}

function Confirm({ audience, doing, act, onClose }: { audience: Audience; doing: "archive" | "delete"; act: ReturnType<typeof useAudienceAct>; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const { path } = useMember();
  const { name } = audience;
  const title = doing === "archive" ? t("audiences.archiveTitle", { name }) : t("audiences.deleteTitle", { name });
  return (
    <Consequence
      open
      harmful
      title={title}
      act={title}
      {...(doing === "delete" ? { word: name } : {})}
      busy={act.isPending}
      error={act.error}
      onAct={() => {
        act.mutate(doing, {
          onSuccess: () => {
            onClose();
            if (doing === "delete") void navigate(path("audiences?archived=1"));
          },
        });
      }}
      onClose={() => {
        act.reset();
        onClose();
      }}
    >
      <p>{doing === "archive" ? t("audiences.archiveHint", { n: whole(audience.count) }) : t("audiences.deleteHint")}</p>
    </Consequence>
  );
}
