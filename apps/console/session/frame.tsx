import { Spin } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Outlet } from 'react-router';
import { api, dataOf, type Failure, type Session } from '../client';
import { Failed } from '../screen/failed';
import { useAnswer } from '../screen/use-answer';
import { SessionContext } from './session-context';
import { SignInScreen } from './sign-in-screen';
import { TopBar } from './top-bar';

const KEYS = 'mingcha.keys';
const ask = () => dataOf(api.GET('/api/session'));

/** What stands around every screen: sign-in before it, the bar above it. */
export function Frame() {
  const answer = useAnswer(ask);
  const [session, setSession] = useState<Session | null>(null);
  const [areKeysOn, setKeysOn] = useState(() => localStorage.getItem(KEYS) !== 'off');
  useEffect(() => setSession(answer.data), [answer.data]);
  useEffect(() => localStorage.setItem(KEYS, areKeysOn ? 'on' : 'off'), [areKeysOn]);

  const notice = useCallback((failure: Failure) => {
    if (failure.status === 401) setSession(null);
  }, []);
  const signedIn = useMemo(
    () => (session === null ? null : { account: session.account, areKeysOn, setKeysOn, notice }),
    [session, areKeysOn, notice],
  );

  if (answer.isLoading) return <Spin className="whole-page" />;
  if (answer.failure !== null && answer.failure.status !== 401) {
    return <Failed failure={answer.failure} retry={answer.reload} />;
  }
  if (signedIn === null) return <SignInScreen onSignedIn={setSession} />;
  return (
    <SessionContext value={signedIn}>
      <TopBar onSignedOut={() => setSession(null)} />
      <main className="screen">
        <Outlet />
      </main>
    </SessionContext>
  );
}
