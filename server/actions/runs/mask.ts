/** Takes the secrets of a run out of whatever is shown or kept of it. */
import { secretForms, withoutSecrets } from '../../kernel/secret.ts';
import type { Values } from '../step-action.ts';

const HIDDEN = '***';

export interface Mask {
  text(text: string): string;
  /** Every text in it, names of properties included. */
  value<T>(value: T): T;
  holdsSecret(value: unknown): boolean;
  /** Without the texts that hold a secret. */
  without(value: Values): Values;
}

export function createMask(secrets: Readonly<Record<string, string>>): Mask {
  const forms = [...new Set(Object.values(secrets).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const text = (shown: string) =>
    forms.reduce((clean, form) => clean.replaceAll(form, HIDDEN), withoutSecrets(shown));
  const holds = (found: string) => forms.some((form) => found.includes(form));
  const holdsSecret = (value: unknown): boolean => {
    if (typeof value === 'string') return holds(value);
    if (typeof value !== 'object' || value === null) return false;
    return Object.entries(value).some(([key, item]) => holds(key) || holdsSecret(item));
  };
  const without = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.filter((item) => !isSecret(item)).map(without);
    const kept = Object.entries(value).filter(([key, item]) => !holds(key) && !isSecret(item));
    return Object.fromEntries(kept.map(([key, item]) => [key, without(item)]));
  };
  const isSecret = (item: unknown) => typeof item === 'string' && holds(item);
  return {
    text,
    value: <T>(value: T) => map(value, text) as T,
    holdsSecret: (value) => forms.length > 0 && holdsSecret(value),
    without: (value) => (forms.length > 0 ? (without(value) as Values) : value),
  };
}

/** Each line of a secret is one: a key may be shown line by line. */
function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length > 8);
  return [secret, ...lines].filter((form) => form.trim() !== '').flatMap(secretForms);
}

function map(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => map(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), map(item, change)]));
}
