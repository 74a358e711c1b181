import { Button } from 'antd';
import { NavLink } from 'react-router';
import { api } from '../client';
import { WORDS } from '../words/labels';
import { useSession } from './session-context';

const PLACES = [
  ['/findings', WORDS.findings],
  ['/runs', WORDS.runs],
  ['/platforms', WORDS.platforms],
] as const;

/** Name, places, who is signed in. */
export function TopBar({ onSignedOut }: { onSignedOut: () => void }) {
  const { account, areKeysOn, setKeysOn } = useSession();
  const signOut = (): void => {
    void api.DELETE('/api/session').then(onSignedOut, onSignedOut);
  };
  return (
    <header className="top-bar">
      <span className="brand">{WORDS.product}</span>
      <span className="brand-note">{WORDS.subtitle}</span>
      <nav>
        {PLACES.map(([path, name]) => (
          <NavLink key={path} to={path === '/findings' ? '/findings?decision=undecided' : path}>
            {name}
          </NavLink>
        ))}
      </nav>
      <Button size="small" type="text" className="on-dark" onClick={() => setKeysOn(!areKeysOn)}>
        {areKeysOn ? WORDS.keysOn : WORDS.keysOff}
      </Button>
      <span className="who">{account.displayName}</span>
      <Button size="small" type="text" className="on-dark" onClick={signOut}>
        {WORDS.signOut}
      </Button>
    </header>
  );
}
