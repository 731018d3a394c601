import { useMemo } from "react";

import { Refusal } from "@/api/refusal";
import { useT } from "@/i18n";
import { Answered } from "@/ui/Answered";
import { Panel } from "@/ui/Panel";

import { ProblemsContext, Tree } from "./builder/Tree";
import { asGroup, type Condition } from "./condition";
import { SentenceBox } from "./SentenceBox";
import { useWords } from "./sentenceApi";
import { VocabularyContext } from "./vocabulary";

interface ConditionsProps {
  condition: Condition;
  /** The condition as a sentence, as the server says it. */
  said: string;
  /** What stands in the box before anything is said. */
  first: string;
  /** Why the condition could not be counted; shown at the place it is about. */
  error: Error | null;
  onCondition: (next: Condition) => void;
}

/** One condition two ways: as a sentence, and as a tree under it. */
export function Conditions({ condition, said, first, error, onCondition }: ConditionsProps) {
  const t = useT();
  const words = useWords();
  const problems = useMemo(() => (error instanceof Refusal ? error.errors : []), [error]);
  const change = (next: Condition) => { onCondition(asGroup(next)); };
  return (
    <>
      <SentenceBox said={said} first={first} onCondition={change} />
      <Panel title={t("audiences.tree")}>
        <Answered query={words}>
          {(found) => (
            <VocabularyContext value={found}>
              <ProblemsContext value={problems}>
                <Tree node={condition} path="condition" onChange={change} />
              </ProblemsContext>
            </VocabularyContext>
          )}
        </Answered>
      </Panel>
    </>
  );
}
