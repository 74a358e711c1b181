import { useLayoutEffect, useRef } from 'react';

export type KeyMap = Readonly<Record<string, () => void>>;

const FIELDS = 'input, textarea, select, [contenteditable], [role="combobox"], [role="listbox"], [role="dialog"]';

/** Says whether a key belongs to an input method at work, or to the browser. */
function isNoPlainKey(event: KeyboardEvent): boolean {
  const isComposing = event.isComposing || event.keyCode === 229; // older kernels tell by the code alone
  return isComposing || event.ctrlKey || event.metaKey || event.altKey;
}

/** Says whether a key is meant for what has the focus: a field, a dialog, or a button about to be pressed. */
function isForFocus({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(FIELDS) !== null || (key === 'Enter' && target.closest('button, a') !== null);
}

/** Listens to single keys while switched on. Nothing happens while a field has the focus or a word is being composed. */
export function useKeys(keys: KeyMap, isOn: boolean): void {
  const latest = useRef(keys);
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useLayoutEffect(() => {
    if (!isOn) return undefined;
    const listen = (event: KeyboardEvent): void => {
      const act = isNoPlainKey(event) || isForFocus(event) ? undefined : latest.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [isOn]);
}
