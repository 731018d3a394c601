import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import type { Material } from "@/ui/materials/materialsApi";
import { Picture } from "@/ui/materials/Picture";

/** One thing of the library: what it shows, where it stands, how often it is used. */
export function Card({ material, onOpen }: { material: Material; onOpen: (() => void) | null }) {
  const t = useT();
  const used = [material.sent > 0 ? t("library.sent", { n: whole(material.sent) }) : "", material.taken > 0 ? t("library.taken", { n: whole(material.taken) }) : ""].filter(Boolean);
  return (
    <li className="material">
      <span className="shown">{material.kind === "text" ? <p>{material.text}</p> : <Picture material={material} />}</span>
      <span className="said">
        {onOpen ? (
          <button type="button" className="plain-button strong clip" onClick={onOpen}>{material.title}</button>
        ) : (
          <span className="strong clip" title={material.title}>{material.title}</span>
        )}
        <span className="small faint clip">
          {t(`library.kind_${material.kind}`)} · {material.is_shared ? material.group_name : t("guides.ownGroup", { name: material.group_name })}
        </span>
        {material.labels.length > 0 && (
          <span className="labels">
            {material.labels.map((each) => (
              <span key={each}>{each}</span>
            ))}
          </span>
        )}
        <span className="small faint">{used.length > 0 ? used.join(" · ") : t("library.unused")}</span>
      </span>
    </li>
  );
}
