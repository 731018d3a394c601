import type { Later } from "../messages";

import { campaigns } from "./campaigns";
import { dryRun } from "./dryRun";
import { effect } from "./effect";
import { faces } from "./faces";
import { journeys } from "./journeys";
import { messages } from "./messages";
import { rates } from "./rates";
import { reach } from "./reach";
import { wecom } from "./wecom";

export const later: Later = { campaigns, dryRun, effect, faces, journeys, messages, rates, reach, wecom };
