/** Which escalation policy a service of PagerDuty has. */
import { isRecord } from '#model/value-words.ts';
import { ask, NotThere, type PagerDutyDeps } from './client.ts';

/** Asked at the same time. */
const AT_ONCE = 4;
/** It hardly ever changes, and each service is a request of its own. */
const KEPT_MS = 10 * 60_000;

interface Kept {
  /** Undefined for a service that is not there. */
  policy: string | undefined;
  at: number;
}

/** Remembers what it has asked, also when a later service can't be asked. */
export class ServicePolicies {
  readonly #kept = new Map<string, Kept>();

  /** @returns policies by service; services that are not there are left out. @throws {AtriumError} */
  async of(deps: PagerDutyDeps, ids: readonly string[], now: Date): Promise<Map<string, string>> {
    const at = now.getTime();
    for (const [id, kept] of this.#kept)
      if (at - kept.at >= KEPT_MS || !ids.includes(id)) this.#kept.delete(id);
    const waiting = ids.filter((id) => !this.#kept.has(id)).values();
    const work = async () => {
      for (const id of waiting) this.#kept.set(id, { policy: await policyOf(deps, id), at });
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return new Map(
      [...this.#kept].flatMap(([id, { policy }]) => (policy === undefined ? [] : [[id, policy] as const])),
    );
  }
}

async function policyOf(deps: PagerDutyDeps, id: string): Promise<string | undefined> {
  try {
    const { service } = await ask(deps, `/services/${encodeURIComponent(id)}`, new URLSearchParams());
    const policy = isRecord(service) ? service.escalation_policy : undefined;
    return isRecord(policy) && typeof policy.id === 'string' ? policy.id : undefined;
  } catch (error) {
    if (error instanceof NotThere) return undefined;
    throw error;
  }
}
