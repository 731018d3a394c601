import type { Later } from "../messages";

import { journeys } from "./journeys";
import { messages } from "./messages";
import { reach } from "./reach";

export const later: Later = { journeys, messages, reach };
