import { Button, Upload } from "antd";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Copyable } from "@/ui/Copyable";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";

import { usePicture, useSetLogo, type CodeDetail } from "./acquisitionApi";
import { savePng, saveSvg } from "./savePicture";

/** What is printed: to look at, to take along as SVG or PNG, with a logo of one's own. */
export function CodePicture({ code }: { code: CodeDetail }) {
  const t = useT();
  const { may } = useMember();
  const picture = usePicture(code.id, code.has_logo);
  const logo = useSetLogo(code.id);
  const over = code.state === "ended" || code.state === "expired";
  return (
    <aside className="stack">
      <Panel title={t("acquisition.printed")} note={t("acquisition.printedNote")}>
        <Answered query={picture}>
          {(svg) => (
            <div className="stack tight">
              <img className="qr" alt={t("acquisition.qrOf", { name: code.name })} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} />
              <span className="row wrapping">
                <Button size="small" onClick={() => { saveSvg(svg, code.name); }}>SVG</Button>
                <Button size="small" onClick={() => void savePng(svg, code.name)}>PNG</Button>
                {may("codes.write") && !over && (
                  <>
                    <Upload accept="image/png,image/jpeg" showUploadList={false} beforeUpload={(file) => { logo.mutate(file); return false; }}>
                      <Button size="small" loading={logo.isPending}>{t(code.has_logo ? "acquisition.changeLogo" : "acquisition.addLogo")}</Button>
                    </Upload>
                    {code.has_logo && <Button size="small" type="text" onClick={() => { logo.mutate(null); }}>{t("acquisition.noLogo")}</Button>}
                  </>
                )}
              </span>
              <Copyable text={code.address} label={t("acquisition.address")} />
            </div>
          )}
        </Answered>
        <Refused error={logo.error} />
      </Panel>
      {code.picture !== "" && (
        <Panel title={t("acquisition.direct")} note={t("acquisition.directNote")}>
          <a href={code.picture} target="_blank" rel="noreferrer" className="wrap small">
            {t("acquisition.openPicture")}
          </a>
        </Panel>
      )}
    </aside>
  );
}
