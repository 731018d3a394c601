import type { SourceRank } from "./sourcesApi";

/** A source in an order; `ties`: its word counts as much as that of the one above it. */
export interface Ranked {
  source: string;
  label: string;
  ties: boolean;
}

const HIGHEST = 100;
const STEP = 20;

/** An order and its ties, from what the server keeps as numbers. */
export function rankedBy(ranks: SourceRank[], weigh: (each: SourceRank) => number): Ranked[] {
  const ordered = [...ranks].sort((one, other) => weigh(other) - weigh(one));
  return ordered.map((each, place) => {
    const above = ordered[place - 1];
    return { source: each.source, label: each.label, ties: above !== undefined && weigh(above) === weigh(each) };
  });
}

/** The numbers that keep an order and its ties: a step down for every source that does not tie. */
export function numbersOf(order: Ranked[]): Record<string, number> {
  let rank = HIGHEST + STEP;
  const numbers: Record<string, number> = {};
  order.forEach((each, place) => {
    // Nobody is above the first: its tie says nothing.
    if (place === 0 || !each.ties) rank -= STEP;
    numbers[each.source] = rank;
  });
  return numbers;
}

/** The same sources in another order: who tied still does where they stand together, and nobody else. */
export function reordered(next: Ranked[], before: Ranked[]): Ranked[] {
  const numbers = numbersOf(before);
  return next.map((each, place) => {
    const above = next[place - 1];
    return { ...each, ties: above !== undefined && numbers[above.source] === numbers[each.source] };
  });
}

/** Whether two orders come to the same. */
export function isSameOrder(one: Ranked[], other: Ranked[]): boolean {
  const [first, second] = [numbersOf(one), numbersOf(other)];
  return Object.keys(first).every((source) => first[source] === second[source]);
}
