/** Who asks, and who decides: what the HTTP server needs of access, without knowing how it is done. */
import type { FastifyRequest } from 'fastify';
import type { Permission, Role } from '#model/permissions.ts';

export interface Principal {
  /** `user:default/ada`, `token:<id>` of a machine, or `anonymous`; what the audit names. */
  id: string;
  kind: 'person' | 'machine' | 'anonymous';
  /** The `User` entity of a person. */
  ref: string | null;
  name: string;
  /** Groups to which the person belongs, and their parents, as canonical refs. */
  groups: readonly string[];
  /** Without `owner`, which depends on the entity. */
  roles: readonly Exclude<Role, 'owner'>[];
  /** Set for tokens: what they are limited to. */
  scopes?: readonly Permission[];
  /** The person behind it, where it is not the same: who looks at the portal as somebody else, or owns the token. */
  actor?: string;
}

/** Who has shown no credentials. */
export const anonymous: Principal = {
  id: 'anonymous',
  kind: 'anonymous',
  ref: null,
  name: 'Nobody',
  groups: [],
  roles: [],
};

/** Who sits at the machine, where nobody signs in. */
export const localPrincipal: Principal = {
  id: 'local',
  kind: 'person',
  ref: null,
  name: 'Local',
  groups: [],
  roles: ['admin'],
};

/** What a route tells of what it does. */
export interface AuditDetail {
  /** What is acted on: an entity ref, or a thing by its kind and id. Known already where the route has a `target`. */
  target?: string;
  before?: unknown;
  after?: unknown;
}

export interface Gate {
  /** Who sent the request. @throws {AtriumError} SIGN_IN_NEEDED for credentials that are not valid (any more) */
  authenticate(request: FastifyRequest): Principal | Promise<Principal>;
  /**
   * Lets pass or throws; refusals are put into the audit.
   * @param target ref of the entity that it is about.
   * @throws {AtriumError} SIGN_IN_NEEDED, ACCESS_DENIED
   */
  authorize(request: FastifyRequest, permission: Permission, target?: string): void | Promise<void>;
  /** Called before the answer to a request that writes leaves, so that nothing acknowledged is missing. */
  audit(request: FastifyRequest, permission: Permission, status: number): Promise<void>;
  /**
   * A look at who is still let in, for what lasts longer than a request: whether whoever sent one, and was let in by
   * it, would be again. Each session and token is read once in a look, and being looked at is no use of a session.
   */
  lookAgain(): (request: FastifyRequest) => Promise<boolean>;
  /** @param listener is called when a session or a token has ended here. */
  onEnded(listener: () => void): void;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller must be allowed to do. Every route of the API names one; `public` needs nobody. */
    permission?: Permission | 'public';
    /** Ref of the entity that a request is about, from what was validated. */
    target?: (request: FastifyRequest) => string | undefined | Promise<string | undefined>;
  }
  interface FastifyRequest {
    principal: Principal;
    auditDetail: AuditDetail;
  }
}

/** For tests of routes and for the reader behind a single command: one principal who may do everything. */
export const openGate: Gate = {
  authenticate: () => localPrincipal,
  authorize: () => {},
  audit: async () => {},
  lookAgain: () => async () => true,
  onEnded: () => {},
};
