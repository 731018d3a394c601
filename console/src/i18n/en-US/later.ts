import type { Later } from "../messages";

import { journeys } from "./journeys";
import { messages } from "./messages";
import { rates } from "./rates";
import { reach } from "./reach";

export const later: Later = { journeys, messages, rates, reach };
