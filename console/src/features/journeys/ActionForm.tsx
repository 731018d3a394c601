import { Button, InputNumber, Select } from "antd";

import { useSpeech } from "@/i18n";

import { Choice, Labelled, TextInput } from "./fields";
import { isObject, text, type GraphNode, type JsonObject } from "./graph";
import { useAccountNames, useActions, useJourneyNames, useMessageNames, useVocabulary, type ActionOffer } from "./journeysApi";

type Parameter = ActionOffer["parameters"][number];

/** What an action does, and with what. */
export function ActionForm({ node, onChange }: { node: GraphNode; onChange: (node: GraphNode) => void }) {
  const { t, language } = useSpeech();
  const actions = useActions();
  const given = isObject(node["with"]) ? node["with"] : {};
  const chosen = actions.data?.find((each) => each.name === node["do"]);
  const onError = node["on_error"] === "skip" || node["on_error"] === "hold" ? node["on_error"] : "retry";
  // What an action took once and takes no more keeps a journey from running until it is taken out.
  const gone = chosen ? Object.keys(given).filter((name) => !chosen.parameters.some((each) => each.name === name)) : [];
  const word = (each: { zh: string; en: string }) => (language === "en-US" ? each.en : each.zh);
  return (
    <>
      <Labelled label={t("journeys.does")} at="do">
        <Select
          aria-label={t("journeys.does")}
          placeholder={t("journeys.actionNone")}
          {...(text(node["do"]) ? { value: text(node["do"]) } : {})}
          showSearch={{ optionFilterProp: "label" }}
          options={(actions.data ?? []).map((each) => ({ value: each.name, label: word(each) }))}
          onChange={(name) => { onChange({ ...node, do: name, with: {} }); }}
        />
      </Labelled>
      {chosen?.parameters.map((each) => (
        <ParameterInput
          key={`${chosen.name}.${each.name}`}
          parameter={each}
          label={word(each)}
          value={given[each.name]}
          onChange={(value) => {
            const rest = without(given, each.name);
            onChange({ ...node, with: value === undefined || value === "" ? rest : { ...rest, [each.name]: value } });
          }}
        />
      ))}
      {gone.map((name) => (
        <Labelled key={name} label={name} at={`with.${name}`}>
          <Button size="small" style={{ alignSelf: "flex-start" }} onClick={() => { onChange({ ...node, with: without(given, name) }); }}>{t("common.remove")}</Button>
        </Labelled>
      ))}
      <Choice label={t("journeys.onError")} value={onError} options={(["retry", "skip", "hold"] as const).map((each) => ({ value: each, label: t(`journeys.error_${each}`) }))} onChange={(how) => { onChange({ ...node, on_error: how }); }} />
    </>
  );
}

function without(given: JsonObject, name: string): JsonObject {
  const { [name]: _gone, ...rest } = given;
  return rest;
}

interface ParameterInputProps {
  parameter: Parameter;
  label: string;
  value: JsonObject[string];
  onChange: (value: string | number | boolean | undefined) => void;
}

function ParameterInput({ parameter, label, value, onChange }: ParameterInputProps) {
  const options = useOptions(parameter.name);
  const at = `with.${parameter.name}`;
  if (options) {
    return (
      <Labelled label={label} at={at}>
        <Select<number> aria-label={label} placeholder={label} {...(typeof value === "number" ? { value } : {})} allowClear showSearch={{ optionFilterProp: "label" }} options={options} onChange={(chosen: number | undefined) => { onChange(chosen); }} />
      </Labelled>
    );
  }
  if (parameter.kind === "number" || parameter.kind === "money") {
    return (
      <Labelled label={label} at={at}>
        <InputNumber aria-label={label} value={typeof value === "number" ? value : null} onChange={(number) => { onChange(number ?? undefined); }} style={{ width: 140 }} />
      </Labelled>
    );
  }
  return <TextInput label={label} at={at} value={value} onChange={onChange} />;
}

/** The things a parameter may name, where it names one. */
function useOptions(name: string): { value: number; label: string }[] | null {
  const messages = useMessageNames();
  const accounts = useAccountNames();
  const journeys = useJourneyNames();
  const vocabulary = useVocabulary();
  const named = (all: { id: number; name: string }[] | undefined) => (all ?? []).map((each) => ({ value: each.id, label: each.name }));
  switch (name) {
    case "message":
      return named(messages.data);
    case "account":
      return named(accounts.data?.filter((each) => each.state !== "archived"));
    case "journey":
      return named(journeys.data);
    case "tag":
      return (vocabulary.data?.tag_groups ?? []).flatMap((group) => group.tags.map((tag) => ({ value: tag.id, label: `${group.name} · ${tag.name}` })));
    case "staff":
      return named(vocabulary.data?.staff);
    case "store":
      return named(vocabulary.data?.stores);
    default:
      return null;
  }
}
