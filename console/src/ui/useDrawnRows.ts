import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";

const ALL_AT_ONCE = 80;

/** Which rows to draw: all of a short list, those near the window of a long one. */
export function useDrawnRows(count: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setTop(body.current.getBoundingClientRect().top + window.scrollY);
  }, [count]);
  const long = count > ALL_AT_ONCE;
  const rows = useWindowVirtualizer({
    count: long ? count : 0,
    estimateSize: () => 47,
    overscan: 12,
    scrollMargin: top,
  });
  const near = rows.getVirtualItems();
  if (!long) {
    return { body, drawn: Array.from({ length: count }, (_, place) => place), before: 0, after: 0, measure: undefined };
  }
  const first = near[0];
  const last = near[near.length - 1];
  return {
    body,
    drawn: near.map((each) => each.index),
    before: first ? first.start - top : 0,
    after: last ? rows.getTotalSize() - (last.end - top) : 0,
    measure: rows.measureElement,
  };
}
