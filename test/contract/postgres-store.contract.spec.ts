import { describeWith } from '../support/binaries';
import { aMigratedStore } from '../support/stores';
import { describeStore } from './store.contract';

describeWith('postgres', 'on a server', () => describeStore('postgres', () => aMigratedStore('postgres')));
