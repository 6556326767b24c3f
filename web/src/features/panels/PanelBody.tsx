import { panelWords as words } from '../../copy/panelWords';
import type { PanelContent } from '../../transport/panelWire';
import { PanelCourses } from './PanelCourses';
import { PanelLog } from './PanelLog';
import { PanelOffers } from './PanelOffers';
import { PanelStats } from './PanelStats';
import { PanelTable } from './PanelTable';

interface PanelBodyProps {
  content: PanelContent;
  title: string;
  stale: boolean;
}

function sizeOf(content: Exclude<PanelContent, { kind: 'unknown' }>): number {
  switch (content.kind) {
    case 'stats': return content.stats.length;
    case 'table': return content.rows.length;
    case 'series': return content.series.filter(({ points }) => points.length > 0).length;
    case 'log': return content.lines.length;
    case 'actions': return content.offers.length;
  }
}

/** Data of an extension, drawn in Jarvis's own way. */
export function PanelBody({ content, title, stale }: PanelBodyProps) {
  if (content.kind === 'unknown') return <p className="t2 s12">{words.unknown}</p>;
  if (sizeOf(content) === 0) return <p className="t2 s12">{words.empty[content.kind]}</p>;
  switch (content.kind) {
    case 'stats': return <PanelStats stats={content.stats} stale={stale} />;
    case 'table': return <PanelTable title={title} columns={content.columns} rows={content.rows} more={content.more} />;
    case 'series': return <PanelCourses series={content.series} />;
    case 'log': return <PanelLog title={title} lines={content.lines} />;
    case 'actions': return <PanelOffers offers={content.offers} title={title} stale={stale} />;
  }
}
