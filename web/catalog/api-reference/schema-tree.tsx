import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import type { ApiField } from './model.ts';
import styles from './reference.module.css';

const text = messages.entity.api;

function Field({ field }: { field: ApiField }) {
  const [open, setOpen] = useState(false);
  const nested = field.children;
  const children = useMemo(() => (open && nested ? nested() : []), [open, nested]);
  return (
    <li>
      <div className={styles.field}>
        {nested ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className={styles.fieldName}
          >
            <ChevronRight size={12} aria-hidden="true" className={cx(open && styles.turned)} />
            <code>{field.name}</code>
          </button>
        ) : (
          <code className={styles.fieldLeaf}>{field.name}</code>
        )}
        <span className={styles.type}>{field.type}</span>
        {field.required && <span className={styles.required}>{text.required}</span>}
        {field.deprecated && <span className={styles.warn}>{text.deprecated}</span>}
        {field.notes.length > 0 && <span className={styles.dim}>{field.notes.join(' · ')}</span>}
      </div>
      {field.description && <p className={styles.fieldText}>{field.description}</p>}
      {open && <FieldList fields={children} />}
    </li>
  );
}

export function FieldList({ fields }: { fields: readonly ApiField[] }) {
  return (
    <ul className={styles.fields}>
      {fields.map((field) => (
        <Field key={`${field.name} ${field.type} ${field.description}`} field={field} />
      ))}
    </ul>
  );
}

/** A body's own fields at once; what lies deeper opens on demand. */
export function SchemaTree({ field }: { field: ApiField }) {
  const children = useMemo(() => field.children?.(), [field]);
  return (
    <div>
      <p className={styles.dim}>
        {field.type}
        {field.notes.length > 0 && ` · ${field.notes.join(' · ')}`}
      </p>
      {children && children.length > 0 && <FieldList fields={children} />}
    </div>
  );
}
