import { useCallback, useEffect, useRef, useState } from 'react';
import { api, dataOf, Failure, type FindingPage, type FindingQuery, type ListedFinding } from '../client';
import { type Decided } from './decide';

const PAGE = 50;

interface State {
  readonly rows: readonly ListedFinding[];
  readonly counts: FindingPage['counts'] | null;
  readonly next: string | null;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
}

const EMPTY: State = { rows: [], counts: null, next: null, isLoading: true, failure: null };

export interface Findings extends State {
  readonly loadMore: () => void;
  readonly reload: () => void;
  /** Shows a decision in place, without asking again: the list does not jump under one's hands. */
  readonly put: (decided: Decided) => void;
}

const STANDING_OF = {
  undecided: 'suspected',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
  'duplicate-of': 'duplicate',
  parked: 'parked',
} as const;

/** The findings of a query, page after page. */
export function useFindings(query: FindingQuery): Findings {
  const [state, setState] = useState<State>(EMPTY);
  const [round, setRound] = useState(0);
  const asked = useRef(0);
  const key = JSON.stringify(query);

  const load = useCallback(
    (cursor: string | null) => {
      const mine = ++asked.current;
      const question = { ...(JSON.parse(key) as FindingQuery), limit: PAGE, ...(cursor === null ? {} : { cursor }) };
      setState((before) => (cursor === null ? EMPTY : { ...before, isLoading: true, failure: null }));
      dataOf(api.GET('/api/findings', { params: { query: question } })).then(
        ({ findings, next, counts }) => {
          if (mine !== asked.current) return; // another question was asked meanwhile
          setState(({ rows }) => ({
            rows: cursor === null ? findings : [...rows, ...findings],
            ...{ counts, next, isLoading: false, failure: null },
          }));
        },
        (error: unknown) => {
          if (mine !== asked.current) return;
          const failure = error instanceof Failure ? error : new Failure(String(error), 'UNKNOWN', 0);
          setState((before) => ({ ...before, isLoading: false, failure }));
        },
      );
    },
    [key],
  );
  useEffect(() => load(null), [load, round]);

  const put = useCallback((decided: Decided) => {
    const standing = STANDING_OF[decided.decision];
    setState((before) => ({
      ...before,
      rows: before.rows.map((row) => (row.id === decided.id ? { ...row, ...decided, standing } : row)),
    }));
  }, []);
  const loadMore = (): void => {
    if (state.next !== null && !state.isLoading) load(state.next);
  };
  return { ...state, loadMore, put, reload: () => setRound((before) => before + 1) };
}
