import { SearchOutlined } from "@ant-design/icons";
import { Input, Modal } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useNavigate } from "react-router";

import { useT } from "@/i18n";
import { useDebounced } from "@/ui/useDebounced";

import { useFound, type Found } from "./useFound";

/** ⌘K: finds a customer, an audience, a tag, a setting, and goes there; or does what is asked. */
export function Finder({ onClose }: { onClose: () => void }) {
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={560} style={{ top: 72 }} className="finder">
      <FinderBox onClose={onClose} />
    </Modal>
  );
}

function FinderBox({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const [place, setPlace] = useState(0);
  const settled = useDebounced(words.trim(), 150);
  const { found, pending } = useFound(settled);
  const [eager, setEager] = useState(false);
  const chosen = found[Math.min(place, found.length - 1)];
  const waits = pending || settled !== words.trim();
  const go = ({ to, run }: Found) => {
    onClose();
    run?.();
    if (to !== undefined) void navigate(to);
  };
  const goLater = useEffectEvent(() => {
    if (chosen) go(chosen);
  });
  // Enter before the answer came means what will stand first then, not what stands there now.
  useEffect(() => {
    if (eager && !waits) goLater();
  }, [eager, waits]);
  const press = (event: React.KeyboardEvent) => {
    if (event.key === "Home" && words === "") setPlace(0);
    else if (event.key === "End" && words === "") setPlace(found.length - 1);
    else if (event.key === "ArrowDown") setPlace(Math.min(place + 1, found.length - 1));
    else if (event.key === "ArrowUp") setPlace(Math.max(place - 1, 0));
    else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
      if (waits) setEager(true);
      else go(chosen);
    }
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden className="faint" />}
        placeholder={t("shell.findHint")}
        aria-label={t("shell.findHint")}
        role="combobox"
        aria-expanded
        aria-controls="found"
        aria-activedescendant={chosen && `found-${chosen.key}`}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setPlace(0);
          setEager(false);
        }}
        onKeyDown={press}
      />
      <div className="finder-list" id="found" role="listbox" aria-label={t("shell.find")}>
        {found.map((each, index) => (
          <FoundLine key={each.key} found={each} first={each.group !== found[index - 1]?.group} chosen={each === chosen} onGo={() => { go(each); }} />
        ))}
        {found.length === 0 && !pending && settled !== "" && <p className="finder-group">{t("shell.findNothing", { words: settled })}</p>}
        {settled === "" && <p className="finder-group">{t("shell.findTip")}</p>}
      </div>
    </>
  );
}

function FoundLine({ found, first, chosen, onGo }: { found: Found; first: boolean; chosen: boolean; onGo: () => void }) {
  const t = useT();
  return (
    <>
      {first && <p className="finder-group">{t(found.group)}</p>}
      <div
        className="finder-item"
        role="option"
        id={`found-${found.key}`}
        aria-selected={chosen}
        tabIndex={-1}
        onClick={onGo}
        onKeyDown={(event) => {
          if (event.key === "Enter") onGo();
        }}
        ref={(line) => {
          if (chosen) line?.scrollIntoView({ block: "nearest" });
        }}
      >
        <span aria-hidden className="faint">
          {found.icon}
        </span>
        <span className="clip grow">{found.label}</span>
        {found.note && <span className="small faint tabular">{found.note}</span>}
      </div>
    </>
  );
}
