import { newId } from '#libs/domain';
import { AccountRepository, type Queryable } from '#libs/persistence';
import { hashOf, readablePassword } from './passwords';

/**
 * Creates `admin` when the store has no account at all.
 *
 * @returns Name and password, to be shown once on the terminal and kept nowhere; null when there are accounts, also
 * when another process was first.
 */
export async function ensureFirstAdministrator(db: Queryable): Promise<{ name: string; password: string } | null> {
  const accounts = new AccountRepository(db);
  const password = readablePassword();
  const account = {
    id: newId<never>(),
    name: 'admin',
    displayName: '管理员',
    roles: ['administrator'],
    region: '',
  } as const;
  return (await accounts.addFirst(account, await hashOf(password))) ? { name: account.name, password } : null;
}
