import type { components } from "@/api/schema";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";
import { Table, type Column } from "@/ui/Rows";

type Day = components["schemas"]["DayOut"];

/** The days on which somebody came or went, the latest first. */
export function DayTable({ days }: { days: Day[] }) {
  const t = useT();
  const moved = days.filter((each) => each.entered + each.left > 0).toReversed();
  const columns: Column<Day>[] = [
    { key: "day", title: t("audiences.growthDay"), phone: "lead", render: (each) => <span className="tabular">{each.on}</span> },
    { key: "entered", title: t("audiences.entered"), width: 110, number: true, phone: "labelled", render: (each) => (each.entered ? `+${whole(each.entered)}` : "0") },
    { key: "left", title: t("audiences.left"), width: 110, number: true, phone: "labelled", render: (each) => (each.left ? `−${whole(each.left)}` : "0") },
    { key: "count", title: t("audiences.growthCount"), width: 130, number: true, phone: "labelled", render: (each) => whole(each.count) },
  ];
  if (moved.length === 0) return <p className="faint">{t("audiences.growthStill")}</p>;
  return <Table label={t("audiences.growthTable")} columns={columns} rowKey={(each) => each.on} rows={moved} />;
}
