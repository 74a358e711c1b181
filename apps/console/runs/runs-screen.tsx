import { Button, Table, type TableColumnsType } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, dataOf, type ListedRun } from '../client';
import { CoverageBar } from '../screen/bar';
import { Failed } from '../screen/failed';
import { useAnswer } from '../screen/use-answer';
import { useSession } from '../session/session-context';
import { beijing } from '../words/format';
import { WORDS } from '../words/labels';
import { termOf, TRIGGER } from '../words/terms';

const PAGE = 30;

const COLUMNS: TableColumnsType<ListedRun> = [
  {
    title: WORDS.startedAt,
    width: 160,
    render: (_, run) => <span className="figure strong">{beijing(run.startedAt)}</span>,
  },
  {
    title: WORDS.finishedAt,
    width: 160,
    render: (_, run) =>
      run.finishedAt === null ? (
        <span className="running">{WORDS.underWay}</span>
      ) : (
        <span className="figure">{beijing(run.finishedAt)}</span>
      ),
  },
  { title: WORDS.trigger, width: 100, render: (_, run) => termOf(TRIGGER, run.trigger) },
  {
    title: WORDS.tasks,
    width: 170,
    render: (_, run) => (
      <>
        <span className="figure">{WORDS.taskFigures(run.tasks.done, run.tasks.total)}</span>
        {run.tasks.failed > 0 && <span className="bad"> {WORDS.failed(run.tasks.failed)}</span>}
      </>
    ),
  },
  { title: WORDS.coverage, render: (_, run) => <CoverageBar coverage={run.coverage} /> },
  {
    title: WORDS.gaps,
    width: 80,
    align: 'right',
    render: (_, run) => <span className={`figure${run.gaps > 0 ? ' bad' : ''}`}>{run.gaps}</span>,
  },
  {
    title: WORDS.findings,
    width: 80,
    align: 'right',
    render: (_, run) => <span className="figure strong">{run.findings}</span>,
  },
  {
    title: WORDS.rulePack,
    width: 190,
    render: (_, run) => (
      <>
        {run.rulePack} <code className="quiet">{run.rulePackVersion}</code>
      </>
    ),
  },
];

/** The runs, the latest first: what was seen each night, and how much was not. */
export function RunsScreen() {
  const navigate = useNavigate();
  const { notice } = useSession();
  const [limit, setLimit] = useState(PAGE);
  const ask = useCallback(() => dataOf(api.GET('/api/runs', { params: { query: { limit } } })), [limit]);
  const { data, failure, isLoading, reload } = useAnswer(ask);
  useEffect(() => {
    if (failure !== null) notice(failure);
  }, [failure, notice]);
  if (failure !== null) return <Failed failure={failure} retry={reload} />;
  return (
    <>
      <Table<ListedRun>
        size="small"
        rowKey="id"
        pagination={false}
        loading={isLoading}
        columns={COLUMNS}
        dataSource={data?.runs ?? []}
        locale={{ emptyText: isLoading ? ' ' : WORDS.noRuns }}
        rowClassName="row"
        onRow={(run) => ({ onClick: () => void navigate(`/runs/${run.id}`) })}
      />
      {typeof data?.next === 'string' && limit < 200 && (
        <div className="list-end">
          <Button onClick={() => setLimit(200)}>{WORDS.more}</Button>
        </div>
      )}
    </>
  );
}
