import { Empty } from 'antd';
import { WORDS } from '../words/labels';

export function Missing() {
  return <Empty style={{ marginTop: 96 }} description={WORDS.missing} />;
}
