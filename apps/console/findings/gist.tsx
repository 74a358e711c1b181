import { type ListedFinding } from '../client';
import { itemName } from '../words/disclosure-items';

/** What a finding is about, on one line, the hit marked. Text only: captured markup stays text. */
export function Gist({ gist }: { gist: ListedFinding['gist'] }) {
  if (gist === null) return <span className="quiet">—</span>;
  switch (gist.kind) {
    case 'quote':
      return (
        <span>
          {gist.before}
          <mark>{gist.quote}</mark>
          {gist.after}
        </span>
      );
    case 'absence':
      return <span>未见披露：{gist.items.map(itemName).join('、')}</span>;
    case 'comparison':
      return <span>前后不一致：{gist.values.join(' ／ ')}</span>;
    case 'fact':
      return (
        <span>
          {gist.name}：{gist.value}
        </span>
      );
  }
}
