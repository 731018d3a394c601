import type { Later } from "../messages";

import { faces } from "./faces";
import { journeys } from "./journeys";
import { messages } from "./messages";
import { rates } from "./rates";
import { reach } from "./reach";

export const later: Later = { faces, journeys, messages, rates, reach };
