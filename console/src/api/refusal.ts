export interface FieldProblem {
  field: string;
  message: string;
  came?: string | null;
}

interface Problem {
  code: string;
  status: number;
  detail: string;
  params: Record<string, unknown>;
  errors: FieldProblem[];
}

/** What the server refused, in its own words and the reader's language. Branch on `code` only. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Record<string, unknown>;
  readonly errors: FieldProblem[];

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "Refusal";
    this.code = problem.code;
    this.status = problem.status;
    this.params = problem.params;
    this.errors = problem.errors;
  }
}

/** The server could not be reached at all. */
export class Offline extends Error {
  constructor() {
    super("offline");
    this.name = "Offline";
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((each) => ({
    field: String(each["field"] ?? ""),
    message: String(each["message"] ?? ""),
    came: typeof each["came"] === "string" ? each["came"] : null,
  }));
}

/** Read a problem+json body; anything else becomes a refusal with the status as its code. */
export function refusalOf(status: number, body: unknown): Refusal {
  const problem = isRecord(body) ? body : {};
  return new Refusal({
    code: typeof problem["code"] === "string" ? problem["code"] : `http.${String(status)}`,
    status,
    detail: typeof problem["detail"] === "string" ? problem["detail"] : "",
    params: isRecord(problem["params"]) ? problem["params"] : {},
    errors: fieldProblems(problem["errors"]),
  });
}
