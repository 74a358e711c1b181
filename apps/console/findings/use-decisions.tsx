import { App } from 'antd';
import { useCallback, useState } from 'react';
import { Failure, type DecisionBody, type ListedFinding } from '../client';
import { useSession } from '../session/session-context';
import { WORDS } from '../words/labels';
import { DECISION, termOf } from '../words/terms';
import { decide, type Decided } from './decide';
import { DismissDialog } from './dismiss-dialog';

export type Decidable = Pick<ListedFinding, 'id' | 'revision' | 'decision'>;

export interface Decisions {
  readonly confirm: (finding: Decidable) => void;
  /** Asks for the reason first. */
  readonly dismiss: (finding: Decidable) => void;
  readonly park: (finding: Decidable) => void;
  readonly undo: (finding: Decidable) => void;
  /** True while a dialog is open, so that keys go to it. */
  readonly isAsking: boolean;
  readonly dialog: React.ReactNode;
}

/** Decides findings, tells how it went, and hands over what changed. */
export function useDecisions(onDecided: (decided: Decided) => void): Decisions {
  const { message } = App.useApp();
  const { notice } = useSession();
  const [asked, setAsked] = useState<Decidable | null>(null);

  const send = useCallback(
    (finding: Decidable, body: DecisionBody) => {
      if (finding.decision === body.decision) return;
      decide(finding, body).then(
        (decided) => {
          const word = termOf(DECISION, decided.decision);
          void message.success(decided.decision === 'undecided' ? WORDS.undone : WORDS.decided(word));
          onDecided(decided);
        },
        (error: unknown) => {
          void message.error(error instanceof Error ? error.message : String(error));
          if (error instanceof Failure) notice(error);
        },
      );
    },
    [message, notice, onDecided],
  );

  return {
    confirm: (finding) => send(finding, { decision: 'confirmed' }),
    dismiss: setAsked,
    park: (finding) => send(finding, { decision: 'parked' }),
    undo: (finding) => send(finding, { decision: 'undecided' }),
    isAsking: asked !== null,
    dialog: (
      <DismissDialog
        isOpen={asked !== null}
        onCancel={() => setAsked(null)}
        onChosen={(reason, note) => {
          if (asked !== null) send(asked, { decision: 'dismissed', reason, ...(note === '' ? {} : { note }) });
          setAsked(null);
        }}
      />
    ),
  };
}
