import { Button, Descriptions, Spin } from 'antd';
import { useCallback, useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, dataOf, type Run } from '../client';
import { CoverageBar } from '../screen/bar';
import { Failed } from '../screen/failed';
import { useAnswer } from '../screen/use-answer';
import { useSession } from '../session/session-context';
import { beijing } from '../words/format';
import { WORDS } from '../words/labels';
import { termOf, TRIGGER } from '../words/terms';
import { TargetBlock } from './target-block';

/** One run: what was seen of every target, and what was not. */
export function RunScreen() {
  const { id = '' } = useParams();
  const ask = useCallback(() => dataOf(api.GET('/api/runs/{id}', { params: { path: { id } } })), [id]);
  const { data, failure, reload } = useAnswer(ask);
  const { notice } = useSession();
  useEffect(() => {
    if (failure !== null) notice(failure);
  }, [failure, notice]);
  if (failure !== null) return <Failed failure={failure} retry={reload} />;
  if (data === null) return <Spin className="whole-page" />;
  return (
    <>
      <RunHead run={data} />
      {data.targets.map((target) => (
        <TargetBlock key={target.id} target={target} isOpen={data.targets.length <= 5} />
      ))}
    </>
  );
}

const figure = (value: number | string) => <span className="figure">{value}</span>;

function factsOf(run: Run): readonly (readonly [label: string, told: React.ReactNode])[] {
  const finished =
    run.finishedAt === null ? <span className="running">{WORDS.underWay}</span> : figure(beijing(run.finishedAt));
  return [
    [WORDS.startedAt, figure(beijing(run.startedAt))],
    [WORDS.finishedAt, finished],
    [WORDS.trigger, termOf(TRIGGER, run.trigger)],
    [WORDS.rulePack, `${run.rulePack} ${run.rulePackVersion}`],
    [WORDS.tasks, WORDS.taskFigures(run.tasks.done, run.tasks.total)],
    [WORDS.coverage, <CoverageBar key="it" coverage={run.coverage} />],
    [WORDS.gaps, figure(run.gaps)],
    [
      WORDS.findings,
      <Link key="it" to={`/findings?run=${run.id}`}>
        {run.findings}
      </Link>,
    ],
  ];
}

function RunHead({ run }: { run: Run }) {
  const navigate = useNavigate();
  return (
    <div className="run-head">
      <div className="head-line">
        <Button size="small" onClick={() => void navigate('/runs')}>
          {WORDS.back}
        </Button>
        <span className="grow" />
        <Button size="small" href={`/api/runs/${run.id}/report`} target="_blank" rel="noreferrer">
          {WORDS.report}
        </Button>
      </div>
      <Descriptions
        size="small"
        column={4}
        items={factsOf(run).map(([label, children]) => ({ key: label, label, children }))}
      />
    </div>
  );
}
