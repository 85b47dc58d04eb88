/** GraphQL schema documents. */
import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { type ApiField, type ApiGroup, type ApiOperation, type ApiReference, anchorOf } from './model.ts';

type Types = ReadonlyMap<string, TypeDefinitionNode>;
const rootNames: Record<string, string> = {
  query: 'Query',
  mutation: 'Mutation',
  subscription: 'Subscription',
};

function nameOf(type: TypeNode): string {
  return type.kind === 'NamedType' ? type.name.value : nameOf(type.type);
}

function deprecation(node: FieldDefinitionNode | InputValueDefinitionNode): boolean {
  return node.directives?.some((directive) => directive.name.value === 'deprecated') ?? false;
}

function childrenOf(types: Types, name: string): readonly ApiField[] | undefined {
  const type = types.get(name);
  switch (type?.kind) {
    case 'ObjectTypeDefinition':
    case 'InterfaceTypeDefinition':
    case 'InputObjectTypeDefinition':
      return (type.fields ?? []).map((field) => fieldOf(types, field));
    case 'UnionTypeDefinition':
      return (type.types ?? []).map((member) => typeField(types, member.name.value, member));
    default:
      return undefined;
  }
}

function notesOf(types: Types, name: string): string[] {
  const type = types.get(name);
  if (type?.kind !== 'EnumTypeDefinition') return [];
  return [`one of ${(type.values ?? []).map((value) => value.name.value).join(', ')}`];
}

function typeField(types: Types, name: string, type: TypeNode): ApiField {
  const named = nameOf(type);
  const known = types.get(named);
  const field: ApiField = {
    name,
    type: print(type),
    required: type.kind === 'NonNullType',
    deprecated: false,
    description: '',
    notes: notesOf(types, named),
  };
  const nested =
    known !== undefined && known.kind !== 'EnumTypeDefinition' && known.kind !== 'ScalarTypeDefinition';
  return nested ? { ...field, children: () => childrenOf(types, named) ?? [] } : field;
}

function fieldOf(types: Types, node: FieldDefinitionNode | InputValueDefinitionNode): ApiField {
  const field = typeField(types, node.name.value, node.type);
  return { ...field, description: node.description?.value ?? '', deprecated: deprecation(node) };
}

function operationOf(types: Types, verb: string, node: FieldDefinitionNode): ApiOperation {
  return {
    id: anchorOf(verb, node.name.value),
    verb: verb.toUpperCase(),
    name: node.name.value,
    summary: node.description?.value.split('\n')[0] ?? '',
    description: node.description?.value.split('\n').slice(1).join('\n').trim() ?? '',
    deprecated: deprecation(node),
    parameters: (node.arguments ?? []).map((argument) => fieldOf(types, argument)),
    request: [],
    responses: [{ label: print(node.type), description: '', schema: typeField(types, 'data', node.type) }],
  };
}

function rootsOf(document: DocumentNode): Record<string, string> {
  const roots = { ...rootNames };
  for (const node of document.definitions) {
    if (node.kind !== 'SchemaDefinition') continue;
    for (const { operation, type } of node.operationTypes) roots[operation] = type.name.value;
  }
  return roots;
}

function fieldsOf(document: DocumentNode, name: string): FieldDefinitionNode[] {
  return document.definitions.flatMap((node) =>
    (node.kind === 'ObjectTypeDefinition' || node.kind === 'ObjectTypeExtension') && node.name.value === name
      ? [...(node.fields ?? [])]
      : [],
  );
}

const definesType = (node: DocumentNode['definitions'][number]): node is TypeDefinitionNode =>
  node.kind.endsWith('TypeDefinition');

export function readGraphql(text: string): ApiReference {
  const document = parse(text, { noLocation: true });
  const types: Types = new Map(
    document.definitions.filter(definesType).map((type) => [type.name.value, type]),
  );
  const roots = rootsOf(document);
  const groups = Object.entries(roots).map(
    ([verb, name]): ApiGroup => ({
      name,
      description: types.get(name)?.description?.value ?? '',
      operations: fieldsOf(document, name).map((field) => operationOf(types, verb, field)),
    }),
  );
  return {
    title: '',
    version: '',
    description: '',
    servers: [],
    groups: groups.filter((group) => group.operations.length > 0),
  };
}
