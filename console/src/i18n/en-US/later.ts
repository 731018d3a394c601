import type { Later } from "../messages";

import { acquisition } from "./acquisition";
import { audit } from "./audit";
import { builder } from "./builder";
import { campaigns } from "./campaigns";
import { dryRun } from "./dryRun";
import { effect } from "./effect";
import { faces } from "./faces";
import { fields } from "./fields";
import { guides } from "./guides";
import { journeys } from "./journeys";
import { messages } from "./messages";
import { rates } from "./rates";
import { reach } from "./reach";
import { sync } from "./sync";
import { tracking } from "./tracking";
import { wecom } from "./wecom";

export const later: Later = { acquisition, audit, builder, campaigns, dryRun, effect, faces, fields, guides, journeys, messages, rates, reach, sync, tracking, wecom };
