import { errorTable } from './error-table.ts';

export type ErrorCode = keyof typeof errorTable;

/** The one error type: a row of the table and what happened this time. */
export class AtriumError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which it is worth to try again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; retryAfter?: number }) {
    super(message, options);
    this.name = errorTable[code].name;
    this.code = code;
    this.retryAfter = options?.retryAfter;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get remedy(): string {
    return errorTable[this.code].remedy;
  }
}
