import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { type Platform } from '../client';
import { WORDS } from '../words/labels';
import { DECISION, PRESENCE, SEVERITY, VERDICT } from '../words/terms';

export const FILTERS = ['severity', 'decision', 'verdict', 'presence', 'platform', 'rule', 'run'] as const;
type Filter = (typeof FILTERS)[number];

interface Props {
  readonly values: URLSearchParams;
  readonly platforms: readonly Platform[];
  readonly onChange: (values: URLSearchParams) => void;
}

const optionsOf = (terms: Readonly<Record<string, string>>) =>
  Object.entries(terms).map(([value, label]) => ({ value, label }));

const OPTIONS = {
  severity: optionsOf(SEVERITY),
  decision: optionsOf(DECISION),
  presence: optionsOf(PRESENCE),
  verdict: optionsOf(VERDICT).filter(({ value }) => value !== 'drop'),
};

interface SeveralProps {
  readonly filter: keyof typeof OPTIONS;
  readonly label: string;
  readonly width: number;
  readonly values: URLSearchParams;
  readonly onSet: (filter: Filter, value: string) => void;
}

/** One field that takes several words. */
function Several({ filter, label, width, values, onSet }: SeveralProps) {
  return (
    <Select
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      style={{ width }}
      placeholder={label}
      aria-label={label}
      options={OPTIONS[filter]}
      value={values.get(filter)?.split(',') ?? []}
      onChange={(chosen: string[]) => onSet(filter, chosen.join(','))}
    />
  );
}

/** What the list is narrowed to; everything stands in the address, so a view can be sent to a colleague. */
export function Filters({ values, platforms, onChange }: Props) {
  const set = (filter: Filter, value: string | undefined): void => {
    const changed = new URLSearchParams(values);
    if (value === undefined || value === '') changed.delete(filter);
    else changed.set(filter, value);
    onChange(changed);
  };
  const names = useMemo(() => platforms.map(({ id, name }) => ({ value: id, label: name })), [platforms]);
  return (
    <div className="filters">
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 190 }}
        placeholder={WORDS.platform}
        aria-label={WORDS.platform}
        options={names}
        value={values.get('platform') ?? undefined}
        onChange={(value: string | undefined) => set('platform', value)}
      />
      <Several filter="severity" label={WORDS.severity} width={180} values={values} onSet={set} />
      <Several filter="decision" label={WORDS.decision} width={150} values={values} onSet={set} />
      <Several filter="presence" label={WORDS.presence} width={130} values={values} onSet={set} />
      <Select
        allowClear
        style={{ width: 130 }}
        placeholder={WORDS.verdict}
        aria-label={WORDS.verdict}
        options={OPTIONS.verdict}
        value={values.get('verdict') ?? undefined}
        onChange={(value: string | undefined) => set('verdict', value)}
      />
      {[...values.keys()].length > 0 && (
        <Button type="link" onClick={() => onChange(new URLSearchParams())}>
          {WORDS.clear}
        </Button>
      )}
    </div>
  );
}
