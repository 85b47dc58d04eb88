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
  TEMPLATE_INVALID: {
    status: 400,
    name: 'InputError',
    remedy: 'Correct the named field of the template; the template editor shows all that is wrong with it.',
  },
  TEMPLATE_BLOCKED: {
    status: 409,
    name: 'ConflictError',
    remedy:
      'Give the portal what the message names: a tool on its PATH, an integration or a step action in its settings, or trust in the place of the template.',
  },
  EXPRESSION_REFUSED: {
    status: 400,
    name: 'InputError',
    remedy: 'Make the expression simpler: it may take ten seconds and a bounded amount of memory.',
  },
  EXPRESSIONS_UNAVAILABLE: {
    status: 503,
    name: 'ServiceUnavailableError',
    remedy:
      'Try again. If it stays so, the template is not to blame: see that the machine has memory and processes left, and that Node and the files of Atrium are as they were installed.',
  },
  RULES_STUCK: {
    status: 503,
    name: 'ServiceUnavailableError',
    remedy: 'Try again; if it stays so, make the rules of the scorecard simpler.',
  },
  EXEMPTION_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'Look for it on the page of exemptions.',
  },
  EXEMPTION_EXISTS: {
    status: 409,
    name: 'ConflictError',
    remedy: 'Wait for the decision, or withdraw the other one first.',
  },
  EXEMPTION_DECIDED: {
    status: 409,
    name: 'ConflictError',
    remedy: 'Ask for another exemption if it is still needed.',
  },
  PATH_OUTSIDE: {
    status: 400,
    name: 'InputError',
    remedy: 'Name a path within the workspace of the run, or within the folder that is fetched.',
  },
  STEP_FAILED: {
    status: 400,
    name: 'InputError',
    remedy: 'Correct the input of the step in the template, then retry the run.',
  },
  SIGN_IN_NEEDED: {
    status: 401,
    name: 'AuthenticationError',
    remedy: 'Sign in, or send a token that is valid as "Authorization: Bearer …".',
  },
  SIGN_IN_EXPIRED: {
    status: 400,
    name: 'AuthenticationError',
    remedy: 'Start the sign-in again, and finish it in the same browser within ten minutes.',
  },
  SIGN_IN_DENIED: {
    status: 403,
    name: 'NotAllowedError',
    remedy: 'Ask whoever runs the identity provider for access to the portal.',
  },
  SIGN_IN_TOO_WEAK: { status: 403, name: 'NotAllowedError', remedy: 'Sign in again with a second factor.' },
  SIGN_IN_FAILED: {
    status: 502,
    name: 'AuthenticationError',
    remedy: 'Try again; if it stays so, look at the log of the server and at the provider in access.signIn.',
  },
  SIGN_IN_UNAVAILABLE: {
    status: 503,
    name: 'ServiceUnavailableError',
    remedy: 'Try again in a moment; the identity provider has to answer first.',
  },
  CROSS_SITE_REFUSED: {
    status: 403,
    name: 'NotAllowedError',
    remedy: 'Send the request from a page of the portal itself, or with a token instead of a cookie.',
  },
  HOST_REFUSED: {
    status: 421,
    name: 'NotAllowedError',
    remedy: 'Open the portal as localhost or 127.0.0.1, or configure access.url and access.signIn.',
  },
  HTTPS_NEEDED: { status: 403, name: 'NotAllowedError', remedy: 'Open the portal by its access.url.' },
  TOO_MANY_REQUESTS: {
    status: 429,
    name: 'NotAllowedError',
    remedy: 'Wait for as many seconds as Retry-After says, then send the request again.',
  },
  ACCESS_DENIED: {
    status: 403,
    name: 'NotAllowedError',
    remedy: 'Ask an administrator for the permission that the message names.',
  },
  ADDRESS_REFUSED: {
    status: 403,
    name: 'NotAllowedError',
    remedy:
      'Name a public http(s) address, or have its host or network added to access.allowPrivateAddresses.',
  },
  PATH_REFUSED: {
    status: 403,
    name: 'NotAllowedError',
    remedy: 'Name a path below a folder that the configuration has as a source, or have it added there.',
  },
  DECISION_REFUSED: {
    status: 403,
    name: 'NotAllowedError',
    remedy: 'Ask one of those whom the message names to decide; nobody decides on their own request.',
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
  SESSION_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'List your sessions with GET /api/session/sessions.',
  },
  TOKEN_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List the tokens with GET /api/tokens.' },
  REQUEST_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'List the requests with GET /api/ownership/requests.',
  },
  DEBT_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List the register with GET /api/debt.' },
  APPROVAL_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'List the approvals with GET /api/approvals.',
  },
  LEASE_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List the leases with GET /api/leases.' },
  RUN_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List the runs with GET /api/runs.' },
  SOURCE_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List the sources with GET /api/sources.' },
  DOCS_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy:
      'Add a folder docs/ or a README.md beside the descriptor, or name the place by backstage.io/techdocs-ref.',
  },
  PAGE_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'Look for the page in the navigation of the site; it may have been moved.',
  },
  PAGE_UNREADABLE: {
    status: 500,
    name: 'Error',
    remedy: 'Look at the page as Markdown; if it is well formed, this is a defect of Atrium.',
  },
  VERSION_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'Choose one of the branches and tags that the page offers.',
  },
  REPORT_NOT_FOUND: {
    status: 404,
    name: 'NotFoundError',
    remedy: 'Look at the problems of the page; the report may have been closed with its issue.',
  },
  GAP_NOT_FOUND: { status: 404, name: 'NotFoundError', remedy: 'List them with GET /api/docs/gaps.' },
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
  REQUEST_CONFLICT: {
    status: 409,
    name: 'ConflictError',
    remedy: 'Look at the requests of the entity again, and ask anew where that is still needed.',
  },
  APPROVAL_CLOSED: {
    status: 409,
    name: 'ConflictError',
    remedy: 'Look at the run for what became of it.',
  },
  LEASE_REFUSED: {
    status: 409,
    name: 'ConflictError',
    remedy: 'Look at the lease for its state, and for how far its template lets it be extended.',
  },
  RUN_STATE_CONFLICT: {
    status: 409,
    name: 'ConflictError',
    remedy: 'Look at the run again: it has gone on since, or it has to be cancelled first.',
  },
  RUN_REFUSED: {
    status: 409,
    name: 'ConflictError',
    remedy:
      'Wait until the guard rail that the message names lets it pass, or ask whoever owns the template.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, name: 'InputError', remedy: 'Send less at once.' },
  CONFIG_INVALID: {
    status: 500,
    name: 'ConfigError',
    remedy: 'Correct the named line of the configuration file and start again.',
  },
  LOCAL_MODE_EXPOSED: {
    status: 500,
    name: 'ConfigError',
    remedy: 'Leave out --host, or configure how people sign in with access.signIn and access.url.',
  },
  PLAIN_HTTP_EXPOSED: {
    status: 500,
    name: 'ConfigError',
    remedy: 'Name certificate and key in tls, or set access.trustProxy where a proxy in front ends TLS.',
  },
  SEAL_UNREADABLE: {
    status: 500,
    name: 'ConfigError',
    remedy:
      'Start with the data folder whose file run-key the store was used with, or set actions.secretKey as before.',
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
  FETCH_FAILED: {
    status: 502,
    name: 'SourceError',
    remedy: 'Check that the address is right and that this machine can reach it.',
  },
  FETCH_TOO_LARGE: {
    status: 502,
    name: 'SourceError',
    remedy: 'Name an address that answers with less.',
  },
  OUTSIDE_UNAVAILABLE: {
    status: 503,
    name: 'ServiceUnavailableError',
    remedy: 'Retry the run in a while: the system that the message names could not do it just now.',
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
