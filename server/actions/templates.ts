/** The gallery: templates of the catalog, and the page of each. */
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import type { Template } from '#model/template.ts';
import type { Party } from '../ownership/contract.ts';
import type { TemplateCard, TemplatePage } from './contract.ts';
import { type ObstacleDeps, obstaclesOf } from './obstacles.ts';
import { defaultsOf, type FormContext } from './template-defaults.ts';
import { type StoredTemplate, type TemplateStore, takesIn } from './template-store.ts';

export interface TemplatesDeps extends ObstacleDeps {
  store: TemplateStore;
  /** How often each template was started, and how often that ended well, by its ref. */
  countRuns: () => Promise<ReadonlyMap<string, { runs: number; succeeded: number }>>;
  /** People and groups as pages name them, by ref. */
  parties: (refs: readonly string[]) => Promise<ReadonlyMap<string, Party>>;
}

/** Who looks. */
export interface Viewer {
  /** Whether they may start templates at all. */
  mayStart: boolean;
  groups: readonly string[];
}

export interface CardsQuery {
  q?: string | undefined;
  /** All of them are asked for. */
  tags?: readonly string[];
  /** Ref of an entity: only templates that act on it. */
  for?: string | undefined;
}

export class Templates {
  readonly #deps: TemplatesDeps;

  constructor(deps: TemplatesDeps) {
    this.#deps = deps;
  }

  /** @throws {AtriumError} ENTITY_NOT_FOUND when there is no such template. */
  async stored(ref: string): Promise<StoredTemplate> {
    const found = await this.#deps.store.one(canonical(ref));
    if (!found) throw new AtriumError('ENTITY_NOT_FOUND', `There is no template ${ref}`);
    return found;
  }

  /**
   * A template that can be started.
   * @throws {AtriumError} ENTITY_NOT_FOUND; TEMPLATE_INVALID and TEMPLATE_BLOCKED with what keeps it from being started.
   */
  async startable(ref: string): Promise<Template> {
    const stored = await this.stored(ref);
    const obstacles = await obstaclesOf(stored, this.#deps);
    if (stored.template && obstacles.length === 0) return stored.template;
    const code = stored.template ? 'TEMPLATE_BLOCKED' : 'TEMPLATE_INVALID';
    throw new AtriumError(code, `${stored.ref} can’t be started: ${obstacles.join('; ')}`);
  }

  async cards(query: CardsQuery, viewer: Viewer): Promise<TemplateCard[]> {
    const { store } = this.#deps;
    const target = query.for === undefined ? undefined : await store.termsOf(canonical(query.for));
    const wanted = (await store.all()).filter(
      (stored) =>
        isFound(stored, query) && (query.for === undefined || (target && actsOn(stored, target.terms))),
    );
    return this.#cardsOf(wanted, viewer);
  }

  /** @throws {AtriumError} ENTITY_NOT_FOUND, TEMPLATE_INVALID when it can't be read at all. */
  async page(
    ref: string,
    about: { entity?: string | undefined; system?: string | undefined },
    viewer: Viewer,
  ): Promise<TemplatePage> {
    const stored = await this.stored(ref);
    const { template } = stored;
    const [card] = await this.#cardsOf([stored], viewer);
    if (!template || !card) {
      throw new AtriumError('TEMPLATE_INVALID', `${stored.ref}: ${card?.obstacles.join('; ')}`);
    }
    return {
      ...outlineOf(template),
      card,
      defaults: defaultsOf(template, await this.#contextOf(about, viewer)),
    };
  }

  async #contextOf(
    { entity, system }: { entity?: string | undefined; system?: string | undefined },
    { groups }: Viewer,
  ): Promise<FormContext> {
    const read = async (name: string) => {
      const ref = canonical(name);
      const found = await this.#deps.store.termsOf(ref);
      if (!found) throw new AtriumError('ENTITY_NOT_FOUND', `There is no entity ${name}`);
      return { ref, owner: found.owner };
    };
    return {
      groups,
      ...(entity !== undefined && { entity: await read(entity) }),
      ...(system !== undefined && { system: await read(system) }),
    };
  }

  async #cardsOf(templates: readonly StoredTemplate[], viewer: Viewer): Promise<TemplateCard[]> {
    const owners = templates.flatMap(({ owner }) => owner ?? []);
    const [parties, counts] = await Promise.all([this.#deps.parties(owners), this.#deps.countRuns()]);
    const cards = templates.map(async (stored) => {
      const obstacles = await obstaclesOf(stored, this.#deps);
      const count = counts.get(stored.ref) ?? { runs: 0, succeeded: 0 };
      const owner = stored.owner === null ? undefined : parties.get(stored.owner);
      const mayStart = viewer.mayStart && obstacles.length === 0;
      return { ...wordsOf(stored), ...count, owner: owner ?? null, obstacles, mayStart };
    });
    return Promise.all(cards);
  }
}

/** All of a page that the template alone says. */
export function outlineOf(template: Template): Omit<TemplatePage, 'card' | 'defaults'> {
  return {
    pages: template.pages,
    presentation: template.presentation,
    steps: template.steps.map(({ id, name, action }) => ({ id, name, action })),
    secretFields: template.secretFields,
  };
}

/** What a card says of a template, also of one that can't be read. */
export function wordsOf({ ref, entity, template }: Pick<StoredTemplate, 'ref' | 'entity' | 'template'>) {
  const { metadata, spec } = entity;
  return {
    ref,
    title: metadata.title ?? metadata.name,
    description: metadata.description ?? null,
    type: typeof spec?.type === 'string' ? spec.type : 'other',
    tags: metadata.tags ?? [],
    savesMinutes: template?.savesMinutes ?? null,
    for: template?.guardRails.for ?? null,
  };
}

function isFound({ ref, entity }: StoredTemplate, { q = '', tags = [] }: CardsQuery): boolean {
  const { title, name, description, tags: own = [] } = entity.metadata;
  const text = [title, name, description, entity.spec?.type, ref, ...own].join('\n').toLowerCase();
  const words = q.toLowerCase().split(/\s+/);
  return words.every((word) => text.includes(word)) && tags.every((tag) => own.includes(tag));
}

function actsOn({ template }: StoredTemplate, terms: ReadonlySet<string>): boolean {
  const filter = template?.guardRails.for;
  return filter !== undefined && takesIn(filter, terms);
}

function canonical(ref: string): string {
  try {
    return canonicalRef(ref, { kind: 'template' });
  } catch (error) {
    throw new AtriumError('INPUT_INVALID', error instanceof Error ? error.message : String(error));
  }
}
