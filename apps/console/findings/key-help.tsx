import { useSession } from '../session/session-context';

/** One line that tells which keys do what; nothing while they are switched off. */
export function KeyHelp({ keys }: { keys: readonly (readonly [key: string, does: string])[] }) {
  const { areKeysOn } = useSession();
  if (!areKeysOn) return null;
  return (
    <div className="key-help">
      {keys.map(([key, does]) => (
        <span key={key}>
          <kbd>{key}</kbd> {does}
        </span>
      ))}
    </div>
  );
}
