import { createContext, useContext } from "react";

import type { Problem } from "../journeysApi";

/** What is wrong at a place of what is being edited: `for`, `with.message`, `exits[0]`. */
export const WrongAt = createContext<(place: string) => string | undefined>(() => undefined);

export function useWrongAt(place: string | undefined): string | undefined {
  const at = useContext(WrongAt);
  return place === undefined ? undefined : at(place);
}

/** The problems of a node, or with an empty prefix of the journey as a whole, by their places. */
export function wrongAt(problems: Problem[], prefix: string): (place: string) => string | undefined {
  return (place) => problems.find(({ field }) => isUnder(field, prefix + place))?.message;
}

function isUnder(field: string, place: string): boolean {
  return field === place || (field.startsWith(place) && /^[.[]/.test(field.slice(place.length)));
}

const shown = [
  /^nodes\.[A-Za-z0-9_-]+\.(for|rhythm|attribute|at|weekdays|after|offset|event|timeout|audience|most|per|outcome|do|with\.[a-z_]+|arms\[\d+\])(?=$|[.[])/,
  /^(entry\.(types|where|audience|condition|at|cron|time|weekdays|max_age)|reentry\.after|entry_cap\.(most|per)|exits\[\d+\]|goal\.(event|within))(?=$|[.[])/,
];

/** Whether a problem stands beside a field of the side panel, so that it need not stand above it too. */
export function standsAtField({ field }: Problem): boolean {
  return shown.some((each) => each.test(field));
}
