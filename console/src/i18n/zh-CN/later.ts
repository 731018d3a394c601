import { journeys } from "./journeys";
import { messages } from "./messages";
import { rates } from "./rates";
import { reach } from "./reach";

/** What the first screen does without: fetched with the screens that say it. */
export const later = { journeys, messages, rates, reach };
