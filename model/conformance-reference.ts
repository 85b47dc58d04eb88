/** Backstage's own judgement, put together from its published packages. Used by tests only. */
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  makeValidator,
  NoForeignRootFieldsEntityPolicy,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  aiResourceEntityModel,
  aiResourceEntityV1alpha1Validator,
  compileCatalogModel,
  defaultCatalogEntityModel,
  marketplaceAiResourceEntityV1alpha1Validator,
  mcpServerApiEntityModel,
  mcpServerApiEntityValidator,
  pluginAiResourceEntityV1alpha1Validator,
  ruleAiResourceEntityV1alpha1Validator,
  skillAiResourceEntityV1alpha1Validator,
} from '@backstage/catalog-model/alpha';

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(makeValidator()),
]);

const model = compileCatalogModel([
  defaultCatalogEntityModel,
  aiResourceEntityModel,
  mcpServerApiEntityModel,
]);

const validators: Record<string, { check(entity: Entity): Promise<boolean> }> = {
  Component: componentEntityV1alpha1Validator,
  API: apiEntityV1alpha1Validator,
  'API/mcp-server': mcpServerApiEntityValidator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  AiResource: aiResourceEntityV1alpha1Validator,
  'AiResource/skill': skillAiResourceEntityV1alpha1Validator,
  'AiResource/rule': ruleAiResourceEntityV1alpha1Validator,
  'AiResource/plugin': pluginAiResourceEntityV1alpha1Validator,
  'AiResource/marketplace': marketplaceAiResourceEntityV1alpha1Validator,
};

/** @returns the entity as Backstage would store it, or undefined when a policy or validator refuses it. */
export async function backstageAccepts(value: object): Promise<Entity | undefined> {
  try {
    const entity = await policy.enforce(structuredClone(value) as Entity);
    if (!entity) return undefined;
    // The scaffolder's own package, which is not installed here, validates templates.
    if (entity.apiVersion === 'scaffolder.backstage.io/v1beta3' && entity.kind === 'Template') return entity;
    const validator = validators[`${entity.kind}/${entity.spec?.type}`] ?? validators[entity.kind];
    return (await validator?.check(entity)) ? entity : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Forward relations by Backstage's compiled model, as "type targetRef", sorted.
 * @returns undefined when a ref can't be read, which makes Backstage refuse the entity.
 */
export function backstageRelations(entity: Entity): string[] | undefined {
  try {
    return [...new Set(relationFieldsOf(entity).flatMap((field) => relationsOf(entity, field)))].sort();
  } catch {
    return undefined;
  }
}

interface ModelField {
  path: string;
  relation: string;
  defaultKind?: string | undefined;
  allowedKinds?: string[] | undefined;
}

function relationFieldsOf(entity: Entity): ModelField[] {
  const { kind, apiVersion } = entity;
  if (kind === 'Template') {
    const allowedKinds = ['Group', 'User'];
    return [{ path: 'spec.owner', relation: 'ownedBy', defaultKind: 'Group', allowedKinds }];
  }
  const type = entity.spec?.type;
  const spec = typeof type === 'string' ? { type } : {};
  return [...(model.getKind({ kind, apiVersion, spec })?.relationFields ?? [])];
}

function relationsOf(entity: Entity, field: ModelField): string[] {
  const value = entity.spec?.[field.path.replace('spec.', '')];
  const texts = [value].flat().filter((item): item is string => typeof item === 'string');
  const defaults = {
    defaultNamespace: entity.metadata.namespace ?? 'default',
    ...(field.defaultKind && { defaultKind: field.defaultKind }),
  };
  return texts.flatMap((text) => {
    const target = parseEntityRef(text, defaults);
    const kind = target.kind.toLowerCase();
    if (field.allowedKinds && !field.allowedKinds.some((allowed) => allowed.toLowerCase() === kind))
      return [];
    return [`${field.relation} ${stringifyEntityRef(target)}`];
  });
}
