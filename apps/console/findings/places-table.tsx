import { Table } from 'antd';
import { type Finding, type Place } from '../client';
import { beijingShort, shortUrl } from '../words/format';
import { WORDS } from '../words/labels';

interface Props {
  readonly finding: Finding;
  readonly chosen: Place;
  readonly onChoose: (place: Place) => void;
}

/** Every page that shows the finding; choosing one shows its evidence. */
export function PlacesTable({ finding, chosen, onChoose }: Props) {
  return (
    <Table<Place>
      size="small"
      rowKey="pageId"
      pagination={finding.places.length > 8 ? { pageSize: 8, size: 'small' } : false}
      dataSource={[...finding.places]}
      rowClassName={(place) => (place.pageId === chosen.pageId ? 'row under-cursor' : 'row')}
      onRow={(place) => ({ onClick: () => onChoose(place) })}
      columns={[
        { title: WORDS.url, render: (_, place) => <span title={place.url}>{shortUrl(place.url, 52)}</span> },
        {
          title: WORDS.occurrences,
          width: 56,
          align: 'right',
          render: (_, place) => <span className="figure">{place.occurrences}</span>,
        },
        {
          title: WORDS.seenAt,
          width: 100,
          render: (_, place) => <span className="figure">{beijingShort(place.seenAt)}</span>,
        },
      ]}
    />
  );
}
