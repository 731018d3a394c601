import { ArrowDownOutlined, ArrowUpOutlined, HolderOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useLayoutEffect, useRef, useState, type PointerEvent, type ReactNode } from "react";

import { useT } from "@/i18n";

interface OrderedProps<T> {
  label: string;
  things: T[];
  keyOf: (thing: T) => string | number;
  /** What the buttons beside it are called after. */
  nameOf: (thing: T) => string;
  disabled?: boolean;
  onOrder: (things: T[]) => void;
  children: (thing: T, place: number) => ReactNode;
}

/** An order: dragged, or changed one step at a time by the buttons beside each. */
export function Ordered<T>({ label, things, keyOf, nameOf, disabled = false, onOrder, children }: OrderedProps<T>) {
  const t = useT();
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const pressed = useRef<{ place: number; step: -1 | 1 } | null>(null);
  // A line that moves takes the keyboard along; at the end of the list the other button has it.
  useLayoutEffect(() => {
    if (!pressed.current || !list.current) return;
    const { place, step } = pressed.current;
    pressed.current = null;
    const buttons = [...(list.current.children[place]?.querySelectorAll<HTMLButtonElement>(".ordered-step") ?? [])];
    const [here, there] = step < 0 ? buttons : buttons.reverse();
    (here?.disabled ? there : here)?.focus();
  });
  const move = (from: number, to: number) => {
    const next = [...things];
    next.splice(to, 0, ...next.splice(from, 1));
    onOrder(next);
  };
  const step = (place: number, by: -1 | 1) => {
    pressed.current = { place: place + by, step: by };
    move(place, place + by);
  };
  const take = (event: PointerEvent, place: number) => {
    if (disabled || event.button !== 0) return;
    event.preventDefault();
    // The list holds the pointer: the line itself is moved about under it.
    list.current?.setPointerCapture(event.pointerId);
    setDragged(place);
  };
  const drag = (event: PointerEvent) => {
    if (dragged === null || !list.current) return;
    const to = placeAt(list.current, dragged, event.clientY);
    if (to === dragged) return;
    setDragged(to);
    move(dragged, to);
  };
  return (
    <ol ref={list} className="ordered" aria-label={label} onPointerMove={drag} onPointerUp={() => { setDragged(null); }} onPointerCancel={() => { setDragged(null); }}>
      {things.map((each, place) => (
        <li key={keyOf(each)} className={dragged === place ? "dragged" : undefined}>
          {!disabled && <HolderOutlined aria-hidden className="ordered-holder" onPointerDown={(event) => { take(event, place); }} />}
          <span className="grow">{children(each, place)}</span>
          {!disabled && (
            <>
              <Button className="ordered-step" size="small" type="text" icon={<ArrowUpOutlined />} disabled={place === 0} aria-label={t("common.moveUp", { name: nameOf(each) })} onClick={() => { step(place, -1); }} />
              <Button className="ordered-step" size="small" type="text" icon={<ArrowDownOutlined />} disabled={place === things.length - 1} aria-label={t("common.moveDown", { name: nameOf(each) })} onClick={() => { step(place, 1); }} />
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Where a dragged line belongs: past the middle of its neighbour it takes the neighbour's place. */
function placeAt(list: HTMLOListElement, dragged: number, y: number): number {
  const middle = (place: number) => {
    const box = list.children[place]?.getBoundingClientRect();
    return box ? box.top + box.height / 2 : y;
  };
  if (y < middle(dragged - 1)) return dragged - 1;
  if (y > middle(dragged + 1)) return dragged + 1;
  return dragged;
}
