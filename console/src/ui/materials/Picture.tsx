import { AppstoreOutlined, FileOutlined, FontSizeOutlined, LinkOutlined, PlayCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";

import "./materials.css";
import type { MaterialKind } from "./materialsApi";

const icons: Record<Exclude<MaterialKind, "image">, ReactNode> = {
  text: <FontSizeOutlined />,
  link: <LinkOutlined />,
  mini_program: <AppstoreOutlined />,
  video: <PlayCircleOutlined />,
  file: <FileOutlined />,
};

/** What something of the library looks like, small: its picture, or a sign of its kind. */
export function Picture({ material }: { material: { kind: MaterialKind; url: string; picture: string } }) {
  const shown = material.kind === "image" ? material.url : material.picture;
  if (shown) return <img className="material-picture" src={shown} alt="" loading="lazy" referrerPolicy="no-referrer" />;
  return (
    <span className="material-picture sign" aria-hidden>
      {material.kind === "image" ? null : icons[material.kind]}
    </span>
  );
}
