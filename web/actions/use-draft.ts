import { useLocalStorage } from '@mantine/hooks';
import type { Values } from './form/schema-form.tsx';

interface Draft {
  values: Values;
  step: number;
}

interface About {
  template: string;
  entity: string | undefined;
  /** What the address fills in, as it stands there: another link begins another draft. */
  given: string | undefined;
}

/** A half-filled form outlives the page. Secrets are never part of it. */
export function useDraft({ template, entity, given }: About, defaults: Values) {
  const [kept, setKept, forget] = useLocalStorage<Draft | undefined>({
    key: ['atrium-form', template, entity, given].filter(Boolean).join('-'),
    getInitialValueInEffect: false,
  });
  const draft = kept ?? { values: defaults, step: 0 };
  return {
    draft,
    isKept: kept !== undefined,
    set: (patch: Partial<Draft>) => setKept({ ...draft, ...patch }),
    forget,
  };
}
