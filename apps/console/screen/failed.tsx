import { Alert, Button } from 'antd';
import { type Failure } from '../client';
import { WORDS } from '../words/labels';

/** A failure in one line, with a way out. */
export function Failed({ failure, retry }: { failure: Failure; retry: () => void }) {
  return (
    <Alert
      type="error"
      showIcon
      title={failure.message}
      action={
        <Button size="small" onClick={retry}>
          {WORDS.retry}
        </Button>
      }
    />
  );
}
