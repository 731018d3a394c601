import { PlusOutlined, QrcodeOutlined } from "@ant-design/icons";
import { Button, Segmented, Select } from "antd";
import { useNavigate, useSearchParams } from "react-router";

import { useMember } from "@/api/member";
import { itemsOf } from "@/api/pages";
import { useT } from "@/i18n";
import { money, whole } from "@/i18n/format";
import { Empty } from "@/ui/Empty";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Rows, type Column } from "@/ui/Rows";
import { SearchBox } from "@/ui/SearchBox";
import { useDebounced } from "@/ui/useDebounced";

import { AcquisitionTabs } from "./AcquisitionTabs";
import { useCodes, useSourceChannels, type Code } from "./acquisitionApi";
import { CodeStanding } from "./CodeStanding";

/** Every live code with who came today; what needs a hand stands out by its state. */
export function CodesPage() {
  const t = useT();
  const { may, path } = useMember();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const words = search.get("q") ?? "";
  const channel = Number(search.get("channel")) || null;
  const ended = search.get("ended") === "1";
  const codes = useCodes({ words: useDebounced(words.trim()), channel_id: channel, ended });
  const all = itemsOf(codes);
  const today = all.reduce((sum, each) => sum + each.today, 0);
  const set = (name: string, value: string) => {
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    }, { replace: true });
  };
  const make = may("codes.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(path("codes/new"))}>
      {t("acquisition.newCode")}
    </Button>
  );
  const filtered = words !== "" || channel !== null || ended;
  return (
    <Page title={t("acquisition.codes")} answer={all.length > 0 && !ended ? t("acquisition.answer", { n: whole(today), codes: whole(all.length) }) : undefined} actions={make}>
      <AcquisitionTabs />
      <div className="filters">
        <SearchBox label={t("acquisition.search")} value={words} onSearch={(q) => { set("q", q); }} />
        <ChannelPick value={channel} onPick={(id) => { set("channel", id === null ? "" : String(id)); }} />
        <Segmented aria-label={t("common.status")} value={ended ? "1" : ""} options={[{ value: "", label: t("acquisition.inUse") }, { value: "1", label: t("acquisition.endedOnes") }]} onChange={(value) => { set("ended", value); }} />
      </div>
      <Panel flush>
        <Rows
          label={t("acquisition.codes")}
          query={codes}
          columns={useColumns()}
          rowKey={(each) => each.id}
          to={(each) => path(`codes/${String(each.id)}`)}
          empty={
            filtered ? (
              <Empty title={t("acquisition.noneSuch")} hint={t("acquisition.noneSuchHint")} icon={<QrcodeOutlined />} />
            ) : (
              <Empty title={t("acquisition.empty")} hint={t("acquisition.emptyHint")} icon={<QrcodeOutlined />}>
                {make}
              </Empty>
            )
          }
        />
      </Panel>
    </Page>
  );
}

function ChannelPick({ value, onPick }: { value: number | null; onPick: (id: number | null) => void }) {
  const t = useT();
  const channels = itemsOf(useSourceChannels());
  if (channels.length === 0) return null;
  return (
    <Select
      aria-label={t("acquisition.channel")}
      placeholder={t("acquisition.allChannels")}
      allowClear
      value={value}
      onChange={(id?: number | null) => { onPick(id ?? null); }}
      options={channels.map((each) => ({ value: each.id, label: each.name }))}
      style={{ minWidth: 160 }}
    />
  );
}

function useColumns(): Column<Code>[] {
  const t = useT();
  return [
    {
      key: "name",
      title: t("common.name"),
      phone: "lead",
      render: (each) => (
        <span className="stack" style={{ gap: 0 }}>
          <span className="clip">{each.name}</span>
          <span className="small faint clip">{[t(`acquisition.kind_${each.kind}`), each.channel].filter(Boolean).join(" · ")}</span>
        </span>
      ),
    },
    { key: "state", title: t("common.status"), width: "26%", render: (each) => <CodeStanding code={each} /> },
    { key: "today", title: t("acquisition.today"), width: 100, number: true, phone: "labelled", render: (each) => whole(each.today) },
    { key: "total", title: t("acquisition.total"), width: 100, number: true, phone: "labelled", render: (each) => whole(each.total) },
    { key: "each", title: t("acquisition.each"), width: 130, number: true, phone: "labelled", render: (each) => (each.each_fen === null ? <span className="faint">—</span> : money(each.each_fen)) },
  ];
}
