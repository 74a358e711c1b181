import { Tooltip } from 'antd';
import { type RunTarget } from '../client';
import { itemName } from '../words/disclosure-items';
import { WORDS } from '../words/labels';
import { DISCLOSURE_REASON, DISCLOSURE_STATE, termOf } from '../words/terms';

type Item = RunTarget['disclosure'][number];
const SIGN: Readonly<Record<Item['state'], string>> = {
  present: '✓',
  'present-empty': '○',
  stale: '△',
  absent: '✕',
  'not-checkable': '?',
};
const STATES = Object.keys(SIGN) as Item['state'][];

function Detail({ item }: { item: Item }) {
  const lines = [
    termOf(DISCLOSURE_STATE, item.state),
    item.value === null ? '' : `${WORDS.value}：${item.value}`,
    item.asOf === null ? '' : `${WORDS.asOf}：${item.asOf}`,
    item.reason === null ? '' : `${WORDS.why}：${termOf(DISCLOSURE_REASON, item.reason)}`,
    item.url ?? '',
  ];
  return (
    <>
      {lines
        .filter((line) => line !== '')
        .map((line) => (
          <div key={line}>{line}</div>
        ))}
    </>
  );
}

/** Every checklist item with its state by sign, word and colour. */
export function DisclosureGrid({ items }: { items: readonly Item[] }) {
  if (items.length === 0) return <span className="quiet">—</span>;
  return (
    <div>
      <div className="chips legend">
        {STATES.map((state) => {
          const count = items.filter((item) => item.state === state).length;
          return count === 0 ? null : (
            <span key={state} className={`chip disclosure-${state}`}>
              {SIGN[state]} {termOf(DISCLOSURE_STATE, state)} <b className="figure">{count}</b>
            </span>
          );
        })}
      </div>
      <div className="disclosure">
        {items.map((item) => (
          <Tooltip key={item.item} title={<Detail item={item} />}>
            <span className={`disclosure-item disclosure-${item.state}`} tabIndex={0}>
              <b>{SIGN[item.state]}</b> {itemName(item.item)}
            </span>
          </Tooltip>
        ))}
      </div>
    </div>
  );
}
