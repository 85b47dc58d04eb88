import { Button } from '@mantine/core';
import { type MouseEvent, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import { givenValues } from '#web/kit/template-link.ts';
import styles from './actions.module.css';
import { SchemaForm, type Values } from './form/schema-form.tsx';
import type { TemplatePage } from './queries.ts';
import { Review } from './review.tsx';
import { useDraft } from './use-draft.ts';

const text = messages.actions;

function Progress({
  titles,
  at,
  onGo,
}: {
  titles: readonly string[];
  at: number;
  onGo: (step: number) => void;
}) {
  return (
    <ol className={styles.progress} aria-label={text.pages}>
      {titles.map((title, index) => (
        <li key={title} className={cx(index === at && styles.progressNow)}>
          <button
            type="button"
            disabled={index > at}
            aria-current={index === at ? 'step' : undefined}
            onClick={() => onGo(index)}
          >
            <i aria-hidden="true">{index + 1}</i> {title}
          </button>
        </li>
      ))}
    </ol>
  );
}

interface Props {
  template: TemplatePage;
  entity: string | undefined;
  /** Values of the address, as JSON. */
  given: string | undefined;
}

/** A field that is left is checked, its message may go, and the button would be gone from under the pointer. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** What the context gives, and over it what the address does. A secret never stands in an address. */
function begunWith({ defaults, secretFields }: TemplatePage, given: string | undefined): Values {
  const open = Object.entries(givenValues(given)).filter(([name]) => !secretFields.includes(name));
  return { ...defaults, ...Object.fromEntries(open) };
}

/** Page by page through the questions; the answers are kept until the run is started. */
export function Wizard({ template, entity, given }: Props) {
  const { card, pages, presentation } = template;
  const about = { template: card.ref, entity, given };
  const { draft, isKept, set, forget } = useDraft(about, begunWith(template, given));
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const step = Math.min(draft.step, pages.length);
  const page = pages[step];
  const titles = [...pages.map(({ title }) => title), presentation.review];
  const setSecret = (name: string, value: string) => setSecrets((before) => ({ ...before, [name]: value }));
  return (
    <>
      <Progress titles={titles} at={step} onGo={(to) => set({ step: to })} />
      {page ? (
        <SchemaForm
          key={step}
          schema={page.schema}
          values={draft.values}
          secrets={secrets}
          setSecret={setSecret}
          onChange={(values) => set({ values })}
          onSubmit={(values) => set({ values, step: step + 1 })}
        >
          <div className={styles.formEnd}>
            {step > 0 && <Button onClick={() => set({ step: step - 1 })}>{presentation.back}</Button>}
            <Button type="submit" variant="filled" onMouseDown={keepFocus}>
              {step === pages.length - 1 ? presentation.review : text.next}
            </Button>
            {isKept && (
              <>
                <Button variant="subtle" onClick={forget}>
                  {text.startOver}
                </Button>
                <span className={styles.quiet}>{text.kept}</span>
              </>
            )}
          </div>
        </SchemaForm>
      ) : (
        <Review
          template={template}
          body={{ template: card.ref, values: draft.values, secrets, ...(entity && { entity }) }}
          onBack={() => set({ step: pages.length - 1 })}
          onStarted={forget}
        />
      )}
    </>
  );
}
