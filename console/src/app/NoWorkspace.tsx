import { Button } from "antd";

import { useSignOut } from "@/api/member";
import { useT } from "@/i18n";
import { Empty } from "@/ui/Empty";

/** Someone who is signed in, but in no workspace, or not in this one. */
export function NoWorkspace({ slug }: { slug?: string }) {
  const t = useT();
  const signOut = useSignOut();
  return (
    <main className="page narrow">
      <Empty alone title={slug === undefined ? t("shell.noWorkspaceTitle") : t("shell.notMember", { slug })} hint={t("shell.noWorkspaceHint")}>
        <Button onClick={() => { signOut.mutate(); }}>{t("shell.signOut")}</Button>
      </Empty>
    </main>
  );
}
