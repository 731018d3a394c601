import { useState } from "react";
import { Link } from "react-router";

import { useMember } from "@/api/member";
import { useT } from "@/i18n";
import { useCalled } from "@/ui/people";
import { Answered } from "@/ui/Answered";
import { Avatar } from "@/ui/Avatar";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";

import { usePeople } from "../guidesApi";

/** Find one of my customers by name, pinyin or the end of a telephone. */
export function PeopleScreen() {
  const t = useT();
  const { path } = useMember();
  const called = useCalled();
  const [words, setWords] = useState("");
  const q = useDebounced(words.trim());
  const people = usePeople(q);
  return (
    <>
      <h1>{t("guides.people")}</h1>
      <SearchBox label={t("guides.findPerson")} value={words} onSearch={setWords} />
      {q === "" ? (
        <Empty title={t("guides.findFirst")} hint={t("guides.findFirstHint")} />
      ) : (
        <Panel flush>
          <Answered query={people}>
            {(data) =>
              data.items.length === 0 ? (
                <Empty title={t("guides.foundNobody")} />
              ) : (
                <ul className="sidebar-lines">
                  {data.items.map((each) => (
                    <li key={each.id}>
                      <Avatar name={called(each.id, each.name)} seed={each.id} size={36} />
                      <Link className="grow" to={path(`sidebar/people/${String(each.id)}`)}>
                        <span className="strong">{called(each.id, each.name)}</span>
                        <span className="small quiet tabular" style={{ display: "block" }}>{each.phone}</span>
                      </Link>
                    </li>
                  ))}
                </ul>
              )
            }
          </Answered>
        </Panel>
      )}
    </>
  );
}
