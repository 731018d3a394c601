import type { Later } from "../messages";

import { acquisition } from "./acquisition";
import { audit } from "./audit";
import { campaigns } from "./campaigns";
import { dryRun } from "./dryRun";
import { effect } from "./effect";
import { faces } from "./faces";
import { guides } from "./guides";
import { journeys } from "./journeys";
import { messages } from "./messages";
import { rates } from "./rates";
import { reach } from "./reach";
import { sync } from "./sync";
import { wecom } from "./wecom";

export const later: Later = { acquisition, audit, campaigns, dryRun, effect, faces, guides, journeys, messages, rates, reach, sync, wecom };
