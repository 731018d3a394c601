import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import { itemsOf, type PagesQuery } from "@/api/pages";
import { useT } from "@/i18n";
import { whole } from "@/i18n/format";

import { Refused } from "./Refused";
import { RowsMore } from "./RowsMore";
import { RowsSkeleton } from "./Skeleton";
import { useDrawnRows } from "./useDrawnRows";

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  width?: number | string;
  number?: boolean;
  /** On a phone a row is a card: its lead stands on a line of its own, the rest follows or is left out. */
  phone?: "lead" | "hide" | "labelled";
}

interface RowsProps<T> {
  label: string;
  columns: Column<T>[];
  rowKey: (row: T) => string | number;
  to?: (row: T) => string;
  empty: ReactNode;
  query: PagesQuery<T>;
}

/** A list of the server in all five states: loading, refused, empty, too many (drawn virtually, paged), full. */
export function Rows<T>({ query, empty, ...table }: RowsProps<T>) {
  const rows = itemsOf(query);
  if (query.data === undefined) {
    if (query.error) {
      return (
        <div style={{ padding: 16 }}>
          <Refused error={query.error} onRetry={() => void query.refetch()} />
        </div>
      );
    }
    return <RowsSkeleton />;
  }
  if (rows.length === 0) return <>{empty}</>;
  return (
    <>
      <Table {...table} rows={rows} />
      <RowsMore query={query} shown={rows.length} />
    </>
  );
}

/** The same table over rows already at hand. */
export function Table<T>({ label, columns, rowKey, to, rows }: Omit<RowsProps<T>, "query" | "empty"> & { rows: T[] }) {
  const { body, drawn, before, after, measure } = useDrawnRows(rows.length);
  const open = useOpen();
  return (
    <table className="rows cards" aria-label={label} aria-rowcount={rows.length}>
      <colgroup>
        {columns.map((column) => (
          <col key={column.key} style={column.width === undefined ? undefined : { width: column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={column.number ? "number" : undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <Spacer height={before} columns={columns.length} />
        {drawn.map((place) => {
          const row = rows[place];
          if (row === undefined) return null;
          return (
            <tr key={rowKey(row)} ref={measure} data-index={place} className={to && "opens"} onClick={to && open(to(row))}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          );
        })}
        <Spacer height={after} columns={columns.length} />
      </tbody>
    </table>
  );
}

function Cell<T>({ column, row }: { column: Column<T>; row: T }) {
  const content = column.render(row);
  const empty = content === null || content === "";
  const classes = [column.number && "number", column.phone === "lead" && "lead", (column.phone === "hide" || empty) && "off-phone"];
  return (
    <td className={classes.filter(Boolean).join(" ") || undefined}>
      {column.phone === "labelled" && <span className="cell-label">{column.title}</span>}
      {content}
    </td>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr className="spacer" aria-hidden>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

/** A press anywhere on a row opens it, but not a press on something inside it that has its own meaning. */
function useOpen() {
  const navigate = useNavigate();
  return (to: string) => (event: React.MouseEvent<HTMLTableRowElement>) => {
    const pressed = event.target;
    if (!(pressed instanceof Element) || pressed.closest("a,button,input,label,[role=menuitem]")) return;
    if (window.getSelection()?.toString()) return;
    void navigate(to);
  };
}

export function RowCount({ count }: { count: number }) {
  const t = useT();
  return <span className="faint tabular">{t("common.total", { n: whole(count) })}</span>;
}
