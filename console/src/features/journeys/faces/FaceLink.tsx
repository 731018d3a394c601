import { TableOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";

import type { Journey } from "../journeysApi";
import { isFace, readFace } from "./face";
import { useFace } from "./facesApi";

/** From the canvas to the table it was written as, while the table can show all of it. */
export function FaceLink({ journey }: { journey: Journey }) {
  const t = useT();
  const { path } = useMember();
  const face = isFace(journey.view) ? journey.view : null;
  const faces = useFace(journey.id, face !== null);
  if (face === null || !faces.data || !readFace(faces.data)) return null;
  return (
    <Link to={path(`journeys/${String(journey.id)}/face`)}>
      <Button icon={<TableOutlined />} tabIndex={-1}>{t(`faces.asFace_${face}`)}</Button>
    </Link>
  );
}
