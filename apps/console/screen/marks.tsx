import { type ListedFinding } from '../client';
import { DECISION, PRESENCE, SEVERITY, SEVERITY_SHORT, STANDING, termOf, VERDICT } from '../words/terms';

/** The grade by number and by colour, so that it can be told without colour. */
export function SeverityMark({ severity, isLong = false }: { severity: string; isLong?: boolean }) {
  const text = termOf(isLong ? SEVERITY : SEVERITY_SHORT, severity);
  return (
    <span className={`mark severity-${severity}`} title={termOf(SEVERITY, severity)}>
      {text}
    </span>
  );
}

export function StandingMark({ standing }: { standing: string }) {
  return <span className={`mark standing-${standing}`}>{termOf(STANDING, standing)}</span>;
}

export function VerdictMark({ verdict }: { verdict: string }) {
  return <span className={`verdict-${verdict}`}>{termOf(VERDICT, verdict)}</span>;
}

export function PresenceMark({ presence }: { presence: string }) {
  return <span className={`presence presence-${presence}`}>{termOf(PRESENCE, presence)}</span>;
}

export function DecisionMark({ finding }: { finding: Pick<ListedFinding, 'decision' | 'standing'> }) {
  if (finding.decision === 'undecided') return <span className="quiet">{termOf(DECISION, 'undecided')}</span>;
  return <StandingMark standing={finding.standing} />;
}
