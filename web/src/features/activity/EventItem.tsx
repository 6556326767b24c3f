import * as z from 'zod/mini';
import { activityWords } from '../../copy/activityWords';
import { dayAndTime, timeOfDay } from '../../copy/format';
import { Glyph, type GlyphName } from '../../design/Glyph';
import { problemData } from '../../transport/problemWire';
import { shortWords, tame, type StreamEvent } from '../../transport/wire';

/** How bad a problem is that came, or that it went; everything else is just so. */
function glyphOf({ type, data }: StreamEvent): GlyphName {
  if (type === 'problem.resolved') return 'done';
  const told = type === 'problem.raised' ? problemData.safeParse(data) : undefined;
  return told?.success ? told.data.problem.severity : 'normal';
}

const workData = z.object({ until: z.optional(z.string()), by: z.catch(shortWords(120), '') });

/** In the server's words, but for moments, which it writes for machines. */
function saidOf({ type, data, subject, summary }: StreamEvent): string {
  const told = type.startsWith('maintenance.') && subject ? workData.safeParse(data) : undefined;
  if (!told?.success) return summary;
  const name = tame(subject?.split(':').at(-1) ?? '');
  const until = Date.parse(told.data.until ?? '');
  if (type === 'maintenance.ended') return activityWords.ended(name, told.data.by);
  return Number.isNaN(until) ? summary : activityWords.began(name, dayAndTime(until), told.data.by);
}

/** Something that happened by itself, in the server's words. */
export function EventItem({ event, at }: { event: StreamEvent; at: number }) {
  return (
    <div className="av ev" data-event={event.type} title={event.type}>
      <time dateTime={event.at}>{timeOfDay(at)}</time>
      <Glyph name={glyphOf(event)} />
      <span className="what"><bdi>{saidOf(event)}</bdi></span>
    </div>
  );
}
