import { Input, NativeSelect, TextInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { useState } from 'react';
import kit from '#web/kit/kit.module.css';
import { messages } from '#web/kit/messages.ts';
import { FieldFrame } from './field-frame.tsx';
import { formatRepoUrl, parseRepoUrl, type RepoUrl } from './repo-url.ts';

const text = messages.actions.field;

interface Options {
  allowedHosts?: readonly string[];
  allowedOwners?: readonly string[];
  allowedOrganizations?: readonly string[];
  allowedRepos?: readonly string[];
}

interface PartProps {
  label: string;
  value: string;
  allowed: readonly string[];
  onChange: (value: string) => void;
}

function Part({ label, value, allowed, onChange }: PartProps) {
  const shared = {
    label,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return allowed.length > 0 ? (
    <NativeSelect {...shared} data={[...allowed]} />
  ) : (
    <TextInput {...shared} autoComplete="off" />
  );
}

/** Where the new repository goes: host, owner and name. */
export function RepoUrlPickerField(props: FieldProps) {
  const options = (props.uiSchema?.['ui:options'] ?? {}) as Options;
  const hosts = options.allowedHosts ?? [];
  const owners = options.allowedOwners ?? options.allowedOrganizations ?? [];
  const repos = options.allowedRepos ?? [];
  const [draft, setDraft] = useState<RepoUrl>(() => {
    const known = parseRepoUrl(props.formData);
    return {
      host: known.host || (hosts[0] ?? 'github.com'),
      owner: known.owner || (owners[0] ?? ''),
      repo: known.repo || (repos[0] ?? ''),
    };
  });
  const set = (patch: Partial<RepoUrl>) => {
    const next = { ...draft, ...patch };
    setDraft(next);
    props.onChange(formatRepoUrl(next), props.fieldPathId.path);
  };
  return (
    <FieldFrame props={props}>
      {({ label, description, required, error }) => (
        <Input.Wrapper
          label={label}
          description={description}
          required={required}
          error={error}
          labelElement="div"
        >
          <div className={kit.formRow}>
            <Part label={text.host} value={draft.host} allowed={hosts} onChange={(host) => set({ host })} />
            <Part
              label={text.owner}
              value={draft.owner}
              allowed={owners}
              onChange={(owner) => set({ owner })}
            />
            <Part
              label={text.repository}
              value={draft.repo}
              allowed={repos}
              onChange={(repo) => set({ repo })}
            />
          </div>
        </Input.Wrapper>
      )}
    </FieldFrame>
  );
}
