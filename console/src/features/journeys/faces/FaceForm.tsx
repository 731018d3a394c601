import type { Draft } from "./face";
import { MomentsForm } from "./MomentsForm";
import { SopForm, type FaceFormProps } from "./SopForm";
import { WelcomeForm } from "./WelcomeForm";

/** The form of whichever face it is. */
export function FaceForm({ draft, ...props }: FaceFormProps<Draft>) {
  switch (draft.face) {
    case "sop":
      return <SopForm draft={draft} {...props} />;
    case "moments":
      return <MomentsForm draft={draft} {...props} />;
    case "welcome":
      return <WelcomeForm draft={draft} {...props} />;
  }
}
