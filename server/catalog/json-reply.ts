import type { FastifyReply } from 'fastify';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends bytes that are JSON already; nothing is serialised again. */
export function sendJson(reply: FastifyReply, json: Buffer): FastifyReply {
  return reply.header('content-type', JSON_TYPE).send(json);
}

export function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const comma = Buffer.from(',');
const nullText = Buffer.from('null');

/** `before` + the items as list elements + `after`; a missing item is null. */
export function concatItems(before: string, items: readonly (Buffer | undefined)[], after: string): Buffer {
  const parts: Buffer[] = [Buffer.from(before)];
  for (const [index, item] of items.entries()) {
    if (index > 0) {
      parts.push(comma);
    }
    parts.push(item ?? nullText);
  }
  parts.push(Buffer.from(after));
  return Buffer.concat(parts);
}
