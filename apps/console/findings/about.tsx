import { type About } from '../client';
import { itemName } from '../words/disclosure-items';
import { WORDS } from '../words/labels';
import { AREA, PAGE_KIND, SOURCE, termOf } from '../words/terms';
import { shortUrl } from '../words/format';

/** What a hit is about, whole: the quote in its sentence, the search that found nothing, the places that differ. */
export function AboutBlock({ about }: { about: About }) {
  switch (about.kind) {
    case 'quote':
      return <QuoteBlock about={about} />;
    case 'absence':
      return (
        <div className="about">
          <p>未见披露：{about.items.map(itemName).join('、')}</p>
          <p className="quiet">已查看以下 {about.search.length} 处，均未见到：</p>
          <ul>
            {about.search.map((look) => (
              <li key={look.evidenceId}>{shortUrl(look.url, 80)}</li>
            ))}
          </ul>
        </div>
      );
    case 'comparison':
      return (
        <div className="about">
          <p>以下各处不一致：</p>
          <ul>
            {about.sides.map((side) => (
              <li key={`${side.evidenceId} ${side.quote}`}>
                <mark>{side.value}</mark> <span className="quiet">{shortUrl(side.url, 60)}</span>
                <div className="quote-text">{side.quote}</div>
              </li>
            ))}
          </ul>
        </div>
      );
    case 'fact':
      return (
        <p className="about">
          {about.name}：{about.value}
        </p>
      );
  }
}

function QuoteBlock({ about }: { about: Extract<About, { kind: 'quote' }> }) {
  const { segmentText: text, start, end } = about;
  return (
    <div className="about">
      <blockquote className="quote-text">
        {text.slice(0, start)}
        <mark>{text.slice(start, end)}</mark>
        {text.slice(end)}
      </blockquote>
      <p className="quiet small">
        {WORDS.segmentPlace}：{termOf(PAGE_KIND, about.pageKind)} · {termOf(AREA, about.region)} ·{' '}
        {termOf(SOURCE, about.source)}
      </p>
    </div>
  );
}
