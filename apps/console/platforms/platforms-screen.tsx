import { Table, type TableColumnsType } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { api, dataOf, type Platform } from '../client';
import { Failed } from '../screen/failed';
import { SeverityMark } from '../screen/marks';
import { useAnswer } from '../screen/use-answer';
import { useSession } from '../session/session-context';
import { beijing, shortUrl } from '../words/format';
import { WORDS } from '../words/labels';
import { regionName } from '../words/regions';
import { CHANNEL, termOf } from '../words/terms';

const ask = () => dataOf(api.GET('/api/platforms'));
const byName = new Intl.Collator('zh-CN');
const GRADES = ['S1', 'S2', 'S3', 'S4'] as const;

/** Graver findings first: one of the first grade outweighs any number of the next. */
function weightOf({ undecided }: Platform): number {
  return undecided.S1 * 1e9 + undecided.S2 * 1e6 + undecided.S3 * 1e3 + undecided.S4;
}

const COLUMNS: TableColumnsType<Platform> = [
  {
    title: WORDS.platform,
    width: 220,
    sorter: (a, b) => byName.compare(a.name, b.name),
    render: (_, row) => (
      <>
        <Link className="strong" to={`/findings?platform=${row.id}`}>
          {row.name}
        </Link>
        <div className="quiet small figure">{row.uscc ?? '—'}</div>
      </>
    ),
  },
  {
    title: WORDS.region,
    width: 120,
    sorter: (a, b) => a.region.localeCompare(b.region),
    render: (_, row) => regionName(row.region),
  },
  {
    title: WORDS.targets,
    render: (_, row) =>
      row.targets.map((target) => (
        <div key={target.id} className="ellipsis" title={target.url}>
          <span className="quiet">{termOf(CHANNEL, target.channel)}</span> {shortUrl(target.url, 56)}
        </div>
      )),
  },
  {
    title: WORDS.undecided,
    width: 270,
    defaultSortOrder: 'descend',
    sorter: (a, b) => weightOf(a) - weightOf(b),
    render: (_, row) => (
      <span className="counts">
        {GRADES.filter((grade) => row.undecided[grade] > 0).map((grade) => (
          <Link key={grade} to={`/findings?platform=${row.id}&severity=${grade}&decision=undecided`}>
            <SeverityMark severity={grade} /> <b className="figure">{row.undecided[grade]}</b>
          </Link>
        ))}
        {weightOf(row) === 0 && <span className="quiet">0</span>}
      </span>
    ),
  },
  {
    title: WORDS.confirmed,
    width: 80,
    align: 'right',
    render: (_, row) => <span className="figure">{row.confirmed}</span>,
  },
  {
    title: WORDS.lastRun,
    width: 160,
    render: (_, row) =>
      row.lastRun === null ? (
        <span className="quiet">{WORDS.never}</span>
      ) : (
        <Link className="figure" to={`/runs/${row.lastRun.id}`}>
          {beijing(row.lastRun.startedAt)}
        </Link>
      ),
  },
];

/** The platforms under supervision and what is open on each. */
export function PlatformsScreen() {
  const { data, failure, isLoading, reload } = useAnswer(ask);
  const { notice } = useSession();
  useEffect(() => {
    if (failure !== null) notice(failure);
  }, [failure, notice]);
  if (failure !== null) return <Failed failure={failure} retry={reload} />;
  return (
    <Table<Platform>
      size="small"
      rowKey="id"
      pagination={false}
      loading={isLoading}
      columns={COLUMNS}
      dataSource={data?.platforms ?? []}
      locale={{ emptyText: isLoading ? ' ' : WORDS.noPlatforms }}
    />
  );
}
