import type { Messages } from "../messages";

export const today: Messages["today"] = {
  answer: "{created} new customers today, {active} did something.",
  counting: "Counting what happened today",
  everyone: "All customers",
  created: "New today",
  active: "Active today",
  paid: "Paid today",
  needsHand: "Needs a hand",
  nothingToDo: "Nothing waits for you.",
  conflicts: "{n} identity {n|conflict waits|conflicts wait} for you to say whether they are one person",
  failedJobs: "{n} background {n|job|jobs} did not finish",
  troubledAudiences: "{n} {n|audience is|audiences are} stuck; what the condition uses may be gone",
  atLeast: "{n}+",
  running: "Running now",
  moves: "Audiences that moved most today",
  movesNone: "No audience has moved today.",
  movesEmpty: "No audiences yet. Choose the first people, and how they change each day appears here.",
  startTitle: "Let data in first",
  startHint: "Import the customers and orders you have, or let your shop and mini-program send what happens. Then you can choose people.",
  startImport: "Import data",
  startTracking: "Connect data",
};
