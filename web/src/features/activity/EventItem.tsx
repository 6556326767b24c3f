import { timeOfDay } from '../../copy/format';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { problemData } from '../../transport/problemWire';
import type { StreamEvent } from '../../transport/wire';

/** How bad a problem is that came, or that it went; everything else is just so. */
function glyphOf({ type, data }: StreamEvent): GlyphName {
  if (type === 'problem.resolved') return 'done';
  const told = type === 'problem.raised' ? problemData.safeParse(data) : undefined;
  return told?.success ? told.data.problem.severity : 'normal';
}

/** Something that happened by itself, in the server's words. */
export function EventItem({ event, at }: { event: StreamEvent; at: number }) {
  return (
    <div className="av ev" data-event={event.type}>
      <time dateTime={event.at}>{timeOfDay(at)}</time>
      <Glyph name={glyphOf(event)} />
      <span className="what">{event.summary}</span>
      <span className="ends m s12 t3">{event.type}</span>
    </div>
  );
}
