import { type Finding } from '../client';
import { beijing } from '../words/format';
import { WORDS } from '../words/labels';
import { DECISION, EVENT, PRESENCE, REASON, termOf } from '../words/terms';

type Event = Finding['history'][number];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What an event says beside its name: from what to what, why, and what was noted. */
function told({ name, facts }: Event): string {
  const terms = name === 'presence.changed' ? PRESENCE : DECISION;
  const [from, to, reason, note] = [facts.from, facts.to, facts.reason, facts.note].map(text);
  const change = to ? (from ? `${termOf(terms, from)} → ${termOf(terms, to)}` : termOf(terms, to)) : '';
  return [change, reason ? termOf(REASON, reason) : '', note]
    .filter((part) => part !== '' && part !== undefined)
    .join(' · ');
}

/** Who did what and when, the latest first. */
export function History({ history }: { history: Finding['history'] }) {
  return (
    <ol className="history">
      {[...history].reverse().map((event) => (
        <li key={`${event.at} ${event.name}`}>
          <span className="figure quiet">{beijing(event.at)}</span>
          <span>{event.by ?? WORDS.machine}</span>
          <span>{termOf(EVENT, event.name)}</span>
          <span className="strong">{told(event)}</span>
        </li>
      ))}
    </ol>
  );
}
