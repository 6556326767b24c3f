import { timeOfDay } from '../../copy/format';
import { Glyph } from '../../design/Glyph';
import type { StreamEvent } from '../../transport/wire';

/** Something that happened by itself, in the server's words. */
export function EventItem({ event, at }: { event: StreamEvent; at: number }) {
  return (
    <div className="av ev" data-event={event.type}>
      <time dateTime={event.at}>{timeOfDay(at)}</time>
      <Glyph name="normal" />
      <span className="what">{event.summary}</span>
      <span className="ends m s12 t3">{event.type}</span>
    </div>
  );
}
