import { createContext, useContext } from 'react';
import { type Failure, type Session } from '../client';

export interface SignedIn {
  readonly account: Session['account'];
  readonly areKeysOn: boolean;
  readonly setKeysOn: (isOn: boolean) => void;
  /** To be told of failures: a session that is over leads back to sign-in. */
  readonly notice: (failure: Failure) => void;
}

export const SessionContext = createContext<SignedIn | null>(null);

/** Who is signed in; screens stand inside the frame, so there is always one. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a screen stands outside the frame');
  return session;
}
