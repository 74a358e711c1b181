import { Button } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, dataOf, type FindingQuery, type ListedFinding } from '../client';
import { Failed } from '../screen/failed';
import { SeverityMark } from '../screen/marks';
import { useAnswer } from '../screen/use-answer';
import { type KeyMap, useKeys } from '../screen/use-keys';
import { useSession } from '../session/session-context';
import { WORDS } from '../words/labels';
import { Filters, FILTERS } from './filters';
import { FindingsTable } from './findings-table';
import { KeyHelp } from './key-help';
import { keepQueue } from './queue';
import { type Decisions, useDecisions } from './use-decisions';
import { type Findings, useFindings } from './use-findings';

const KEYS = [
  ['J / K', '下一条 / 上一条'],
  ['Enter', '打开'],
  ['1', '属实'],
  ['2', '不属实'],
  ['3', '待查'],
  ['U', '撤回'],
] as const;

const askPlatforms = () => dataOf(api.GET('/api/platforms'));

function queryOf(values: URLSearchParams): FindingQuery {
  const pairs = FILTERS.map((name) => [name, values.get(name)] as const).filter(([, value]) => value !== null);
  return Object.fromEntries(pairs);
}

/** The morning's work: what was found, the gravest first, decided in a few keystrokes. */
export function FindingsScreen() {
  const [values, setValues] = useSearchParams();
  const platforms = useAnswer(askPlatforms);
  const findings = useFindings(queryOf(values));
  const { notice } = useSession();
  useEffect(() => {
    if (findings.failure !== null) notice(findings.failure);
  }, [findings.failure, notice]);
  return (
    <>
      <div className="tool-row">
        <Filters values={values} platforms={platforms.data?.platforms ?? []} onChange={(next) => setValues(next)} />
        <Counts counts={findings.counts} />
      </div>
      {findings.failure !== null && <Failed failure={findings.failure} retry={findings.reload} />}
      <Worklist findings={findings} from={`/findings?${values.toString()}`} />
    </>
  );
}

function Counts({ counts }: { counts: Findings['counts'] }) {
  if (counts === null) return null;
  return (
    <div className="counts">
      {(['S1', 'S2', 'S3', 'S4'] as const).map((severity) => (
        <span key={severity}>
          <SeverityMark severity={severity} /> <b className="figure">{counts[severity]}</b>
        </span>
      ))}
      <span className="quiet">{WORDS.total(counts.total)}</span>
    </div>
  );
}

const stepKeys = (step: (by: number) => void) => ({
  ...{ j: () => step(1), ArrowDown: () => step(1) },
  ...{ k: () => step(-1), ArrowUp: () => step(-1) },
});

/** What can be done with the row under the cursor; nothing when there is none. */
function rowKeys(row: ListedFinding | undefined, decisions: Decisions, open: (id: string) => void): KeyMap {
  if (row === undefined) return {};
  return {
    Enter: () => open(row.id),
    1: () => decisions.confirm(row),
    2: () => decisions.dismiss(row),
    3: () => decisions.park(row),
    u: () => decisions.undo(row),
  };
}

/** The table with its cursor and its keys. */
function Worklist({ findings, from }: { findings: Findings; from: string }) {
  const { rows, isLoading, next } = findings;
  const [cursor, setCursor] = useState(0);
  const { areKeysOn } = useSession();
  const navigate = useNavigate();
  const at = Math.min(cursor, Math.max(0, rows.length - 1));
  const row: ListedFinding | undefined = rows[at];
  const step = (by: number): void => {
    const to = Math.max(0, Math.min(rows.length - 1, at + by));
    setCursor(to);
    if (to >= rows.length - 3) findings.loadMore();
  };
  const open = useCallback(
    (id: string) => {
      keepQueue(
        rows.map((one) => one.id),
        from,
      );
      void navigate(`/findings/${id}`);
    },
    [rows, from, navigate],
  );
  const decisions = useDecisions((decided) => {
    findings.put(decided);
    if (decided.decision !== 'undecided') step(1);
  });
  useKeys({ ...stepKeys(step), ...rowKeys(row, decisions, open) }, areKeysOn && !decisions.isAsking);
  return (
    <>
      <FindingsTable rows={rows} isLoading={isLoading} cursorId={row?.id ?? null} onPoint={setCursor} onOpen={open} />
      <div className="list-end">
        {next !== null && <Button onClick={findings.loadMore}>{WORDS.more}</Button>}
        {next === null && rows.length > 0 && <span className="quiet">{WORDS.allShown}</span>}
      </div>
      <KeyHelp keys={KEYS} />
      {decisions.dialog}
    </>
  );
}
