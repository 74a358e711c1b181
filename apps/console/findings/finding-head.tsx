import { Button } from 'antd';
import { type Finding } from '../client';
import { PresenceMark, SeverityMark, StandingMark, VerdictMark } from '../screen/marks';
import { WORDS } from '../words/labels';
import { DECISION, termOf } from '../words/terms';
import { type neighboursOf } from './queue';
import { type Decisions } from './use-decisions';

interface Props {
  readonly finding: Finding;
  readonly around: ReturnType<typeof neighboursOf>;
  readonly decisions: Decisions;
  readonly onBack: () => void;
  readonly onGo: (id: string | null) => void;
}

/** Which finding this is, where it stands, and what can be done with it. */
export function FindingHead({ finding, around, decisions, onBack, onGo }: Props) {
  return (
    <div className="finding-head">
      <div className="head-line">
        <Button size="small" onClick={onBack}>
          {WORDS.back}
        </Button>
        <Button size="small" disabled={around.previous === null} onClick={() => onGo(around.previous)}>
          {WORDS.previous}
        </Button>
        <Button size="small" disabled={around.next === null} onClick={() => onGo(around.next)}>
          {WORDS.next}
        </Button>
        {around.of > 0 && <span className="quiet figure">{WORDS.position(around.at, around.of)}</span>}
        <span className="grow" />
        <DecisionButtons finding={finding} decisions={decisions} />
      </div>
      <h1>
        <SeverityMark severity={finding.severity} isLong />
        <span>{finding.rule.title}</span>
        <StandingMark standing={finding.standing} />
      </h1>
      <div className="head-facts">
        <span className="strong">{finding.platform.name}</span>
        <span className="figure">{finding.number}</span>
        <VerdictMark verdict={finding.verdict} />
        <PresenceMark presence={finding.presence} />
        <span className="quiet">
          {WORDS.score} <span className="figure">{finding.score.toFixed(2)}</span>
        </span>
        <span className="quiet">
          {WORDS.ruleVersion} <code>{finding.rule.version}</code>
        </span>
      </div>
    </div>
  );
}

function DecisionButtons({ finding, decisions }: Pick<Props, 'finding' | 'decisions'>) {
  const is = (decision: Finding['decision']): boolean => finding.decision === decision;
  return (
    <div className="decisions">
      <Button type={is('confirmed') ? 'primary' : 'default'} onClick={() => decisions.confirm(finding)}>
        {termOf(DECISION, 'confirmed')} <kbd>1</kbd>
      </Button>
      <Button type={is('dismissed') ? 'primary' : 'default'} onClick={() => decisions.dismiss(finding)}>
        {termOf(DECISION, 'dismissed')} <kbd>2</kbd>
      </Button>
      <Button type={is('parked') ? 'primary' : 'default'} onClick={() => decisions.park(finding)}>
        {termOf(DECISION, 'parked')} <kbd>3</kbd>
      </Button>
    </div>
  );
}
