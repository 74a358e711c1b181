import { Table, type TableColumnsType } from 'antd';
import { type ListedFinding } from '../client';
import { DecisionMark, PresenceMark, SeverityMark, VerdictMark } from '../screen/marks';
import { beijing, beijingShort, shortUrl } from '../words/format';
import { WORDS } from '../words/labels';
import { Gist } from './gist';

const instant = (at: string) => (
  <span className="figure" title={`${beijing(at)}（${WORDS.beijing}）`}>
    {beijingShort(at)}
  </span>
);

const COLUMNS: TableColumnsType<ListedFinding> = [
  {
    title: WORDS.grade,
    width: 64,
    render: (_, row) => <SeverityMark severity={row.severity} />,
  },
  {
    title: WORDS.rule,
    width: 200,
    render: (_, row) => (
      <>
        <div className="strong">{row.rule.title}</div>
        <div className="quiet small">{row.number}</div>
      </>
    ),
  },
  {
    title: WORDS.platform,
    width: 170,
    render: (_, row) => (
      <>
        <div>{row.platform.name}</div>
        <div className="quiet small ellipsis">{row.url === null ? '' : shortUrl(row.url, 26)}</div>
      </>
    ),
  },
  {
    title: WORDS.quote,
    render: (_, row) => (
      <div className="gist">
        <Gist gist={row.gist} />
      </div>
    ),
  },
  { title: WORDS.verdict, width: 88, render: (_, row) => <VerdictMark verdict={row.verdict} /> },
  { title: WORDS.decision, width: 92, render: (_, row) => <DecisionMark finding={row} /> },
  { title: WORDS.presence, width: 76, render: (_, row) => <PresenceMark presence={row.presence} /> },
  {
    title: WORDS.places,
    width: 60,
    align: 'right',
    render: (_, row) => <span className="figure">{row.placeCount}</span>,
  },
  { title: WORDS.firstSeen, width: 92, render: (_, row) => instant(row.firstSeenAt) },
  { title: WORDS.lastSeen, width: 92, render: (_, row) => instant(row.lastSeenAt) },
];

interface Props {
  readonly rows: readonly ListedFinding[];
  readonly isLoading: boolean;
  readonly cursorId: string | null;
  readonly onPoint: (index: number) => void;
  readonly onOpen: (id: string) => void;
}

/** The findings as a table; the row under the cursor is marked and kept in view. */
export function FindingsTable({ rows, isLoading, cursorId, onPoint, onOpen }: Props) {
  return (
    <Table<ListedFinding>
      size="small"
      rowKey="id"
      pagination={false}
      loading={isLoading}
      columns={COLUMNS}
      dataSource={[...rows]}
      locale={{ emptyText: isLoading ? ' ' : WORDS.nothing }}
      rowClassName={(row) =>
        `row${row.id === cursorId ? ' under-cursor' : ''}${row.decision === 'undecided' ? '' : ' is-decided'}`
      }
      onRow={(row, index) => ({
        'aria-selected': row.id === cursorId,
        onClick: () => onPoint(index ?? 0),
        onDoubleClick: () => onOpen(row.id),
        ref: (element: HTMLElement | null) => {
          if (element !== null && row.id === cursorId) element.scrollIntoView({ block: 'nearest' });
        },
      })}
    />
  );
}
