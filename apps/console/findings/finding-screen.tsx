import { Spin } from 'antd';
import { useCallback, useEffect } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, dataOf, type Finding } from '../client';
import { Failed } from '../screen/failed';
import { useAnswer } from '../screen/use-answer';
import { useKeys } from '../screen/use-keys';
import { useSession } from '../session/session-context';
import { FindingBody } from './finding-body';
import { FindingHead } from './finding-head';
import { KeyHelp } from './key-help';
import { neighboursOf } from './queue';
import { useDecisions } from './use-decisions';

const KEYS = [
  ['1', '属实'],
  ['2', '不属实'],
  ['3', '待查'],
  ['U', '撤回'],
  ['J / K', '下一条 / 上一条'],
  ['Esc', '返回列表'],
] as const;

/** One finding: what was said, under which clause, with its evidence and its picture. */
export function FindingScreen() {
  const { id = '' } = useParams();
  const ask = useCallback(() => dataOf(api.GET('/api/findings/{id}', { params: { path: { id } } })), [id]);
  const { data, failure, reload } = useAnswer(ask);
  const { notice } = useSession();
  useEffect(() => {
    if (failure !== null) notice(failure);
  }, [failure, notice]);
  if (failure !== null) return <Failed failure={failure} retry={reload} />;
  if (data === null || data.id !== id) return <Spin className="whole-page" />;
  return <Shown finding={data} onChanged={reload} />;
}

function Shown({ finding, onChanged }: { finding: Finding; onChanged: () => void }) {
  const { areKeysOn } = useSession();
  const navigate = useNavigate();
  const around = neighboursOf(finding.id);
  const go = (id: string | null): void => {
    if (id !== null) void navigate(`/findings/${id}`, { replace: true });
  };
  const back = (): void => void navigate(around.from);
  const decisions = useDecisions(onChanged);
  useKeys(
    {
      ...{ j: () => go(around.next), k: () => go(around.previous), Escape: back },
      1: () => decisions.confirm(finding),
      2: () => decisions.dismiss(finding),
      3: () => decisions.park(finding),
      u: () => decisions.undo(finding),
    },
    areKeysOn && !decisions.isAsking,
  );
  return (
    <>
      <FindingHead finding={finding} around={around} decisions={decisions} onBack={back} onGo={go} />
      <FindingBody key={finding.id} finding={finding} />
      <KeyHelp keys={KEYS} />
      {decisions.dialog}
    </>
  );
}
