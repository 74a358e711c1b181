import { anEmbeddedStore } from '../support/stores';
import { describeStore } from './store.contract';

describeStore('embedded', anEmbeddedStore);
