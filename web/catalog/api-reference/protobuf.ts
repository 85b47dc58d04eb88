/** Protocol buffers: services and their messages. */
import protobuf from 'protobufjs';
import {
  type ApiBody,
  type ApiField,
  type ApiGroup,
  type ApiOperation,
  type ApiReference,
  anchorOf,
} from './model.ts';

function found(scope: protobuf.NamespaceBase, name: string): protobuf.ReflectionObject | null {
  return scope.lookup(name.split('.'), [protobuf.Type, protobuf.Enum]);
}

function notesOf(target: protobuf.ReflectionObject | null): string[] {
  return target instanceof protobuf.Enum ? [`one of ${Object.keys(target.values).join(', ')}`] : [];
}

function fieldOf(field: protobuf.Field): ApiField {
  const scope = field.parent ?? field.root;
  const target = found(scope as protobuf.NamespaceBase, field.type);
  const word = field instanceof protobuf.MapField ? `map of ${field.keyType} to ${field.type}` : field.type;
  const base: ApiField = {
    name: field.name,
    type: field.repeated ? `list of ${word}` : word,
    required: field.required,
    deprecated: field.options?.deprecated === true,
    description: field.comment ?? '',
    notes: [
      `number ${field.id}`,
      ...(field.partOf ? [`one of ${field.partOf.name}`] : []),
      ...notesOf(target),
    ],
  };
  return target instanceof protobuf.Type
    ? { ...base, children: () => target.fieldsArray.map(fieldOf) }
    : base;
}

function bodyOf(service: protobuf.Service, name: string, stream: boolean): ApiBody {
  const label = stream ? `stream of ${name}` : name;
  const target = found(service, name);
  if (!(target instanceof protobuf.Type)) return { label, description: '' };
  const schema: ApiField = {
    name: 'message',
    type: target.name,
    required: false,
    deprecated: false,
    description: target.comment ?? '',
    notes: [],
    children: () => target.fieldsArray.map(fieldOf),
  };
  return { label, description: '', schema };
}

function operationOf(service: protobuf.Service, method: protobuf.Method): ApiOperation {
  return {
    id: anchorOf(service.name, method.name),
    verb: method.requestStream || method.responseStream ? 'STREAM' : 'RPC',
    name: method.name,
    summary: (method.comment ?? '').split('\n')[0] ?? '',
    description: (method.comment ?? '').split('\n').slice(1).join('\n').trim(),
    deprecated: method.options?.deprecated === true,
    parameters: [],
    request: [bodyOf(service, method.requestType, method.requestStream === true)],
    responses: [bodyOf(service, method.responseType, method.responseStream === true)],
  };
}

function servicesOf(scope: protobuf.NamespaceBase): protobuf.Service[] {
  return scope.nestedArray.flatMap((one) => {
    if (one instanceof protobuf.Service) return [one];
    return one instanceof protobuf.Namespace ? servicesOf(one) : [];
  });
}

export function readProtobuf(text: string): ApiReference {
  const { root, package: name } = protobuf.parse(text, { keepCase: true, alternateCommentMode: true });
  const groups = servicesOf(root).map(
    (service): ApiGroup => ({
      name: service.name,
      description: service.comment ?? '',
      operations: service.methodsArray.map((method) => operationOf(service, method)),
    }),
  );
  return { title: name ?? '', version: '', description: '', servers: [], groups };
}
