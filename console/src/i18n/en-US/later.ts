import type { Later } from "../messages";

import { acquisition } from "./acquisition";
import { audit } from "./audit";
import { builder } from "./builder";
import { campaigns } from "./campaigns";
import { dryRun } from "./dryRun";
import { effect } from "./effect";
import { events } from "./events";
import { faces } from "./faces";
import { fields } from "./fields";
import { guides } from "./guides";
import { imports } from "./imports";
import { journeys } from "./journeys";
import { library } from "./library";
import { limits } from "./limits";
import { mass } from "./mass";
import { messages } from "./messages";
import { quality } from "./quality";
import { rates } from "./rates";
import { reach } from "./reach";
import { sync } from "./sync";
import { tracking } from "./tracking";
import { transfers } from "./transfers";
import { wecom } from "./wecom";

export const later: Later = { acquisition, audit, builder, campaigns, dryRun, effect, events, faces, fields, guides, imports, journeys, library, limits, mass, messages, quality, rates, reach, sync, tracking, transfers, wecom };
