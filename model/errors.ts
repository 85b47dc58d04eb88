/**
 * Every error that Atrium gives a person or a program: one row each, with the HTTP status, the name that
 * API clients of the Backstage catalog know, and what to do about it. docs/errors.md lists the same rows.
 */
export const errorTable = {
  INPUT_INVALID: {
    status: 400,
    name: 'InputError',
    remedy: 'Correct the named parameter or body field and send the request again.',
  },
  FILTER_INVALID: {
    status: 400,
    name: 'InputError',
    remedy: 'Write filters as key, key=value or a,b=c; see the catalog API guide.',
  },
  CURSOR_INVALID: {
    status: 400,
    name: 'InputError',
    remedy: 'Start again from the first page; cursors are opaque and must be sent back unchanged.',
  },
  ENTITY_INVALID: { status: 400, name: 'InputError', remedy: 'Correct the named field of the descriptor.' },
  ACCESS_DENIED: {
    status: 403,
    name: 'NotAllowedError',
    remedy: 'Ask an administrator for the permission that the message names.',
  },
  ENTITY_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'Check the ref; the sources page shows whether its source has been read.',
  },
  LOCATION_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'List the registered locations with GET /api/catalog/locations.',
  },
  SOURCE_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List the sources with GET /api/sources.' },
  ROUTE_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'See /api/openapi.json for the routes there are.',
  },
  LOCATION_EXISTS: {
    status: 409,
    name: 'ConflictError',
    remedy: 'The location is registered already; refresh it, or delete it first.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, name: 'InputError', remedy: 'Send less at once.' },
  CONFIG_INVALID: {
    status: 500,
    name: 'ConfigError',
    remedy: 'Correct the named line of the configuration file and start again.',
  },
  DATA_FOLDER_LOCKED: {
    status: 500,
    name: 'StoreError',
    remedy: 'Another Atrium uses this data folder: stop it, or give another folder with --data.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    name: 'ServiceUnavailableError',
    remedy: 'Check that the database answers at the configured URL.',
  },
  SOURCE_UNREADABLE: {
    status: 502,
    name: 'SourceError',
    remedy: 'Check that the path or address exists and may be read; nothing that it said before was removed.',
  },
  GIT_MISSING: {
    status: 500,
    name: 'SourceError',
    remedy: 'Install git and make sure that it is on the PATH.',
  },
  INTERNAL: {
    status: 500,
    name: 'Error',
    remedy: 'This is a defect of Atrium; the log entry with the same request id has the details.',
  },
} as const;

export type ErrorCode = keyof typeof errorTable;

/** The one error type: a row of the table and what happened this time. */
export class AtriumError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = errorTable[code].name;
    this.code = code;
  }

  get status(): number {
    return errorTable[this.code].status;
  }

  get remedy(): string {
    return errorTable[this.code].remedy;
  }
}
