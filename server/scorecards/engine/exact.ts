/** Numbers of JSON as CEL tells them apart. */
import { isRecord } from '#model/value-words.ts';

/** Whole numbers become `int`, unless the schema says that they are any numbers. Changes the value in place. */
export function exact(value: unknown, schema?: unknown): unknown {
  if (typeof value === 'number') {
    const isDouble = isRecord(schema) && schema.type === 'number';
    return !isDouble && Number.isSafeInteger(value) ? BigInt(value) : value;
  }
  if (Array.isArray(value)) {
    const items = isRecord(schema) ? schema.items : undefined;
    for (const [index, item] of value.entries()) {
      if (typeof item !== 'string') value[index] = exact(item, items);
    }
    return value;
  }
  if (!isRecord(value)) return value;
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : undefined;
  for (const name in value) {
    const inner = value[name];
    if (typeof inner === 'number' || (typeof inner === 'object' && inner !== null)) {
      value[name] = exact(inner, properties?.[name]);
    }
  }
  return value;
}
