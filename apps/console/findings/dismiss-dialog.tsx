import { Input, Modal, Radio } from 'antd';
import { useLayoutEffect, useState } from 'react';
import { type DecisionBody } from '../client';
import { WORDS } from '../words/labels';
import { REASON } from '../words/terms';

type Reason = NonNullable<DecisionBody['reason']>;
const REASONS = Object.keys(REASON) as Reason[];

interface Props {
  readonly isOpen: boolean;
  readonly onCancel: () => void;
  readonly onChosen: (reason: Reason, note: string) => void;
}

/** The reason a number key stands for. */
function reasonOf(key: string): Reason | null {
  return REASONS[Number(key) - 1] ?? null;
}

/** Says whether a key belongs to an input method, to a note being written, or to a button about to be pressed. */
function isForFocus(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  if (event.key !== 'Enter') return event.target instanceof HTMLTextAreaElement;
  return event.shiftKey || event.target instanceof HTMLButtonElement;
}

/** Hears keys while a dialog is open; `act` says whether it took one. */
function useDialogKeys(isOpen: boolean, act: (key: string) => boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const listen = (event: KeyboardEvent): void => {
      if (!isForFocus(event) && act(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', listen, true); // the dialog lets no key out, so it is heard on its way in
    return () => document.removeEventListener('keydown', listen, true);
  }, [isOpen, act]);
}

/** Asks why a finding is dismissed: number keys choose, Enter confirms, Esc leaves. */
export function DismissDialog({ isOpen, onCancel, onChosen }: Props) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState('');
  // layout effects: the keys are heard as soon as the dialog is seen
  useLayoutEffect(() => {
    setReason(null);
    setNote('');
  }, [isOpen]);
  useDialogKeys(isOpen, (key) => {
    const chosen = reasonOf(key);
    if (chosen !== null) setReason(chosen);
    if (key !== 'Enter' || reason === null) return false;
    onChosen(reason, note.trim());
    return true;
  });
  return (
    <Modal
      open={isOpen}
      closable={false} // a cross would take the focus, and Enter would leave instead of confirm
      title={WORDS.reason}
      okText={WORDS.confirm}
      cancelText={WORDS.cancel}
      okButtonProps={{ disabled: reason === null }}
      onCancel={onCancel}
      onOk={() => reason !== null && onChosen(reason, note.trim())}
      width={460}
    >
      <p className="quiet">{WORDS.reasonHint}</p>
      <Radio.Group
        className="reasons"
        value={reason}
        onChange={(event) => setReason(event.target.value as Reason)}
        options={REASONS.map((value, index) => ({ value, label: `${index + 1}  ${REASON[value]}` }))}
      />
      <Input.TextArea
        rows={2}
        maxLength={2000}
        value={note}
        placeholder={WORDS.noteHint}
        aria-label={WORDS.note}
        onChange={(event) => setNote(event.target.value)}
      />
    </Modal>
  );
}
