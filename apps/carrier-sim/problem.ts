/** One offending field of a body, a path or a query. */
export interface FieldProblem {
  field: string;
  message: string;
}

/** A refusal by one of the simulator's own doors (handsets, bots, faults, ledger). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldProblem[] = [],
  ) {
    super(message);
  }
}

/** A refusal by the bot side, in the error body that the best documented gateway uses. */
export class WireError extends Error {
  constructor(
    readonly status: number,
    readonly word: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  body(): { error: { code: number; message: string; status: string; details: unknown[] } } {
    return { error: { code: this.status, message: this.message, status: this.word, details: [] } };
  }
}

export const malformed = (message: string): WireError => new WireError(400, 'invalid_argument', message);
