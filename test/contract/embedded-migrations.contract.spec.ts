import { rmSync } from 'node:fs';
import { openStore } from '#libs/persistence';
import { temporaryDirectory } from '../support/throw-away-server';
import { describeMigrations } from './migrate.contract';

const dataDirectory = temporaryDirectory();
afterAll(() => rmSync(dataDirectory, { recursive: true }));

describeMigrations('embedded', () => openStore({ dataDirectory }));
