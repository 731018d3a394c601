import { PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";

import { useT } from "@/i18n";
import { TakeMaterial } from "@/ui/materials/TakeMaterial";

import type { KitChannel, Preview } from "./messagesApi";
import { PartCard } from "./PartCard";
import { takeable, withMaterial } from "./materialParts";
import { addable, drafted, emptyPart, type Draft } from "./parts";

interface PartListProps {
  channel: KitChannel;
  drafts: Draft[];
  onDrafts: (drafts: Draft[]) => void;
  problems: ReadonlyMap<string, string>;
  lengths: Preview["lengths"];
  readOnly: boolean;
}

/** The parts of a message one beneath the other; more can be added as far as the channel takes them. */
export function PartList({ channel, drafts, onDrafts, problems, lengths, readOnly }: PartListProps) {
  const t = useT();
  const parts = drafts.map((each) => each.part);
  const more = addable(channel, parts);
  const swapped = (from: number, to: number) => drafts.map((each, place) => (place === from ? drafts[to] : place === to ? drafts[from] : each)).filter((each) => each !== undefined);
  return (
    <>
      {drafts.map(({ key, part }, place) => {
        const kind = channel.parts.find((each) => each.kind === part.kind);
        if (!kind) return null;
        const count = parts.filter((each) => each.kind === part.kind).length;
        return (
          <PartCard
            key={key}
            part={part}
            kind={kind}
            place={place}
            problems={problems}
            lengths={lengths}
            readOnly={readOnly}
            onChange={(changed) => { onDrafts(drafts.map((each) => (each.key === key ? { key, part: changed } : each))); }}
            move={
              readOnly
                ? {}
                : {
                    ...(place > 0 ? { up: () => { onDrafts(swapped(place, place - 1)); } } : {}),
                    ...(place < drafts.length - 1 ? { down: () => { onDrafts(swapped(place, place + 1)); } } : {}),
                    ...(count > kind.least && drafts.length > 1 ? { away: () => { onDrafts(drafts.filter((each) => each.key !== key)); } } : {}),
                  }
            }
          />
        );
      })}
      {problems.has("parts") && <p className="small harm" role="alert">{problems.get("parts")}</p>}
      {!readOnly && (
        <span className="row wrapping">
          {more.length > 0 && (
            <Dropdown
              trigger={["click"]}
              menu={{ items: more.map((each) => ({ key: each.kind, label: each.label })), onClick: ({ key }) => { onDrafts([...drafts, ...more.filter((each) => each.kind === key).map((each) => drafted(emptyPart(each)))]); } }}
            >
              <Button icon={<PlusOutlined />}>{t("messages.addPart")}</Button>
            </Dropdown>
          )}
          <TakeMaterial kinds={takeable(channel, parts)} onTake={(material) => { onDrafts(withMaterial(drafts, material)); }} />
        </span>
      )}
    </>
  );
}
