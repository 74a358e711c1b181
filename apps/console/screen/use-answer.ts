import { useCallback, useEffect, useState } from 'react';
import { Failure } from '../client';

export interface Answer<Data> {
  readonly data: Data | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/**
 * Asks once and again whenever what is asked for changes; an answer that comes after the question changed is dropped.
 *
 * @param ask Kept by `useCallback`, so that it changes only with the question.
 */
export function useAnswer<Data>(ask: () => Promise<Data>): Answer<Data> {
  const [state, setState] = useState<{ data: Data | null; failure: Failure | null; isLoading: boolean }>({
    data: null,
    failure: null,
    isLoading: true,
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isWanted = true;
    setState((before) => ({ ...before, failure: null, isLoading: true }));
    ask().then(
      (data) => isWanted && setState({ data, failure: null, isLoading: false }),
      (error: unknown) => {
        if (!isWanted) return;
        const failure = error instanceof Failure ? error : new Failure(String(error), 'UNKNOWN', 0);
        setState({ data: null, failure, isLoading: false });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [ask, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, reload };
}
