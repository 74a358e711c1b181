import { openStore } from '#libs/persistence';
import { describeWith } from '../support/binaries';
import { aThrowAwayPostgres } from '../support/throw-away-postgres';
import { describeMigrations } from './migrate.contract';

describeWith('postgres', 'on a server', () =>
  describeMigrations('postgres', async () =>
    openStore({ databaseUrl: await aThrowAwayPostgres(), dataDirectory: '.' }),
  ),
);
